"""The chosen pictures of the README and the docs, small enough to be read over a slow line."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image
from playwright.sync_api import Browser, Page

from config.places import ROOT
from scripts.screenshots.desks import DESK, PHONE, SANDBOX, WEB, desk

PICTURES = ROOT / "docs/pictures"
LARGEST_BYTES = 150_000
COLOURS = 256
SETTLE_MS = 900


def take(browser: Browser) -> int:
    """Take every chosen picture; 1 if one came out too large."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    _take_all(browser)
    return _too_large()


def _take_all(browser: Browser) -> None:
    for scheme in ("light", "dark"):
        with _page(browser, "fran", DESK, scheme) as page:
            _board(page)
            _take(page, f"board-1440-{scheme}")
    with _page(browser, "fran", PHONE) as page:
        page.goto(f"{WEB}/board/")
        _take(page, "board-390-light")
    with _page(browser, "amara", DESK) as page:
        page.goto(WEB)
        _take(page, "today-1440-light")
    with _page(browser, "amara", PHONE) as page:
        page.goto(WEB)
        page.get_by_role("link", name=re.compile("^Call ")).first.click()
        _take(page, "follow-up-390-light")
    with _page(browser, "fran", DESK) as page:
        _client(page)
        _take(page, "client-1440-light")
        page.get_by_role("link", name="Book a session").click()
        page.locator("[name=slot]").nth(2).check(force=True)
        _take(page, "booking-1440-light")
        page.goto(f"{WEB}/messages/")
        _take(page, "messages-1440-light")
    with _page(browser, "", PHONE) as page:
        _clients_phone(page)
        _take(page, "sandbox-phone")


@contextmanager
def _page(browser: Browser, who: str, size: tuple[int, int], scheme: str = "light") -> Iterator[Page]:
    with desk(browser, who, size, scheme) as context:
        yield context.new_page()


def _board(page: Page) -> None:
    """The board, with the couple of whom one is late open beside it."""
    page.goto(f"{WEB}/board/")
    couple = page.locator("a.session-card__name", has_text="Maya Field")
    page.goto(f"{WEB}{couple.first.get_attribute('href')}")


def _client(page: Page) -> None:
    page.goto(f"{WEB}/clients/")
    with page.expect_response("**/clients/"):
        page.get_by_role("searchbox").fill("rosa")
    page.get_by_role("link", name="Rosa Mendes").click()


def _clients_phone(page: Page) -> None:
    """The phone of somebody who was reminded, and who confirms."""
    page.goto(SANDBOX)
    page.locator("a[href^='/phones/']", has_text="C to confirm").first.click()
    page.get_by_role("button", name="C confirm").click()
    page.get_by_role("log").get_by_text("Thank you. See you").wait_for(timeout=20_000)


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state()
    page.wait_for_timeout(SETTLE_MS)
    picture = PICTURES / f"{name}.png"
    page.screenshot(path=picture, animations="disabled")
    with Image.open(picture) as taken:
        # Few colours are on a page: these keep every word sharp at half the size.
        few = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)
    print(f"  {name}.png")


def _too_large() -> int:
    large = [picture.name for picture in PICTURES.glob("*.png") if picture.stat().st_size > LARGEST_BYTES]
    for name in large:
        print(f"{name} is larger than {LARGEST_BYTES // 1000} kB.", file=sys.stderr)
    return 1 if large else 0
