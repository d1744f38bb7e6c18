"""Locks in the one order that everybody keeps: calendars, then the session, then its participant."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from sessions_app.models import Location, Participant, TherapySession
from sessions_app.occupancy import keep_open, lock_resources, resource_keys


def lock_session(session: TherapySession) -> TherapySession:
    """The session as it stands now, locked until the transaction ends."""
    return TherapySession.objects.select_for_update().get(pk=session.pk)


def lock_with_calendar(
    session: TherapySession, *, also: Iterable[str] = (), at: Location | None = None
) -> tuple[TherapySession, list[str]]:
    """The session, locked after its people, room and place, as booking does; and the keys of these.

    `also` and `at` are what it is to have instead.

    Raises ValidationError (code "stale") where a colleague gave it others while we waited: then
    what we hold is not what has to be held.
    """
    fresh = TherapySession.objects.select_related("room", "location").get(pk=session.pk)
    keys = _calendar_of(fresh)
    lock_resources([*keys, *also])
    for place in filter(None, (fresh.location, at)):
        keep_open(place)
    locked = lock_session(session)
    if _calendar_of(locked) != keys:
        raise _stale()
    return locked, keys


def _calendar_of(session: TherapySession) -> list[str]:
    return resource_keys(session.clinicians.all(), session.room)


def lock_participant(participant: Participant) -> Participant:
    """The participant and its session as they stand now, both locked; the session first.

    PostgreSQL locks the rows of a join in the order in which they are named here.
    """
    locked = Participant.objects.select_for_update(of=("session", "self"))
    return locked.select_related("session", "client").get(pk=participant.pk)


def refuse_stale(session: TherapySession, seen_version: int | None) -> None:
    """Two people at one row: the second hears that it changed, and nothing is lost."""
    if seen_version is not None and seen_version != session.version:
        raise _stale()


def _stale() -> ValidationError:
    return ValidationError(
        "A colleague has just changed this session. Look at it again, then decide.", code="stale"
    )
