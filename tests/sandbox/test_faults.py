"""Misbehaviour on demand, as the real Twilio client meets it."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException

from sandbox.launch import Sandbox

MARA, NOAH = "+12125550123", "+12125550124"
Send = Callable[..., Any]


def fate(send: Send, to: str = MARA) -> str:
    """Send one text and name what came of it."""
    try:
        send(to=to)
    except TwilioRestException as refusal:
        return str(refusal.status)
    except requests.Timeout:
        return "timeout"
    except requests.ConnectionError:
        return "dropped"
    return "accepted"


@pytest.mark.parametrize(
    ("kind", "seen", "accepted"),
    [
        ("429", "429", 0),
        ("5xx_before", "500", 0),
        ("5xx_after", "500", 1),
        ("drop_before", "dropped", 0),
        ("drop_after", "dropped", 1),
        ("timeout_before", "timeout", 0),
        ("timeout_after", "timeout", 1),
    ],
)
def test_scripted_fault_strikes_once(
    send: Send, sandbox: Sandbox, kind: str, seen: str, accepted: int
) -> None:
    sandbox.misbehave(next=[{"kind": kind, "seconds": 5}])
    assert fate(send) == seen
    assert sandbox.stats()["accepted"] == accepted
    assert fate(send) == "accepted"
    assert sandbox.stats()["accepted"] == accepted + 1


def test_record_names_the_fault_that_hid_an_acceptance(send: Send, sandbox: Sandbox) -> None:
    sandbox.misbehave(next=[{"kind": "drop_after"}])
    fate(send)
    [record] = sandbox.messages()
    assert (record["to"], record["fault"]) == (MARA, "drop_after")


def test_text_accepted_behind_a_dropped_answer_is_still_delivered(send: Send, sandbox: Sandbox) -> None:
    sandbox.misbehave(next=[{"kind": "drop_after"}])
    fate(send)
    sandbox.wait_until_settled()
    assert sandbox.messages()[0]["status"] == "delivered"


def test_scripted_fault_waits_for_its_number(send: Send, sandbox: Sandbox) -> None:
    sandbox.misbehave(next=[{"kind": "error", "code": 30034, "to": NOAH}, {"kind": "429", "times": 2}])
    assert [fate(send, to) for to in (MARA, MARA, NOAH, MARA)] == ["429", "429", "400", "accepted"]


def test_list_can_fail_too(send: Send, sandbox: Sandbox, twilio: Any) -> None:
    sandbox.misbehave(next=[{"kind": "5xx_before", "on": "list"}])
    assert fate(send) == "accepted"
    with pytest.raises(TwilioException):
        twilio.messages.list(to=MARA)
    assert len(twilio.messages.list(to=MARA)) == 1


def test_same_seed_throws_the_same_faults(send: Send, sandbox: Sandbox) -> None:
    def forty_fates() -> list[str]:
        sandbox.misbehave(seed=7, rate_429=0.2, rate_5xx_before=0.2, rate_5xx_after=0.2)
        return [fate(send) for _ in range(40)]

    first = forty_fates()
    assert first == forty_fates()
    counted = Counter(first)
    assert counted["429"] > 0
    assert counted["500"] > 0
    assert counted["accepted"] > 0
    seen = sandbox.stats()["faults"]
    assert sandbox.stats()["accepted"] == 2 * counted["accepted"] + seen["5xx_after"]


def test_latency_slows_every_answer(send: Send, sandbox: Sandbox) -> None:
    sandbox.misbehave(latency_ms=200)
    began_at = time.monotonic()
    fate(send)
    assert time.monotonic() - began_at >= 0.2


@pytest.mark.parametrize(
    "wishes",
    [
        {"rate_429": 1.5},
        {"latency_ms": -1},
        {"latencyms": 5},
        {"next": [{"kind": "explode"}]},
        {"next": [{"kind": "429", "when": "now"}]},
        {"next": [{"kind": "timeout_after", "seconds": "long"}]},
        {"next": [{"kind": "429", "times": "often"}]},
        {"next": "429"},
        {"latency_ms": "slow"},
    ],
)
def test_senseless_fault_is_refused_and_changes_nothing(sandbox: Sandbox, wishes: dict[str, object]) -> None:
    before = sandbox.ask("faults")
    with pytest.raises(ValueError, match=r"rate_429|latency|kind|when|next|often"):
        sandbox.misbehave(**wishes)
    assert sandbox.ask("faults") == before


def test_reset_forgets_everything(send: Send, sandbox: Sandbox) -> None:
    fate(send)
    sandbox.misbehave(rate_429=1)
    sandbox.reset()
    assert sandbox.messages() == []
    assert fate(send) == "accepted"
    assert sandbox.stats()["accepted"] == 1
