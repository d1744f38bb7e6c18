"""A page as everybody meets it: at a desk, on a tablet, on a phone, in light and in dark."""

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

IsForEverybody = Callable[[Page], None]

# Looked at with every rule: each colour once, at the desk and on a phone.
WHOLLY = ((1440, "light"), (390, "dark"))
# Besides, with what depends on colour and size; those of the second line on request, as they take their time.
BY_THE_LOOK = ((820, "light"),)
ON_REQUEST = ((1440, "dark"), (820, "dark"), (390, "light"))
LOOKS = (*WHOLLY, *BY_THE_LOOK, *(ON_REQUEST if os.environ.get("KEPT_EVERY_LOOK") == "1" else ()))
ALL_RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
RULES_OF_A_LOOK = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
}
# To bring over what passed, too, takes longer than to look.
RUN = """
async options => (await axe.run({...options, preload: false, resultTypes: ["violations"]})).violations
    .map(found => `${found.id}: ${found.nodes.map(node => node.html.slice(0, 160)).join(" | ")}`)
"""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def barriers_of(page: Page) -> list[str]:
    """What keeps somebody out of the page as it stands open, in any of the looks; the page stays as it was."""
    before = page.viewport_size
    page.evaluate(AXE_SCRIPT)
    found = [
        f"{width} px, {scheme}: {barrier}"
        for width, scheme in LOOKS
        for barrier in _in_one_look(page, width, scheme)
    ]
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)
    return found


def _in_one_look(page: Page, width: int, scheme: str) -> list[str]:
    # What is just changing its colour is nobody's barrier.
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(DRAWN)
    rules = ALL_RULES if (width, scheme) in WHOLLY else RULES_OF_A_LOOK
    found = page.evaluate(RUN, {"runOnly": rules})
    too_wide = page.evaluate("document.documentElement.scrollWidth") > width
    return [*found, "it scrolls sideways"] if too_wide else list(found)


@pytest.fixture
def is_for_everybody(complaints: list[str]) -> IsForEverybody:
    """Assert that a page, as it stands open, keeps nobody out; axe's own inline styles are no complaint."""

    def looked_at(page: Page) -> None:
        assert complaints == []
        assert barriers_of(page) == [], page.url
        complaints.clear()

    return looked_at
