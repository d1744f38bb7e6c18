"""Verbs that put sessions into the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext

from accounts.audit import acting
from accounts.models import User
from clients.models import Case, Client, Engagement
from clients.protection import refuse_together
from sessions_app.models import (
    Closure,
    Location,
    Modality,
    Participant,
    Room,
    Series,
    Service,
    SessionClinician,
    TherapySession,
)
from sessions_app.occupancy import (
    Conflict,
    SlotTaken,
    case_key,
    client_key,
    conflicts_with,
    keep_open,
    lock_resources,
    occupy,
    resource_keys,
    take_time,
)
from sessions_app.services.locking import people_expected, refuse_over
from sessions_app.wall_time import instants, weekly_days, weekly_rule


@dataclass(frozen=True, kw_only=True)
class Booking:
    """What is asked for when a session is booked: wall time of `timezone`, length in minutes."""

    case: Case
    clinicians: tuple[User, ...]
    service: Service
    on: date
    at: time
    timezone: str
    minutes: int
    modality: str = Modality.IN_PERSON
    location: Location | None = None
    room: Room | None = None
    video_link: str = ""
    # Who is expected; everybody who has joined the case unless named.
    clients: tuple[Client, ...] | None = None
    external_id: str | None = None
    # The missed session in whose place it is: its people are told the time.
    makes_up_for: TherapySession | None = None

    @property
    def keys(self) -> list[str]:
        return resource_keys(self.clinicians, self.room)

    def times(self, on: date) -> tuple[datetime, datetime]:
        return instants(on=on, at=self.at, timezone=self.timezone, minutes=self.minutes)


def booking_like(session: TherapySession, *, on: date, at: time) -> Booking:
    """Another one like this, for everybody of this one.

    Raises ValidationError where nobody knows what kind of session it was, as with imported history.
    """
    if session.service is None:
        raise ValidationError(gettext("Nobody knows what kind of session it was. Book one on the calendar."))
    return Booking(
        case=session.case,
        clinicians=tuple(session.clinicians.all()),
        service=session.service,
        on=on,
        at=at,
        timezone=session.timezone,
        minutes=session.minutes,
        modality=session.modality,
        location=session.location,
        room=session.room,
        video_link=session.video_link,
        clients=tuple(one.client for one in session.participants.select_related("client")),
    )


@dataclass(frozen=True)
class SeriesBooked:
    """A series with its sessions, and the days that could not be had, each with the reason."""

    series: Series
    sessions: list[TherapySession]
    refused: list[tuple[date, str]] = field(default_factory=list)


def book_session(*, booking: Booking, actor: User | None, now: datetime) -> TherapySession:
    """Book one session.

    Raises SlotTaken where a clinician or the room is not free, ValidationError where the
    place is closed, the time is over, the case is closed or nobody could be expected.
    """
    _check(booking)
    refuse_over(booking.times(booking.on)[1], now)
    with acting("book_session", actor=actor):
        _lock(booking)
        ground = _ground(booking)
        closed = _closed_days(booking, [booking.on])
        if closed:
            raise ValidationError({"on": closed[booking.on]})
        [session] = _write(booking, ground, [booking.on], actor=actor, now=now)
        take_time(session, booking.keys)
    return session


def book_series(
    *, booking: Booking, every_weeks: int, count: int, actor: User | None, now: datetime
) -> SeriesBooked:
    """Book a session every so many weeks, at one wall time also across a clock change.

    Days on which the place is closed or the time is taken are left out and said. Raises
    SlotTaken if the very first day is taken: then the time itself is wrong; ValidationError as
    `book_session` does.
    """
    _check(booking)
    refuse_over(booking.times(booking.on)[1], now)
    days = weekly_days(first=booking.on, every_weeks=every_weeks, count=count)
    with acting("book_series", actor=actor):
        _lock(booking)
        ground = _ground(booking)
        refused = _refused_days(booking, days)
        series = Series.objects.create(
            case=booking.case,
            rule=weekly_rule(every_weeks=every_weeks, count=count),
            starts_on=booking.on,
            at=booking.at,
            timezone=booking.timezone,
        )
        free = [day for day in days if day not in refused]
        sessions = _write(booking, ground, free, actor=actor, now=now, series=series)
        occupy(sessions, booking.keys)
    return SeriesBooked(series, sessions, sorted(refused.items()))


def add_walk_in(*, session: TherapySession, client: Client, actor: User | None, now: datetime) -> Participant:
    """Somebody came who was not expected: they are a participant from now, and here."""
    with acting("add_walk_in", actor=actor):
        lock_resources([client_key(client.pk)])
        client.refresh_from_db(fields=["left_on", "died_on"])
        if client.is_silent:
            raise _gone(client)
        locked = TherapySession.objects.select_for_update().get(pk=session.pk)
        if locked.is_cancelled:
            raise ValidationError(gettext("This session was called off. Book a new one for now."))
        if locked.participants.filter(client=client).exists():
            raise ValidationError(
                gettext("%(name)s is already on the list for this session.") % {"name": client.display_name}
            )
        refuse_together([client.pk, *people_expected(locked)])
        # Somebody is without an outcome again: off the settled ones, or nobody would ever ask.
        TherapySession.objects.filter(pk=locked.pk).update(settled_at=None)
        return Participant.objects.create(
            session=locked,
            client=client,
            starts_at=locked.starts_at,
            arrived_at=now,
            is_walk_in=True,
        )


def receive_walk_in(*, booking: Booking, actor: User | None, now: datetime) -> TherapySession:
    """Somebody came without an appointment: a session from now, with them here."""
    with acting("receive_walk_in", actor=actor):
        session = book_session(booking=booking, actor=actor, now=now)
        session.participants.update(arrived_at=now, is_walk_in=True)
    return session


def _check(booking: Booking) -> None:
    if not booking.clinicians:
        raise ValidationError({"clinicians": gettext("Choose who leads the session.")})
    if not all(clinician.is_active for clinician in booking.clinicians):
        raise ValidationError({"clinicians": gettext("This colleague is no longer active.")})


def _lock(booking: Booking) -> None:
    """Everybody concerned: who leaves meanwhile waits until this stands, and frees it; or we see it.

    The case too: who closes it meanwhile finds this session in the way; or we find it closed.
    """
    people = [client_key(client.pk) for client in booking.clients or ()]
    lock_resources([*booking.keys, case_key(booking.case.pk), *people])


@dataclass(frozen=True)
class _Ground:
    """What holds for a booking once it has its locks."""

    clients: list[int]
    late_cancellation_hours: int


# One statement: each question of its own costs a tenth of a booking.
_GROUND = """
SELECT client.id, client.left_on IS NOT NULL OR client.died_on IS NOT NULL, practice.late_cancellation_hours,
    (SELECT closed_on IS NOT NULL FROM clients_case WHERE id = %(case)s)
