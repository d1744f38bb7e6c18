"""Desks: browsers that somebody is signed in at, and sessions around the present moment to look at there."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.test import Client as Browser
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import Practice, User
from clients.models import Case, Client, ContactPoint
from reminders.models import InboundMessage
from sessions_app.models import TherapySession
from tests.plugins.browser import visit
from tests.plugins.processes import SandboxServer

BookSession = Callable[..., TherapySession]
OpenPage = Callable[..., Page]
PhoneOf = Callable[[Client], Page]


@pytest.fixture
def midday(practice: Practice) -> str:
    """A zone in which it is noon now, whenever the tests run: no session strays over midnight."""
    practice.timezone = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"
    practice.save()
    return practice.timezone


@pytest.fixture
def booked(midday: str, book: BookSession) -> BookSession:
    """Book relative to the present: `booked(case, minutes_ago=20)`."""

    def at(case: Case, *, minutes_ago: int = 0, **details: object) -> TherapySession:
        local = datetime.now(UTC).astimezone(Practice.objects.get().zone) - timedelta(minutes=minutes_ago)
        return book(
            case,
            on=local.date(),
            at=f"{local:%H:%M}",
            timezone=midday,
            now=datetime.now(UTC) - timedelta(days=2),
            **details,
        )

    return at


@pytest.fixture
def complaints() -> list[str]:
    """What browsers complained of on their consoles: a broken policy, a missing file."""
    return []


@pytest.fixture
def open_page(browser: Chromium, live_server: LiveServer, complaints: list[str]) -> Iterator[OpenPage]:
    """Open an address as somebody, on a desk of their own; no page may break the policy."""
    contexts: list[BrowserContext] = []

    def opened(user: User, address: str, **details: object) -> Page:
        signed_in = Browser()
        signed_in.force_login(user)
        context = browser.new_context(**details)  # type: ignore[arg-type]
        contexts.append(context)
        cookie = signed_in.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        context.on(
            "console",
            lambda said: complaints.append(f"{said.text} {said.location}") if said.type == "error" else None,
        )
        page = context.new_page()
        visit(page, f"{live_server.url}{address}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def phone_of(page: Page, sandbox_server: SandboxServer) -> PhoneOf:
    """Somebody's telephone, beside the practice's screens: `phone_of(rosa)`."""

    def opened(client: Client) -> Page:
        number = client.contact_points.filter(kind=ContactPoint.Kind.PHONE).earliest("position").address
        page.goto(f"{sandbox_server.url}/phones/{quote(number, safe='')}")
        return page

    return opened


def until_heard(phone: Page) -> None:
    """Until what was written on it has reached the practice."""
    for _ in range(150):
        if InboundMessage.objects.exists():
            return
        phone.wait_for_timeout(100)
    pytest.fail("What was written on the telephone did not come in.")


@pytest.fixture
def look_at(open_page: OpenPage, live_server: LiveServer) -> OpenPage:
    """Open one address after the other as somebody, each in a new tab of one desk: it has the files already."""
    tabs: dict[int, Page] = {}

    def looked(user: User, address: str, **details: object) -> Page:
        before = tabs.get(user.pk)
        if before is None:
            tabs[user.pk] = open_page(user, address, **details)
        else:
            tabs[user.pk] = before.context.new_page()
            before.close()
            visit(tabs[user.pk], f"{live_server.url}{address}")
        return tabs[user.pk]

    return looked
