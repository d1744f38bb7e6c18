"""Somebody at a keyboard without a mouse: what they mean is reached by Tab, and they see where they are."""

from playwright.sync_api import Locator, Page, expect

# More stops than any page has on the way to what somebody came for.
MOST_STOPS = 120
# What is drawn around the element itself, or around the label that stands for it.
SHOWS_FOCUS = """element => {
    const drawn = (one) => {
        const style = getComputedStyle(one);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    };
    return drawn(element) || [element.parentElement, element.closest("label, .search")].some((one) => one && drawn(one));
}"""


def tab_to(target: Locator, *, key: str = "Tab") -> Locator:
    """Press Tab from where the focus is until it is there; it has to be seen there."""
    expect(target).to_be_visible()
    page: Page = target.page
    for _ in range(MOST_STOPS):
        if target.evaluate("element => element === document.activeElement"):
            assert target.evaluate(SHOWS_FOCUS), f"nothing shows that {target} has the focus"
            return target
        page.keyboard.press(key)
    raise AssertionError(f"{target} is not reached by {key}")


def press(target: Locator) -> None:
    """Go there by Tab, and press Enter."""
    tab_to(target)
    target.page.keyboard.press("Enter")


def fill(target: Locator, words: str) -> None:
    """Go there by Tab, and type over what is in it."""
    tab_to(target)
    target.page.keyboard.press("Control+a")
    target.page.keyboard.type(words)


def check(target: Locator) -> None:
    """Go to a box by Tab, and press the space bar."""
    tab_to(target)
    target.page.keyboard.press("Space")
    expect(target).to_be_checked()
