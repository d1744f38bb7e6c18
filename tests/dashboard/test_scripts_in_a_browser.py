"""The small scripts in a real browser: keys stay in their row, words are kept, nothing is swapped from under a hand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.passkeys import add_virtual_authenticator

ROWS = """
<button data-keys-toggle hidden>Keys <span data-on="on" data-off="off"></span></button>
<input data-search aria-label="Search">
<div data-row id="first" tabindex="-1"><button type="button" data-key="a">Arrived</button></div>
<div data-row id="second" tabindex="-1"><button type="button" data-key="a">Arrived</button></div>
<output></output>
"""
DRAFT = """
<form data-draft-key="one" method="post"><textarea name="words"></textarea>
<div data-private><textarea name="said"></textarea></div></form>
"""
LIVE = """
<div id="board" data-live hx-get="/fresh" hx-trigger="every 200ms" hx-swap="outerHTML"><input name="q" value=""></div>
"""
FRESH = '<div id="board"><p>Fresh</p><input name="q" value=""></div>'
CONFIRM = """
<form method="get" action="/asked"><button data-confirm="Cancel this session?" name="yes" value="1">Cancel</button></form>
<dialog id="confirm"><h2 data-confirm-title></h2><p data-confirm-text></p><form method="dialog">
<button value="no" data-confirm-no>Go back</button><button value="yes" data-confirm-yes>Yes</button></form></dialog>
"""
SENT_FROM_HERE = """
<form method="post" action="/sent"><textarea name="words"></textarea><button>Send</button></form><div id="toasts"></div>
<template id="signed-out" data-ask="/who" data-who="amara"><p data-unreached>Signed out</p></template>
"""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"


@pytest.fixture
def show(page: Page, live_server: LiveServer) -> Callable[[str, str], None]:
    """Show a page of our own making with one of our scripts, under the strict policy."""

    def shown(body: str, script: str) -> None:
        html = f"""<!doctype html><html lang="en"><head><title>Trial</title>
            <meta name="htmx-config" content='{{"includeIndicatorStyles":false,"allowEval":false}}'>
            <script src="/static/vendor/htmx/htmx.min.js" defer></script>
            <script src="/static/js/{script}" type="module"></script></head><body>{body}</body></html>"""
        headers = {"Content-Security-Policy": POLICY}
        page.route(
            "**/trial", lambda route: route.fulfill(body=html, content_type="text/html", headers=headers)
        )
        page.goto(f"{live_server.url}/trial")

    return shown


def count_clicks(page: Page) -> None:
    page.evaluate(
        """() => document.addEventListener("click", (event) => {
            const row = event.target.closest("[data-key]")?.closest("[data-row]");
            if (row) document.querySelector("output").textContent += row.id + " ";
        })"""
    )


def test_letter_presses_the_button_of_the_selected_row_only(
    page: Page, show: Callable[[str, str], None]
) -> None:
    show(ROWS, "keys.js")
    count_clicks(page)
    page.keyboard.press("a")
    expect(page.locator("output")).to_have_text("")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("output")).to_have_text("second")


def test_letters_typed_into_a_field_press_nothing(page: Page, show: Callable[[str, str], None]) -> None:
    show(ROWS, "keys.js")
    count_clicks(page)
    page.keyboard.press("j")
    page.keyboard.press("/")
    page.keyboard.type("java")
    expect(page.locator("[data-search]")).to_have_value("java")
    expect(page.locator("output")).to_have_text("")


def test_single_keys_can_be_switched_off_and_stay_off(page: Page, show: Callable[[str, str], None]) -> None:
    show(ROWS, "keys.js")
    page.locator("[data-keys-toggle]").click()
    page.reload()
    expect(page.locator("[data-keys-toggle]")).to_have_text("Keys off")
    page.keyboard.press("j")
    expect(page.locator("[data-selected]")).to_have_count(0)


def test_unsent_words_come_back_but_private_ones_are_never_kept(
    page: Page, show: Callable[[str, str], None]
) -> None:
    show(DRAFT, "drafts.js")
    page.locator("[name=words]").fill("The bus was late")
    page.locator("[name=said]").fill("Something private")
    page.reload()
    expect(page.locator("[name=words]")).to_have_value("The bus was late")
    expect(page.locator("[name=said]")).to_have_value("")
    assert "private" not in page.evaluate("() => JSON.stringify({...sessionStorage, ...localStorage})")


def test_a_second_press_on_a_slow_line_sends_nothing_more(
    page: Page, show: Callable[[str, str], None]
) -> None:
    asked: list[str] = []

    def who(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(json={"who": "amara", "token": "t"})

    page.route("**/who", who)
    show(SENT_FROM_HERE, "staying.js")
    page.evaluate(
        """() => document.addEventListener("submit", (event) => {
            event.preventDefault();  // the line is slow: the page is still there
            document.querySelector("#toasts").textContent += "sent ";
        })"""
    )
    page.locator("[name=words]").fill("The bus was late")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#toasts")).to_have_text("sent")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#toasts")).to_have_text("sent")
    assert len(asked) == 1


def test_refresh_waits_while_somebody_types(page: Page, show: Callable[[str, str], None]) -> None:
    page.route("**/fresh", lambda route: route.fulfill(body=FRESH, content_type="text/html"))
    show(LIVE, "live.js")
    field = page.locator("[name=q]")
    field.fill("Mar")
    page.wait_for_timeout(600)
    expect(field).to_have_value("Mar")
    field.fill("")
    field.blur()
    expect(page.get_by_text("Fresh")).to_be_visible()


def test_what_cannot_be_undone_asks_first(page: Page, show: Callable[[str, str], None]) -> None:
    page.route("**/asked*", lambda route: route.fulfill(body="<p>Done</p>", content_type="text/html"))
    show(CONFIRM, "dialogs.js")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="Cancel this session?")).to_be_visible()
    page.get_by_role("button", name="Go back").click()
    expect(page).to_have_url(f"{page.url.split('/trial')[0]}/trial")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("Done")).to_be_visible()
    assert page.url.endswith("/asked?yes=1")


@pytest.mark.django_db(transaction=True)
def test_passkey_is_added_and_signs_in_under_the_strict_policy(
    page: Page, live_server: LiveServer, desk: User
) -> None:
    refused: list[str] = []
    page.on(
        "console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None
    )
    add_virtual_authenticator(page)
    site = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{site}/accounts/login/?next=/accounts/2fa/webauthn/add/")
    page.get_by_label("E-mail").fill(desk.email)
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Yes, it's me").click()
    page.get_by_label("What you call it").fill("Front desk laptop")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/")
    page.context.clear_cookies()
    page.goto(f"{site}/accounts/login/?next=/accounts/2fa/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/accounts/2fa/")
    assert refused == []
