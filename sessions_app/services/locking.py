"""Locks rows in the one order that everybody keeps: session, then participant."""

from django.core.exceptions import ValidationError

from sessions_app.models import Participant, TherapySession


def lock_session(session: TherapySession) -> TherapySession:
    """The session as it stands now, locked until the transaction ends."""
    return TherapySession.objects.select_for_update().get(pk=session.pk)


def lock_participant(participant: Participant) -> Participant:
    """The participant and its session as they stand now, both locked; the session first."""
    session = TherapySession.objects.select_for_update().get(pk=participant.session_id)
    locked = Participant.objects.select_for_update(of=("self",)).select_related("client")
    found = locked.get(pk=participant.pk)
    found.session = session
    return found


def refuse_stale(session: TherapySession, seen_version: int | None) -> None:
    """Two people at one row: the second hears that it changed, and nothing is lost."""
    if seen_version is not None and seen_version != session.version:
        raise ValidationError(
            "A colleague has just changed this session. Look at it again, then decide.",
            code="stale",
        )
