"""Raises workers, lets each meet its fate, and raises the next: the process that forks.

Run as `python -m bench.chaos.nursery KILLS`; it ends when its standard input does. It writes one JSON line for
each death and freeze, one for a worker that was thawed and has ended its pass, and one for a worker that failed
by itself. In a scene (`bench.chaos.scenes`) it does as the words on its standard input say: `enter`, `thaw`.
"""

import json
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import django

django.setup()

from django.db import DatabaseError, connection
from django.urls import get_resolver
from django.utils import timezone

from bench.chaos import shifted, steps
from reminders.dispatch import dispatch
from reminders.owners import OwnerLostError
from reminders.reconcile import reconcile
from reminders.transports import prepare
from reminders.unknown import QUIET, poll_unknown

WORKERS = ("dispatch", "dispatch", "dispatch", "dispatch", "ask", "ask")
FROZEN_SECONDS = (0.2, 12.0)
# Who is to die at any moment lives for no longer than this; who is to die at a step waits for it, in case
# there is nothing to send.
MOST_LIFE_SECONDS = 3.0
PATIENCE_SECONDS = 12.0
MUTATION = os.environ.get("KEPT_CHAOS_MUTATION", "")
AT_RANDOM = "at random"
NURSERY = os.getpid()
# Of a scene: who is there before the rest enters, and the step at which the first who comes to it freezes.
OPENING = tuple(os.environ.get("KEPT_CHAOS_OPENING", "").split())
FREEZE = os.environ.get("KEPT_CHAOS_FREEZE", "")


@dataclass
class Child:
    """One worker, and what is to become of it."""

    pid: int
    does: str
    fate: str
    ends_at: float | None = None
    thaws_at: float | None = None


class Nursery:
    """Keeps a worker of each kind alive, and deals fates while deaths are wanted."""

    def __init__(self, *, kills: int, seed: int) -> None:
        self._dice = random.Random(seed)
        self._children: dict[int, Child] = {}
        self._wanted = kills
        self._killed = 0
        self._to_freeze = FREEZE

    def run(self) -> None:
        for does in OPENING or WORKERS:
            self._raise(does)
        while (cues := _cues()) is not None:
            for cue in cues:
                self._follow(cue)
            self._bury()
            self._strike()
        for pid in list(self._children):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def _follow(self, cue: str) -> None:
        """Let those enter who were not there at first, or let the frozen go on."""
        if cue == "enter":
            for does in (Counter(WORKERS) - Counter(OPENING)).elements():
                self._raise(does)
        elif cue == "thaw":
            for child in self._children.values():
                os.kill(child.pid, signal.SIGCONT)

    def _raise(self, does: str) -> None:
        fate, blow = self._fate(does)
        seed = self._dice.random()
        pid = os.fork()
        if pid == 0:
            _live(does, fate, blow, random.Random(seed))
        self._children[pid] = Child(pid, does, fate, ends_at=self._end(fate))

    def _fate(self, does: str) -> tuple[str, signal.Signals]:
        """Most die at a step, some at any moment; a few freeze and thaw again."""
        if self._to_freeze and does == _who_comes_to(self._to_freeze):
            step, self._to_freeze = self._to_freeze, ""
            return step, signal.SIGSTOP
        if self._killed >= self._wanted:
            return "", signal.SIGKILL
        blow = self._dice.choices([signal.SIGKILL, signal.SIGSTOP], [4, 1])[0]
        known = steps.OF_ASKING if does == "ask" else steps.OF_SENDING
        at_random = f"{AT_RANDOM}, {blow.name}"
        return self._dice.choices([at_random, self._dice.choice(known)], [1, 3])[0], blow

    def _end(self, fate: str) -> float | None:
        """When a worker meets its end from outside: also one that has not come to its step by then."""
        if self._killed >= self._wanted:
            return None
        if not fate.startswith(AT_RANDOM):
            return time.monotonic() + PATIENCE_SECONDS
        return time.monotonic() + self._dice.uniform(0.05, MOST_LIFE_SECONDS)

    def _strike(self) -> None:
        now = time.monotonic()
        for child in self._children.values():
            if child.thaws_at and now >= child.thaws_at:
                child.thaws_at, child.fate = None, AT_RANDOM
                child.ends_at = self._end(AT_RANDOM)
                os.kill(child.pid, signal.SIGCONT)
            elif child.ends_at and now >= child.ends_at:
                child.ends_at = None
                freezes = child.fate == f"{AT_RANDOM}, SIGSTOP"
                child.fate = AT_RANDOM
                os.kill(child.pid, signal.SIGSTOP if freezes else signal.SIGKILL)

    def _bury(self) -> None:
        for pid in list(self._children):
            done, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
            if not done:
                continue
            child = self._children[pid]
            if os.WIFSTOPPED(status):
                thaws_at = time.monotonic() + self._dice.uniform(*FROZEN_SECONDS)
                child.ends_at, child.thaws_at = None, None if FREEZE else thaws_at
                _say(did="froze", fate=child.fate)
                continue
            del self._children[pid]
            killed = os.WIFSIGNALED(status)
            self._killed += killed
            _say(did="died" if killed else "failed", fate=child.fate)
            self._raise(child.does)


def _cues() -> list[str] | None:
    """What was said just now; None when the run is over."""
    if not select.select([sys.stdin], [], [], 0.02)[0]:
        return []
    said = os.read(sys.stdin.fileno(), 1024)
    return said.decode().split() if said else None


def _who_comes_to(step: str) -> str:
    return "ask" if step in steps.OF_ASKING else "dispatch"


def _say(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def _live(does: str, fate: str, blow: signal.Signals, dice: random.Random) -> None:
    """Work until struck, as a worker does: an engine that fails costs a pass, not a life."""
    thawed: list[str] = []

    def strike() -> None:
        os.kill(os.getpid(), blow)
        thawed.append(fate)

    try:
        if fate == FREEZE in steps.STEPS:
            steps.arrange_at_once(fate, strike)
        elif fate in steps.STEPS:
            steps.arrange(fate, strike, dice)
        work = _dispatch if does == "dispatch" else _ask
        while os.getppid() == NURSERY:
            _one_pass(work)
            while thawed:
                _say(did="went on", fate=thawed.pop())
    except BaseException as error:
        sys.stderr.write(f"chaos: a worker failed: {type(error).__name__}: {error}\n")
        raise
    finally:
        os._exit(1)


def _one_pass(work: Callable[[], object]) -> None:
    try:
        work()
    except (DatabaseError, OwnerLostError):
        connection.close()
    time.sleep(0.1)


def _dispatch() -> None:
    dispatch(now=timezone.now(), seconds=3)


def _ask() -> None:
    quiet = timedelta(0) if MUTATION == "the quiet period" else QUIET
    poll_unknown(now=timezone.now(), quiet=quiet)
    reconcile(now=timezone.now())


def main() -> None:
    # Read once, before any fork: a worker that first imports every page dies before it has sent anything.
    get_resolver().check()
    prepare()
    shifted.install()
    steps.mutate(MUTATION)
    Nursery(kills=int(sys.argv[1]), seed=int(os.environ.get("KEPT_CHAOS_SEED", "7"))).run()


if __name__ == "__main__":
    main()
