"""Runs all of Kept in one terminal, for evaluation and development: `make demo`."""

import hashlib
import os
import select
import signal
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from config.children import end, port_is_taken, spawn
from config.engines import EngineError, EnginesBusyError, engines
from config.parts import LOGS, Part, refuse_ended, running, wait_until_up
from config.places import ENGINES, ROOT, VAR_DIR
from config.private import private_secret

PREPARED = ENGINES / "prepared"
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
        _print_quietly("Stopped. Nothing is left running.")
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
        print("Starting web, worker, beat and sandbox ...")
        stack.enter_context(running(parts, environment))
        wait_until_up(parts, [f"http://127.0.0.1:{ports.sandbox}/", f"http://127.0.0.1:{ports.web}/healthz"])
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
    fingerprint = _fingerprint()
    if PREPARED.exists() and PREPARED.read_text() == fingerprint:
        return
    print("Preparing the tables ...")
    _manage("migrate", f"--verbosity={int(not PREPARED.exists())}", env=environment)
    _manage("grant_roles", "--verbosity=0", env=environment)
    _manage("seed_demo", env=environment)
    PREPARED.write_text(fingerprint)


def _fingerprint() -> str:
    """Name everything that the tables follow from, so that an unchanged run need not ask."""
    digest = hashlib.sha256((ROOT / "requirements" / "production.txt").read_bytes())
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/management/commands/*.py")]):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


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
           "--keep-alive", "15", "--graceful-timeout", "5", "--no-control-socket"]  # fmt: skip
    worker = ["celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", "INFO"]
    beat = ["celery", "-A", "config", "beat", "--pidfile=", "--loglevel", "INFO"]
    sandbox = ["sandbox", "--port", str(ports.sandbox), "--smtp-port", str(ports.smtp)]
    return [
        Part("sandbox", [*python, *sandbox]),
        Part("web", [*python, *web]),
        Part("worker", [*python, *worker]),
        Part("beat", [*python, *beat]),
    ]


def _welcome(ports: Ports, environment: dict[str, str], seconds: float) -> None:
    print(f"\nKept runs (ready in {seconds:.0f} s).\n")
    print(f"  The practice   http://127.0.0.1:{ports.web}/")
    print(f"  Clients' phones and mailboxes (sandbox)   http://127.0.0.1:{ports.sandbox}/")
    print(f"  Logs   {LOGS}\n")
    _manage("seed_demo", "--sign-ins", env=environment)
    print("\nCtrl-C stops everything; the data stays. make demo-reset begins anew.")


def _watch(parts: list[Part]) -> int:
    while not _terminal_is_gone():
        refuse_ended(parts)
        time.sleep(0.5)
    raise Stopped


def _terminal_is_gone() -> bool:
    # A make that leads the session (as over ssh) keeps the hang-up to itself and waits for us.
    watcher = select.poll()
    watcher.register(sys.stdout, 0)
    return bool(watcher.poll(0))


if __name__ == "__main__":
    sys.exit(main())
