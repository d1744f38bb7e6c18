"""Booking: who is expected, what is refused, and races for one slot."""

import threading
import time as clock
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import User
from clients.models import Case
from sessions_app.models import Closure, Location, Occupancy, Participant, Room, Service, TherapySession
from sessions_app.services import Booking, SlotTaken, book_series, book_session
from tests.conftest import NOW, TODAY, ZONE

Book = Callable[..., TherapySession]


def names(session: TherapySession) -> set[str]:
    return {participant.client.given_name for participant in session.participants.all()}


def test_every_member_of_a_couple_is_a_participant(book: Book, field_case: Case) -> None:
    assert names(book(field_case)) == {"Maya", "Jonah"}


def test_a_family_of_three_is_three_participants(book: Book, quinn_case: Case) -> None:
    assert names(book(quinn_case)) == {"Nora", "Pete", "Ella"}


def test_co_therapy_occupies_both_clinicians(book: Book, field_case: Case, amara: User, luis: User) -> None:
    session = book(field_case, clinicians=(amara, luis))
    taken = Occupancy.objects.filter(session=session).values_list("resource", flat=True)
    assert {f"clinician:{amara.pk}", f"clinician:{luis.pk}"} < set(taken)


def test_a_taken_hour_is_refused_and_says_what_is_in_the_way(
    book: Book, rosa_case: Case, field_case: Case
) -> None:
    first = book(rosa_case)
    with pytest.raises(SlotTaken) as refused:
        book(field_case, at="10:30")
    assert refused.value.conflicts[0].starts_at == first.starts_at
    assert "already has a session" in str(refused.value)


def test_a_session_may_begin_when_the_last_one_ends(book: Book, rosa_case: Case, field_case: Case) -> None:
    book(rosa_case)
    assert book(field_case, at="10:50").at == time(10, 50)


def test_two_clinicians_cannot_share_a_room(book: Book, rosa_case: Case, quinn_case: Case) -> None:
    book(rosa_case)
    with pytest.raises(SlotTaken, match="room"):
        book(quinn_case)


def test_a_closed_place_is_refused(book: Book, rosa_case: Case, place: Location) -> None:
    Closure.objects.create(location=place, on=TODAY)
    with pytest.raises(ValidationError, match="closed that day"):
        book(rosa_case)


def test_nobody_is_booked_for_who_has_left(book: Book, rosa_case: Case) -> None:
    rosa_case.clients.update(left_on=TODAY)
    with pytest.raises(ValidationError, match="no longer with the practice"):
        book(rosa_case)


def booking_of(case: Case, service: Service, on: date, at: str = "15:00", **more: object) -> Booking:
    return Booking(
        case=case,
        clinicians=tuple(case.clinicians.all()),
        service=service,
        on=on,
        at=time.fromisoformat(at),
        timezone=ZONE,
        minutes=50,
        **more,  # type: ignore[arg-type]
    )


def test_a_series_keeps_its_wall_time_across_the_clock_change(
    rosa_case: Case, service: Service, now: datetime
) -> None:
    # Clocks in Chicago go forward on 14 March 2027.
    booking = booking_of(rosa_case, service, date(2027, 3, 8))
    booked = book_series(booking=booking, every_weeks=1, count=2, actor=None, now=now)
    before, after = booked.sessions
    assert (before.at, after.at) == (time(15), time(15))
    assert after.starts_at - before.starts_at == timedelta(days=7) - timedelta(hours=1)


def test_a_series_skips_a_closed_day_and_says_so(
    rosa_case: Case, service: Service, place: Location, now: datetime
) -> None:
    Closure.objects.create(location=place, on=date(2026, 11, 24))
    booking = booking_of(rosa_case, service, date(2026, 11, 17), location=place)
    booked = book_series(booking=booking, every_weeks=1, count=3, actor=None, now=now)
    assert [session.on for session in booked.sessions] == [date(2026, 11, 17), date(2026, 12, 1)]
    assert booked.refused == [(date(2026, 11, 24), "Lake Street is closed that day.")]


def test_a_wall_time_that_the_clock_skips_shifts_forward(
    rosa_case: Case, service: Service, now: datetime
) -> None:
    session = book_session(
        booking=booking_of(rosa_case, service, date(2027, 3, 14), "02:30"), actor=None, now=now
    )
    assert session.starts_at.astimezone(session.zone).time() == time(3, 30)


def race(count: int, attempt: Callable[[int], object]) -> tuple[list[object], list[Exception], float]:
    """Run attempts at once; what they returned, what they raised, and the longest in seconds."""
    won: list[object] = []
    refused: list[Exception] = []
    seconds: list[float] = []
    gate = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            gate.wait()
            began = clock.monotonic()
            try:
                won.append(attempt(number))
            except Exception as error:  # noqa: BLE001 - the test looks at each
                refused.append(error)
            seconds.append(clock.monotonic() - began)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won, refused, max(seconds)


@pytest.mark.django_db(transaction=True)
def test_sixteen_bookings_of_one_slot_have_one_winner(rosa_case: Case, service: Service, room: Room) -> None:
    booking = booking_of(rosa_case, service, TODAY, room=room)
    won, refused, _ = race(16, lambda _: book_session(booking=booking, actor=None, now=NOW))
    assert len(won) == 1
    assert [type(error) for error in refused] == [SlotTaken] * 15
    assert TherapySession.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_overlapping_series_at_once_neither_overlap_nor_deadlock(
    rosa_case: Case, field_case: Case, amara: User, luis: User, service: Service, room: Room
) -> None:
    def attempt(number: int) -> object:
        # Clinicians named in opposite orders would deadlock without the sorted locks.
        leaders = (amara, luis) if number % 2 else (luis, amara)
        booking = booking_of(
            rosa_case if number % 2 else field_case,
            service,
            TODAY + timedelta(weeks=number % 3),
            room=room,
        )
        return book_series(
            booking=Booking(**{**booking.__dict__, "clinicians": leaders}),
            every_weeks=1,
            count=6,
            actor=None,
            now=NOW,
        )

    won, refused, _ = race(16, attempt)
    assert {type(error) for error in refused} <= {SlotTaken}
    assert len(won) + len(refused) == 16
    # Weeks 0 to 7 at most, each once.
    assert TherapySession.objects.count() == TherapySession.objects.values("on").distinct().count()
    assert Participant.objects.count() > 0
