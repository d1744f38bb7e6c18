"""Callbacks of every channel: forged, doubled and shuffled, they end in the same state."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.test import Client as Browser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings
from twilio.request_validator import RequestValidator

from clients.models import ContactPoint, Suppression
from reminders.dispatch import dispatch
from reminders.lagging import poll_lagging
from reminders.models import Attempt, AttemptState, Message, State
from reminders.reconcile import reconcile
from sandbox.launch import Sandbox
from sessions_app.models import TherapySession
from tests.conftest import NOW, ZONE
from tests.reminders.conftest import pass_at

BASE = "https://kept.example"
ROSA = "+13125550101"
TUESDAY = datetime(2026, 11, 17, 15, 0, tzinfo=ZoneInfo(ZONE))
MINUTE = timedelta(minutes=1)
Fields = dict[str, str]


@dataclass(frozen=True)
class Story:
    """What a provider tells about one attempt, in its order."""

    channel: str
    told: tuple[Fields, ...]
    # Message state and reason, the attempt's state, and whether the address was given up.
    ends: tuple[str, str, str, bool]
    name: str = field(default="", compare=False)


STORIES = (
    Story(
        "sms",
        ({"MessageStatus": "queued"}, {"MessageStatus": "sent"}, {"MessageStatus": "delivered"}),
        ("delivered", "", "accepted", False),
    ),
    Story(
        "sms",
        ({"MessageStatus": "sent"}, {"MessageStatus": "undelivered", "ErrorCode": "30005"}),
        ("planned", "next_address", "refused", True),
    ),
    Story(
        "sms",
        ({"MessageStatus": "queued"}, {"MessageStatus": "failed", "ErrorCode": "30007"}),
        ("failed", "carrier_filter", "refused", False),
    ),
    Story(
        "voice",
        (
            {"CallStatus": "initiated"},
            {"CallStatus": "ringing"},
            {"CallStatus": "in-progress", "AnsweredBy": "human"},
            {"CallStatus": "completed", "AnsweredBy": "human"},
        ),
        ("delivered", "", "accepted", False),
    ),
    Story(
        "voice",
        ({"CallStatus": "ringing"}, {"CallStatus": "completed", "AnsweredBy": "machine_end_beep"}),
        ("planned", "voicemail", "refused", False),
    ),
    Story(
        "email",
        ({"RecordType": "Delivery"},),
        ("delivered", "", "accepted", False),
    ),
    Story(
        "email",
        ({"RecordType": "Bounce", "Type": "HardBounce", "TypeCode": "1"},),
        ("planned", "next_address", "refused", True),
    ),
)
ADDRESSES = {"sms": ROSA, "voice": ROSA, "email": "rosa@example.org"}


@dataclass
class Provider:
    """Posts as a provider does, or as somebody who pretends to be one."""

    browser: Browser
    attempt: Attempt

    def post(self, fields: Fields, *, forged: bool = False) -> int:
        if self.attempt.channel == "email":
            return self._mail(fields, forged=forged)
        what = (
            f"status/{self.attempt.pk}/"
            if self.attempt.channel == "sms"
            else f"calls/{self.attempt.pk}/status/"
        )
        sid = "MessageSid" if self.attempt.channel == "sms" else "CallSid"
        form = {sid: str(self.attempt.provider_id), **fields}
        path = f"/webhooks/twilio/{what}"
        token = "guessed" if forged else django_settings.TWILIO_AUTH_TOKEN
        signature = RequestValidator(token).compute_signature(BASE + path, form)
        return self.browser.post(path, form, headers={"X-Twilio-Signature": signature}).status_code

    def _mail(self, fields: Fields, *, forged: bool) -> int:
        told = {
            "MessageID": str(self.attempt.provider_id),
            "Metadata": {"attempt": str(self.attempt.pk)},
            "Recipient": self.attempt.address,
            "Email": self.attempt.address,
            **fields,
        }
        basic = b64encode(b"kept:guessed" if forged else b"kept:secret").decode()
        answer = self.browser.post(
            "/webhooks/email/postmark/",
            json.dumps(told),
            content_type="application/json",
            headers={"Authorization": f"Basic {basic}"},
        )
        return answer.status_code


@pytest.fixture
def sent(client: Browser, friday: TherapySession, settings: Settings) -> Callable[[str], Provider]:
    """A reminder that a provider took, in a fresh copy for each example."""
    settings.KEPT_PUBLIC_BASE_URL = BASE
    settings.ANYMAIL = {"WEBHOOK_SECRET": "kept:secret", "POSTMARK_SERVER_TOKEN": "x"}
    reconcile(now=NOW)
    message = Message.objects.get(rule__lead_days=3)
    # Long ahead by the clock that webhooks read, whatever it says.
    Message.objects.filter(pk=message.pk).update(expires_at=datetime(2100, 1, 1, tzinfo=ZoneInfo(ZONE)))

    def begin(channel: str) -> Provider:
        Attempt.objects.all().delete()
        Suppression.objects.all().delete()
        ContactPoint.objects.update(unfit_at=None, unfit_reason="")
        Message.objects.filter(pk=message.pk).update(state="sent", tries=1, reason="", settled_at=TUESDAY)
        attempt = Attempt.objects.create(
            message=message,
            channel=channel,
            address=ADDRESSES[channel],
            body="…",
            state="accepted",
            provider_id=f"id-{uuid4()}",
            owner=1,
            committed_at=TUESDAY,
            resolved_at=TUESDAY,
        )
        return Provider(client, attempt)

    return begin


def _end(number: UUID) -> tuple[str, str, str, bool]:
    attempt = Attempt.objects.select_related("message").get(pk=number)
    given_up = ContactPoint.objects.filter(address=attempt.address, unfit_at__isnull=False).exists()
    return attempt.message.state, attempt.message.reason, attempt.state, given_up


@given(story=st.sampled_from(STORIES), choose=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_replayed_ten_times_and_shuffled_a_story_ends_as_it_does_in_order(
    sent: Callable[[str], Provider], story: Story, choose: st.DataObject
) -> None:
    provider = sent(story.channel)
    heard = choose.draw(st.permutations([*story.told] * 10))
    forged = choose.draw(st.lists(st.sampled_from(story.told), max_size=3))
    for fields in forged:
        assert provider.post(fields, forged=True) == 403
    assert _end(provider.attempt.pk) == ("sent", "", "accepted", False)
    for fields in heard:
        assert provider.post(fields) in (200, 204)
    assert _end(provider.attempt.pk) == story.ends
    # Stale: told once more when all is over.
    assert provider.post(story.told[0]) in (200, 204)
    assert _end(provider.attempt.pk) == story.ends


@pytest.mark.parametrize("channel", ["sms", "voice"])
def test_what_stays_silent_is_asked_about_until_it_has_an_end(
    sandbox: Sandbox, friday: TherapySession, channel: str
) -> None:
    if channel == "voice":
        ContactPoint.objects.update(may_text=False, call_position=0)
        sandbox.arrange(ROSA, answers="machine")
    ContactPoint.objects.filter(kind="email").delete()
    pass_at(TUESDAY)
    sandbox.wait_until_settled()
    since = Attempt.objects.get().resolved_at
    assert since is not None
    assert poll_lagging(now=since + 14 * MINUTE) == 0
    news = poll_lagging(now=since + 15 * MINUTE)
    message = Message.objects.get(rule__lead_days=3)
    if channel == "voice":
        # Its callback was lost; the provider knows that a machine answered.
        assert (news, message.reason) == (1, "voicemail")
    else:
        # "sent" may be the last word: it is asked about three times, and left at that.
        assert (news, message.state) == (0, State.SENT)
        for minutes in (16, 120, 121, 24 * 60, 48 * 60):
            poll_lagging(now=since + minutes * MINUTE)
        assert Attempt.objects.get().polls == 3


def test_a_text_lost_on_the_way_whose_callback_is_lost_too_is_found_out(
    talking_sandbox: Sandbox, friday: TherapySession
) -> None:
    talking_sandbox.misbehave(callback_drop_rate=1.0)
    talking_sandbox.arrange(ROSA, code=30005)
    pass_at(TUESDAY)
    talking_sandbox.wait_until_settled()
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.provider_status in ("accepted", "queued")) == (AttemptState.ACCEPTED, True)
    assert poll_lagging(now=TUESDAY + 16 * MINUTE) == 1
    dispatch(now=TUESDAY + 17 * MINUTE)
    assert len(talking_sandbox.mails(to="rosa@example.org")) == 1
    assert ContactPoint.objects.get(kind="phone").unfit_at is not None


def test_two_workers_do_not_ask_about_the_same(sandbox: Sandbox, friday: TherapySession) -> None:
    pass_at(TUESDAY)
    later = TUESDAY + 20 * MINUTE
    poll_lagging(now=later)
    asked = sandbox.stats()["requests"]
    poll_lagging(now=later)
    assert sandbox.stats()["requests"] == asked
