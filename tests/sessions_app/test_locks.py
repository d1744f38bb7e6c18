"""What waits for what, where two people act on one client or one session."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.models import User
from clients.models import Case, Client
from sessions_app.models import Participant, TherapySession
from sessions_app.services import leave_practice
from sessions_app.services.locking import lock_participant, lock_session

pytestmark = pytest.mark.django_db(transaction=True)

Book = Callable[..., TherapySession]
NOON = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)


@contextmanager
def under_way(act: Callable[[], object]) -> Iterator[None]:
    """Do this on a connection of its own, in a transaction that stays open for the block."""
    done, go_on = Event(), Event()

    def run() -> None:
        try:
            with transaction.atomic():
                act()
                done.set()
                go_on.wait(timeout=30)
        finally:
            done.set()
            connection.close()

    slow = Thread(target=run)
    slow.start()
    assert done.wait(timeout=30)
    try:
        yield
    finally:
        go_on.set()
        slow.join(timeout=30)


def in_thread(act: Callable[[], object]) -> tuple[Thread, list[object]]:
    """Start this on a connection of its own; what comes of it, or is raised, is in the list."""
    results: list[object] = []

    def run() -> None:
        try:
            results.append(act())
        except ValidationError as error:
            results.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread, results


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
