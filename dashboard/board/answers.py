"""What a press of a button on the board, Today or the not-recorded list is answered with."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Practice, User
from accounts.services import get_practice
from attendance.board import session_rows
from clients.access import barriers as barriers_in_use
from dashboard.board.day import Day, Seen, not_recorded, read_day, since_of
from dashboard.board.drawing import TOKEN, Sheet, changed_parts, for_one, line, whole_day
from dashboard.board.looking import BOARD, NOT_RECORDED, Looking
from dashboard.board.panel import panel_of, shown_people
from dashboard.pages import StaffRequest
from dashboard.toasts import Said, say_on_next_page
from sessions_app.access import sessions_visible_to
from sessions_app.models import Participant, TherapySession


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When and over what a button was pressed."""

    now: datetime
    practice: Practice
    looking: Looking
    # The latest change told of, where a page asks by itself.
    heard: str = ""

    def opening(self, session: UUID) -> "Moment":
        """The same moment, coming back to the board with this session open."""
        return replace(self, looking=self.looking.opening(str(session)))


def moment_of(request: StaffRequest) -> Moment:
    """The clock, the practice and the look of this request."""
    return _moment(request, now=timezone.now())


def moment_of_poll(request: StaffRequest) -> Moment:
    """The same, where a page that stands open asks: what many ask in one minute is asked once."""
    return _moment(request, now=timezone.now(), heard=request.heard)


def _moment(request: StaffRequest, *, now: datetime, heard: str = "") -> Moment:
    practice = get_practice(since_of(heard, now))
    request.practice = practice
    looking = Looking.read(request.GET, today=practice.today(now))
    return Moment(now=now, practice=practice, looking=looking, heard=heard)


def day_of(request: StaffRequest, at: Moment) -> Day:
    return read_day(user=request.user, practice=at.practice, looking=at.looking, now=at.now, heard=at.heard)


def sheet_of(request: StaffRequest, day: Day) -> Sheet:
    return Sheet(day, get_token(request))


def poll_answer(request: StaffRequest, day: Day, seen: Seen) -> HttpResponse:
    """What a desk is sent that has seen another drawing of the day; where no panel is open, drawn once for all who have.

    Thirty desks come within three seconds of a change: what is their own is the token alone.
    """
    if day.opened:
        context = board_context(request.user, day, get_token(request), seen=seen)
        return render(request, "board/_swap.html", {**context, "keep_panel": True})
    waiting = not_recorded(request.user, day.now, since=day.since)
    key = ("poll", seen, day.seen, day.looking, repr(waiting), get_language())
    drawn = day.shared(key, lambda: _swap_for_all(request.user, day, seen))
    return HttpResponse(for_one(drawn, get_token(request)))


def _swap_for_all(user: User, day: Day, seen: Seen) -> str:
    return render_to_string("board/_swap.html", board_context(user, day, TOKEN, seen=seen))


def board_context(user: User, day: Day, token: str, *, seen: Seen | None = None) -> dict[str, object]:
    """What the whole board and its swap both draw; of a day that was seen already, its changed parts."""
    count, pending = not_recorded(user, day.now, since=day.since)
    as_list = day.looking.is_list or day.too_wide
    changed = changed_parts(day, token, as_list=as_list, seen=seen) if seen else None
    return {
        "day": day,
        "seen": day.seen,
        "looking": day.looking,
        "as_list": as_list,
        "changed": changed,
        "drawn": whole_day(day, token, as_list=as_list) if changed is None else "",
        "pending_count": count,
        "pending": [
            (one.name, day.clock(one.starts_at), one.starts_at.astimezone(day.zone)) for one in pending
        ],
        "panel": panel_of(day.opened, day) if day.opened else None,
    }


def answer(
    request: StaffRequest, at: Moment, said: Said, *, participant: Participant | None = None
) -> HttpResponse:
    """A plain form goes back to its page; htmx gets what changed, and the toast."""
    if not request.htmx:
        say_on_next_page(request, said)
        response = HttpResponseRedirect(at.looking.url)
        response.status_code = 303
        return response
    if at.looking.page == BOARD:
        context = board_context(request.user, day_of(request, at), get_token(request))
        return render(request, "board/_swap.html", {**context, "said": said, "keep_panel": True})
    return _person_swap(request, at, said, participant)


def _person_swap(
    request: StaffRequest, at: Moment, said: Said, participant: Participant | None
) -> HttpResponse:
    """On Today and the not-recorded list one person is drawn anew."""
    if participant is None:
        return render(request, "board/_swap_person.html", {"said": said})
    sessions = sessions_visible_to(request.user).filter(pk=participant.session_id)
    [session] = session_rows(sessions, now=at.now, practice=at.practice)
    person = next(one for one in session.participants if one.public_id == str(participant.public_id))
    day = Day(
        looking=at.looking, user=request.user, practice=at.practice, now=at.now, zone=at.practice.zone,
        places=(), everything=[session],
    )  # fmt: skip
    if at.looking.page == NOT_RECORDED:
        drawn = line(sheet_of(request, day), session, person, swap=True)
        return render(request, "board/_swap_person.html", {"said": said, "line": drawn, "row": person})
    shown = next(one for one in shown_people([session], day) if one.row is person)
    barriers = list(barriers_in_use()) if shown.asks_what_got_in_the_way else []
    context = {"said": said, "person": shown, "looking": at.looking, "barriers": barriers}
    return render(request, "board/_swap_person.html", context)


def undo_of(name: str, record: Participant | TherapySession, looking: Looking) -> str:
    """Where the last press on somebody is taken back, coming back to the same page."""
    url = reverse(f"dashboard:{name}", args=[record.public_id])
    return f"{url}?{looking.query}" if looking.query else url
