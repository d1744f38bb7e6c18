"""The suite's own footing: a real worker on the test's database, a real browser, no way out."""

import socket
import subprocess
from smtplib import SMTP
from urllib.request import urlopen

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config.celery import app
from tests.plugins.processes import SandboxServer
from tests.plugins.sockets import OutsideError


@pytest.mark.worker
def test_the_worker_answers_on_this_runs_broker(kept_worker: subprocess.Popen[bytes]) -> None:
    assert len(app.control.ping(timeout=30, limit=1) or []) == 1
    assert kept_worker.poll() is None


def test_nothing_leaves_this_machine() -> None:
    with socket.socket() as way_out, pytest.raises(OutsideError):
        way_out.connect(("192.0.2.1", 443))


def test_healthz_answers_without_the_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.browser
def test_a_browser_reaches_the_live_server(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/healthz")
    assert page.text_content("body") == "ok\n"


@pytest.mark.worker
def test_the_sandbox_answers_where_the_settings_point(
    sandbox_server: SandboxServer, settings: Settings
) -> None:
    assert sandbox_server.url == settings.TWILIO_API_BASE_URL
    with urlopen(sandbox_server.url, timeout=30) as response:
        assert response.status == 200
    with SMTP("127.0.0.1", settings.EMAIL_PORT, timeout=30) as mail:
        assert mail.noop()[0] == 250
