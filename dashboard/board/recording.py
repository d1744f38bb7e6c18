"""The buttons of the board: arrival, outcome, cancellation, and each taken back."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.roles import May
from attendance.models import Outcome, Source
from attendance.services import Seen, name_barriers, record_outcome, undo_outcome
from attendance.standing import still_standing
from clients.access import clients_visible_to
from dashboard.board.answers import Moment, answer, moment_of, undo_of
from dashboard.board.choices import ARRIVED, CANCELLED, minutes_late
from dashboard.board.forms import AllHereUndoForm, BarriersForm, MarkForm
from dashboard.board.looking import TODAY
from dashboard.pages import StaffRequest, sentence_of, staff_page
from dashboard.templatetags.kept_ui import STATUSES
from dashboard.toasts import Said
from sessions_app.access import get_participant, get_session
from sessions_app.models import CancelledBy, Participant
from sessions_app.services import (
    cancel_participant,
    mark_all_arrived,
    mark_arrived,
    undo_all_arrived,
    undo_arrival,
    undo_cancellation,
)


@staff_page(May.RECORD_ATTENDANCE, methods=("POST",))
def outcome(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One of the outcome buttons; "arrived" and "cancelled" are facts of the participant."""
    participant = get_participant(request.user, public_id, write=True)
    at, form = moment_of(request), MarkForm(request.POST)
    if not form.is_valid():
        return answer(request, at, Said(text=_first_error(form), tone="warning"), participant=participant)
    mark = form.cleaned_data["outcome"]
    press = {ARRIVED: _arrive, CANCELLED: _cancel}.get(mark, _record)
    return _pressed(request, at, participant, form.cleaned_data, press)


