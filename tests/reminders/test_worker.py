"""The bell: a reply is answered at once by a real worker, which beat has not rung."""

import subprocess
import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from clients.models import Case
from reminders.health import last_passes
from reminders.models import Message, PassKind, State
from reminders.services import Reply, receive_inbound
from sessions_app.models import Participant, TherapySession
from tests.plugins.processes import SandboxServer

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
WITHIN_SECONDS = 60


@pytest.mark.usefixtures("practice")
def test_a_reply_is_answered_by_the_worker_as_soon_as_it_is_taken_in(
    sandbox_server: SandboxServer, kept_worker: "subprocess.Popen[bytes]"
) -> None:
    reply = Reply(provider_id="SM1", from_address="+13125550177", to_address="+12125550100", body="hello")
    receive_inbound(reply=reply, now=timezone.now())
    _wait_until(lambda: Message.objects.filter(state__in=[State.SENT, State.DELIVERED]).exists())
    # A pass is noted when it ends, a moment after its texts.
    _wait_until(lambda: PassKind.DISPATCH in last_passes())


def test_a_booked_session_is_planned_by_the_worker(
    sandbox_server: SandboxServer, kept_worker: "subprocess.Popen[bytes]", rosa_case: Case, book: Any
) -> None:
    now = timezone.now()
    session: TherapySession = book(rosa_case, on=(now + timedelta(days=6)).date(), at="15:00", now=now)
    _wait_until(lambda: Message.objects.filter(session=session, state=State.PLANNED).count() == 2)
    assert Participant.objects.get(session=session).messages.count() == 2


def _wait_until(happens: Any) -> None:
    give_up_at = time.monotonic() + WITHIN_SECONDS
    while not happens():
        assert time.monotonic() < give_up_at
        time.sleep(0.05)
