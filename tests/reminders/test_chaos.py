"""Processes killed at every step against a provider that misbehaves: nothing lost, nothing doubled."""

import json
import subprocess
import sys
import threading
import time as clock
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from pytest_django import Settings

from clients.models import Case, Client, Consent, ContactPoint
from reminders.dispatch import dispatch
from reminders.models import Attempt, Message
from reminders.reconcile import reconcile
from reminders.unknown import poll_unknown
from sandbox.launch import Sandbox
from sessions_app.models import Participant, TherapySession
from sessions_app.services import NewTime, reschedule_session
from tests.conftest import NOW, ZONE, case_of
from tests.plugins.processes import environment_of_children
from tests.reminders.conftest import FRIDAY

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

TUESDAY = datetime(2026, 11, 17, 15, 0, tzinfo=ZoneInfo(ZONE))
# More than the dying ever get to in their rounds.
PEOPLE = 320
ROUNDS = 10
FAULTS = {
    "latency_ms": 5,
    "jitter_ms": 20,
    "rate_429": 0.08,
    "rate_5xx_before": 0.08,
    "rate_5xx_after": 0.08,
    "rate_drop_before": 0.05,
    "rate_drop_after": 0.08,
    "listing_lag_seconds": 0.4,
}
# Longer than a killed sender's last request takes, and than the list lags; stands in for the 120 s.
REAL_QUIET_SECONDS = 1.5


@pytest.fixture
def crowd(rosa_case: Case) -> list[str]:
    """Many people expected on Friday at three; their numbers."""
    people = Client.objects.bulk_create(
        Client(given_name=f"Person {n}", timezone=ZONE) for n in range(PEOPLE)
    )
    phones = ContactPoint.objects.bulk_create(
        ContactPoint(client=person, kind="phone", address=f"+1312556{n:04d}")
        for n, person in enumerate(people)
    )
    Consent.objects.bulk_create(
        Consent(contact_point=phone, purpose="appointments", how="signed", given_at=NOW) for phone in phones
    )
    starts_at = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
    session = TherapySession.objects.create(
        case=rosa_case,
        on=FRIDAY,
        at=time(15),
        timezone=ZONE,
        minutes=50,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=50),
        late_cancellation_hours=24,
        booked_at=NOW,
    )
    Participant.objects.bulk_create(
        Participant(session=session, client=person, starts_at=starts_at) for person in people
    )
    reconcile(now=NOW)
    return [phone.address for phone in phones]


