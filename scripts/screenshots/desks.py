"""Browsers in which somebody of the demonstration practice is signed in."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page

WEB = f"http://127.0.0.1:{os.environ.get('KEPT_PORT', '8000')}"
SANDBOX = f"http://127.0.0.1:{os.environ.get('KEPT_SANDBOX_PORT', '8001')}"
PASSWORD = "kept-demo-only"  # as the demonstration prints it
AGAIN = "/accounts/reauthenticate/"
DESK, TABLET, PHONE = (1440, 900), (820, 1180), (390, 844)


@contextmanager
def desk(
    browser: Browser, who: str, size: tuple[int, int] = DESK, scheme: str = "light"
) -> Iterator[BrowserContext]:
    """A desk of its own, signed in as somebody of the demonstration; "" for nobody."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-US",
    )
    if who:
        sign_in(context, who)
    yield context
    context.close()


def sign_in(context: BrowserContext, who: str, *, web: str = WEB) -> None:
    """Sign somebody in by their password, who has just said again that it is them."""
    page = context.new_page()
    page.goto(f"{web}/accounts/login/")
    page.fill("input[name=login]", f"{who}@lakeside.example.com")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile(r"^(?!.*login)"))
    page.goto(f"{web}{AGAIN}?next=/accounts/2fa/")
    say_again(page)
    page.close()


def is_asked_again(page: Page) -> bool:
    """Whether the page behind it wants to hear once more who it is."""
    return AGAIN in page.url


def say_again(page: Page) -> None:
    """Say it; it counts for some minutes."""
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"^(?!.*{AGAIN})"))
