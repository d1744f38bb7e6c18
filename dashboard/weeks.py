"""The week as the reader's language begins it: on Sunday in the United States, on Monday in Spanish."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.models.contingency import FallbackTime

# As they are stored.
MONDAY = 0
WEEKDAYS = (
    (MONDAY, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


def first_day() -> int:
    """On which day the week begins; Sunday is 0, Monday 1 (`FIRST_DAY_OF_WEEK` in config/formats)."""
    return int(get_format("FIRST_DAY_OF_WEEK"))


def place_in_week(weekday: int) -> int:
    """Where a stored weekday stands in the reader's week, from 0."""
    return (weekday + 1 - first_day()) % 7


def week_of(day: date) -> list[date]:
    """The seven days of the reader's week that this one is in."""
    begins = day - timedelta(days=place_in_week(day.weekday()))
    return [begins + timedelta(days=n) for n in range(7)]


def days_of_the_week() -> list[tuple[int, str | Promise]]:
    """The stored weekdays with their names, in the order of the reader's week: choices for a field."""
    return sorted(WEEKDAYS, key=lambda day: place_in_week(day[0]))


def in_order(times: Iterable[FallbackTime]) -> list[FallbackTime]:
    """Times of the week from the first day of the reader's on."""
    return sorted(times, key=lambda one: (place_in_week(one.weekday), one.at))
