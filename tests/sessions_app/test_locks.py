"""What waits for what, where two people act on one client or one session."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.models import User
from clients.models import Case, Client
from followups.ending import close_case
from sessions_app.models import CancelledBy, Participant, TherapySession
from sessions_app.services import (
    cancel_participant,
    cancel_session,
    leave_practice,
    undo_cancellation,
    undo_session_cancellation,
)
from sessions_app.services.locking import lock_participant, lock_session
from tests.side_by_side import in_thread, under_way

pytestmark = pytest.mark.django_db(transaction=True)

Book = Callable[..., TherapySession]
NOON = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)


def until_somebody_waits() -> None:
    """Return once a connection of this database waits for a lock."""
    for _ in range(3_000):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), pg_sleep(0.01) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")


def test_session_is_locked_before_its_participant(book: Book, rosa_case: Case) -> None:
    participant = book(rosa_case).participants.get()

    def lock() -> None:
        with transaction.atomic():
            lock_participant(participant)

    with under_way(lambda: lock_session(participant.session)):
        waiting, _ = in_thread(lock)
        until_somebody_waits()
        with transaction.atomic():
            free = Participant.objects.select_for_update(nowait=True).filter(pk=participant.pk)
            assert free.get() == participant
    waiting.join(timeout=30)
    assert not waiting.is_alive()


def test_booking_that_waits_for_a_leaving_is_refused(
    book: Book, rosa_case: Case, rosa: Client, amara: User
) -> None:
    def leave() -> object:
        return leave_practice(client=rosa, on=NOON.date(), actor=amara, now=NOON)

    with under_way(leave):
        booking, results = in_thread(lambda: book(rosa_case, on=datetime(2026, 11, 20, tzinfo=UTC).date()))
        until_somebody_waits()
    booking.join(timeout=30)
    assert "no longer with the practice" in str(results[0])
    assert not TherapySession.objects.exists()


def test_leaving_that_waits_for_a_booking_frees_it(
    book: Book, rosa_case: Case, rosa: Client, amara: User
) -> None:
    with under_way(lambda: book(rosa_case, on=datetime(2026, 11, 20, tzinfo=UTC).date(), now=NOON)):
        leaving, _ = in_thread(lambda: leave_practice(client=rosa, on=NOON.date(), actor=amara, now=NOON))
        until_somebody_waits()
    leaving.join(timeout=30)
    assert TherapySession.objects.get().is_cancelled


def test_recording_goes_on_while_somebody_of_the_session_leaves(
    book: Book, rosa_case: Case, rosa: Client, amara: User
) -> None:
    session = book(rosa_case, on=datetime(2026, 11, 20, tzinfo=UTC).date(), now=NOON)

    def names_the_client() -> None:
        # A row that names the client, as an outcome does.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            cursor.execute("SELECT FROM clients_client WHERE id = %s FOR KEY SHARE", [rosa.pk])

    with under_way(lambda: leave_practice(client=rosa, on=NOON.date(), actor=amara, now=NOON)):
        names_the_client()
    session.refresh_from_db()
    assert session.is_cancelled


FRIDAY = date(2026, 11, 20)
DONE = "Reached what we set out for."


def test_booking_that_waits_for_the_closing_of_its_case_is_refused(
    book: Book, rosa_case: Case, amara: User
) -> None:
    with under_way(lambda: close_case(case=rosa_case, because=DONE, actor=amara, now=NOON)):
        booking, results = in_thread(lambda: book(rosa_case, on=FRIDAY, now=NOON))
        until_somebody_waits()
    booking.join(timeout=30)
    assert "This case is closed" in str(results[0])
    assert not TherapySession.objects.exists()


def test_closing_that_waits_for_a_booking_finds_it_in_the_way(
    book: Book, rosa_case: Case, amara: User
) -> None:
    with under_way(lambda: book(rosa_case, on=FRIDAY, now=NOON)):
        closing, results = in_thread(lambda: close_case(case=rosa_case, because=DONE, actor=amara, now=NOON))
        until_somebody_waits()
    closing.join(timeout=30)
    assert "1 session is still booked" in str(results[0])
    rosa_case.refresh_from_db()
    assert rosa_case.closed_on is None


def test_somebody_who_looked_before_the_case_was_closed_books_nothing(
    book: Book, rosa_case: Case, amara: User
) -> None:
    # What the page holds still says open.
    close_case(case=Case.objects.get(pk=rosa_case.pk), because=DONE, actor=amara, now=NOON)
    assert rosa_case.closed_on is None
    with pytest.raises(ValidationError, match="This case is closed"):
        book(rosa_case, on=FRIDAY, now=NOON)


def test_taking_back_that_waits_for_the_closing_of_its_case_is_refused(
    book: Book, rosa_case: Case, amara: User
) -> None:
    session = book(rosa_case, on=FRIDAY, now=NOON)
    theirs = session.participants.get()
    cancel_participant(participant=theirs, by=CancelledBy.CLIENT, actor=None, now=NOON)
    with under_way(lambda: close_case(case=rosa_case, because=DONE, actor=amara, now=NOON)):
        undo, results = in_thread(lambda: undo_cancellation(participant=theirs, actor=None, now=NOON))
        until_somebody_waits()
    undo.join(timeout=30)
    assert "This case was closed meanwhile" in str(results[0])
    session.refresh_from_db()
    assert session.is_cancelled


def test_a_session_called_off_is_not_taken_back_into_a_closed_case(
    book: Book, rosa_case: Case, amara: User
) -> None:
    session = book(rosa_case, on=FRIDAY, now=NOON)
    cancel_session(session=session, by=CancelledBy.PRACTICE, actor=amara, now=NOON)
    close_case(case=rosa_case, because=DONE, actor=amara, now=NOON)
    with pytest.raises(ValidationError, match="This case was closed meanwhile"):
        undo_session_cancellation(session=session, actor=amara, now=NOON)
    session.refresh_from_db()
    assert session.is_cancelled
