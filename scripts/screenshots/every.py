"""Takes every page at three widths in light and dark, and lists what would keep somebody out."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from playwright.sync_api import Error as BrowserError

from config.places import VAR_DIR
from scripts.screenshots.desks import DESK, PHONE, TABLET, WEB, desk, is_asked_again, say_again
from scripts.screenshots.second_steps import WHO, desk_with_second_steps
from scripts.screenshots.walk import (
    GUEST,
    READERS,
    Shown,
    Tour,
    routes_to_show,
    tour_of,
    tour_of_second_steps,
)
from tests.plugins.everybody import ALL_RULES, DRAWN, RULES_OF_A_LOOK, RUN

PICTURES = VAR_DIR / "screenshots"
FINDINGS = PICTURES / "findings.json"
SIZES = (DESK, TABLET, PHONE)
NARROWEST = 320
SETTLE_MS = 400
TALLEST = 6000
QUALITY = 72
# A browser's word about a client's link that is over: its page says so kindly, and is looked at.
OVER = "status of 410"

Findings = dict[str, list[str]]


def take(browser: Browser, *, only: str = "") -> int:
    """Write every picture that is missing, print what was found; 1 if anything was."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    findings = _begun()
    shown, no_pages = set[str](), set[str]()
    for context, tour in _tours(browser, shown):
        shown |= {page.route for page in tour.pages}
        no_pages |= tour.no_pages
        for page in _still_to_take(tour.pages, findings, only):
            findings[page.name] = list(_look_at(context, page))
            FINDINGS.write_text(json.dumps(findings, indent=1))
            print(f"  {page.name}: {len(findings[page.name]) or 'nothing'} found", flush=True)
    if not only:
        FINDINGS.rename(PICTURES / "findings-of-last-run.json")
    return _say(findings, sorted(set(routes_to_show()) - shown - no_pages))


def _tours(browser: Browser, shown: Collection[str]) -> Iterator[tuple[BrowserContext, Tour]]:
    """Everybody's in turn, each at a desk of their own; `shown` grows meanwhile."""
    for role in (*READERS, GUEST):
        with desk(browser, READERS.get(role, GUEST)) as context:
            yield context, tour_of(role, context.request, shown)
    with desk_with_second_steps(browser) as context:
        yield context, tour_of_second_steps(WHO, context.request)


def _begun() -> Findings:
    if not FINDINGS.exists():
        return {}
    begun: Findings = json.loads(FINDINGS.read_text())
    return begun


def _still_to_take(pages: list[Shown], findings: Findings, only: str) -> list[Shown]:
    if only:
        return [page for page in pages if only in page.name]
    return [page for page in pages if page.name not in findings]


def _look_at(context: BrowserContext, shown: Shown) -> Iterator[str]:
    """What would keep somebody out of this page, in any look."""
    for size in SIZES:
        said: list[str] = []
        try:
            with_page = _opened(context, shown, size, said)
        except BrowserError as error:
            yield f"{size[0]} px: {error.message.splitlines()[0]}"
            continue
        for scheme in ("light", "dark"):
            yield from _in_one_look(with_page, shown.name, size[0], scheme, said)
        if size == PHONE:
            yield from _when_narrow_or_large(with_page)
        with_page.close()


def _opened(context: BrowserContext, shown: Shown, size: tuple[int, int], said: list[str]) -> Page:
    page = context.new_page()

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and OVER not in message.text:
            said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{WEB}{shown.address}")
    if is_asked_again(page) and shown.address not in page.url:
        say_again(page)
    page.wait_for_timeout(SETTLE_MS)
    return page


def _in_one_look(page: Page, name: str, width: int, scheme: str, said: list[str]) -> Iterator[str]:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.evaluate(DRAWN)
    _as_tall_as_it_is(page, width)
    page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.jpg", type="jpeg", quality=QUALITY)
    where = f"{width} px, {scheme}"
    if scheme == "light":  # afterwards axe's own inline styles are among what is said, and are no complaint
        yield from (f"{where}: {words}" for words in said)
    page.evaluate(AXE_SCRIPT)
    rules = ALL_RULES if (width, scheme) in ((DESK[0], "light"), (PHONE[0], "dark")) else RULES_OF_A_LOOK
    yield from (f"{where}: {barrier}" for barrier in page.evaluate(RUN, {"runOnly": rules}))
    if _scrolls_sideways(page):
        yield f"{where}: it scrolls sideways"


def _as_tall_as_it_is(page: Page, width: int) -> None:
    """The window takes the whole page, so that what is fixed at its foot stands at the foot of the picture."""
    tall: Any = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(tall), TALLEST)})
    page.evaluate(DRAWN)


def _when_narrow_or_large(page: Page) -> Iterator[str]:
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    page.evaluate(DRAWN)
    if _scrolls_sideways(page):
        yield f"{NARROWEST} px: it scrolls sideways"
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate(DRAWN)
    if _scrolls_sideways(page):
        yield f"{DESK[0]} px with text at 200 %: it scrolls sideways"


def _scrolls_sideways(page: Page) -> bool:
    wide: Any = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return bool(wide)


def _say(findings: Findings, not_shown: list[str]) -> int:
    """The table at the end: pages with something to mend, then routes that nothing led to."""
    bad = {name: found for name, found in findings.items() if found}
    print(f"\n{len(findings)} pages looked at, {len(bad)} with something to mend.")
    for name, found in sorted(bad.items()):
        print(f"\n{name}")
        for line in dict.fromkeys(found):
            print(f"  {line[:300]}")
    if not_shown:
        print(f"\nNot shown, as nothing in the demonstration led there ({len(not_shown)}):")
        print("  " + ", ".join(not_shown))
    return 1 if bad else 0
