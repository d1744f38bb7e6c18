"""Booking one session, with the check for overlaps; the floor is its bare inserts."""

from collections.abc import Iterator
from datetime import time, timedelta
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from bench.filling import ZONE
from bench.meter import measured, own
from bench.report import figure
from bench.world import World
from clients.models import Case
from sessions_app.models import Room, Service, TherapySession
from sessions_app.services import Booking, book_session

TIMES = 300
WARM_UP = 20
# The filled practice is free then.
EVENING = time(20)


def run(at: World) -> None:
    """Print the CPU of a booking, application plus PostgreSQL."""
    bookings = free_hours()
    now = timezone.now()
    for booking in islice(bookings, WARM_UP):
        book_session(booking=booking, actor=None, now=now)
    asked = list(islice(bookings, TIMES))
    with measured(app=own, postgres=at.postgres) as spent:
        for booking in asked:
            book_session(booking=booking, actor=None, now=now)
    asked = list(islice(bookings, TIMES))
    with measured(app=own, postgres=at.postgres) as bare:
        for booking in asked:
            _insert(booking)
    figure(
        "book",
        spent.milliseconds(TIMES),
        "ms CPU",
        floor=bare.milliseconds(TIMES),
        sessions=at.sessions,
        app=round(spent.milliseconds(TIMES, "app"), 2),
        postgres=round(spent.milliseconds(TIMES, "postgres"), 2),
        a_second=round(TIMES / spent.wall),
    )


def free_hours() -> Iterator[Booking]:
    """One evening hour after the other, after those that earlier runs have booked."""
    service = Service.objects.get()
    rooms = {room.name: room for room in Room.objects.all()}
    cases = list(Case.objects.prefetch_related("clinicians", "clients").order_by("pk")[: len(rooms)])
    last = TherapySession.objects.filter(at=EVENING).order_by("on").last()
    on = last.on if last else timezone.now().date()
    while True:
        on += timedelta(days=1)
        # One case of each clinician, in the room of the same number.
        for room, case in zip(rooms.values(), cases, strict=True):
            yield Booking(
                case=case,
                clinicians=tuple(case.clinicians.all()),
                service=service,
                on=on,
                at=EVENING,
                timezone=ZONE,
                minutes=50,
                location=None,
                room=room,
            )


def _insert(booking: Booking) -> None:
    """The rows of a booking and nothing else: no check, no lock, but the same history."""
    starts_at, ends_at = booking.times(booking.on)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sessions_app_therapysession (public_id, case_id, service_id, room_id, modality, video_link,"
            ' "on", at, timezone, minutes, starts_at, ends_at, version, late_cancellation_hours, tell_clients,'
            " cancelled_by, cancel_reason, is_history) VALUES (gen_random_uuid(), %s, %s, %s, 'in_person', '',"
            " %s, %s, %s, 50, %s, %s, 1, 24, true, '', '', false) RETURNING id",
            [
                booking.case.pk,
                booking.service.pk,
                booking.room.pk if booking.room else None,
                booking.on,
                booking.at.isoformat(),
                ZONE,
                starts_at,
                ends_at,
            ],
        )
        [session] = cursor.fetchone()
        cursor.execute(
            "INSERT INTO sessions_app_sessionclinician (session_id, clinician_id, starts_at) VALUES (%s, %s, %s)",
            [session, booking.clinicians[0].pk, starts_at],
        )
        cursor.execute(
            "INSERT INTO sessions_app_participant (public_id, session_id, client_id, starts_at, response,"
            " responded_by, cancelled_by, cancelled_late, cancel_reason, is_walk_in)"
            " SELECT gen_random_uuid(), %s, client_id, %s, 'none', '', '', false, '', false"
            " FROM clients_casemember WHERE case_id = %s",
            [session, starts_at, booking.case.pk],
        )
        cursor.execute(
            "INSERT INTO sessions_app_occupancy (resource, during, session_id)"
            " SELECT unnest(%s), tstzrange(%s, %s), %s",
            [booking.keys, starts_at, ends_at, session],
        )