FROM accounts_practice practice, unnest(coalesce(%(named)s::bigint[], ARRAY(
    SELECT client_id FROM clients_casemember
    WHERE case_id = %(case)s AND left_on IS NULL AND engagement = %(joined)s ORDER BY id
))) WITH ORDINALITY AS expected (id, n)
JOIN clients_client client USING (id)
ORDER BY expected.n
"""


def _ground(booking: Booking) -> _Ground:
    """Who is expected and by which policy, as it stands under the locks; raises if it cannot be."""
    named = None if booking.clients is None else [client.pk for client in booking.clients]
    facts = {"named": named, "case": booking.case.pk, "joined": Engagement.JOINED.value}
    with connection.cursor() as cursor:
        cursor.execute(_GROUND, facts)
        people = cursor.fetchall()
    if not people:
        raise ValidationError({"clients": gettext("Choose at least one person for this session.")})
    if people[0][3]:
        raise ValidationError({"case": gettext("This case is closed. Reopen it before booking.")})
    for client, is_gone, *_ in people:
        if is_gone:
            raise _gone(Client.objects.get(pk=client))
    refuse_together(row[0] for row in people)
    return _Ground(clients=[row[0] for row in people], late_cancellation_hours=people[0][2])


def _gone(client: Client) -> ValidationError:
    return ValidationError(
        {
            "clients": gettext("%(name)s is no longer with the practice. Check their page.")
            % {"name": client.display_name}
        }
    )


def _closed_days(booking: Booking, days: Sequence[date]) -> dict[date, str]:
    if booking.location is None:
        return {}
    keep_open(booking.location)
    closures = Closure.objects.filter(location=booking.location, on__in=days)
    return {
        closure.on: gettext("%(name)s is closed that day.") % {"name": booking.location.name}
        for closure in closures
    }


def _refused_days(booking: Booking, days: Sequence[date]) -> dict[date, str]:
    """The days of a series that cannot be had; raises if the first is taken."""
    times = {day: booking.times(day) for day in days}
    taken: dict[tuple[datetime, datetime], list[Conflict]] = conflicts_with(
        booking.keys, list(times.values())
    )
    if times[booking.on] in taken:
        raise SlotTaken(taken[times[booking.on]])
    refused = {day: str(SlotTaken(taken[times[day]]).message) for day in days if times[day] in taken}
    return refused | _closed_days(booking, days)


def _write(
    booking: Booking,
    ground: _Ground,
    days: Sequence[date],
    *,
    actor: User | None,
    now: datetime,
    series: Series | None = None,
) -> list[TherapySession]:
    """Sessions, clinicians and participants for some days, in three statements."""
    sessions = TherapySession.objects.bulk_create(
        _session(booking, day, hours=ground.late_cancellation_hours, actor=actor, now=now, series=series)
        for day in days
    )
    SessionClinician.objects.bulk_create(
        SessionClinician(session=session, clinician=clinician, starts_at=session.starts_at)
        for session in sessions
        for clinician in booking.clinicians
    )
    Participant.objects.bulk_create(
        Participant(session=session, client_id=client, starts_at=session.starts_at)
        for session in sessions
        for client in ground.clients
    )
    return sessions


def _session(
    booking: Booking, on: date, *, hours: int, actor: User | None, now: datetime, series: Series | None
) -> TherapySession:
    starts_at, ends_at = booking.times(on)
    return TherapySession(
        external_id=booking.external_id,
        case=booking.case,
        series=series,
        service=booking.service,
        location=booking.location,
        room=booking.room,
        modality=booking.modality,
        video_link=booking.video_link,
        on=on,
        at=booking.at,
        timezone=booking.timezone,
        minutes=booking.minutes,
        starts_at=starts_at,
        ends_at=ends_at,
        late_cancellation_hours=hours,
        makes_up_for=booking.makes_up_for,
        booked_at=now,
        booked_by=actor,
    )
