"""The engines and processes of a run, and the ways in which they fail."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import redis

from config.children import end, spawn
from config.engines import erase, whisper
from config.postgres import APP, OWNER, Postgres, start_postgres
from config.valkey import Valkey, start_valkey

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "chaos"
START_SECONDS = 60.0
# How long an engine stays away, and a hung one hangs: longer than the sockets' own patience.
AWAY_SECONDS = 1.5
HUNG_SECONDS = 5.0


@dataclass
class Engines:
    """PostgreSQL and Valkey, which come back at the same addresses."""

    postgres: Postgres
    valkey: Valkey
    failures: list[str] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.postgres.url(APP),
            "KEPT_DATABASE_OWNER_URL": self.postgres.url(OWNER),
            "REDIS_URL": self.valkey.url(),
        }

    def fail(self, number: int) -> None:
        """One failure after the other, over and over."""
        ways = (self._kill_postgres, self._flush_valkey, self._hang_valkey, self._restart_valkey)
        way = ways[number % len(ways)]
        way()
        self.failures.append(way.__name__.strip("_"))

    def stop(self) -> None:
        self.valkey.stop()
        self.postgres.stop()

    def _kill_postgres(self) -> None:
        end(self.postgres.child, (signal.SIGKILL, 5))
        time.sleep(AWAY_SECONDS)
        self.postgres = start_postgres(FOLDER, durable=False, say=whisper, port=self.postgres.port)

    def _flush_valkey(self) -> None:
        with redis.Redis.from_url(self.valkey.url()) as client:
            client.flushall()

    def _hang_valkey(self) -> None:
        self.valkey.child.send_signal(signal.SIGSTOP)
        time.sleep(HUNG_SECONDS)
        self.valkey.child.send_signal(signal.SIGCONT)

    def _restart_valkey(self) -> None:
        port = self.valkey.port
        self.valkey.stop()
        time.sleep(AWAY_SECONDS)
        self.valkey = start_valkey(FOLDER, port=port)


@contextmanager
def fresh_engines() -> Iterator[Engines]:
    """Both engines with nothing in them; ended on the way out."""
    erase(FOLDER)
    FOLDER.mkdir(parents=True)
    FOLDER.chmod(0o711)
    (FOLDER / "lock").touch(mode=0o600)
    found = Engines(start_postgres(FOLDER, durable=False, say=whisper), start_valkey(FOLDER))
    try:
        yield found
    finally:
        found.stop()


@dataclass
class Processes:
    """Web, and worker with beat; what they say goes to files under var/chaos."""

    environment: Mapping[str, str]
    web_port: int
    _stack: ExitStack
    deaths_of_celery: int = 0
    _celery: "subprocess.Popen[bytes] | None" = None

    def start_web(self) -> None:
        """Take the provider's callbacks from now on."""
        address = f"127.0.0.1:{self.web_port}"
        command = [
            "-m",
            "gunicorn",
            "bench.chaos.web:application",
            "-b",
            address,
            "-w",
            "1",
            "--threads",
            "4",
        ]
        self._start("web", *command, "--log-level", "error")
        _wait_until(lambda: _answers(f"http://{address}/healthz"))

    def start_celery(self) -> None:
        command = ["-m", "celery", "-A", "bench.chaos.worker", "worker", "--beat", "--concurrency=1"]
        schedule = str(FOLDER / "beat")
        self._celery = self._start("celery", *command, "--schedule", schedule, "--loglevel=WARNING")

    def kill_celery(self) -> None:
        """The worker with everything in it, beat too; then a new one."""
        if self._celery is not None:
            end(self._celery, (signal.SIGKILL, 5))
            self.deaths_of_celery += 1
            self.start_celery()

    def _start(self, name: str, *command: str) -> "subprocess.Popen[bytes]":
        log = self._stack.enter_context((FOLDER / f"{name}.log").open("ab"))
        child = spawn([sys.executable, *command], cwd=ROOT, environment=self.environment, output=log)
        self._stack.callback(end, child, (signal.SIGTERM, 5), (signal.SIGKILL, 5))
        return child


@contextmanager
def processes(environment: Mapping[str, str], web_port: int) -> Iterator[Processes]:
    """The processes of a run; all are ended on the way out."""
    with ExitStack() as stack:
        yield Processes(environment, web_port, stack)


def _answers(url: str) -> bool:
    with suppress(OSError):
        urlopen(url, timeout=2).close()
        return True
    return False


def _wait_until(is_so: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while not is_so():
        if time.monotonic() > give_up_at:
            raise TimeoutError("a process of the run did not start")
        time.sleep(0.1)