@staff_page(May.RECORD_ATTENDANCE, methods=("POST",))
def arrival(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They are here."""
    participant = get_participant(request.user, public_id, write=True)
    return _pressed(request, moment_of(request), participant, {}, _arrive)


@staff_page(May.RECORD_ATTENDANCE, methods=("POST",))
def cancellation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One participant will not come; late or in time by the session's policy."""
    participant = get_participant(request.user, public_id, write=True)
    return _pressed(request, moment_of(request), participant, {}, _cancel)


@staff_page(May.RECORD_ATTENDANCE, methods=("POST",))
def arrival_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They are not here after all."""
    return _taken_back(request, public_id, undo_arrival)


@staff_page(May.RECORD_ATTENDANCE, methods=("POST",))
def outcome_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Back to the outcome before, or to none."""
    return _taken_back(request, public_id, undo_outcome)


@staff_page(May.RECORD_ATTENDANCE, methods=("POST",))
def cancellation_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They will come after all, if the slot is still theirs."""
    return _taken_back(request, public_id, undo_cancellation)


@staff_page(May.RECORD_ATTENDANCE, methods=("POST",))
def barriers(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What got in the way, as far as anybody said; never asked before an outcome counts (row 2.9)."""
    participant = get_participant(request.user, public_id, write=True)
    at, form = moment_of(request), BarriersForm(request.POST)
    if not form.is_valid():
        return answer(request, at, Said(text=_first_error(form), tone="warning"), participant=participant)
    name_barriers(
        participant=participant, barriers=form.cleaned_data["barriers"], actor=request.user, now=at.now
    )
    return answer(request, at, Said(text=_("Noted. Thank you.")), participant=participant)


@staff_page(May.RECORD_ATTENDANCE, methods=("POST",))
def all_here(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Everybody still expected is here, as in a group."""
    session = get_session(request.user, public_id, write=True)
    at = moment_of(request)
    try:
        count = mark_all_arrived(session=session, actor=request.user, now=at.now)
    except ValidationError as error:
        return answer(request, at, Said(text=sentence_of(error), tone="warning"))
    undo = undo_of("all-here-undo", session, at.looking) if count else ""
    text = _("All here: %(count)d marked as arrived.") % {"count": count}
    return answer(request, at, Said(text=text, undo=undo, undo_fields=[("marked_at", at.now.isoformat())]))


@staff_page(May.RECORD_ATTENDANCE, methods=("POST",))
def all_here_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Not everybody after all: whoever that press marked is expected again."""
    session = get_session(request.user, public_id, write=True)
    at, form = moment_of(request), AllHereUndoForm(request.POST)
    if not form.is_valid():
        return answer(request, at, Said(text=_first_error(form), tone="warning"))
    marked_at = form.cleaned_data["marked_at"]
    count = undo_all_arrived(session=session, arrived_at=marked_at, actor=request.user)
    return answer(request, at, Said(text=_("Taken back for %(who)s.") % {"who": count}))


Press = Callable[[StaffRequest, Moment, Participant, dict[str, object]], Said]


def _pressed(
    request: StaffRequest, at: Moment, participant: Participant, sent: dict[str, object], press: Press
) -> HttpResponse:
    """Do it if the person still stands as the page showed; else say what a colleague did."""
    try:
        with still_standing(participant, seen=str(sent.get("stood") or "")):
            said = press(request, at, participant, sent)
    except ValidationError as error:
        said = Said(text=f"{_name(request, participant)}: {sentence_of(error)}", tone="warning")
    return answer(request, at, said, participant=participant)


def _taken_back(request: StaffRequest, public_id: UUID, undo: Callable[..., Participant]) -> HttpResponse:
    participant = get_participant(request.user, public_id, write=True)
    at = moment_of(request)
    try:
        with still_standing(participant, seen=request.POST.get("stood", "")):
            undo(participant=participant, actor=request.user, now=at.now)
    except ValidationError as error:
        return answer(request, at, Said(text=sentence_of(error), tone="warning"), participant=participant)
    text = _("Taken back for %(who)s.") % {"who": _name(request, participant)}
    return answer(request, at, Said(text=text), participant=participant)


def _arrive(request: StaffRequest, at: Moment, participant: Participant, _sent: dict[str, object]) -> Said:
    mark_arrived(participant=participant, actor=request.user, now=at.now)
    undo = undo_of("arrival-undo", participant, at.looking)
    text = _("%(who)s is here.") % {"who": _name(request, participant)}
    return Said(text=text, undo=undo, undo_fields=_standing("arrived"))


def _cancel(request: StaffRequest, at: Moment, participant: Participant, _sent: dict[str, object]) -> Said:
    cancelled = cancel_participant(
        participant=participant, by=CancelledBy.CLIENT, actor=request.user, now=at.now
    )
    hours = participant.session.late_cancellation_hours
    undo = undo_of("cancellation-undo", participant, at.looking)
    said = (
        _("%(who)s cancelled, late, less than %(hours)d hours before.")
        if cancelled.cancelled_late
        else _("%(who)s cancelled, in time.")
    )
    text = said % {"who": _name(request, participant), "hours": hours}
    return Said(text=text, undo=undo, undo_fields=_standing("cancelled"))


def _record(request: StaffRequest, at: Moment, participant: Participant, sent: dict[str, object]) -> Said:
    record = record_outcome(
        participant=participant, seen=_seen(participant, at, sent), actor=request.user, now=at.now
    )
    undo = undo_of("outcome-undo", participant, at.looking)
    word = str(STATUSES[record.outcome].word).lower()
    text = f"{_name(request, participant)}: {word}."
    return Said(text=text, undo=undo, undo_fields=_standing(record.outcome))


def _standing(code: str) -> list[tuple[str, str]]:
    """How the person stands now, as every press tells how they stood."""
    return [("stood", code)]


def _seen(participant: Participant, at: Moment, sent: dict[str, object]) -> Seen:
    code = str(sent["outcome"])
    late, early = sent.get("late_minutes"), sent.get("left_early_minutes")
    if code == Outcome.ATTENDED_LATE and not late:
        session = participant.session
        late = minutes_late(
            arrived_at=participant.arrived_at,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            now=at.now,
        )
    return Seen(
        outcome=code,
        source=Source.TODAY if at.looking.page == TODAY else Source.BOARD,
        late_minutes=late
        if code in (Outcome.ATTENDED_LATE, Outcome.TOO_LATE) and isinstance(late, int)
        else None,
        left_early_minutes=early if code == Outcome.LEFT_EARLY and isinstance(early, int) else None,
    )


def _name(request: StaffRequest, participant: Participant) -> str:
    """The name; with the birth year where the practice knows another person of that name."""
    client = participant.client
    alike = clients_visible_to(request.user).filter(family_name=client.family_name).exclude(pk=client.pk)
    year = client.born_on.year if client.born_on else client.birth_year
    if year and any(other.display_name == client.display_name for other in alike[:200]):
        return _("%(name)s (born %(year)s)") % {"name": client.display_name, "year": year}
    return client.display_name


def _first_error(form: MarkForm | BarriersForm | AllHereUndoForm) -> str:
    return " ".join(str(problem) for problems in form.errors.values() for problem in problems)
