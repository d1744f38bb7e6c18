"""A client's page, and what takes one press on it: confirming, meeting another way, the calendar."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse

from portal.access import Visit, may_be_called, reads_alone
from portal.again import was_cancelled, was_changed
from portal.doors import Overtaken, client_page, show
from portal.drawing import fee_words, how_words, standing_of, time_of
from portal.receipts import MODES, done
from reminders.calendar_file import Entry, calendar_file
from reminders.links import LinkFor
from sessions_app.choices import other_modes
from sessions_app.models import AnsweredBy, Modality, Response
from sessions_app.services import change_own_mode, record_response


@client_page(again=was_cancelled)
def page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """When, how, and what they can do about it."""
    return as_it_stands(request, visit)


def as_it_stands(request: HttpRequest, visit: Visit, *, status: int = 200, note: str = "") -> HttpResponse:
    """The page; with a note where something has changed while they looked."""
    session = visit.session
    context: dict[str, object] = {
        "time": time_of(visit),
        "how": how_words(session),
        "video_link": session.video_link if session.modality == Modality.VIDEO else "",
        "standing": standing_of(visit),
        "modes": other_modes(session, visit.now, may_call=may_be_called(visit.reader)),
        "offers_calendar": reads_alone(visit),
        "fees": fee_words(visit),
        "note": note,
    }
    return show(request, visit, "page.html", context, status=status)


def as_it_changed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The page, for who pressed something that no longer holds."""
    return as_it_stands(request, visit, status=422, note="changed")


@client_page(methods=("POST",))
def confirmation(request: HttpRequest, visit: Visit) -> HttpResponse:
    """They will come."""
    try:
        record_response(
            participant=visit.participant,
            response=Response.CONFIRMED,
            by=AnsweredBy.LINK,
            version=visit.session.version,
            actor=None,
            now=visit.now,
        )
    except ValidationError as error:
        raise Overtaken(as_it_changed) from error
    return done(visit, LinkFor.CONFIRMED)


@client_page(methods=("POST",), again=was_changed)
def mode(request: HttpRequest, visit: Visit) -> HttpResponse:
    """By video or by telephone instead, in one step (row 2.7)."""
    modality = request.POST.get("modality", "")
    try:
        changed = change_own_mode(
            participant=visit.participant,
            modality=modality,
            version=visit.session.version,
            may_call=may_be_called(visit.reader),
            now=visit.now,
        )
    except ValidationError as error:
        raise Overtaken(as_it_changed) from error
    return done(visit, MODES[Modality(modality)], changed)


@client_page()
def calendar(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The calendar's entry, neutral; only where the link went to a private address."""
    if not reads_alone(visit):
        raise Http404
    session = visit.session
    file, _method = calendar_file(
        entries=[Entry(visit.participant.public_id, session.version, session.starts_at, session.ends_at)],
        summary=visit.practice.display_name,
        cancelled=False,
    )
    answer = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer
