"""Starts child processes that never outlive their parent, even when it is killed outright."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

PR_SET_PDEATHSIG = 1
# Loaded here: nothing may be imported or allocated at leisure between fork and exec.
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Account:
    """The system account that a child runs under."""

    uid: int
    gid: int


def _die_with(parent: int, death_signal: signal.Signals) -> Callable[[], None]:
    def tie_to_parent() -> None:
        if sys.platform == "linux":
            # subprocess has changed the uid before this runs, which would clear the tie.
            _libc.prctl(PR_SET_PDEATHSIG, int(death_signal))
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)

    return tie_to_parent


def spawn(
    command: Sequence[str | Path],
    *,
    output: IO[bytes] | int | None = None,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    account: Account | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C reaches its parent first.

    Call it from the main thread: the kernel ties the child to the thread that made it.
    """
    return subprocess.Popen(  # noqa: S603
        [str(part) for part in command],
        stdin=stdin,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        cwd=cwd,
        env=dict(environment) if environment is not None else None,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        start_new_session=True,
        # What a child writes down (messages, tables) is its owner's alone.
        umask=0o077,
        preexec_fn=_die_with(os.getpid(), death_signal),  # noqa: PLW1509  # only a system call
    )


def end(child: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """Ask a child to end, ever more firmly: each step is a signal and the seconds it is given."""
    for step, seconds in steps:
        with suppress(ProcessLookupError):
            child.send_signal(step)
        with suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
            break
    _sweep(child.pid)


def _sweep(session: int) -> None:
    # The child led its own process group: whatever it left behind goes with it.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(session, signal.SIGKILL)


def living_in(folder: Path, program: str) -> list[psutil.Process]:
    """Return the processes of `program` whose working folder is `folder`: ours, and no others."""
    found = []
    for process in psutil.process_iter(["name", "cwd", "status"]):
        seen = process.info
        if seen["name"] == program and seen["cwd"] and Path(seen["cwd"]) == folder:
            found.append(process)
    return found


def free_port() -> int:
    """Return a loopback port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_taken(port: int) -> bool:
    """Whether something listens on this loopback port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False
