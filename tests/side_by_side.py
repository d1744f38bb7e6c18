"""What happens on another connection while a test goes on: transactions that stay open, threads, locks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.core.exceptions import ValidationError
from django.db import connection, transaction

LONGEST_SECONDS = 30


@contextmanager
def under_way(act: Callable[[], object]) -> Iterator[None]:
    """Do this on a connection of its own, in a transaction that stays open for the block."""
    done, go_on = Event(), Event()

    def run() -> None:
        try:
            with transaction.atomic():
                act()
                done.set()
                go_on.wait(timeout=LONGEST_SECONDS)
        finally:
            done.set()
            connection.close()

    slow = Thread(target=run)
    slow.start()
    assert done.wait(timeout=LONGEST_SECONDS)
    try:
        yield
    finally:
        go_on.set()
        slow.join(timeout=LONGEST_SECONDS)


def in_thread(act: Callable[[], object]) -> tuple[Thread, list[object]]:
    """Start this on a connection of its own; what comes of it, or is refused, is in the list."""
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
