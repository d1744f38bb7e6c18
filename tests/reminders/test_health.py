"""Health of sending: read from the database, told as a page, as readiness and as metrics."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from accounts.models import User
from accounts.services import pause_sending
from clients.models import Case, Channel
from reminders.health import log_pass, read_health
from reminders.models import Message, PassKind, PassLog, State
from reminders.providers import OPENS_AFTER, note_answers, pause_channel
from reminders.reconcile import reconcile
from sessions_app.models import TherapySession
from tests.conftest import NOW

TOKEN = "a-token-of-thirty-two-characters"


def all_passed(now: datetime) -> None:
    for kind in PassKind:
        log_pass(kind=kind, now=now, rows_count=3)


def figures(browser: Browser, **headers: str) -> dict[tuple[str, str], float]:
    """Each sample by its name and its one label's value."""
    answer = browser.get("/metrics", headers=headers)
    assert answer.status_code == 200
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


@pytest.fixture
def planned(rosa_case: Case, book: Callable[..., TherapySession]) -> list[Message]:
    """Rosa's two reminders of Friday's session."""
    book(rosa_case, on=(NOW + timedelta(days=10)).date(), at="15:00")
    reconcile(now=NOW)
    return list(Message.objects.order_by("due_at"))


def test_each_sweep_must_pass_in_time(practice: object) -> None:
    assert [sweep.is_late for sweep in read_health(NOW).sweeps] == [True, True, True]
    all_passed(NOW)
    assert read_health(NOW + timedelta(minutes=2)).is_ready
    late = read_health(NOW + timedelta(minutes=3)).sweeps
    assert {sweep.kind: sweep.is_late for sweep in late} == {
        PassKind.DISPATCH: True,
        PassKind.RECONCILE: False,
        PassKind.UNKNOWN: False,
    }
    assert all(sweep.is_late for sweep in read_health(NOW + timedelta(minutes=6)).sweeps)


def test_the_queue_is_counted_by_state_and_by_why_it_waits(planned: list[Message]) -> None:
    first, second = planned
    assert read_health(NOW).queue["to_come"] == 2
    Message.objects.filter(pk=first.pk).update(due_at=NOW, not_before=NOW, reason="quiet_hours")
    health = read_health(NOW)
    assert (health.queue["to_come"], health.queue["waiting"], dict(health.waiting_because)) == (
        1, 1, {"quiet_hours": 1},
    )  # fmt: skip
    for state in (State.CLAIMED, State.SENDING, State.UNKNOWN, State.HELD, State.FAILED, State.EXPIRED):
        Message.objects.filter(pk=second.pk).update(state=state, claimed_by=1)
        assert read_health(NOW).queue[state] == 1, state
    Message.objects.filter(pk=second.pk).update(dismissed_at=NOW)
    assert read_health(NOW).queue[State.EXPIRED] == 0


def test_a_pause_waits_and_is_no_fault(planned: list[Message], admin_user: User) -> None:
    all_passed(NOW)
    Message.objects.update(due_at=NOW - timedelta(hours=1), not_before=NOW - timedelta(hours=1))
    assert read_health(NOW).is_stuck
    pause_sending(actor=admin_user, reason="Wrong times", now=NOW)
    health = read_health(NOW)
    assert (health.is_paused, health.is_stuck, health.is_ready) == (True, False, True)


def test_a_breaker_opens_tries_again_and_closes(practice: object) -> None:
    def texts(now: datetime) -> str:
        [state] = [one for one in read_health(now).channels if one.channel == Channel.SMS]
        return state.standing(now)

    assert texts(NOW) == "well"
    note_answers(answered=set(), failed=Counter({"sms": OPENS_AFTER}), now=NOW)
    assert texts(NOW) == "open"
    assert texts(NOW + timedelta(minutes=2)) == "trying"
    note_answers(answered={"sms"}, failed=Counter(), now=NOW)
    assert texts(NOW) == "well"
    pause_channel(channel="sms", reason="20003", now=NOW)
    assert texts(NOW) == "paused"


def test_readiness_names_what_is_late(practice: object, client: Browser) -> None:
    now = datetime.now(UTC)
    all_passed(now)
    PassLog.objects.filter(kind=PassKind.RECONCILE).update(ended_at=now - timedelta(minutes=9))
    answer = client.get("/readyz")
    told = answer.json()
    assert (answer.status_code, told["late"]) == (503, ["reconcile"])
    assert told["channels"] == {"sms": "well", "email": "well", "voice": "well"}
    assert told["queue"]["held"] == 0


def test_metrics_say_the_same_as_the_database(planned: list[Message], client: Browser) -> None:
    now = datetime.now(UTC)
    all_passed(now)
    pause_channel(channel="email", reason="535", now=now)
    Message.objects.filter(pk=planned[0].pk).update(
        due_at=now - timedelta(minutes=5),
        not_before=now - timedelta(minutes=5),
        expires_at=now + timedelta(days=1),
    )
    seen = figures(client)
    assert seen["kept_ready", ""] == 1
    assert 300 <= seen["kept_oldest_due_seconds", ""] < 400
    assert seen["kept_messages", "waiting"] == 1
    assert seen["kept_messages_waiting", "its_turn"] == 1
    assert seen["kept_channel_paused", "email"] == 1
    assert seen["kept_channel_paused", "sms"] == 0
    assert abs(seen["kept_last_pass_timestamp_seconds", "unknown"] - now.timestamp()) < 1


def test_metrics_hold_nothing_personal(planned: list[Message], client: Browser) -> None:
    body = client.get("/metrics").content.decode()
    assert "kept_messages{" in body
    for personal in ("Rosa", "Mendes", "+1312", "example.org", str(planned[0].public_id)):
        assert personal not in body


def test_metrics_cost_the_same_whatever_waits(planned: list[Message], client: Browser) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/metrics").status_code == 200
        return len(asked)

    with_two = cost()
    Message.objects.all().delete()
    assert cost() == with_two


@pytest.mark.parametrize(
    ("given", "code"),
    [("", 403), ("Bearer guess", 403), (TOKEN, 403), (f"Bearer {TOKEN}x", 403), (f"Bearer {TOKEN}", 200)],
)
def test_metrics_ask_for_the_token(
    practice: object, client: Browser, settings: Settings, given: str, code: int
) -> None:
    settings.KEPT_METRICS_TOKEN = TOKEN
    headers: dict[str, Any] = {"Authorization": given} if given else {}
    assert client.get("/metrics", headers=headers).status_code == code


@pytest.mark.parametrize(
    ("address", "open_to_neighbours", "code"),
    [
        ("127.0.0.1", True, 200),
        ("10.3.0.9", True, 200),
        ("::1", True, 200),
        ("203.0.114.7", True, 403),
        ("", True, 403),
        ("127.0.0.1", False, 403),
    ],
)
def test_without_a_token_metrics_are_for_neighbours_or_for_nobody(
    practice: object, client: Browser, settings: Settings, address: str, open_to_neighbours: bool, code: int
) -> None:
    settings.KEPT_METRICS_TO_NEIGHBOURS = open_to_neighbours
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == code
