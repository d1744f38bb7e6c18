"""Write the README's pictures from a demonstration that runs in another terminal."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from tests.plugins.browser import QUIET, find_chromium

PICTURES = Path(__file__).resolve().parent.parent / "docs/pictures"
WEB = f"http://127.0.0.1:{os.environ.get('KEPT_PORT', '8000')}"
SANDBOX = f"http://127.0.0.1:{os.environ.get('KEPT_SANDBOX_PORT', '8001')}"
DESK, PHONE = (1440, 900), (390, 844)
PASSWORD = "kept-demo-only"  # as the demonstration prints it
LARGEST_BYTES = 300_000
SETTLE_MS = 900


def main() -> int:
    """Take every picture; 1 if the demonstration is not running or a picture came out too large."""
    try:
        urlopen(WEB, timeout=5).close()  # our own loopback address
    except OSError:
        print(f"Nothing answers at {WEB}. Start the demonstration first: make demo", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*QUIET, *as_root])
        _take_all(browser)
        browser.close()
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
    """A page of its own, signed in as somebody of the demonstration; "" for nobody."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if who:
        page.goto(f"{WEB}/accounts/login/")
        page.fill("input[name=login]", f"{who}@lakeside.example.com")
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(re.compile(r"^(?!.*login)"))
    yield page
    context.close()


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
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
    print(f"  {name}.png")


def _too_large() -> int:
    large = [picture.name for picture in PICTURES.glob("*.png") if picture.stat().st_size > LARGEST_BYTES]
    for name in large:
        print(f"{name} is larger than {LARGEST_BYTES // 1000} kB.", file=sys.stderr)
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
