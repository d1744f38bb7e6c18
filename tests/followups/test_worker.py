"""Recording a no-show reaches the follow-ups through a real Celery worker."""

import subprocess
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from clients.models import Case, Client
from followups.models import FollowUp, ProtocolCode
from sessions_app.models import TherapySession
from tests.followups.conftest import record

WITHIN_SECONDS = 30

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_no_show_is_followed_up_by_a_nudge_alone(
    kept_worker: subprocess.Popen[bytes],
    book: Callable[..., TherapySession],
    rosa_case: Case,
    rosa: Client,
    amara: User,
) -> None:
    now = timezone.now()
    yesterday = (now - timedelta(days=1)).date()
    session = book(rosa_case, on=yesterday, now=now - timedelta(days=9))
    _until_quiet()
    record(session, rosa, now=now, actor=amara)
    # No beat runs here, so only the nudge can have brought it; how long it takes is a figure, not a test.
    give_up_at = time.monotonic() + WITHIN_SECONDS
    while not FollowUp.objects.exists() and time.monotonic() < give_up_at:
        time.sleep(0.02)
    assert FollowUp.objects.get().protocol.code == ProtocolCode.SINGLE_MISSED


def _until_quiet() -> None:
    """Give the worker a moment to answer the cast's own ring, so that the next one is for what the test does."""
    time.sleep(1)
