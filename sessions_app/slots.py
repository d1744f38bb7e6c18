"""Free times: a clinician's hours less what is already taken."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from accounts.models import User
from clients.models.contingency import FallbackTime
from sessions_app.models import (
    Availability,
    Closure,
    Location,
    Modality,
    Occupancy,
    Room,
    TherapySession,
)
from sessions_app.occupancy import clinician_key, resource_keys
from sessions_app.wall_time import instants

STEP = timedelta(minutes=30)
# Of a time of the week so many days are looked at: this one, the next, and the one after.
WEEKS_AHEAD_DAYS = 21


@dataclass(frozen=True)
class Slot:
    """A time at which a clinician could see somebody; wall time by its zone."""

    clinician: User
    starts_at: datetime
    ends_at: datetime
    timezone: str
    location: Location | None


@dataclass(frozen=True)
class Window:
    """Hours of one clinician on one day, as instants."""

    clinician: User
    starts_at: datetime
    ends_at: datetime
    timezone: str
    location: Location | None


def free_slots(
    *,
    clinicians: Sequence[User],
    minutes: int,
    first: date,
    days: int,
    now: datetime,
    room: Room | None = None,
    besides: TherapySession | None = None,
) -> list[Slot]:
    """Free times of so many minutes in the days from `first`, soonest first.

    Three queries, however many days and clinicians. Times already past are left out, and so are
    those at which the room is taken; the time of `besides`, which is to be moved, counts as free.
    """
    windows = hours_of(clinicians, first, days)
    if not windows:
        return []
    taken = _taken(clinicians, windows, room=room, besides=besides)
    length = timedelta(minutes=minutes)
    slots = [slot for window in windows for slot in _slots_in(window, length, taken, now)]
    return sorted(slots, key=lambda slot: (slot.starts_at, slot.clinician.name))


def common_slots(slots: Iterable[Slot], *, clinicians: Sequence[User]) -> list[Slot]:
    """Of these times those at which all of the clinicians are free, as in co-therapy."""
    free: dict[datetime, set[int]] = {}
    kept: dict[datetime, Slot] = {}
    for slot in slots:
        free.setdefault(slot.starts_at, set()).add(slot.clinician.pk)
        kept.setdefault(slot.starts_at, slot)
    everybody = {clinician.pk for clinician in clinicians}
    return [slot for starts_at, slot in kept.items() if free[starts_at] == everybody]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Times of the week at which a session could be held instead; its clinicians, room and place are loaded."""

    session: TherapySession
    times: Sequence[FallbackTime]

    @property
    def keys(self) -> list[str]:
        return resource_keys(self.session.clinicians.all(), self.session.room)


def next_free(wanted: Sequence[Wanted], *, now: datetime) -> list[list[datetime]]:
    """For each the next free occurrence of each of its times, soonest first; none where there is none.

    With the same clinicians within their hours, in the same room and place. Three queries for them all.
    """
    clinicians = {who.pk: who for one in wanted for who in one.session.clinicians.all()}
    first = now.date() - timedelta(days=1)
    windows = hours_of(list(clinicians.values()), first, WEEKS_AHEAD_DAYS) if clinicians else []
    if not windows:
        return [[] for _ in wanted]
    taken = _taken_by({key for one in wanted for key in one.keys}, windows)
    return [_next_of(one, windows, taken, first=first, now=now) for one in wanted]


_Taken = dict[str, list[tuple[int | None, DateTimeTZRange]]]


def _taken_by(keys: set[str], windows: Sequence[Window]) -> _Taken:
    span = DateTimeTZRange(min(one.starts_at for one in windows), max(one.ends_at for one in windows))
    rows = Occupancy.objects.filter(resource__in=keys, released_at=None, during__overlap=span)
    taken: _Taken = {}
    for key, session_id, during in rows.values_list("resource", "session_id", "during"):
        taken.setdefault(key, []).append((session_id, during))
    return taken


def _next_of(
    wanted: Wanted, windows: Sequence[Window], taken: _Taken, *, first: date, now: datetime
) -> list[datetime]:
    found = []
    for one in wanted.times:
        days = (first + timedelta(days=n) for n in range(WEEKS_AHEAD_DAYS))
        times = (_times_on(day, one, wanted.session) for day in days if day.weekday() == one.weekday)
        free = (
            begins for begins, ends in times if begins > now and _suits(begins, ends, wanted, windows, taken)
        )
        found.extend([next(free, None)])
    return sorted(begins for begins in found if begins)


def _times_on(day: date, one: FallbackTime, session: TherapySession) -> tuple[datetime, datetime]:
    return instants(on=day, at=one.at, timezone=session.timezone, minutes=session.minutes)


def _suits(
    begins: datetime, ends: datetime, wanted: Wanted, windows: Sequence[Window], taken: _Taken
) -> bool:
    session = wanted.session
    at_hand = {
        window.clinician.pk
        for window in windows
        if window.starts_at <= begins
        and ends <= window.ends_at
        and (session.modality != Modality.IN_PERSON or window.location == session.location)
    }
    if not all(who.pk in at_hand for who in session.clinicians.all()):
        return False
    clashes = (
        busy.lower < ends and begins < busy.upper
        for key in wanted.keys
        for session_id, busy in taken.get(key, [])
        if session_id != session.pk
    )
    return not any(clashes)


def hours_of(clinicians: Sequence[User], first: date, days: int) -> list[Window]:
    """The hours of these clinicians in the days from `first`, but for days on which their place is shut."""
    hours = Availability.objects.filter(clinician__in=clinicians).select_related("clinician", "location")
    dates = [first + timedelta(days=n) for n in range(days)]
    closed = set(Closure.objects.filter(on__in=dates).values_list("location_id", "on"))
    return [
        _window(availability, on)
        for availability in hours
        for on in dates
        if on.weekday() == availability.weekday and (availability.location_id, on) not in closed
    ]


def _window(availability: Availability, on: date) -> Window:
    zone = availability.timezone
    starts_at, _ = instants(on=on, at=availability.starts, timezone=zone, minutes=0)
    ends_at, _ = instants(on=on, at=availability.ends, timezone=zone, minutes=0)
    return Window(availability.clinician, starts_at, ends_at, zone, availability.location)


def _taken(
    clinicians: Iterable[User],
    windows: Sequence[Window],
    *,
    room: Room | None,
    besides: TherapySession | None,
) -> dict[str, list[DateTimeTZRange]]:
    """What is taken for each clinician; the room's own times count for all of them."""
    span = DateTimeTZRange(
        min(window.starts_at for window in windows), max(window.ends_at for window in windows)
    )
    people = [clinician_key(clinician) for clinician in clinicians]
    taken: dict[str, list[DateTimeTZRange]] = {key: [] for key in people}
    rows = Occupancy.objects.filter(
        resource__in=resource_keys(clinicians, room), released_at=None, during__overlap=span
    )
    if besides:
        rows = rows.exclude(session=besides)
    for resource, during in rows.values_list("resource", "during"):
        for key in [resource] if resource in taken else people:
            taken[key].append(during)
    return taken


def _slots_in(
    window: Window, length: timedelta, taken: dict[str, list[DateTimeTZRange]], now: datetime
) -> Iterator[Slot]:
    busy = taken[clinician_key(window.clinician)]
    start = window.starts_at
    while start + length <= window.ends_at:
        end = start + length
        clash = next((b for b in busy if b.lower < end and start < b.upper), None)
        if clash is None and start > now:
            yield Slot(window.clinician, start, end, window.timezone, window.location)
        start += STEP
