"""A colleague's own words on their way: the same rules, by the real client to the pretend provider."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from clients.models import Client, Consent
from reminders.dispatch import dispatch
from reminders.models import Message, State
from reminders.services import Leave, write_to_client
from sandbox.launch import Sandbox
from tests.conftest import NOW

ROSA = "+13125550101"
LATE = datetime(2026, 11, 17, 5, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 17, 14, 0, tzinfo=UTC)


def _texts(sandbox: Sandbox) -> list[str]:
    return [text["body"] for text in sandbox.messages(to=ROSA, direction="outbound-api")]


def test_own_words_reach_the_phone_as_they_were_written(
    talking_sandbox: Sandbox, rosa: Client, desk: User
) -> None:
    write_to_client(client=rosa, words="Lakeside: Would 17:00 suit you?", actor=desk, now=NOW)
    dispatch(now=NOW)
    assert _texts(talking_sandbox) == ["Lakeside: Would 17:00 suit you?"]
    talking_sandbox.wait_until_settled()
    assert Message.objects.get().state == State.DELIVERED


def test_at_night_only_what_somebody_gave_a_reason_for_goes(
    sandbox: Sandbox, rosa: Client, desk: User
) -> None:
    why = Leave(any_hour_because="No heating tomorrow")
    write_to_client(client=rosa, words="Lakeside: It can wait", actor=desk, now=LATE)
    write_to_client(client=rosa, words="Lakeside: We are shut tomorrow", actor=desk, now=LATE, leave=why)
    dispatch(now=LATE)
    assert _texts(sandbox) == ["Lakeside: We are shut tomorrow"]
    waiting = Message.objects.get(any_hour_because="")
    assert (waiting.state, waiting.reason, waiting.not_before) == (State.PLANNED, "quiet_hours", MORNING)
    dispatch(now=MORNING)
    assert len(_texts(sandbox)) == 2


def test_a_reason_for_the_hour_is_no_reason_to_write_without_consent(
    sandbox: Sandbox, rosa: Client, desk: User
) -> None:
    why = Leave(any_hour_because="No heating tomorrow")
    Consent.objects.all().delete()
    with pytest.raises(ValidationError, match="No recorded consent") as refusal:
        write_to_client(client=rosa, words="Lakeside: We are shut", actor=desk, now=LATE, leave=why)
    assert refusal.value.code == "stopped"
    assert not Message.objects.exists()
