"""What tests of the clients' pages share: a session with a link, and somebody without an account."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Practice, User
from clients.models import Case, Client
from reminders.links import Link, LinkFor, tag_of, token_of
from sessions_app.models import TherapySession, WaitlistEntry
from sessions_app.services import Wish, add_to_waitlist
from tests.conftest import ZONE, case_of, person

# Friday at nine in Chicago: a week before the session of most tests.
FRIDAY_MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo(ZONE))
NEXT_FRIDAY = date(2026, 11, 27)


def link_of(session: TherapySession, client: Client | None = None, **changes: object) -> str:
    """The letters that a message about this session would carry for this person."""
    participants = session.participants.select_related("client")
    participant = participants.get(client=client) if client else participants.get()
    facts: dict[str, object] = {
        "purpose": LinkFor.SESSION,
        "subject_id": participant.public_id,
        "recipient_tag": tag_of(participant.client.public_id),
        "version": session.version,
        "expires_at": session.ends_at,
        **changes,
    }
    return token_of(Link(**facts))  # type: ignore[arg-type]  # by name


def path(name: str, token: str) -> str:
    return reverse(f"portal:{name}", args=[token])


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    """Requests are counted by the minute, and these tests share one."""
    cache.clear()


@pytest.fixture
def hours(amara: User, keep_hours: Callable[..., None]) -> None:
    """Amara sees people on weekdays from nine to five, at Lake Street."""
    keep_hours(amara, ends=17, days=5)


@pytest.fixture
def friday(rosa_case: Case, book: Callable[..., TherapySession], hours: None) -> TherapySession:
    """Rosa in a week, on Friday at three."""
    return book(rosa_case, on=NEXT_FRIDAY, at="15:00", now=FRIDAY_MORNING - timedelta(days=3))


@pytest.fixture
def couple(field_case: Case, book: Callable[..., TherapySession], hours: None) -> TherapySession:
    """Maya and Jonah in a week, on Friday at eleven."""
    return book(field_case, on=NEXT_FRIDAY, at="11:00", now=FRIDAY_MORNING - timedelta(days=3))


@pytest.fixture
def waiting(amara: User, practice: Practice) -> list[WaitlistEntry]:
    """Three people of Amara's, the first of whom has waited longest."""
    entries = []
    for n in range(3):
        client = person(f"Wait{n}", "Ahead", 400 + n)
        wish = Wish(case=case_of(amara, Case.Kind.INDIVIDUAL, client), client=client)
        entries.append(add_to_waitlist(wish=wish, actor=None, now=FRIDAY_MORNING - timedelta(days=9 - n)))
    return entries


@pytest.fixture
def at_nine(friday: TherapySession) -> Iterator[None]:
    """It is Friday morning, a week before."""
    with time_machine.travel(FRIDAY_MORNING, tick=False):
        yield


@pytest.fixture
def phone() -> Browser:
    """A phone that nobody has signed in on."""
    return Browser()
