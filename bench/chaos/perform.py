"""One performance: workers die and freeze while texts go out, engines fail, sessions move under their texts.

Then everything is left in peace until nothing is open, and the provider's own record is read.
"""

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import IO

from django.db import DatabaseError, connection

from bench.chaos import judge
from bench.chaos.crowd import LEAD, Crowd, last_due_at
from bench.chaos.shifted import Shift
from config.children import end, spawn
from sandbox.launch import Sandbox
from sessions_app.models import TherapySession
from sessions_app.services import NewTime, cancel_session, reschedule_session

FAULTS = {
    "latency_ms": 5,
    "jitter_ms": 30,
    "rate_429": 0.03,
    "rate_5xx_before": 0.03,
    "rate_5xx_after": 0.05,
    "rate_drop_before": 0.03,
    "rate_drop_after": 0.05,
    "rate_timeout_before": 0.001,
    "rate_timeout_after": 0.002,
    "hang_seconds": 12,
    "listing_lag_seconds": 1.5,
    "callback_duplicate_rate": 0.3,
    "callback_drop_rate": 0.3,
    "callback_reorder_rate": 0.3,
    "callback_delay_max_seconds": 4,
}
PEACE_SECONDS = 900.0
# The practice's three minutes, a round of planning, and a little more.
NEWS_TOLD_AFTER = timedelta(minutes=8)
# The moved go to a day of their own.
MOVED_BY = timedelta(days=7)


@dataclass
class Told:
    """What the nursery has told so far."""

    deaths: Counter[str] = field(default_factory=Counter)
    freezes: Counter[str] = field(default_factory=Counter)
    # Those that were thawed again and have come to the end of what they were doing.
    went_on: Counter[str] = field(default_factory=Counter)
    failures: int = 0

    def listen(self, nursery: "subprocess.Popen[bytes]") -> None:
        """Take down every line until the nursery ends."""
        for line in nursery.stdout or ():
            if line.startswith(b'{"did"'):
                self._note(json.loads(line))
            else:
                sys.stderr.write(line.decode(errors="replace"))

    def _note(self, told: dict[str, str]) -> None:
        counters = {"died": self.deaths, "froze": self.freezes, "went on": self.went_on}
        if told["did"] == "failed":
            self.failures += 1
        else:
            counters[told["did"]][told["fate"]] += 1


@dataclass(frozen=True)
class Performance:
    """What is needed for one, and how many are to die in it."""

    crowd: Crowd
    shift: Shift
    sandbox: Sandbox
    environment: Mapping[str, str]
    kills: int
    # Called about twice a second while workers are to die.
    trouble: Callable[[], object] = lambda: None


def perform(performance: Performance, told: Told) -> judge.Verdict:
    """Let it happen, wait until nothing is open, and judge."""
    races: list[judge.Race] = []
    with nursery(performance.environment, performance.kills, told), _racing(performance, races):
        while told.deaths.total() < performance.kills:
            performance.trouble()
            time.sleep(0.5)
        _wait_for_peace(performance)
    # Callbacks of a whole run may still be on their way.
    performance.sandbox.wait_until_settled(PEACE_SECONDS)
    return judge.verdict(performance.crowd, races, performance.sandbox, now=performance.shift.now())


@contextmanager
def nursery(environment: Mapping[str, str], kills: int, told: Told) -> Iterator[Callable[[str], None]]:
    """The nursery while the block lasts; what is yielded gives it a cue."""
    child = spawn(
        [sys.executable, "-m", "bench.chaos.nursery", str(kills)],
        environment=environment,
        stdin=subprocess.PIPE,
        output=subprocess.PIPE,
    )
    listener = threading.Thread(target=told.listen, args=[child])
    listener.start()
    try:
        assert child.stdin is not None
        # It ends with its input.
        with child.stdin as prompter:
            yield partial(_prompt, prompter)
        child.wait(30)
    finally:
        end(child)
        listener.join()


def _prompt(prompter: IO[bytes], cue: str) -> None:
    prompter.write(f"{cue}\n".encode())
    prompter.flush()


def _wait_for_peace(performance: Performance) -> None:
    """Until everything that was due has come to its end; the verdict tells if it never does."""
    shift = performance.shift
    # Our own connection may have died with an engine.
    connection.close()
    # Those whose session changed are told of it when it can no longer be taken back.
    everything_due_at = last_due_at() + (NEWS_TOLD_AFTER if performance.crowd.raced else timedelta(0))
    give_up_at = time.monotonic() + PEACE_SECONDS
    while time.monotonic() < give_up_at:
        if shift.now() > everything_due_at and judge.open_rows(shift.now()) == 0:
            return
        time.sleep(0.5)


@contextmanager
def _racing(performance: Performance, races: list[judge.Race]) -> Iterator[None]:
    """Change sessions beside everything else; `races` fills with what was acknowledged."""
    racer = threading.Thread(target=_race, args=[performance.crowd, performance.shift, races])
    racer.start()
    try:
        yield
    finally:
        racer.join()


def _race(crowd: Crowd, shift: Shift, races: list[judge.Race]) -> None:
    dice = random.Random(len(crowd.raced))
    try:
        for n, (session, number) in enumerate(crowd.raced):
            moved = n % 2 == 0
            # Just before its text is claimed, while it is, or while it is on its way.
            wait = shift.seconds(session.starts_at - LEAD - shift.now()) + dice.uniform(-0.1, 0.8)
            time.sleep(max(0.0, wait))
            change(session, shift, moved=moved)
            races.append(judge.Race(session.pk, number, moved, shift.now()))
    finally:
        connection.close()


def change(session: TherapySession, shift: Shift, *, moved: bool) -> None:
    """Move it or call it off; asked again when the database was away."""
    while True:
        try:
            _change_once(session, shift, moved=moved)
        except DatabaseError:
            connection.close()
            time.sleep(0.3)
        else:
            return


def _change_once(session: TherapySession, shift: Shift, *, moved: bool) -> None:
    if moved:
        to = NewTime(on=session.on + MOVED_BY, at=session.starts_at.astimezone(session.zone).time())
        reschedule_session(session=session, to=to, actor=None, now=shift.now())
    else:
        cancel_session(session=session, by="practice", actor=None, now=shift.now())
