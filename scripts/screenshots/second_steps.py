"""Somebody of the demonstration who has set a second step up while their pages are looked at, and not afterwards.

The demonstration's people sign in by a password alone, so that whoever tries it can. Nobody else of this walk
signs in as them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext

from accounts.models import User
from scripts.screenshots.desks import WEB, desk, sign_in
from scripts.screenshots.links import in_the_demonstration
from tests.passkeys import add_virtual_authenticator

WHO = "sam"


@contextmanager
def desk_with_second_steps(browser: Browser) -> Iterator[BrowserContext]:
    """A desk of theirs with an app, recovery codes and a passkey; all of it ends with the desk."""
    # What a walk left that was cut short would ask for a code at the door.
    in_the_demonstration(end_second_steps)
    with desk(browser, WHO) as context:
        try:
            _add_passkey(context)
            in_the_demonstration(begin_second_steps)
            yield context
        finally:
            in_the_demonstration(end_second_steps)


def begin_second_steps() -> None:
    """An app, besides the recovery codes that come with a passkey."""
    TOTP.activate(_who(), generate_totp_secret())


def end_second_steps() -> None:
    """A password is enough again."""
    Authenticator.objects.filter(user=_who()).delete()


def _who() -> User:
    return User.objects.get(email=f"{WHO}@lakeside.example.com")


def _add_passkey(context: BrowserContext) -> None:
    # A passkey belongs to a name, never to an address of numbers.
    web = WEB.replace("127.0.0.1", "localhost")
    sign_in(context, WHO, web=web)
    page = context.new_page()
    add_virtual_authenticator(page)
    page.goto(f"{web}{reverse('mfa_add_webauthn')}")
    page.get_by_label("What you call it").fill("The desk's telephone")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
    page.close()
