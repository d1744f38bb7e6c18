"""Somebody comes who was not expected: to a session that is there, or without an appointment."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import Practice
from accounts.roles import May
from attendance.board import session_rows
from clients.access import clients_visible_to, get_client
from clients.models import Client
from dashboard.board.answers import answer, moment_of
from dashboard.board.drawing import title_of
from dashboard.board.forms import WalkInForm
from dashboard.pages import StaffRequest, add_refusal, sentence_of, staff_page, status_of, words_of
from dashboard.toasts import Said
from sessions_app.access import get_session, sessions_visible_to
from sessions_app.services import Booking, add_walk_in, receive_walk_in

FOUND_SHOWN = 12


@staff_page(May.RECORD_ATTENDANCE, May.BOOK, methods=("GET", "POST"))
def session_walk_in(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Add a person to this session: find them, and they are here."""
    session = get_session(request.user, public_id, write=True)
    at = moment_of(request)
    at = at.opening(session.public_id)
    if request.method == "POST" and "q" not in request.POST:
        chosen = request.POST.get("client", "")
        if not chosen:
            return answer(request, at, Said(text=_("Choose who came."), tone="warning"))
        client = get_client(request.user, _uuid(chosen))
        try:
            add_walk_in(session=session, client=client, actor=request.user, now=at.now)
        except ValidationError as error:
            return answer(request, at, Said(text=sentence_of(error), tone="warning"))
        return answer(request, at, Said(text=_("%(name)s is here.") % {"name": client.display_name}))
    found = _found(request)
    if request.htmx:
        return render(request, "board/_walk_in_found.html", {"found": found, "session": session})
    [row] = session_rows(
        sessions_visible_to(request.user).filter(pk=session.pk), now=at.now, practice=at.practice
    )
    context = {
        "session": session,
        "title": title_of(row),
        "found": found,
        "looking": at.looking,
        "words": words_of(request),
    }
    return render(request, "board/session_walk_in.html", context)


@staff_page(May.RECORD_ATTENDANCE, May.BOOK, methods=("GET", "POST"))
def walk_in(request: StaffRequest) -> HttpResponse:
    """Without an appointment: first who it is."""
    found = _found(request)
    if request.htmx:
        return render(request, "board/_walk_in_found.html", {"found": found})
    return render(request, "board/walk_in.html", {"found": found, "words": words_of(request)})


@staff_page(May.RECORD_ATTENDANCE, May.BOOK, methods=("GET", "POST"))
def walk_in_of(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Then with whom and where; the session begins now and they are here."""
    client = get_client(request.user, public_id)
    at = moment_of(request)
    form = WalkInForm(request.POST or None, user=request.user, client=client)
    if form.is_valid():
        try:
            session = receive_walk_in(
                booking=_booking(form, client, at.practice, at.now), actor=request.user, now=at.now
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return answer(
                request,
                at.opening(session.public_id),
                Said(text=_("%(name)s is here.") % {"name": client.display_name}),
            )
    context = {"form": form, "client": client, "looking": at.looking}
    return render(request, "board/walk_in_of.html", context, status=status_of(form))


def _booking(form: WalkInForm, client: Client, practice: Practice, now: datetime) -> Booking:
    chosen = form.cleaned_data
    room = chosen["room"]
    zone = room.location.timezone if room else practice.timezone
    local = now.astimezone(ZoneInfo(zone))
    return Booking(
        case=chosen["case"],
        clinicians=(chosen["clinician"],),
        service=chosen["service"],
        on=local.date(),
        at=local.time().replace(second=0, microsecond=0),
        timezone=zone,
        minutes=chosen["service"].minutes,
        location=room.location if room else None,
        room=room,
        clients=(client,),
    )


def _found(request: StaffRequest) -> QuerySet[Client] | None:
    """Who may be meant; None before anything is asked."""
    asked = words_of(request)
    return clients_visible_to(request.user).search(asked)[:FOUND_SHOWN] if asked else None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
