"""Getting in, by hand: invited, with an authenticator app, under the strict policy, for everybody's eyes."""

import json
import re
from collections.abc import Callable, Iterator
from urllib.request import urlopen

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Practice, User
from accounts.services import StaffDetails, invite_staff
from tests.accounts.test_mfa import code_of, turn_on_app
from tests.conftest import NOW
from tests.passkeys import add_virtual_authenticator
from tests.plugins.everybody import barriers_of
from tests.plugins.processes import SandboxServer

PASSWORD = "correct horse battery"
PAGES = (
    "/staff/",
    "/staff/invitation/",
    "/settings/",
    "/settings/places/",
    "/settings/services/",
    "/settings/hours/",
    "/settings/reminders/",
    "/settings/keys/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/accounts/password/change/",
)
OF_A_COLLEAGUE = ("colleague", "deactivation", "clinician-hours")


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    """Tries are counted in the cache, also those of the test before."""
    cache.clear()


@pytest.fixture
def refused(page: Page) -> Iterator[list[str]]:
    """What the Content-Security-Policy refused; nothing may be in it at the end."""
    refusals: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refusals.append(message.text)

    page.on("console", listen)
    yield refusals
    assert not refusals


@pytest.fixture
def sign_in(page: Page, live_server: LiveServer) -> Callable[..., None]:
    """Type e-mail and password, as a person does."""

    def signed_in(email: str, password: str = PASSWORD) -> None:
        page.goto(f"{live_server.url}/accounts/login/?next=/accounts/2fa/")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()

    return signed_in


def say_once_more(page: Page) -> None:
    """Who changes how they sign in is asked for the password again."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Yes, it's me").click()


def last_mail(sandbox: SandboxServer) -> str:
    with urlopen(f"{sandbox.url}/control/mails") as answer:
        found = json.load(answer)
    mails = found["mails"] if isinstance(found, dict) else found
    return json.dumps(mails)


def test_invited_colleague_chooses_a_password_from_the_mail_and_signs_in(
    page: Page,
    live_server: LiveServer,
    sandbox_server: SandboxServer,
    admin_user: User,
    refused: list[str],
    sign_in: Callable[..., None],
) -> None:
    sign_in(admin_user.email)
    page.goto(f"{live_server.url}/staff/")
    page.get_by_role("link", name="Invite a colleague").click()
    page.get_by_label("Name").fill("Mia Novak")
    page.get_by_label("E-mail").fill("mia@lakeside.example")
    page.get_by_role("checkbox", name="Clinician Sees clients").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Mia Novak is invited")).to_be_visible()
    page.context.clear_cookies()
    link = re.search(
        rf"{re.escape(live_server.url)}/accounts/password/reset/key/[\w-]+/", last_mail(sandbox_server)
    )
    assert link
    page.goto(link[0])
    page.get_by_label("New Password", exact=True).fill("a long new password")
    page.get_by_label("New Password (again)").fill("a long new password")
    page.get_by_role("button", name="Keep this password").click()
    page.get_by_role("link", name="Sign in").click()
    sign_in("mia@lakeside.example", "a long new password")
    expect(page.get_by_role("heading", name="Second step and passkeys")).to_be_visible()


def test_required_second_step_is_set_up_and_then_asked_for(
    page: Page,
    live_server: LiveServer,
    practice: Practice,
    admin_user: User,
    refused: list[str],
    sign_in: Callable[..., None],
) -> None:
    practice.mfa_required = True
    practice.save()
    sign_in(admin_user.email)
    page.goto(f"{live_server.url}/staff/")
    expect(page.get_by_text("asks everybody for a second step")).to_be_visible()
    page.get_by_role("link", name="Set up the app").click()
    say_once_more(page)
    picture = page.get_by_role("img", name="A picture for the app to scan")
    assert picture.evaluate("(image) => image.complete && image.naturalWidth > 0")
    secret = page.get_by_label("Or type this key into the app").input_value()
    page.locator("[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_label("10 of 10 left")).to_be_visible()
    page.goto(f"{live_server.url}/staff/")
    expect(page.get_by_role("heading", name="Team")).to_be_visible()
    cache.clear()  # the code of this half minute may be used again
    page.context.clear_cookies()
    sign_in(admin_user.email)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    page.locator("[name=code]").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("That code does not fit")).to_be_visible()
    page.locator("[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Second step and passkeys")).to_be_visible()


def test_wrong_password_keeps_the_address_in_the_field(
    page: Page, live_server: LiveServer, amara: User, refused: list[str], sign_in: Callable[..., None]
) -> None:
    sign_in(amara.email, "not that one")
    expect(page.get_by_text("do not go together")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value(amara.email)
    expect(page.get_by_label("Password")).to_have_value("")


def test_passkey_is_added_and_signs_in_without_a_password(
    page: Page, live_server: LiveServer, amara: User, refused: list[str], sign_in: Callable[..., None]
) -> None:
    add_virtual_authenticator(page)
    local = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{local}/accounts/login/?next=/accounts/2fa/")
    page.get_by_label("E-mail").fill(amara.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Add a passkey").click()
    say_once_more(page)
    page.locator("[name=passwordless]").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/**")
    page.context.clear_cookies()
    page.goto(f"{local}/accounts/login/?next=/accounts/2fa/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="See your passkeys")).to_be_visible()


@pytest.fixture
def paths(admin_user: User, amara: User) -> list[str]:
    """What a practice admin opens, with somebody in every state on the list."""
    details = StaffDetails(email="mia@lakeside.example", name="Mia Novak", roles=["clinician"])
    invite_staff(details=details, actor=admin_user, now=NOW)
    turn_on_app(amara)
    of_amara = [reverse(f"dashboard:{name}", args=[amara.public_id]) for name in OF_A_COLLEAGUE]
    return [*PAGES, *of_amara]


def test_pages_keep_the_strict_policy(
    page: Page,
    live_server: LiveServer,
    admin_user: User,
    paths: list[str],
    sign_in: Callable[..., None],
    refused: list[str],
) -> None:
    sign_in(admin_user.email)
    for path in paths:
        page.goto(f"{live_server.url}{path}")
        assert not refused, path


def test_pages_are_for_everybody(
    page: Page,
    live_server: LiveServer,
    admin_user: User,
    paths: list[str],
    sign_in: Callable[..., None],
) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    found = {"/accounts/login/": barriers_of(page)}
    sign_in(admin_user.email)
    for path in paths:
        page.goto(f"{live_server.url}{path}")
        found[path] = barriers_of(page)
    assert not {path: barriers for path, barriers in found.items() if barriers}
