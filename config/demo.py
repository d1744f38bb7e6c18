"""Runs all of Kept in one terminal, for evaluation and development: `make demo`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from config.children import end, port_is_taken, spawn
from config.engines import EngineError, EnginesBusyError, engines
from config.places import ENGINES, ROOT, VAR_DIR
from config.private import private_secret

LOGS = VAR_DIR / "log"
START_SECONDS = 90.0
ACCOUNT_SID = "AC" + "0" * 32


@dataclass(frozen=True)
class Ports:
    """The loopback ports that people and processes meet at."""

    web: int
    sandbox: int
    smtp: int

    def refuse_taken(self) -> None:
        """Raise EngineError naming the variable of a port that somebody else has."""
        named = {
            "KEPT_PORT": self.web,
            "KEPT_SANDBOX_PORT": self.sandbox,
            "KEPT_SANDBOX_SMTP_PORT": self.smtp,
        }
        for variable, port in named.items():
            if port_is_taken(port):
                raise EngineError(
                    f"Port {port} is taken by another program.\n"
                    f"Choose another one, for example: make demo {variable}={port + 100}"
                )


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


class Stopped(BaseException):
    """Somebody asked the demo to end."""


def main() -> int:
    """Run until Ctrl-C, SIGTERM or the terminal's end; return the exit code."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    for reason in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(reason, _stop_once)
    try:
        return _run()
    except Stopped:
        print("Stopped. Nothing is left running.")
        return 0
    except EnginesBusyError:
        print("Kept already runs from this folder: stop that one first (Ctrl-C in its terminal).")
        return 1
    except EngineError as error:
        print(error)
        return 1


def _stop_once(number: int, frame: FrameType | None) -> None:
    # Ending takes a few seconds; an impatient second Ctrl-C must not leave anything behind.
    for reason in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(reason, signal.SIG_IGN)
    _print_quietly("\nStopping ...")
    raise Stopped


def _print_quietly(line: str) -> None:
    try:
        print(line)
    except OSError:
        # The terminal is gone: its closing is why we stop.
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115


def _run() -> int:
    ports = Ports(
        web=int(os.environ.get("KEPT_PORT", "8000")),
        sandbox=int(os.environ.get("KEPT_SANDBOX_PORT", "8001")),
        smtp=int(os.environ.get("KEPT_SANDBOX_SMTP_PORT", "8025")),
    )
    began = time.monotonic()
    with ExitStack() as stack:
        print("Starting PostgreSQL and Valkey ...")
        addresses = stack.enter_context(engines(ENGINES, say=print))
        ports.refuse_taken()
        environment = _environment(ports) | addresses.environment()
        _prepare(environment)
        parts = _parts(ports)
        stack.enter_context(_running(parts, environment))
        _wait_until_up(parts, ports)
        _welcome(ports, environment, time.monotonic() - began)
        return _watch(parts)


def _environment(ports: Ports) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "KEPT_PORT": str(ports.web),
        "KEPT_SANDBOX_PORT": str(ports.sandbox),
        "KEPT_SANDBOX_SMTP_PORT": str(ports.smtp),
        "KEPT_SANDBOX_ACCOUNT_SID": ACCOUNT_SID,
        "KEPT_SANDBOX_AUTH_TOKEN": private_secret(VAR_DIR / "sandbox-token"),
        "KEPT_SANDBOX_WEBHOOK_BASE": f"http://127.0.0.1:{ports.web}",
        "KEPT_SANDBOX_STATE": str(VAR_DIR / "sandbox-state.json"),
        "PYTHONUNBUFFERED": "1",
    }


# Preparing


def _prepare(environment: dict[str, str]) -> None:
    print("Preparing the tables ...")
    _manage("migrate", f"--verbosity={int(_is_first_run())}", env=environment)
    _manage("grant_roles", "--verbosity=0", env=environment)
    _manage("seed_demo", env=environment)


def _is_first_run() -> bool:
    return not LOGS.exists()


def _manage(*arguments: str, env: dict[str, str]) -> None:
    child = spawn([sys.executable, "manage.py", *arguments], cwd=ROOT, environment=env)
    try:
        if child.wait() != 0:
            raise EngineError(f"manage.py {arguments[0]} failed; its words are above.")
    finally:
        end(child, (signal.SIGTERM, 5), (signal.SIGKILL, 5))


# Running


def _parts(ports: Ports) -> list[Part]:
    python = [sys.executable, "-m"]
    web = ["gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{ports.web}", "--workers", "2", "--threads", "4",
           "--graceful-timeout", "5", "--no-control-socket"]  # fmt: skip
    worker = ["celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", "INFO"]
    beat = ["celery", "-A", "config", "beat", "--pidfile=", "--loglevel", "INFO"]
    sandbox = ["sandbox", "--port", str(ports.sandbox), "--smtp-port", str(ports.smtp)]
    return [
        Part("sandbox", [*python, *sandbox]),
        Part("web", [*python, *web]),
        Part("worker", [*python, *worker]),
        Part("beat", [*python, *beat]),
    ]


@contextmanager
def _running(parts: list[Part], environment: dict[str, str]) -> Iterator[None]:
    LOGS.mkdir(mode=0o700, exist_ok=True)
    print("Starting web, worker, beat and sandbox ...")
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


def _wait_until_up(parts: list[Part], ports: Ports) -> None:
    waiting = [f"http://127.0.0.1:{ports.sandbox}/", f"http://127.0.0.1:{ports.web}/healthz"]
    deadline = time.monotonic() + START_SECONDS
    while waiting:
        _refuse_ended(parts)
        if time.monotonic() > deadline:
            raise EngineError(f"{waiting[0]} does not answer; see {LOGS}.")
        waiting = [address for address in waiting if not _answers(address)]
        time.sleep(0.1)


def _refuse_ended(parts: list[Part]) -> None:
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


def _welcome(ports: Ports, environment: dict[str, str], seconds: float) -> None:
    print(f"\nKept runs (ready in {seconds:.0f} s).\n")
    print(f"  The practice   http://127.0.0.1:{ports.web}/")
    print(f"  Clients' phones and mailboxes (sandbox)   http://127.0.0.1:{ports.sandbox}/")
    print(f"  Logs   {LOGS}\n")
    _manage("seed_demo", "--sign-ins", env=environment)
    print("\nCtrl-C stops everything; the data stays. make demo-reset begins anew.")


def _watch(parts: list[Part]) -> int:
    while True:
        _refuse_ended(parts)
        time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
