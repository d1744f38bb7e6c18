"""The day board of a hundred participants over HTTP, as a page and as JSON.

Each way is measured twice: for whoever looks while nothing of the day has changed, and for the first to look
after a change (`_changed`), which is written between any two requests. The floor is one bare statement
for the same day and a JSON dump of its rows.
"""

import http.client
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg2
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import User
from accounts.services import get_practice
from bench.filling import A_DAY
from bench.meter import Clock, Spent, measured, own, tree
from bench.report import figure
from bench.world import ROOT, World
from config.children import end, free_port, spawn
from sessions_app.models import Participant

REQUESTS = 200
CHANGES = 100
AT_ONCE = 4
PAGES = {"board_html": "/board/", "board_list_html": "/board/?view=list", "board_json": "/api/v1/board/"}
_HEADERS = {"Accept": "text/html, application/json"}
_DAY = """
SELECT s.public_id, s.starts_at, s.minutes, s.modality, k.clinician_id, p.public_id, p.response,
       p.arrived_at, c.given_name, c.family_name, a.outcome
FROM sessions_app_therapysession s
JOIN sessions_app_sessionclinician k ON k.session_id = s.id
JOIN sessions_app_participant p ON p.session_id = s.id
JOIN clients_client c ON c.id = p.client_id
LEFT JOIN attendance_attendancerecord a ON a.participant_id = p.id
WHERE s.starts_at >= %s AND s.starts_at < %s::timestamptz + interval '1 day'
ORDER BY s.starts_at
"""


@dataclass(frozen=True)
class Web:
    """A running web server, and its CPU."""

    port: int
    cpu: Clock


def run(at: World) -> None:
    """Print the CPU of a request, gunicorn plus PostgreSQL, for each way to see the day."""
    day = get_practice().today(timezone.now()).isoformat()
    cookie = sign_in()
    with serving(at) as web:
        floor = _floor(at, day)
        for name, path in PAGES.items():
            address = path + ("&" if "?" in path else "?") + f"on={day}"
            _measure(name, web, address, cookie, at=at, floor=floor)
            _measure_changed(name, web, address, cookie, at=at, floor=floor)


def _measure(name: str, web: Web, address: str, cookie: str, *, at: World, floor: float) -> None:
    _warm(web, address, cookie)
    share = REQUESTS // AT_ONCE
    with measured(app=web.cpu, postgres=at.postgres) as spent, ThreadPoolExecutor(AT_ONCE) as pool:
        bodies = list(pool.map(lambda _: fetch(web.port, [address] * share, cookie), range(AT_ONCE)))
    _print(name, spent, REQUESTS, at=at, floor=floor, kilobytes=round(len(bodies[0]) / 1000, 1))


def _measure_changed(name: str, web: Web, address: str, cookie: str, *, at: World, floor: float) -> None:
    """One after another: each looks at a day that is not as it was a moment ago."""
    spent = Spent({"app": 0.0, "postgres": 0.0})
    today = get_practice().today(timezone.now())
    changed = Participant.objects.filter(session__on=today).latest("pk")
    for _ in range(CHANGES):
        changed.save()
        with measured(app=web.cpu, postgres=at.postgres) as one:
            fetch(web.port, [address], cookie)
        for part, seconds in one.cpu.items():
            spent.cpu[part] += seconds
        spent.wall += one.wall
    _print(f"{name}_changed", spent, CHANGES, at=at, floor=floor)


def _warm(web: Web, address: str, cookie: str) -> None:
    """Every thread of the server has asked once what it asks."""
    with ThreadPoolExecutor(2 * AT_ONCE) as pool:
        for body in pool.map(lambda _: fetch(web.port, [address] * 8, cookie), range(2 * AT_ONCE)):
            if body.count(b"Family") < A_DAY:
                raise SystemExit(f"{address} shows fewer than {A_DAY} participants:\n{body[:500]!r}")


def _print(name: str, spent: Spent, times: int, *, at: World, floor: float, **more: object) -> None:
    figure(
        name,
        spent.milliseconds(times),
        "ms CPU",
        floor=floor,
        sessions=at.sessions,
        app=round(spent.milliseconds(times, "app"), 2),
        postgres=round(spent.milliseconds(times, "postgres"), 2),
        a_second=round(times / spent.wall),
        **more,
    )


def fetch(port: int, addresses: Sequence[str], cookie: str, **extra: str) -> bytes:
    """Fetch pages over one kept-alive connection; returns the last one's body."""
    with connected(port, cookie, **extra) as get:
        return [get(address) for address in addresses][-1]


@contextmanager
def connected(port: int, cookie: str, **extra: str) -> Iterator[Callable[[str], bytes]]:
    """One connection that stays open as a browser's does; what is given fetches an address, and returns its body."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = _HEADERS | {"Cookie": cookie} | extra

    def get(address: str) -> bytes:
        link.request("GET", address, headers=headers)
        answer = link.getresponse()
        body = answer.read()
        if answer.status not in (http.client.OK, http.client.NO_CONTENT):
            raise SystemExit(f"{address} answered {answer.status}: {body[:300]!r}")
        return body

    try:
        yield get
    finally:
        link.close()


def sign_in() -> str:
    """A signed-in session of the front desk."""
    desk = User.objects.get(email="desk@bench.example")
    store = SessionStore()
    store[SESSION_KEY] = str(desk.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = desk.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


@contextmanager
def serving(at: World, more: Mapping[str, str] | None = None) -> Iterator[Web]:
    """The web server as a practice runs it; `more` is said to it in its environment."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}",
        "--workers", "2", "--threads", "4", "--keep-alive", "15", "--log-level", "warning",
    ]  # fmt: skip
    environment = os.environ | {"DATABASE_URL": at.database_url} | dict(more or {})
    child = spawn(command, cwd=ROOT, environment=environment)
    try:
        _wait_until_up(port)
        yield Web(port, tree(child.pid))
    finally:
        end(child)


def _wait_until_up(port: int) -> None:
    for _ in range(300):
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/healthz")
            link.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The web server did not start.")


def _floor(at: World, day: str) -> float:
    """Milliseconds of CPU for one bare statement and its JSON."""
    begins = f"{day} 00:00 {get_practice().timezone}"
    link = psycopg2.connect(at.database_url)
    with measured(app=own, postgres=at.postgres) as spent, link.cursor() as cursor:
        for _ in range(REQUESTS):
            cursor.execute(_DAY, [begins, begins])
            json.dumps(cursor.fetchall(), default=str)
    link.close()
    return spent.milliseconds(REQUESTS)
