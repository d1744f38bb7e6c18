"""The pretend phone company, started once, behaving well at the start of each test."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from clients.models import Case
from reminders.dispatch import dispatch
from reminders.reconcile import reconcile
from sandbox.launch import Sandbox, launched
from sessions_app.models import TherapySession

FRIDAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def phone_company(live_server: LiveServer) -> Iterator[Sandbox]:
    """A sandbox whose webhooks call the live server."""
    token = django_settings.TWILIO_AUTH_TOKEN
    options = (
        "--auth-token",
        token,
        "--webhook-base",
        live_server.url,
        "--no-stop-answer",
        "--no-opt-out-type",
    )
    with launched(*options) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def silent_company() -> Iterator[Sandbox]:
    """A sandbox that never calls back, for tests in a transaction that is rolled back."""
    with launched("--auth-token", django_settings.TWILIO_AUTH_TOKEN, "--fast") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(silent_company: Sandbox, settings: Settings, db: None) -> Sandbox:
    """The provider of this test; every number and mailbox empty."""
    silent_company.reset()
    _use(silent_company, settings)
    return silent_company


@pytest.fixture
def talking_sandbox(
    phone_company: Sandbox, live_server: LiveServer, settings: Settings, transactional_db: None
) -> Iterator[Sandbox]:
    """The same, with status callbacks and replies."""
    phone_company.reset()
    settings.KEPT_PUBLIC_BASE_URL = live_server.url
    _use(phone_company, settings)
    yield phone_company
    # No callback of this test may reach the database of the next.
    phone_company.wait_until_settled()


def _use(company: Sandbox, settings: Settings) -> None:
    settings.TWILIO_API_BASE_URL = company.url
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = company.smtp_port


@pytest.fixture
def friday(rosa_case: Case, book: Callable[..., TherapySession]) -> TherapySession:
    """Rosa on Friday at three, booked on Monday."""
    return book(rosa_case, on=FRIDAY, at="15:00")


def pass_at(now: datetime) -> None:
    """One round of planning and sending, as beat rings it."""
    reconcile(now=now)
    dispatch(now=now)
