"""What will go out in the coming week, as a chart and as a table."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.roles import May
from accounts.services import get_practice
from dashboard.messages.frame import frame_of
from dashboard.pages import StaffRequest, staff_page
from reminders.forecast import ForecastDay, forecast

# Hours that a chart shows; nothing goes out in the night.
FIRST_HOUR, LAST_HOUR = 8, 20
BAR_ROOM, HIGHEST = 16, 44


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour, in the units of the drawing."""

    hour: int
    count: int
    left: int
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Row:
    """One day with its bars."""

    day: ForecastDay
    bars: list[Bar]


@staff_page(May.ANSWER_MESSAGES)
def forecast_page(request: StaffRequest) -> HttpResponse:
    """Seven days by hour, in the practice's zone."""
    practice, now = get_practice(), timezone.now()
    days = forecast(practice=practice, now=now)
    busiest = max((count for day in days for count in day.by_hour), default=0)
    context = {
        "frame": frame_of(request.user, practice=practice, now=now),
        "rows": [Row(day, _bars(day, busiest)) for day in days],
        "hours": range(FIRST_HOUR, LAST_HOUR + 1),
        "total": sum(day.total for day in days),
        "width": BAR_ROOM * (LAST_HOUR - FIRST_HOUR + 1),
        "height": HIGHEST,
    }
    return render(request, "messages/forecast.html", context)


def _bars(day: ForecastDay, busiest: int) -> list[Bar]:
    return [
        _bar(number, hour, day.by_hour[hour], busiest)
        for number, hour in enumerate(range(FIRST_HOUR, LAST_HOUR + 1))
    ]


def _bar(number: int, hour: int, count: int, busiest: int) -> Bar:
    # One message is still to be seen beside the busiest hour.
    height = max(2, round(HIGHEST * count / busiest)) if count else 0
    return Bar(hour, count, number * BAR_ROOM, HIGHEST - height, height)
