"""Raises dispatchers in processes of their own and lets them die at a named step: a part of the chaos test.

Run as `python -m tests.reminders.nursery`; reads one JSON order a line from standard input and
answers each with one JSON line, when every process of the order has ended.
"""

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django

django.setup()

from django.db import connection

from reminders import claiming, dispatch, unknown

STEPS = (
    "after the claim",
    "before the attempt is committed",
    "after the attempt is committed",
    "before the call",
    "after the call",
    "before the result is committed",
    "after the result is committed",
)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _before(module: Any, name: str, occasion: int) -> None:
    _wrap(module, name, occasion, dies_first=True)


def _after(module: Any, name: str, occasion: int) -> None:
    _wrap(module, name, occasion, dies_first=False)


def _wrap(module: Any, name: str, occasion: int, *, dies_first: bool) -> None:
    real: Callable[..., Any] = getattr(module, name)
    left = [occasion]

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        # Its own turn: others are called meanwhile.
        turn = left[0] = left[0] - 1
        if dies_first and turn == 0:
            _die()
        result = real(*args, **kwargs)
        if not dies_first and turn == 0:
            _die()
        return result

    setattr(module, name, wrapped)


def _arrange_death(step: str, dice: random.Random) -> None:
    batch, call = 1, dice.randint(1, 12)
    match step:
        case "after the claim":
            _after(dispatch, "claim", batch)
        case "before the attempt is committed":
            _before(claiming, "_put_aside", batch)
        case "after the attempt is committed":
            _after(dispatch, "begin", batch)
        case "before the call":
            _before(dispatch, "send", call)
        case "after the call":
            _after(dispatch, "send", call)
        case "before the result is committed":
            _before(dispatch, "record", batch)
        case "after the result is committed":
            _after(dispatch, "record", batch)


def _mutate(mutation: str) -> None:
    """Leave one rule out, to see that the harness would notice."""
    if mutation == "lease and retry":
        # Whatever an owner left behind is taken for not sent.
        unknown._ask = lambda attempt: []


def _child(order: dict[str, Any], number: int) -> None:
    dice = random.Random(f"{order['seed']}-{number}")
    if order["kill"]:
        _arrange_death(dice.choice(STEPS), dice)
    dispatch.dispatch(now=datetime.fromisoformat(order["now"]), seconds=20)


def _dispatchers(order: dict[str, Any]) -> dict[str, int]:
    pids = []
    for number in range(order["workers"]):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                _child(order, number)
                code = 0
            finally:
                os._exit(code)
        pids.append(pid)
    ends = [os.waitpid(pid, 0)[1] for pid in pids]
    killed = sum(os.WIFSIGNALED(end) for end in ends)
    failed = sum(os.WIFEXITED(end) and os.WEXITSTATUS(end) != 0 for end in ends)
    return {"killed": killed, "failed": failed}


def _ask(order: dict[str, Any]) -> dict[str, int]:
    moved = unknown.poll_unknown(now=datetime.fromisoformat(order["now"]))
    # Nothing may be open when the next ones are forked.
    connection.close()
    return {"moved": moved}


def main() -> None:
    _mutate(sys.argv[1] if len(sys.argv) > 1 else "")
    for line in sys.stdin:
        order = json.loads(line)
        answer = _dispatchers(order) if order["do"] == "dispatch" else _ask(order)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
