"""The week: one clinician's hours as a timeline, or everybody's days as lists."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import clinicians
from accounts.audit import log_view
from accounts.models import Practice, User
from accounts.roles import May
from accounts.services import get_practice
from attendance.board import session_rows
from dashboard.calendar.week import DayColumn, hour_lines, lay_out, slots_shown
from dashboard.pages import StaffRequest, staff_page
from sessions_app.access import locations, sessions_visible_to
from sessions_app.models import Location
from sessions_app.querysets import day_bounds


@staff_page(May.BOOK)
def calendar(request: StaffRequest) -> HttpResponse:
    """A week of sessions, with the free hours of a clinician as links to booking."""
    now, practice = timezone.now(), get_practice()
    monday = _monday(request.GET.get("on"), practice.today(now))
    people, places = list(clinicians()), list(locations())
    who = _who(request, people)
    place = next((one for one in places if str(one.public_id) == request.GET.get("place")), None)
    days = _days(request, practice, monday, who=who, place=place, now=now)
    shown = [row.public_id for day in days for row in day.rows]
    log_view(user=request.user, kind="calendar", public_ids=shown)
    context = {
        "days": days,
        "hours": hour_lines(practice),
        "slots_shown": slots_shown(practice),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "today": practice.today(now),
        "people": people,
        "places": places,
        "who": who,
        "place": place,
        "may_close": request.user.may(May.CLOSE_PLACES),
    }
    return render(request, "calendar/week.html", context)


def _monday(text: str | None, today: date) -> date:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        day = today
    if not 1900 < day.year < 2200:  # a week at either end of the calendar has no neighbour
        day = today
    return day - timedelta(days=day.weekday())


def _who(request: StaffRequest, people: list[User]) -> User | None:
    """The clinician whose week is shown: the one asked for, oneself, or for the desk the first."""
    asked = request.GET.get("clinician")
    if asked == "all" or (asked is None and "place" in request.GET):
        return None
    named = next((one for one in people if str(one.public_id) == asked), None)
    oneself = next((one for one in people if one == request.user), None)
    return named or oneself or next(iter(people), None)


def _days(
    request: StaffRequest,
    practice: Practice,
    monday: date,
    *,
    who: User | None,
    place: Location | None,
    now: datetime,
) -> list[DayColumn]:
    begins, _end = day_bounds(monday, practice.zone)
    _begin, ends = day_bounds(monday + timedelta(days=6), practice.zone)
    sessions = sessions_visible_to(request.user).filter(starts_at__gte=begins, starts_at__lt=ends)
    if who:
        sessions = sessions.led_by(who)
    if place:
        sessions = sessions.filter(location=place)
    rows: list[Any] = session_rows(sessions.order_by("starts_at"), now=now, practice=practice)
    return lay_out(rows, practice=practice, monday=monday, who=who, now=now)
