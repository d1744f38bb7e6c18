"""Runs PostgreSQL and Valkey for one machine and ends them with the process that asked."""

import fcntl
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from config.cluster import EngineError
from config.postgres import APP, OWNER, start_postgres
from config.valkey import start_valkey

__all__ = [
    "Addresses",
    "EngineError",
    "EnginesBusyError",
    "engines",
    "erase",
    "joined_engines",
    "running_addresses",
]


@dataclass(frozen=True)
class Addresses:
    """Where the engines answer, passwords included: for the environment of child processes only."""

    database_url: str
    owner_url: str
    redis_url: str
    supervisor_pid: int

    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database_url,
            "KEPT_DATABASE_OWNER_URL": self.owner_url,
            "REDIS_URL": self.redis_url,
        }


class EnginesBusyError(EngineError):
    """Another process already runs the engines of this folder."""


def whisper(line: str) -> None:
    """Say where things stand, apart from what a command prints."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@contextmanager
def engines(root: Path, *, durable: bool = True, say: Callable[[str], None] = whisper) -> Iterator[Addresses]:
    """Start both engines with their data under `root`, and end them on the way out.

    Raises EnginesBusyError when another process runs them, EngineError when one does not start.
    """
    with ExitStack() as stack:
        _make_root(root)
        stack.enter_context(_only_one(root))
        postgres = start_postgres(root, durable=durable, say=say)
        stack.callback(postgres.stop)
        valkey = start_valkey(root)
        stack.callback(valkey.stop)
        addresses = Addresses(
            database_url=postgres.url(APP),
            owner_url=postgres.url(OWNER),
            redis_url=valkey.url(),
            supervisor_pid=os.getpid(),
        )
        stack.enter_context(_published(root, addresses))
        yield addresses


@contextmanager
def joined_engines(root: Path, *, say: Callable[[str], None] = whisper) -> Iterator[Addresses]:
    """Use the engines that run here already; start them for as long as needed if none do."""
    running = running_addresses(root)
    if running is not None:
        yield running
        return
    with engines(root, say=say) as addresses:
        yield addresses


def running_addresses(root: Path) -> Addresses | None:
    """Return the addresses of the engines running on `root`, or None when nobody runs them."""
    try:
        with _only_one(root):
            return None
    except FileNotFoundError:
        return None
    except EnginesBusyError:
        try:
            return Addresses(**json.loads((root / "addresses.json").read_text(encoding="ascii")))
        except FileNotFoundError:
            raise EnginesBusyError("Kept's engines are just starting or ending: try again shortly.") from None


def erase(root: Path) -> None:
    """Remove all data of the engines of `root`, wherever they lie.

    Raises EnginesBusyError while they run.
    """
    if not root.exists():
        return
    with _only_one(root):
        note = root / "elsewhere"
        if note.exists():
            shutil.rmtree(note.read_text(), ignore_errors=True)
        shutil.rmtree(root)


def _make_root(root: Path) -> None:
    # Others may pass through (PostgreSQL's account must) but not look around.
    for folder in (root.parent, root):
        try:
            folder.mkdir(exist_ok=True)
            if folder.stat().st_uid == os.geteuid():
                folder.chmod(0o711)
        except PermissionError as error:
            raise EngineError(f"{folder} cannot be used by this account: run as its owner.") from error
    (root / "lock").touch(mode=0o600, exist_ok=True)


@contextmanager
def _only_one(root: Path) -> Iterator[IO[str]]:
    """Hold the folder's lock; the system gives it back however this process ends."""
    with (root / "lock").open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EnginesBusyError(f"Kept's engines already run in {root}.") from None
        yield file


@contextmanager
def _published(root: Path, addresses: Addresses) -> Iterator[None]:
    path = root / "addresses.json"
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(addresses)), encoding="ascii")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
