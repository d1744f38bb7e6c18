"""Taking and freeing the time of clinicians and rooms."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext, gettext_noop

from accounts.models import User
from sessions_app.models import Location, Occupancy, Room, TherapySession


@dataclass(frozen=True)
class Conflict:
    """A stretch of time that is already taken."""

    resource: str
    starts_at: datetime
    ends_at: datetime
    is_time_off: bool
    is_held: bool = False  # for the waitlist


class SlotTaken(ValidationError):
    """The clinician or the room is not free; `conflicts` says where."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = list(conflicts)
        super().__init__(gettext(in_the_way(self.conflicts[0])), code="slot_taken")


def in_the_way(conflict: Conflict) -> str:
    """What is taken, in the words of the catalogue."""
    if conflict.is_time_off:
        return gettext_noop("The clinician is away then. Choose another time.")
    if conflict.is_held:
        return gettext_noop(
            "That time is being offered to the waitlist. Choose another, or give it back on that page."
        )
    if conflict.resource.startswith("room"):
        return gettext_noop("The room already has a session then. Choose another time.")
    return gettext_noop("The clinician already has a session then. Choose another time.")


def clinician_key(clinician: User) -> str:
    return f"clinician:{clinician.pk}"


def client_key(client: int) -> str:
    """Locked, never occupied: being booked and leaving the practice take turns."""
    return f"client:{client}"


def case_key(case: int) -> str:
    """The same for everybody in a case, where a booking names nobody."""
    return f"case:{case}"


def resource_keys(clinicians: Iterable[User], room: Room | None) -> list[str]:
    """The names under which a session's clinicians and room are locked and occupied, sorted."""
    keys = {clinician_key(clinician) for clinician in clinicians}
    if room:
        keys.add(f"room:{room.pk}")
    return sorted(keys)


def lock_resources(keys: Iterable[str]) -> None:
    """Make bookings of the same people and rooms wait for one another, in one order.

    The exclusion constraint is the law; these locks only keep it from deadlocking. They last
    until the transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(key) FROM ("
            "  SELECT hashtextextended(name, 0) AS key"
            "  FROM unnest(%s::text[]) WITH ORDINALITY AS names(name, n) ORDER BY n"
            ") AS sorted",
            [sorted(set(keys))],
        )


def keep_open(location: Location) -> None:
    """Hold off who would shut this place for a day, until this booking stands and can be seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [_place_key(location)])


def shut_place(location: Location) -> None:
    """Wait for the bookings that have found this place open; later ones will find it shut."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_place_key(location)])


def _place_key(location: Location) -> str:
    return f"location:{location.pk}"


def conflicts_with(
    keys: Sequence[str],
    times: Sequence[tuple[datetime, datetime]],
    *,
    besides: Collection[TherapySession] = (),
) -> dict[tuple[datetime, datetime], list[Conflict]]:
    """What already occupies these resources at these times; times that are free are absent."""
    span = DateTimeTZRange(min(start for start, _ in times), max(end for _, end in times))
    taken = Occupancy.objects.filter(resource__in=keys, released_at=None, during__overlap=span).order_by(
        "during"
    )
    if besides:
        taken = taken.exclude(session__in=besides)
    found: dict[tuple[datetime, datetime], list[Conflict]] = {}
    for occupancy in taken:
        conflict = _conflict(occupancy)
        for start, end in times:
            if conflict.starts_at < end and start < conflict.ends_at:
                found.setdefault((start, end), []).append(conflict)
    return found


def _conflict(occupancy: Occupancy) -> Conflict:
    return Conflict(
        resource=occupancy.resource,
        starts_at=occupancy.during.lower,
        ends_at=occupancy.during.upper,
        is_time_off=occupancy.time_off_id is not None,
        is_held=occupancy.vacancy_id is not None,
    )


def occupy(sessions: Iterable[TherapySession], keys: Sequence[str]) -> None:
    """Take the time of sessions; the caller holds the locks and has looked for conflicts."""
    Occupancy.objects.bulk_create(
        occupancy for session in sessions for occupancy in occupancies(session, keys)
    )


# The exclusion constraint is asked by writing: no question goes before it.
_TAKE = """
INSERT INTO sessions_app_occupancy (resource, during, session_id)
SELECT resource, tstzrange(%s, %s), %s FROM unnest(%s::text[]) AS resource
ON CONFLICT DO NOTHING
"""


def take_time(session: TherapySession, keys: Sequence[str]) -> None:
    """Take the time of one session; raises `SlotTaken`, which ends the transaction, where it is not free."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [session.starts_at, session.ends_at, session.pk, list(keys)])
        taken = cursor.rowcount
    if taken < len(keys):
        refuse_conflicts(keys, session, besides=session)
        # Freed in this very moment: what we hold is half of it.
        raise ValidationError(gettext("The calendar has just changed. Please try again."), code="stale")


def occupancies(session: TherapySession, keys: Iterable[str]) -> list[Occupancy]:
    """The unsaved rows that take a session's time."""
    during = DateTimeTZRange(session.starts_at, session.ends_at)
    return [Occupancy(resource=key, during=during, session=session) for key in keys]


def release(session: TherapySession, now: datetime) -> None:
    """Free the time of a session that does not take place."""
    Occupancy.objects.filter(session=session, released_at=None).update(released_at=now)


def refuse_conflicts(
    keys: Sequence[str], session: TherapySession, *, besides: TherapySession | None = None
) -> None:
    """Raise `SlotTaken` if the session's time is not free."""
    times = (session.starts_at, session.ends_at)
    conflicts = conflicts_with(keys, [times], besides=[besides] if besides else ())
    if conflicts:
        raise SlotTaken(conflicts[times])
