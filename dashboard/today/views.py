"""The first page: a clinician's day; everybody else is taken to where their work is."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from clients.access import barriers, unfit_contacts
from clients.record_requests import waiting_for
from dashboard.board.answers import Moment, moment_of, moment_of_poll
from dashboard.board.day import Seen
from dashboard.check_ins.page import answers_to_read, call_lines
from dashboard.court.deadlines import deadlines_of
from dashboard.help.showing import to_revisit
from dashboard.messages.frame import COUNTED
from dashboard.messages.words import mark_of
from dashboard.pages import StaffRequest, staff_page
from dashboard.repeated.on_the_sheet import asked_of
from dashboard.shell import CLINICAL, first_place, may_set_up
from dashboard.today.day import day_of_clinician, handed_to, next_day, raised_before, shown_sessions
from dashboard.today.following import following_of
from dashboard.today.news import seen_today
from followups.later_options import options_to_revisit


@never_cache
@staff_page()
def today(request: StaffRequest) -> HttpResponse:
    """Whom I see today, what they said, and what to follow up."""
    if not CLINICAL & request.user.permissions:
        if may_set_up(request.user) and get_practice().first_steps is not None:
            return redirect("dashboard:first-steps")
        place = first_place(request.user)
        if place is None:
            raise PermissionDenied
        return redirect(place)
    at = moment_of(request)
    context = _context(request, at)
    log_view(user=request.user, kind="today", public_ids=[row.public_id for row in context["day"].rows])
    return render(
        request,
        "today/today.html",
        {
            **context,
            **asked_of(request.user),
            "deadlines": deadlines_of(request.user, at.practice.today(at.now)),
            "check_in_calls": call_lines(request.user, practice=at.practice, now=at.now),
            "check_in_answers": answers_to_read(request.user, now=at.now),
            "handed": [(message, mark_of(message, at.now)) for message in handed_to(request.user)],
            "raised": raised_before(request.user, at.practice, at.now),
            "to_revisit": to_revisit(request.user, at.practice.today(at.now)),
            "record_requests": list(waiting_for(request.user)),
            "options_to_revisit": list(options_to_revisit(request.user, at.practice.today(at.now))),
            "unfit": unfit_contacts(request.user).order_by()[:COUNTED].count(),
            "peek": next_day(request.user, at.practice, at.now),
        },
    )


@never_cache
@staff_page(May.RECORD_ATTENDANCE)
def today_day(request: StaffRequest) -> HttpResponse:
    """What Today asks every few seconds: 204 unless a colleague, a client, Kept or the minute changed something.

    While nothing at all was told it is answered before it comes here (`dashboard.quiet_polls`).
    """
    at = moment_of_poll(request)
    asked = Seen(tag=request.GET.get("seen", ""), told=request.GET.get("told", ""))
    seen = seen_today(request.user, at)
    if seen == asked:
        return HttpResponse(status=204)
    if seen.tag == asked.tag:
        # Something was told of, and it was elsewhere.
        return render(request, "today/_seen.html", {"seen": seen, "swap": True})
    return render(request, "today/_swap.html", {**_context(request, at, seen), "swap": True})


def _context(request: StaffRequest, at: Moment, seen: Seen | None = None) -> dict[str, Any]:
    """What refreshes itself."""
    seen = seen or seen_today(request.user, at)
    day = day_of_clinician(request.user, at)
    sessions = shown_sessions(day)
    asks = any(one.asks_what_got_in_the_way for session in sessions for one in session.people)
    return {
        "seen": seen,
        "day": day,
        "looking": day.looking,
        "sessions": sessions,
        "barriers": list(barriers()) if asks else [],
        "following": following_of(request.user, at.practice, at.now),
        "sees_team": request.user.may(May.SEE_SUPERVISED),
    }
