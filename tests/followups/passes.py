"""Makes passes in processes of their own: each is forked, has its own connection, and may be killed in the middle.

Started once by a test: beginning Python and Django anew for each pass would take seconds.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from followups.reconcile import reconcile

ROOT = Path(__file__).resolve().parents[2]
SERVES = "import django; django.setup(); from tests.followups.passes import serve; serve()"


class Passes:
    """The other end: asks for passes, and says how each process ended."""

    def __init__(self, child: "subprocess.Popen[str]") -> None:
        self._child = child

    def start(self, *, now: datetime, full: bool = False, dies_at: int = 0) -> None:
        """Begin one; `dies_at` kills the process before that statement of its pass, 0 never."""
        self._say({"now": now.isoformat(), "full": full, "dies_at": dies_at})

    def ended(self) -> list[int]:
        """How those begun since have ended: 0, or minus the signal. Waits for them."""
        self._say("wait")
        assert self._child.stdout
        statuses: list[int] = json.loads(self._child.stdout.readline())
        return statuses

    def _say(self, word: object) -> None:
        assert self._child.stdin
        self._child.stdin.write(json.dumps(word) + "\n")
        self._child.stdin.flush()


@contextmanager
def passes(environment: dict[str, str]) -> Iterator[Passes]:
    """Passes that see what a test with this environment has committed."""
    command = [sys.executable, "-c", SERVES]
    environment = {**environment, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        # Leaving closes its input, and that ends it.
        yield Passes(child)


def serve() -> None:
    """Make what is asked for, until the input ends."""
    begun: list[int] = []
    for line in sys.stdin:
        word = json.loads(line)
        if word != "wait":
            begun.append(_forked(word))
            continue
        statuses = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in begun]
        sys.stdout.write(json.dumps(statuses) + "\n")
        sys.stdout.flush()
        begun = []


def _forked(word: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        _pass(word)
        os._exit(0)
    except BaseException:  # noqa: BLE001  # whatever it was, this process never returns to its parent's loop
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def _pass(word: dict[str, Any]) -> None:
    asked = 0

    def dying(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == word["dies_at"]:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*statement)

    with connection.execute_wrapper(dying):
        reconcile(now=datetime.fromisoformat(word["now"]), full=word["full"])
