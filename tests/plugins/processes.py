"""Starts the processes that a whole loop needs: the sandbox, a Celery worker, beat."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import pytest
from django.db import connection
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config.celery import app
from config.children import end, free_port, spawn

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0


@dataclass(frozen=True)
class SandboxServer:
    """The pretend provider: `url` for its API, page and /control/, `smtp_port` for mail."""

    url: str
    smtp_port: int
    process: subprocess.Popen[bytes]


@pytest.fixture
def sandbox_server(live_server: LiveServer, settings: Settings, tmp_path: Path) -> Iterator[SandboxServer]:
    """A sandbox of its own for this test, calling the live server's webhooks."""
    port, smtp_port = free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    settings.KEPT_PUBLIC_BASE_URL = live_server.url
    settings.TWILIO_API_BASE_URL = url
    settings.EMAIL_PORT = smtp_port
    # pytest-django collects mail in a list; here it must really go out.
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    command = [
        sys.executable, "-m", "sandbox", "--port", str(port), "--smtp-port", str(smtp_port),
        "--account-sid", settings.TWILIO_ACCOUNT_SID, "--webhook-base", live_server.url,
    ]  # fmt: skip
    environment = {**os.environ, "KEPT_SANDBOX_AUTH_TOKEN": settings.TWILIO_AUTH_TOKEN}
    with _process(command, environment, tmp_path / "sandbox.log") as running:
        running.wait_for(lambda: _answers(url))
        yield SandboxServer(url=url, smtp_port=smtp_port, process=running.child)


@pytest.fixture
def kept_worker(
    request: pytest.FixtureRequest, transactional_db: None, settings: Settings, tmp_path: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker on this test's database and broker, and on its sandbox if it has one."""
    if "sandbox_server" in request.fixturenames:
        request.getfixturevalue("sandbox_server")
    app.control.purge()
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency=2", "--loglevel=INFO"]
    with _process(command, environment_of_children(settings), tmp_path / "worker.log") as running:
        running.wait_for(lambda: bool(app.control.ping(timeout=0.3)))
        yield running.child


@pytest.fixture
def kept_beat(
    kept_worker: subprocess.Popen[bytes], settings: Settings, tmp_path: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Beat, ringing the worker at its production intervals."""
    command = [sys.executable, "-m", "celery", "-A", "config", "beat", "--pidfile="]
    with _process(command, environment_of_children(settings), tmp_path / "beat.log") as running:
        yield running.child


def environment_of_children(settings: Settings) -> dict[str, str]:
    """Return the environment in which a process sees what this test sees."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(database),
        "PUBLIC_BASE_URL": settings.KEPT_PUBLIC_BASE_URL,
        "TWILIO_API_BASE_URL": settings.TWILIO_API_BASE_URL,
        "KEPT_SANDBOX_SMTP_PORT": str(settings.EMAIL_PORT),
    }


@dataclass(frozen=True)
class _Running:
    child: subprocess.Popen[bytes]
    log: Path

    def wait_for(self, is_ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.child.poll() is None and time.monotonic() < deadline:
            if is_ready():
                return
            time.sleep(0.05)
        pytest.fail(f"{self.child.args!r} did not start:\n{self.log.read_text()[-4000:]}")


@contextmanager
def _process(command: list[str], environment: dict[str, str], log: Path) -> Iterator[_Running]:
    with log.open("wb") as output:
        child = spawn(command, output=output, cwd=ROOT, environment=environment)
    try:
        yield _Running(child, log)
    finally:
        end(child, (signal.SIGTERM, 10), (signal.SIGKILL, 5))


def _answers(url: str) -> bool:
    try:
        urlopen(url, timeout=2).close()
    except (URLError, OSError) as error:
        return getattr(error, "code", None) is not None
    return True
