"""The calendar: a week or a day by clinician, room or place, as a list and as a grid over it."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from dashboard.calendar.agenda import read_agenda
from dashboard.calendar.feed import feed_of, words_for_script
from dashboard.calendar.looking import CLINICIAN, DAY, PLACE, ROOM, WEEK, Looking, read_look
from dashboard.pages import StaffRequest, staff_page


@staff_page(May.BOOK)
def calendar(request: StaffRequest) -> HttpResponse:
    """The page, or its list alone once something on it has changed."""
    looking = _looking(request)
    agenda = read_agenda(user=request.user, looking=looking, now=timezone.now())
    if not request.htmx:  # the same page, drawn anew
        shown = [one.row.public_id for one in agenda.entries]
        log_view(user=request.user, kind="calendar", public_ids=shown)
    context = {
        "looking": looking,
        "agenda": agenda,
        "listed": agenda.listed(),
        "views": [(view, looking.address(view=view), looking.view == view) for view in (WEEK, DAY)],
        "kinds": [(by, looking.address(by=by), looking.by == by) for by in (CLINICIAN, ROOM, PLACE)],
        "before": looking.address(on=looking.before.isoformat()),
        "after": looking.address(on=looking.after.isoformat()),
        "now_address": looking.address(on=looking.today.isoformat()),
        "day_links": [(day, looking.address(view=DAY, on=day.isoformat())) for day in looking.week],
        "feed_address": looking.address(),
        "words": words_for_script(),
        "may_close": request.user.may(May.CLOSE_PLACES),
    }
    template = "calendar/_agenda.html" if request.htmx else "calendar/calendar.html"
    return render(request, template, context)


@staff_page(May.BOOK)
def entries(request: StaffRequest) -> HttpResponse:
    """The same for the grid, as JSON; a poll, so no view of it is logged."""
    agenda = read_agenda(user=request.user, looking=_looking(request), now=timezone.now())
    return JsonResponse(feed_of(agenda))


def _looking(request: StaffRequest) -> Looking:
    practice = get_practice()
    request.practice = practice
    return read_look(request.GET, user=request.user, practice=practice, today=practice.today(timezone.now()))
