"""The provider's webhooks, signed and forged, and whole conversations over them."""

import itertools
import json
from base64 import b64encode
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import Settings
from twilio.request_validator import HMAC_SHA256, RequestValidator

from clients.models import ContactPoint, Suppression
from reminders.dispatch import dispatch
from reminders.hearing import hear_status
from reminders.models import Attempt, InboundMessage, Message, State
from reminders.reconcile import reconcile
from reminders.unknown import poll_unknown
from sandbox.launch import Sandbox
from sessions_app.models import Response, TherapySession
from tests.conftest import NOW, ZONE
from tests.reminders.conftest import pass_at

ROSA = "+13125550101"
TUESDAY = datetime(2026, 11, 17, 15, 0, tzinfo=ZoneInfo(ZONE))
PATH = "/webhooks/twilio/inbound/"
POSTED = {
    "MessageSid": "SM1",
    "From": ROSA,
    "To": "+12125550100",
    "Body": " hello ",
    "NumMedia": "0",
    "Empty": "",
}


@pytest.fixture
def sign(settings: Settings) -> RequestValidator:
    settings.KEPT_PUBLIC_BASE_URL = "https://kept.example"
    return RequestValidator(settings.TWILIO_AUTH_TOKEN)


@pytest.mark.usefixtures("practice")
def test_a_signed_text_is_taken_in_behind_a_proxy(client: Browser, sign: RequestValidator) -> None:
    signature = sign.compute_signature("https://kept.example" + PATH, POSTED)
    answer = client.post(PATH, POSTED, headers={"X-Twilio-Signature": signature})
    assert (answer.status_code, answer.content) == (200, b"<Response/>")
    assert InboundMessage.objects.get().body == " hello "


@pytest.mark.usefixtures("practice")
def test_the_newer_signature_counts_with_its_own_key(
    client: Browser, sign: RequestValidator, settings: Settings
) -> None:
    settings.TWILIO_SIGNING_SECRET = "shared-key"
    signature = RequestValidator("shared-key").compute_signature(
        "https://kept.example" + PATH, POSTED, HMAC_SHA256
    )
    named = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
    headers = {"X-Twilio-Signature": signature, "X-Twilio-Webhooks-Signature-Settings": named}
    assert client.post(PATH, POSTED, headers=headers).status_code == 200
    settings.TWILIO_SIGNING_SECRET = ""
    assert client.post(PATH, POSTED, headers=headers).status_code == 403


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("forgery", ["none", "wrong", "other address", "changed"])
def test_a_forged_text_is_refused(client: Browser, sign: RequestValidator, forgery: str) -> None:
    address = "https://kept.example" + ("/else/" if forgery == "other address" else PATH)
    signature = {"none": "", "wrong": "x"}.get(forgery) or sign.compute_signature(address, POSTED)
    posted = POSTED | {"Body": "C"} if forgery == "changed" else POSTED
    headers = {} if forgery == "none" else {"X-Twilio-Signature": signature}
    assert client.post(PATH, posted, headers=headers).status_code == 403
    assert not InboundMessage.objects.exists()


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize(
    "strange",
    [
        {"Body": "I am\0 late"},
        {"From": "9" * 300},
        {"MessageSid": "S" * 200},
        {"Body": "\N{LARGE RED CIRCLE}" * 2000},
    ],
)
def test_a_text_is_taken_in_however_strange(
    client: Browser, sign: RequestValidator, strange: dict[str, str]
) -> None:
    posted = POSTED | strange
    signature = sign.compute_signature("https://kept.example" + PATH, posted)
    answer = client.post(PATH, posted, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 200
    taken = InboundMessage.objects.get()
    assert taken.body == posted["Body"].replace("\0", "")


def test_a_status_with_a_strange_code_is_heard(sent: Attempt) -> None:
    assert _hear(sent, "failed", "\N{SUPERSCRIPT TWO}")


@pytest.mark.usefixtures("practice")
def test_a_webhook_is_not_for_looking(client: Browser) -> None:
    assert client.get(PATH).status_code == 405


@pytest.fixture
def sent(friday: TherapySession, sandbox: Sandbox) -> Attempt:
    """A reminder that the provider took, and of which it says nothing more."""
    pass_at(TUESDAY)
    return Attempt.objects.get()


def _hear(attempt: Attempt, status: str, code: str = "") -> bool:
    provider_id = attempt.provider_id or "SM1"
    return hear_status(attempt_id=attempt.pk, provider_id=provider_id, status=status, code=code, now=TUESDAY)


def test_statuses_only_move_forward_in_whatever_order_they_come(sent: Attempt) -> None:
    for order in itertools.permutations(("queued", "sent", "delivered")):
        Attempt.objects.update(provider_status="", delivered_at=None)
        Message.objects.filter(pk=sent.message_id).update(state=State.SENT)
        for status in order * 3:
            _hear(sent, status)
        assert Attempt.objects.get().provider_status == "delivered"
        assert Message.objects.get(pk=sent.message_id).state == State.DELIVERED


def test_a_callback_of_another_message_binds_nothing(sent: Attempt) -> None:
    told = hear_status(attempt_id=sent.pk, provider_id="SM-else", status="delivered", code="", now=TUESDAY)
    assert not told
    assert Message.objects.get(pk=sent.message_id).state == State.SENT


def test_a_dead_number_hands_over_to_the_mail(sent: Attempt, sandbox: Sandbox) -> None:
    _hear(sent, "undelivered", "30005")
    dispatch(now=TUESDAY + timedelta(minutes=1))
    assert len(sandbox.mails(to="rosa@example.org")) == 1


def test_a_reply_from_the_phone_confirms_and_is_thanked(
    friday: TherapySession, talking_sandbox: Sandbox
) -> None:
    pass_at(TUESDAY)
    # The phone answers at the real time: the session must still lie before it.
    TherapySession.objects.update(ends_at=timezone.now() + timedelta(days=1))
    talking_sandbox.reply(ROSA, "C")
    assert friday.participants.get().response == Response.CONFIRMED
    dispatch(now=timezone.now())
    assert (
        talking_sandbox.messages(to=ROSA)[-1]["body"] == "Lakeside: Thank you. See you Fri Nov 20, 3:00 PM."
    )


def test_at_any_hour_somebody_who_writes_hears_whom_to_call(
    practice: object, talking_sandbox: Sandbox
) -> None:
    talking_sandbox.reply("+13125550177", "I cannot go on")
    night = timezone.now().replace(hour=8, minute=0)
    Message.objects.update(due_at=night, not_before=night, expires_at=night + timedelta(hours=1))
    dispatch(now=night)
    [answer] = talking_sandbox.messages(to="+13125550177", direction="outbound-api")
    assert "call or text 988" in answer["body"]
    assert "call 911" in answer["body"]


def test_stop_from_the_phone_is_confirmed_once_and_ends_all(
    friday: TherapySession, talking_sandbox: Sandbox
) -> None:
    pass_at(NOW)
    talking_sandbox.reply(ROSA, "STOP")
    assert Suppression.objects.get(lifted_at=None).address == ROSA
    dispatch(now=TUESDAY)
    assert Message.objects.get(rule__lead_days=3).reason == "opted_out"
    assert talking_sandbox.messages(to=ROSA, direction="outbound-api") == []


def test_readiness_tells_the_age_of_the_last_pass_and_of_the_oldest_message(
    friday: TherapySession, sandbox: Sandbox, client: Browser
) -> None:
    assert client.get("/readyz").status_code == 503
    Message.objects.all().delete()
    dispatch(now=timezone.now())
    reconcile(now=timezone.now())
    poll_unknown(now=timezone.now())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    pass_at(NOW)
    dispatch(now=timezone.now())
    Message.objects.update(state=State.PLANNED, not_before=timezone.now() - timedelta(minutes=16), due_at=NOW)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["oldest_due_seconds"] > 900) == (503, True)


