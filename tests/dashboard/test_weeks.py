"""The week begins on the day that the reader's language says, wherever staff read one."""

from datetime import date, time, timedelta

import pytest
from django.utils import translation

from clients.models.contingency import FallbackTime
from dashboard.weeks import days_of_the_week, in_order, week_of

SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)
MONDAY_BEFORE, SUNDAY_BEFORE = date(2026, 11, 16), date(2026, 11, 15)


@pytest.mark.parametrize(
    ("language", "day", "begins"),
    [
        ("en", SATURDAY, SUNDAY_BEFORE),
        ("en", SUNDAY, SUNDAY),
        ("es", SATURDAY, MONDAY_BEFORE),
        ("es", SUNDAY, MONDAY_BEFORE),
    ],
)
def test_a_week_holds_its_day_and_begins_as_the_reader_says(language: str, day: date, begins: date) -> None:
    with translation.override(language):
        assert week_of(day) == [begins + timedelta(days=n) for n in range(7)]


@pytest.mark.parametrize(("language", "first"), [("en", 6), ("es", 0)])
def test_choices_and_times_stand_in_the_readers_order(language: str, first: int) -> None:
    monday, sunday = FallbackTime(0, time(9)), FallbackTime(6, time(9))
    with translation.override(language):
        assert [day for day, _name in days_of_the_week()] == [(first + n) % 7 for n in range(7)]
        assert in_order([monday, sunday])[0].weekday == first