class Nursery:
    """The process that forks and buries dispatchers."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.killed = 0

    def order(self, **wishes: Any) -> dict[str, int]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(wishes) + "\n")
        self._process.stdin.flush()
        answer: dict[str, int] = json.loads(self._process.stdout.readline())
        self.killed += answer.get("killed", 0)
        assert answer.get("failed", 0) == 0
        return answer


@contextmanager
def nursery(settings: Settings, mutation: str = "") -> Iterator[Nursery]:
    environment = environment_of_children(settings) | {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
    command = [sys.executable, "-m", "tests.reminders.nursery", mutation]
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Nursery(process)
    finally:
        process.terminate()
        process.wait(10)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _round(children: Nursery, number: int, *, kill: bool) -> None:
    """Two dispatchers live and die; then, past the quiet time, the unknown is asked about."""
    now = TUESDAY + timedelta(minutes=10 * number)
    children.order(do="dispatch", now=now.isoformat(), workers=2, kill=kill, seed=number)
    clock.sleep(REAL_QUIET_SECONDS)
    children.order(do="ask", now=(now + timedelta(minutes=5)).isoformat())
    children.order(do="ask", now=(now + timedelta(minutes=8)).isoformat())


def _run(children: Nursery) -> None:
    for number in range(ROUNDS):
        _round(children, number, kill=True)
    number = ROUNDS
    while Message.objects.filter(rule__lead_days=3).exclude(state__in=["sent", "held"]).exists():
        _round(children, number, kill=False)
        number += 1
        assert number < ROUNDS + 30


def _heard(sandbox: Sandbox) -> Counter[str]:
    return Counter(text["to"] for text in sandbox.messages(direction="outbound-api"))


def test_nothing_is_lost_and_nothing_doubled_whenever_a_process_dies(
    silent_sandbox: Sandbox, settings: Settings, crowd: list[str]
) -> None:
    silent_sandbox.misbehave(seed=7, **FAULTS)
    with nursery(settings) as children:
        _run(children)
        assert children.killed >= ROUNDS
    heard = _heard(silent_sandbox)
    assert [phone for phone in crowd if heard[phone] == 0] == []
    assert [phone for phone in crowd if heard[phone] > 1] == []
    assert not Message.objects.filter(state="held").exists()


def test_the_harness_sees_the_doubling_of_lease_and_retry(
    silent_sandbox: Sandbox, settings: Settings, crowd: list[str]
) -> None:
    silent_sandbox.misbehave(seed=7, latency_ms=5, rate_5xx_after=0.3)
    with nursery(settings, "lease and retry") as children:
        _round(children, 0, kill=False)
        _round(children, 1, kill=False)
    assert max(_heard(silent_sandbox).values()) > 1


@pytest.fixture
def silent_sandbox(silent_company: Sandbox, settings: Settings, transactional_db: None) -> Sandbox:
    silent_company.reset()
    settings.TWILIO_API_BASE_URL = silent_company.url
    return silent_company


def test_a_session_moved_while_its_message_is_on_the_way_never_leaves_an_old_time_standing(
    silent_sandbox: Sandbox, amara: Any, book: Callable[..., TherapySession]
) -> None:
    """Raced pairs: after the move is acknowledged no attempt about the old time begins."""
    silent_sandbox.misbehave(latency_ms=15, jitter_ms=30)
    pairs = 24
    sessions = [_booked(n, amara, book) for n in range(pairs)]
    reconcile(now=NOW)
    began_before: dict[int, int] = {}
    start = threading.Barrier(2)

    def move_all() -> None:
        try:
            start.wait()
            for session in sessions:
                to = NewTime(on=date(2026, 11, 24), at=session.at or time(9))
                reschedule_session(session=session, to=to, actor=None, now=TUESDAY + timedelta(seconds=1))
                began_before[session.pk] = _old_attempts(session)
        finally:
            connection.close()

    def send_all() -> None:
        try:
            start.wait()
            dispatch(now=TUESDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(move_all), pool.submit(send_all)]:
            done.result()
    later = TUESDAY + timedelta(minutes=10)
    for minutes in range(2):
        reconcile(now=later + timedelta(minutes=minutes))
        dispatch(now=later + timedelta(minutes=minutes))
        poll_unknown(now=later + timedelta(minutes=minutes))
    assert {session.pk: _old_attempts(session) for session in sessions} == began_before
    for n in range(pairs):
        texts = [text["body"] for text in silent_sandbox.messages(to=f"+1312557{n:04d}")]
        assert "now Tue Nov 24" in texts[-1]
        assert len(texts) <= 2
    assert not Message.objects.filter(state__in=["claimed", "sending", "unknown"]).exists()


def _booked(n: int, amara: Any, book: Callable[..., TherapySession]) -> TherapySession:
    person = Client.objects.create(given_name=f"Raced {n}", timezone=ZONE)
    phone = ContactPoint.objects.create(client=person, kind="phone", address=f"+1312557{n:04d}")
    Consent.objects.create(contact_point=phone, purpose="appointments", how="signed", given_at=NOW)
    case = case_of(amara, Case.Kind.INDIVIDUAL, person)
    at = time(9 + n // 4, 15 * (n % 4))
    return book(case, on=FRIDAY, at=at.isoformat(), minutes=15)


def _old_attempts(session: TherapySession) -> int:
    return Attempt.objects.filter(message__session=session, message__subject_version=1).count()
