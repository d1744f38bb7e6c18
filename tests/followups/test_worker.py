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

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_no_show_is_followed_up_within_two_seconds(
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
    began = time.monotonic()
    record(session, rosa, now=now, actor=amara)
    while not FollowUp.objects.exists() and time.monotonic() - began < 10:
        time.sleep(0.02)
    assert time.monotonic() - began < 2
    assert FollowUp.objects.get().protocol.code == ProtocolCode.SINGLE_MISSED


def _until_quiet() -> None:
    """The cast's own ring is answered: the next one is for what the test does."""
    time.sleep(1)
