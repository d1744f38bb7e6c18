"""Verbs that call off a session for one participant or for everybody, and take it back."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from clients.models import Case
from clients.protection import refuse_together
from sessions_app.models import CancelledBy, Occupancy, Participant, TherapySession
from sessions_app.occupancy import case_key, occupy, refuse_conflicts, release, resource_keys
from sessions_app.services.locking import (
    lock_participant,
    lock_session,
    lock_with_calendar,
    people_expected,
    refuse_stale,
)


def cancel_participant(
    *,
    participant: Participant,
    by: str,
    reason: str = "",
    actor: User | None,
    now: datetime,
    version: int | None = None,
) -> Participant:
    """Somebody will not come. Late or in time by the session's own policy.

    The last one's cancellation frees the slot. Cancelling twice changes nothing. `version` is the
    session's version that the page spoke of; None is the present one. Raises ValidationError for
    somebody who is already here or has an outcome, and (code "stale") for a time that has changed.
    """
    with acting("cancel_participant", actor=actor):
        locked = lock_participant(participant)
        if locked.is_cancelled:
            return locked
        refuse_stale(locked.session, version)
        _refuse_seen(locked)
        _mark_cancelled(locked, by=by, reason=reason, now=now)
        if not locked.session.participants.filter(cancelled_at=None).exists():
            tell = by == CancelledBy.PRACTICE
            _call_off(locked.session, by=by, reason=reason, now=now, tell_clients=tell)
    return locked


def cancel_session(
    *,
    session: TherapySession,
    by: str,
    reason: str = "",
    actor: User | None,
    now: datetime,
    tell_clients: bool = True,
    version: int | None = None,
) -> TherapySession:
    """Call the whole session off, for everybody still expected; `version` as for one participant."""
    with acting("cancel_session", actor=actor):
        locked = lock_session(session)
        if locked.is_cancelled:
            return locked
        refuse_stale(locked, version)
        expected = list(locked.participants.select_for_update().filter(cancelled_at=None))
        for participant in expected:
            participant.session = locked
            _refuse_seen(participant)
            _mark_cancelled(participant, by=by, reason=reason, now=now)
        _call_off(locked, by=by, reason=reason, now=now, tell_clients=tell_clients)
    return locked


def cancel_for_absence(*, session: TherapySession, reason: str, actor: User, now: datetime) -> TherapySession:
    """Call a session off although somebody came, because somebody else did not (row 1.5).

    It is the practice's act, and nobody's miss; that somebody was here stays in the history. Taking it
    back makes them expected again, not arrived. Raises ValidationError without a reason, or where
    an outcome is recorded.
    """
    if not reason.strip():
        raise ValidationError({"reason": gettext("Say in a few words why. It stays with the session.")})
    with acting("cancel_for_absence", actor=actor):
        locked = lock_session(session)
        locked.participants.filter(recorded_at=None).exclude(arrived_at=None).update(arrived_at=None)
        by = CancelledBy.PRACTICE
        # They are told by whoever is in the room; the absent one hears from the clinician.
        return cancel_session(
            session=locked, by=by, reason=reason.strip(), actor=actor, now=now, tell_clients=False
        )


def undo_cancellation(*, participant: Participant, actor: User | None, now: datetime) -> Participant:
    """Take one participant's cancellation back, within the time in which nobody is told.

    Raises SlotTaken if the slot was freed and somebody else has it, and ValidationError where the
    case was closed meanwhile.
    """
    with acting("undo_cancellation", actor=actor):
        _lock_with_case(participant.session)
        locked = lock_participant(participant)
        if not locked.is_cancelled:
            return locked
        _refuse_told(locked.cancelled_at, now)
        _refuse_closed_case(locked.session)
        refuse_together([locked.client_id, *people_expected(locked.session)])
        _mark_expected(locked)
        if locked.session.is_cancelled:
            _revive(locked.session)
        elif locked.session.settled_at:
            # Somebody is without an outcome again: off the settled ones, or nobody would ever ask.
            locked.session.settled_at = None
            locked.session.save(update_fields=["settled_at"])
    return locked


def undo_session_cancellation(
    *, session: TherapySession, actor: User | None, now: datetime, seen_version: int | None = None
) -> TherapySession:
    """Take the calling-off back for everybody whom it called off.

    Raises what `undo_cancellation` raises, and (code "stale") for a time that has changed.
    """
    with acting("undo_session_cancellation", actor=actor):
        locked = _lock_with_case(session)
        if not locked.is_cancelled:
            return locked
        refuse_stale(locked, seen_version)
        _refuse_told(locked.cancelled_at, now)
        _refuse_closed_case(locked)
        for participant in locked.participants.filter(cancelled_at=locked.cancelled_at):
            _mark_expected(participant)
        refuse_together(people_expected(locked))
        _revive(locked)
    return locked


def is_late(session: TherapySession, now: datetime) -> bool:
    """Whether a client's cancellation now would be late by the policy at booking."""
    return now > session.starts_at - timedelta(hours=session.late_cancellation_hours)


def _mark_cancelled(participant: Participant, *, by: str, reason: str, now: datetime) -> None:
    participant.cancelled_at = now
    participant.cancelled_by = by
    participant.cancelled_late = by == CancelledBy.CLIENT and is_late(participant.session, now)
    participant.cancel_reason = reason
    participant.save()


def _mark_expected(participant: Participant) -> None:
    participant.cancelled_at = None
    participant.cancelled_by = ""
    participant.cancelled_late = False
    participant.cancel_reason = ""
    participant.save()


def _call_off(session: TherapySession, *, by: str, reason: str, now: datetime, tell_clients: bool) -> None:
    session.cancelled_at = session.changed_at = now
    session.cancelled_by = by
    session.cancel_reason = reason
    session.tell_clients = tell_clients
    session.save()
    release(session, now)


def _revive(session: TherapySession) -> None:
    keys = resource_keys(session.clinicians.all(), session.room)
    refuse_conflicts(keys, session, besides=session)
    Occupancy.objects.filter(session=session).exclude(released_at=None).delete()
    occupy([session], keys)
    session.cancelled_at = None
    session.cancelled_by = ""
    session.cancel_reason = ""
    _restore_last_change(session)
    session.save()


def _restore_last_change(session: TherapySession) -> None:
    """When it was changed before, and whether the clients were to hear: a silent change stays silent."""
    history = session.events  # type: ignore[attr-defined]  # made by django-pghistory
    before = history.filter(cancelled_at=None).order_by("-pgh_id").first()
    if before is not None:
        session.changed_at, session.tell_clients = before.changed_at, before.tell_clients


def _lock_with_case(session: TherapySession) -> TherapySession:
    """As booking does: who closes the case meanwhile finds this session in the way, or we find it closed."""
    locked, _ = lock_with_calendar(session, also=[case_key(session.case_id)])
    return locked


def _refuse_closed_case(session: TherapySession) -> None:
    if Case.objects.filter(pk=session.case_id).exclude(closed_on=None).exists():
        raise ValidationError(gettext("This case was closed meanwhile. Reopen it before booking them again."))


def _refuse_seen(participant: Participant) -> None:
    if participant.arrived_at or participant.recorded_at:
        raise ValidationError(
            gettext("Somebody is marked as here, or has an outcome. Undo that before cancelling.")
        )


def _refuse_told(since: datetime | None, now: datetime) -> None:
    minutes = get_practice().undo_minutes
    if since is None or now > since + timedelta(minutes=minutes):
        raise ValidationError(
            gettext(
                "More than %(minutes)s minutes have passed, so others may know by now. Book it again instead."
            )
            % {"minutes": minutes}
        )
