"""Locks in the one order that everybody keeps (calendars, the session, its participant); what they find stale."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.prepared import Prepared, columns_of, records_of
from clients.models import Client
from sessions_app.models import Location, Participant, TherapySession
from sessions_app.occupancy import keep_open, lock_resources, resource_keys

# PostgreSQL locks the rows of a join in the order in which they are named at the end.
_PARTICIPANT = Prepared(
    "lock_participant",
    f"""
    SELECT {columns_of(Participant, "p")}, {columns_of(TherapySession, "s")}, {columns_of(Client, "c")}
    FROM sessions_app_participant p
    JOIN sessions_app_therapysession s ON s.id = p.session_id
    JOIN clients_client c ON c.id = p.client_id
    WHERE p.id = $1
    FOR UPDATE OF s, p
    """,  # noqa: S608 - the columns are our own
    values=1,
)
OVER = gettext_noop(
    "That time is over already. For somebody who came without an appointment, take Walk-in on the board."
)


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

    Asked at every mark at the desk: loading it by the ORM took longer than all else that a mark does.
    """
    for values in _PARTICIPANT.rows(participant.pk):
        locked: Participant
        locked, session, client = records_of((Participant, TherapySession, Client), values)
        locked.session, locked.client = session, client
        return locked
    raise Participant.DoesNotExist


def people_expected(session: TherapySession) -> QuerySet[Participant, int]:
    """The keys of those who have not cancelled."""
    return session.participants.filter(cancelled_at=None).values_list("client_id", flat=True)


def refuse_stale(session: TherapySession, seen_version: int | None) -> None:
    """Two people at one row: the second hears that it changed, and nothing is lost."""
    if seen_version is not None and seen_version != session.version:
        raise _stale()


def refuse_over(ends_at: datetime, now: datetime) -> None:
    """A time that is over is not booked: what took place is recorded, and history is imported."""
    if ends_at <= now:
        raise ValidationError({"at": _(OVER)}, code="over")


def _stale() -> ValidationError:
    return ValidationError(
        _("A colleague has just changed this session. Look at it again, then decide."), code="stale"
    )
