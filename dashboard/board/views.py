"""The day board: a day of all clinicians, refreshed by itself, and what is not recorded yet."""

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page

from accounts.audit import log_view
from accounts.roles import May
from attendance.board import session_rows
from dashboard.board.answers import board_context, day_of, moment_of, moment_of_poll, poll_answer, sheet_of
from dashboard.board.day import Day, Seen
from dashboard.board.drawing import line
from dashboard.board.looking import NOT_RECORDED
from dashboard.pages import StaffRequest, staff_page
from sessions_app.access import sessions_visible_to

# The list of what is not recorded shows so many sessions at once, the latest first.
NOT_RECORDED_SHOWN = 100


# The same address answers a page and, to htmx, its parts: neither may be kept.
# A hundred people's lines are a quarter of a megabyte, and a tenth of that compressed. Its only secret is the form
# token, which is masked anew in each answer; Django pads the length besides.
@gzip_page
@never_cache
@staff_page(May.RECORD_ATTENDANCE)
def board(request: StaffRequest) -> HttpResponse:
    """A day of everybody whom this person may see; `?session=` opens its panel."""
    at = moment_of(request)
    day = day_of(request, at)
    context = board_context(request.user, day, get_token(request))
    if request.htmx and not request.htmx.history_restore_request:
        if day.opened:
            log_view(user=request.user, kind="session", public_ids=[day.opened.public_id])
        return render(request, "board/_swap.html", context)
    log_view(user=request.user, kind="board", public_ids=[row.public_id for row in day.rows])
    return render(request, "board/board.html", context)


@never_cache
@staff_page(May.RECORD_ATTENDANCE)
def board_day(request: StaffRequest) -> HttpResponse:
    """What a desk's board asks every few seconds: 204 unless a fact, or the minute, has changed.

    While nothing at all was told it is answered before it comes here (`dashboard.quiet_polls`).
    """
    at = moment_of_poll(request)
    seen = Seen(tag=request.GET.get("seen", ""), told=request.GET.get("told", ""))
    day = day_of(request, at)
    if day.seen == seen:
        return HttpResponse(status=204)
    if day.seen and day.seen.tag == seen.tag:
        # Something was told of, and it was elsewhere.
        return render(request, "board/_seen.html", {"seen": day.seen, "looking": at.looking, "swap": True})
    return poll_answer(request, day, seen)


@never_cache
@staff_page(May.RECORD_ATTENDANCE)
def not_recorded_list(request: StaffRequest) -> HttpResponse:
    """Every session that is over without a word on how it went, of all days."""
    at = moment_of(request)
    waiting = sessions_visible_to(request.user).needing_outcome(at.now).order_by("-starts_at")
    rows = session_rows(waiting[:NOT_RECORDED_SHOWN], now=at.now, practice=at.practice)
    day = Day(
        looking=at.looking.on_page(NOT_RECORDED), user=request.user, practice=at.practice, now=at.now,
        zone=at.practice.zone, places=(), everything=rows,
    )  # fmt: skip
    log_view(user=request.user, kind="board", public_ids=[row.public_id for row in rows])
    sheet = sheet_of(request, day)
    days: dict[object, list[str]] = {}
    for row in rows:
        drawn = [line(sheet, row, one) for one in row.participants if one.status == "not_recorded"]
        days.setdefault(row.starts_at.astimezone(day.zone).date(), []).extend(drawn)
    shown = {on: drawn for on, drawn in days.items() if drawn}
    return render(request, "board/not_recorded.html", {"days": shown, "today": at.looking.today})
