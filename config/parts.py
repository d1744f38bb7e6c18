"""The processes of a demo: started together, watched, ended together."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from config.children import end, spawn
from config.cluster import EngineError
from config.places import ROOT, VAR_DIR

LOGS = VAR_DIR / "log"
START_SECONDS = 90.0


@dataclass
class Part:
    """One process of the demo and where its words go."""

    name: str
    command: list[str]
    child: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"

    @property
    def ended(self) -> bool:
        return self.child is not None and self.child.poll() is not None


@contextmanager
def running(parts: list[Part], environment: dict[str, str]) -> Iterator[None]:
    """Start every part, and end them all on the way out."""
    LOGS.mkdir(mode=0o700, exist_ok=True)
    try:
        for part in parts:
            with part.log.open("wb") as log:
                part.child = spawn(part.command, output=log, cwd=ROOT, environment=environment)
        yield
    finally:
        _end_all([part.child for part in reversed(parts) if part.child is not None])


def _end_all(children: list[subprocess.Popen[bytes]]) -> None:
    # All at once, so that the slowest alone decides how long it takes.
    for child in children:
        child.terminate()
    for child in children:
        end(child, (signal.SIGTERM, 10), (signal.SIGKILL, 5))


def wait_until_up(parts: list[Part], addresses: list[str]) -> None:
    """Return when every address answers; raise EngineError when one does not or a part ended."""
    waiting = addresses
    deadline = time.monotonic() + START_SECONDS
    while waiting:
        refuse_ended(parts)
        if time.monotonic() > deadline:
            raise EngineError(f"{waiting[0]} does not answer; see {LOGS}.")
        waiting = [address for address in waiting if not _answers(address)]
        time.sleep(0.1)


def refuse_ended(parts: list[Part]) -> None:
    """Raise EngineError with the last words of a part that ended by itself."""
    for part in parts:
        if part.ended:
            last_words = part.log.read_text(errors="replace")[-3000:]
            raise EngineError(
                f"{last_words}\nThe {part.name} process ended; all its words are in {part.log}."
            )


def _answers(address: str) -> bool:
    try:
        urlopen(address, timeout=2).close()  # noqa: S310  # our own loopback address
    except HTTPError:
        return True
    except (URLError, OSError):
        return False
    return True
