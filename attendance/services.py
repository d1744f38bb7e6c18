"""Verbs on what was seen: record, correct, take back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.inserting import note_inserted
from accounts.models import User
from accounts.prepared import Prepared
from accounts.services import get_practice
from attendance.models import AttendanceRecord, BarrierNamed, Outcome, Source
from clients.models import Barrier
from sessions_app.access import may_read_session_words
from sessions_app.models import Participant, TherapySession
from sessions_app.services.locking import lock_participant


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was seen of one participant; minutes only where the outcome has them."""

    outcome: str
    source: str
    late_minutes: int | None = None
    left_early_minutes: int | None = None
    # None leaves what was named before; naming a barrier is never required (row 2.9).
    barriers: tuple[Barrier, ...] | None = None


def record_outcome(
    *, participant: Participant, seen: Seen, actor: User | None, now: datetime
) -> AttendanceRecord:
    """Write, or correct, how it went for one participant.

    Raises ValidationError before the session begins, for somebody who cancelled, and for
    "was not brought" of an adult.
    """
    with acting("record_outcome", actor=actor):
        locked = lock_participant(participant)
        _check(locked, seen, now)
        record = _write(locked, seen, actor=actor, now=now)
        if seen.barriers is not None:
            name_barriers(participant=locked, barriers=seen.barriers, actor=actor, now=now)
    return record


def undo_outcome(*, participant: Participant, actor: User | None, now: datetime) -> Participant:
    """Take the last recording back: to the outcome before it, or to not yet recorded.

    Only within the time in which nobody is told; later it is a correction. What was settled because
    they had arrived goes together with the arrival.
    """
    with acting("undo_outcome", actor=actor):
        locked = lock_participant(participant)
        record = AttendanceRecord.objects.filter(participant=locked).first()
        if record is None:
            return locked
        _refuse_told(record, now)
        if record.corrected_at:
            _restore_before(record)
            return locked
        record.delete()
        locked.recorded_at = None
        if record.source == Source.SETTLED:
            # It came of the arrival, and would come of it again with the next pass.
            locked.arrived_at = None
        locked.save()
        TherapySession.objects.filter(pk=locked.session_id).update(settled_at=None)
    return locked


def name_barriers(
    *, participant: Participant, barriers: Iterable[Barrier], actor: User | None, now: datetime
) -> None:
    """What got in the way, as far as anybody said; replaces what was named, keeps the history.

    Who may not read it back only adds: what they cannot see they must not clear away.
    """
    wanted = {barrier.pk: barrier for barrier in barriers}
    with acting("name_barriers", actor=actor):
        if actor is None or may_read_session_words(actor, participant.session):
            BarrierNamed.objects.filter(participant=participant).exclude(barrier__in=wanted).delete()
        _add_barriers(participant, wanted.values(), actor=actor, now=now)


def also_name_barriers(
    *, participant: Participant, barriers: Iterable[Barrier], actor: User | None, now: datetime
) -> None:
    """What a later talk told besides: added to what was named of that absence, and nothing taken away."""
    with acting("name_barriers", actor=actor):
        _add_barriers(participant, barriers, actor=actor, now=now)


def _add_barriers(
    participant: Participant, barriers: Iterable[Barrier], *, actor: User | None, now: datetime
) -> None:
    known = set(BarrierNamed.objects.filter(participant=participant).values_list("barrier_id", flat=True))
    BarrierNamed.objects.bulk_create(
        (
            BarrierNamed(participant=participant, barrier=barrier, named_by=actor, named_at=now)
            for barrier in dict.fromkeys(barriers)
            if barrier.pk not in known
        ),
        ignore_conflicts=True,  # a colleague may name the same at the same moment
    )


def _check(participant: Participant, seen: Seen, now: datetime) -> None:
    if participant.is_cancelled or participant.session.is_cancelled:
        raise ValidationError(_("This was called off beforehand, so there is nothing to record."))
    if now < participant.session.starts_at and participant.arrived_at is None:
        raise ValidationError(_("The session has not begun. Mark them as here when they come."))
    if seen.outcome == Outcome.NOT_BROUGHT and not participant.client.is_minor(participant.session.on):
        raise ValidationError(_("“Was not brought” is for children. Choose “Missed” instead."))


def _write(participant: Participant, seen: Seen, *, actor: User | None, now: datetime) -> AttendanceRecord:
    # The participant is locked and knows whether there is one: most often there is none to ask for.
    record = (
        AttendanceRecord.objects.filter(participant=participant).first() if participant.recorded_at else None
    )
    if record is None:
        record = AttendanceRecord(participant=participant, recorded_at=now, recorded_by=actor)
    else:
        record.corrected_at = now
    record.client_id = participant.client_id
    record.starts_at = participant.starts_at
    record.outcome = seen.outcome
    record.late_minutes = seen.late_minutes
    record.left_early_minutes = seen.left_early_minutes
    record.source = seen.source
    record.clean_fields(exclude=["participant", "client", "recorded_by"])
    if participant.recorded_at is None:
        _record_first(participant, record)
    else:
        record.save()
    return record


# In one statement, since it is the desk's most frequent act: there is an outcome; the last one takes
# the session off the not-yet-recorded list.
_RECORDED = Prepared(
    "record_outcome",
    """
    WITH seen AS (
        INSERT INTO attendance_attendancerecord (participant_id, client_id, starts_at, outcome,
            late_minutes, left_early_minutes, source, recorded_at, recorded_by_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        RETURNING id
    ), recorded AS (
        UPDATE sessions_app_participant SET recorded_at = $8 WHERE id = $1 RETURNING session_id
    ), settled AS (
        UPDATE sessions_app_therapysession AS s SET settled_at = $8
        FROM recorded
        WHERE s.id = recorded.session_id AND NOT EXISTS (
            SELECT FROM sessions_app_participant AS other
            WHERE other.session_id = s.id AND other.id <> $1
              AND other.cancelled_at IS NULL AND other.recorded_at IS NULL
        )
    )
    SELECT id FROM seen
    """,
    values=9,
)


def _record_first(participant: Participant, record: AttendanceRecord) -> None:
    """Write the first outcome, note it at the participant, and settle a session whose last one it is."""
    ((key,),) = _RECORDED.rows(
        participant.pk,
        record.client_id,
        record.starts_at,
        record.outcome,
        record.late_minutes,
        record.left_early_minutes,
        record.source,
        record.recorded_at,
        record.recorded_by_id,
    )
    note_inserted(record, key)
    participant.recorded_at = record.recorded_at


def _refuse_told(record: AttendanceRecord, now: datetime) -> None:
    minutes = get_practice().undo_minutes
    if now > (record.corrected_at or record.recorded_at) + timedelta(minutes=minutes):
        raise ValidationError(_("The time to undo has passed. Choose the right outcome to correct it."))


def _restore_before(record: AttendanceRecord) -> None:
    """Put back what the history says stood before the last correction."""
    history = record.events  # type: ignore[attr-defined]  # made by django-pghistory
    # By the correction, not by the row before: that one may be what an undo put back.
    earlier = Q(corrected_at=None) | Q(corrected_at__lt=record.corrected_at)
    before = history.filter(earlier).order_by("-pgh_id")[0]
    for field in ("outcome", "late_minutes", "left_early_minutes", "source", "corrected_at"):
        setattr(record, field, getattr(before, field))
    record.save()
