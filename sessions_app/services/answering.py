"""Verbs for what participants say and do before the session: answering and arriving."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from sessions_app.models import Participant, Response, TherapySession
from sessions_app.services.locking import lock_participant, lock_session, refuse_stale


def record_response(
    *,
    participant: Participant,
    response: str,
    by: str,
    actor: User | None,
    now: datetime,
    version: int | None = None,
) -> Participant:
    """Note that somebody confirms or asks to move; it counts for the version it answered.

    `version` is the session's version that the message or page spoke of; None is the present
    one. Raises ValidationError with code "stale" for an answer to a time that no longer holds.
    """
    with acting("record_response", actor=actor):
        locked = lock_participant(participant)
        refuse_stale(locked.session, version)
        _refuse_not_expected(locked)
        if now >= locked.session.ends_at:
            raise ValidationError(_("This session is already over."))
        locked.response = response
        locked.responded_at = now
        locked.responded_by = by
        locked.responded_version = locked.session.version
        if response == Response.NONE:
            locked.responded_at, locked.responded_by, locked.responded_version = None, "", None
        locked.save()
    return locked


def mark_arrived(*, participant: Participant, actor: User | None, now: datetime) -> Participant:
    """Somebody is here. Marking twice keeps the first time."""
    with acting("mark_arrived", actor=actor):
        locked = lock_participant(participant)
        _refuse_not_expected(locked)
        if locked.arrived_at is None:
            locked.arrived_at = now
            locked.save()
    return locked


def mark_all_arrived(*, session: TherapySession, actor: User | None, now: datetime) -> int:
    """Everybody expected is here, as in a group; returns how many were marked."""
    with acting("mark_all_arrived", actor=actor):
        locked = lock_session(session)
        if locked.is_cancelled:
            raise ValidationError(_("This session was called off."))
        waiting = locked.participants.filter(cancelled_at=None, arrived_at=None, recorded_at=None)
        return waiting.update(arrived_at=now)


def undo_all_arrived(*, session: TherapySession, arrived_at: datetime, actor: User | None) -> int:
    """Take one "all here" back: whoever it marked and has no outcome since; returns how many.

    `arrived_at` is the moment that it marked, so that nobody's own arrival is touched.
    """
    with acting("undo_all_arrived", actor=actor):
        locked = lock_session(session)
        marked = locked.participants.filter(arrived_at=arrived_at, recorded_at=None)
        return marked.update(arrived_at=None)


def undo_arrival(*, participant: Participant, actor: User | None, now: datetime) -> Participant:
    """They are not here after all."""
    with acting("undo_arrival", actor=actor):
        locked = lock_participant(participant)
        if locked.recorded_at:
            raise ValidationError(_("There is already an outcome. Undo that first."))
        locked.arrived_at = None
        locked.save()
    return locked


def _refuse_not_expected(participant: Participant) -> None:
    if participant.is_cancelled or participant.session.is_cancelled:
        raise ValidationError(
            _("%(name)s's time was called off. Book a new one for now.")
            % {"name": participant.client.display_name}
        )
