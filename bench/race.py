"""Sixteen people book at once: one slot, and six-week series that overlap. The longest wait of any."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

from django.db import connection
from django.utils import timezone

from bench.book import free_hours
from bench.report import figure
from bench.world import World
from sessions_app.services import Booking, SlotTaken, book_series, book_session

AT_ONCE = 16
WEEKS = 6


def run(at: World) -> None:
    """Print the longest wait in seconds, and how many won."""
    now = timezone.now()
    wanted = next(free_hours())
    _race("race_one_slot", at, lambda _: book_session(booking=wanted, actor=None, now=now))
    series = _series(next(free_hours()))
    _race(
        "race_series",
        at,
        lambda n: book_series(booking=series[n], every_weeks=1, count=WEEKS, actor=None, now=now),
    )


def _series(first: Booking) -> list[Booking]:
    """Series that begin in one of three weeks, so that each is in the way of the others."""
    return [replace(first, on=first.on + timedelta(weeks=n % 3)) for n in range(AT_ONCE)]


def _race(name: str, at: World, attempt: Callable[[int], object]) -> None:
    gate = Barrier(AT_ONCE)

    def run_one(number: int) -> tuple[str, float]:
        connection.ensure_connection()
        gate.wait()
        began = time.monotonic()
        try:
            attempt(number)
        except SlotTaken:
            return "refused", time.monotonic() - began
        else:
            return "won", time.monotonic() - began
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        ended = list(pool.map(run_one, range(AT_ONCE)))
    counts = Counter(how for how, _ in ended)
    longest = max(seconds for _, seconds in ended)
    figure(name, longest, "s longest wait", sessions=at.sessions, at_once=AT_ONCE, **counts)
