"""The forecast: from planned rows and rules, in the practice's zone, never at night."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Practice, User
from clients.models import Case
from reminders.forecast import forecast
from reminders.models import Message
from reminders.reconcile import reconcile
from reminders.services import RuleDetails, add_rule
from sessions_app.models import TherapySession
from tests.conftest import NOW

Book = Callable[..., TherapySession]


def foreseen(practice: Practice) -> dict[str, int]:
    days = forecast(practice=practice, now=NOW)
    return {
        f"{day.on:%a %-d} {hour}": count for day in days for hour, count in enumerate(day.by_hour) if count
    }


def test_planned_reminders_are_seen_at_their_hour(friday: TherapySession, practice: Practice) -> None:
    reconcile(now=NOW)
    assert foreseen(practice) == {"Tue 17 15": 1, "Thu 19 15": 1}


def test_what_would_fall_into_the_night_is_seen_in_the_morning(
    rosa_case: Case, book: Book, practice: Practice
) -> None:
    book(rosa_case, on=date(2026, 11, 20), at="06:30")
    book(rosa_case, on=date(2026, 11, 21), at="21:30")
    reconcile(now=NOW)
    assert foreseen(practice) == {"Tue 17 8": 1, "Thu 19 8": 2, "Sat 21 8": 1}


def test_a_long_lead_is_seen_for_sessions_that_are_not_planned_yet(
    rosa_case: Case, book: Book, practice: Practice, admin_user: User
) -> None:
    add_rule(details=RuleDetails(name="Early", lead_days=13), actor=admin_user, now=NOW)
    book(rosa_case, on=date(2026, 12, 3), at="15:00")
    reconcile(now=NOW)
    assert not Message.objects.exists()
    assert foreseen(practice) == {"Fri 20 15": 1}


def test_what_waits_since_yesterday_is_seen_now(friday: TherapySession, practice: Practice) -> None:
    reconcile(now=NOW)
    late = NOW - timedelta(days=1)
    Message.objects.filter(rule__lead_days=3).update(due_at=late, not_before=late)
    assert foreseen(practice) == {"Mon 16 9": 1, "Thu 19 15": 1}


def test_forecast_is_one_statement_however_many_messages(
    rosa_case: Case, book: Book, practice: Practice
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            forecast(practice=practice, now=NOW)
        return len(queries)

    few = cost()
    for day in range(17, 27):
        book(rosa_case, on=date(2026, 11, day))
    reconcile(now=NOW)
    assert cost() == few


def test_page_shows_the_week_with_a_table_beside_it(client: Browser, desk: User) -> None:
    client.force_login(desk)
    html = client.get(reverse("dashboard:forecast")).content.decode()
    assert html.count('forecast__day"') == 7
    assert "The same as a table" in html
    assert 'aria-current="page">Forecast' in html
