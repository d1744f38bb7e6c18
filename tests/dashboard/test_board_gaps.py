"""Gaps to fill: between a clinician's sessions the timeline shows what can still be booked, and leads there."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Practice, User
from clients.models import Case
from sessions_app.models import Closure, Location, TherapySession
from sessions_app.services import absent_day, cancel_session
from tests.conftest import NOW, TODAY

SignIn = Callable[[User], Browser]
BookSession = Callable[..., TherapySession]
KeepHours = Callable[..., None]
GAP = re.compile(r'<a class="timeline__gap"[^>]*href="([^"]*)"[^>]*>.*?<span>([^<]*)</span>')
# Nine in the morning; in Chicago 10:12, in the middle of Rosa's session.
DURING = datetime(2026, 11, 16, 16, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def browser(browser_of: SignIn, desk: User) -> Browser:
    return browser_of(desk)


def free(begins: str, ends: str) -> str:
    return f"Free {begins}\u2013{ends}"


def gaps(browser: Browser, **look: Any) -> list[str]:
    page = browser.get(reverse("dashboard:board"), look).content.decode()
    return [words for _address, words in GAP.findall(page)]


def test_between_sessions_the_hours_that_are_left_can_be_booked(
    browser: Browser, amara: User, rosa_case: Case, field_case: Case, book: BookSession, keep_hours: KeepHours
) -> None:
    keep_hours(amara, starts=9, ends=17)
    book(rosa_case)
    # Forty minutes lie between the two: less than the shortest session of this practice.
    book(field_case, at="11:30")
    assert gaps(browser) == [free("9:00", "10:00"), free("12:20", "17:00")]


def test_a_gap_leads_to_booking_with_its_day_its_time_and_its_clinician(
    browser: Browser, amara: User, rosa_case: Case, book: BookSession, keep_hours: KeepHours
) -> None:
    keep_hours(amara, starts=10, ends=13)
    book(rosa_case)
    page = browser.get(reverse("dashboard:board")).content.decode()
    [(address, _words)] = GAP.findall(page)
    assert unescape(address) == (
        f"{reverse('dashboard:booking')}?on={TODAY}&at=10%3A50&clinician={amara.public_id}"
    )
    chosen = browser.get(f"{unescape(address)}&case={rosa_case.public_id}").context["form"]
    assert chosen["clinician"].value() == str(amara.public_id)
    assert "10:50" in browser.get(unescape(address)).content.decode()


def test_what_is_past_is_no_gap_and_what_has_begun_starts_at_the_next_half_hour(
    browser: Browser, amara: User, rosa_case: Case, book: BookSession, keep_hours: KeepHours
) -> None:
    keep_hours(amara, starts=8, ends=13)
    book(rosa_case)
    with time_machine.travel(DURING, tick=False):
        assert gaps(browser) == [free("10:50", "13:00")]
    with time_machine.travel(DURING + timedelta(hours=1), tick=False):
        assert gaps(browser) == [free("11:30", "13:00")]
    with time_machine.travel(DURING + timedelta(hours=2, minutes=20), tick=False):
        assert gaps(browser) == []
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert gaps(browser, on=TODAY) == []


def test_who_is_away_or_whose_place_is_shut_has_no_gap(
    browser: Browser,
    practice: Practice,
    place: Location,
    amara: User,
    rosa_case: Case,
    book: BookSession,
    keep_hours: KeepHours,
) -> None:
    tomorrow, later = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    keep_hours(amara, starts=9, ends=13)
    book(rosa_case, on=tomorrow)
    assert gaps(browser, on=tomorrow) == [free("9:00", "10:00"), free("10:50", "13:00")]
    Closure.objects.create(location=place, on=tomorrow, reason="Holiday")
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert gaps(browser, on=tomorrow) == []
    book(rosa_case, on=later)
    absent_day(clinician=amara, on=later, zone=practice.zone, reason="Away", actor=amara, now=NOW)
    assert gaps(browser, on=later) == []


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        # Beside what was called off, and on it; both stand in one column.
        ({"cancelled": "show"}, [free("10:00", "10:50"), free("10:50", "12:00")]),
        ({"cancelled": "hide"}, [free("10:00", "12:00")]),
    ],
)
def test_a_time_that_is_called_off_is_free_again(
    look: dict[str, str],
    shown: list[str],
    browser: Browser,
    amara: User,
    rosa_case: Case,
    field_case: Case,
    book: BookSession,
    keep_hours: KeepHours,
) -> None:
    keep_hours(amara, starts=10, ends=13)
    book(field_case, at="12:00", minutes=60)
    rosas = book(rosa_case)
    assert gaps(browser) == [free("10:50", "12:00")]
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        cancel_session(session=rosas, by="practice", actor=amara, now=NOW, tell_clients=False)
        assert gaps(browser, **look) == shown


def test_the_list_has_no_gaps_and_a_day_without_hours_neither(
    browser: Browser, amara: User, rosa_case: Case, book: BookSession, keep_hours: KeepHours
) -> None:
    book(rosa_case)
    assert gaps(browser) == []
    keep_hours(amara)
    assert gaps(browser, view="list") == []