@pytest.fixture
def mailed(friday: TherapySession, sandbox: Sandbox, settings: Settings) -> Attempt:
    """A reminder that went by mail, as Rosa's number does not work."""
    settings.ANYMAIL = {"WEBHOOK_SECRET": "kept:secret", "POSTMARK_SERVER_TOKEN": "x"}
    ContactPoint.objects.filter(kind="phone").update(unfit_at=NOW)
    pass_at(TUESDAY)
    return Attempt.objects.get(channel="email")


def _postmark(client: Browser, attempt: Attempt, secret: str = "kept:secret", **event: str) -> int:
    told = {"MessageID": "pm-1", "Metadata": {"attempt": str(attempt.pk)}, **event}
    basic = b64encode(secret.encode()).decode()
    answer = client.post(
        "/webhooks/email/postmark/",
        json.dumps(told),
        content_type="application/json",
        headers={"Authorization": f"Basic {basic}"},
    )
    return answer.status_code


def test_a_mail_is_heard_of_as_delivered(mailed: Attempt, client: Browser) -> None:
    code = _postmark(client, mailed, RecordType="Delivery", Recipient=mailed.address)
    assert code == 200
    assert Message.objects.get(pk=mailed.message_id).state == State.DELIVERED


def test_mail_that_comes_back_suppresses_the_address(mailed: Attempt, client: Browser) -> None:
    _postmark(client, mailed, RecordType="Bounce", Type="HardBounce", TypeCode="1", Email=mailed.address)
    assert Suppression.objects.get(channel="email").reason == "bounced"
    assert ContactPoint.objects.get(kind="email").unfit_at is not None


def test_mail_marked_as_unwanted_suppresses_the_address(mailed: Attempt, client: Browser) -> None:
    _postmark(client, mailed, RecordType="SpamComplaint", Email=mailed.address)
    assert Suppression.objects.get(channel="email").reason == "complaint"


def test_a_forged_mail_event_changes_nothing(mailed: Attempt, client: Browser, settings: Settings) -> None:
    event = {"RecordType": "Delivery", "Recipient": mailed.address}
    assert _postmark(client, mailed, secret="kept:guess", **event) == 403
    settings.ANYMAIL = {}
    assert _postmark(client, mailed, **event) == 403
    assert Message.objects.get(pk=mailed.message_id).state == State.SENT
