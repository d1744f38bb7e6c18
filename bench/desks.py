"""Thirty desks with one day open, each asking every three seconds what is new, while others record who came.

Measured is the share of one core that program and PostgreSQL take for the desks: what they ask, and what they are
sent after a change or a new minute. Marking itself is left out: it is `mark`. The floor is the same with nobody asking.
"""

import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode

from django.utils import timezone

from accounts.bell import tell_pages_on_commit
from accounts.services import get_practice
from bench.board import Web, connected, fetch, serving, sign_in
from bench.meter import measured
from bench.report import figure
from bench.world import World
from sessions_app.models import Participant

DESKS = 30
ASKS_EVERY = 3.0  # seconds
LASTS = 60.0  # seconds: one change of the minute is in it
IDLES = 20.0  # seconds
CHANGES_EVERY = 12.0  # seconds: five hundred sessions' marks and bookings in a working day
_FIELD = re.compile(rb'<input type="hidden" name="(\w+)" value="([^"]*)"')


def run(at: World) -> None:
    """Print the share of a core, and what a single poll took."""
    cookie = sign_in()
    with serving(at) as web, ThreadPoolExecutor(DESKS) as pool:
        for _ in range(3):  # whatever a thread of the server does once
            opened = list(pool.map(lambda _: fetch(web.port, ["/board/"], cookie), range(DESKS)))
        asks = [_asks(page) for page in opened]
        floor = _idle(web, at)
        until = time.monotonic() + LASTS
        with _changing(until) as changes, measured(app=web.cpu, postgres=at.postgres) as spent:
            told = list(
                pool.map(lambda number: _desk(web, cookie, asks[number], number, until), range(DESKS))
            )
        polls = sum(asked for asked, _sent in told)
        sent = [size for _asked, sizes in told for size in sizes]
        figure(
            "desks_share_of_core",
            sum(spent.cpu.values()) / spent.wall * 100,
            "%",
            floor=floor,
            sessions=at.sessions,
            desks=DESKS,
            polls=polls,
            refreshed=len(sent),
            kilobytes=round(sum(sent) / max(len(sent), 1) / 1000, 1),
            changes=len(changes),
            app=round(spent.milliseconds(polls, "app"), 2),
            postgres=round(spent.milliseconds(polls, "postgres"), 2),
        )


def _idle(web: Web, at: World) -> float:
    """The share of a core that program and PostgreSQL take while nobody asks anything."""
    with measured(app=web.cpu, postgres=at.postgres) as spent:
        time.sleep(IDLES)
    return sum(spent.cpu.values()) / spent.wall * 100


def _desk(web: Web, cookie: str, asks: str, number: int, until: float) -> tuple[int, list[int]]:
    """One open board; returns how often it asked, and how many bytes it was sent each time that it was."""
    time.sleep(ASKS_EVERY * number / DESKS)
    asked, sent = 0, list[int]()
    with connected(web.port, cookie, **{"HX-Request": "true"}) as get:
        while time.monotonic() < until:
            time.sleep(ASKS_EVERY)
            body = get(asks)
            asked += 1
            if body:
                sent.append(len(body))
                asks = _asks(body)
    return asked, sent


def _asks(page: bytes) -> str:
    fields = {name.decode(): value.decode() for name, value in _FIELD.findall(page)}
    wanted = ("seen", "told", "on", "view")
    return "/board/day/?" + urlencode({name: fields[name] for name in wanted if name in fields})


@contextmanager
def _changing(until: float) -> Iterator[list[int]]:
    """Touches a participant of the day now and then, and tells of it as a verb does."""
    changed: list[int] = []
    today = get_practice().today(timezone.now())
    keys = list(Participant.objects.filter(session__on=today).values_list("pk", flat=True))

    def change() -> None:
        while time.monotonic() < until:
            time.sleep(CHANGES_EVERY)
            key = keys[len(changed) % len(keys)]
            Participant.objects.get(pk=key).save()
            tell_pages_on_commit()
            changed.append(key)

    writer = threading.Thread(target=change)
    writer.start()
    try:
        yield changed
    finally:
        writer.join()
