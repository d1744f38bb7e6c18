"""What Kept is told: status callbacks and clients' texts, signed as Twilio signs them."""

from collections.abc import Callable
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator, get_signature_algorithm

from sandbox.launch import Sandbox, launched

from .conftest import Heard, Listener

MARA = "+12125550123"
INBOUND = "/webhooks/twilio/inbound/"
Send = Callable[..., Any]


def is_genuine(webhook: Heard, kept: Listener, secret: str) -> bool:
    algorithm = get_signature_algorithm(webhook.headers.get("X-Twilio-Webhooks-Signature-Settings"))
    return bool(
        RequestValidator(secret).validate(
            kept.url + webhook.path, webhook.fields, webhook.headers["X-Twilio-Signature"], algorithm
        )
    )


def test_status_callbacks_come_in_order_and_signed(send: Send, sandbox: Sandbox, kept: Listener) -> None:
    sent = send(status_callback=f"{kept.url}/webhooks/twilio/status/?attempt=a1&x=%7Eü%20y")
    sandbox.wait_until_settled()

    assert kept.statuses(sent.sid) == ["queued", "sent", "delivered"]
    assert all(is_genuine(webhook, kept, sandbox.auth_token) for webhook in kept.heard)
    assert kept.heard[0].fields["MessagingServiceSid"] == sandbox.service_sid
    assert not is_genuine(kept.heard[0], kept, "another secret")


def test_callback_address_arrives_letter_by_letter(send: Send, sandbox: Sandbox, kept: Listener) -> None:
    send(status_callback=f"{kept.url}/status/?a=%7Ex%2Fy&b=c+d")
    sandbox.wait_until_settled()
    assert kept.heard[0].path == "/status/?a=%7Ex%2Fy&b=c+d"
    assert is_genuine(kept.heard[0], kept, sandbox.auth_token)


def test_failed_text_names_its_code(send: Send, sandbox: Sandbox, kept: Listener) -> None:
    sent = send(to="+15005553007", status_callback=f"{kept.url}/status/")
    sandbox.wait_until_settled()
    assert kept.statuses(sent.sid) == ["queued", "sent", "undelivered"]
    assert kept.heard[-1].fields["ErrorCode"] == "30007"


def test_shared_key_signs_with_sha256(kept: Listener) -> None:
    options = ("--signing-key", "webhooks_sharedkey_1", "--signing-secret", "s3cret")
    with launched("--webhook-base", kept.url, *options) as sandbox:
        sandbox.reply(MARA, "C")
    [webhook] = kept.heard
    assert webhook.headers["X-Twilio-Webhooks-Signature-Settings"] == (
        "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
    )
    assert is_genuine(webhook, kept, "s3cret")
    assert not is_genuine(webhook, kept, sandbox.auth_token)


def test_reply_reaches_kept_signed_and_unchanged(sandbox: Sandbox, kept: Listener) -> None:
    record = sandbox.reply(MARA, "  R please, después de las 3 & not Monday  ")
    [webhook] = kept.heard
    assert webhook.path == INBOUND
    assert is_genuine(webhook, kept, sandbox.auth_token)
    assert webhook.fields["Body"] == "  R please, después de las 3 & not Monday  "
    assert (webhook.fields["From"], webhook.fields["To"]) == (MARA, sandbox.number)
    assert webhook.fields["MessageSid"] == record["sid"]
    assert webhook.fields["NumMedia"] == "0"
    assert "OptOutType" not in webhook.fields
    assert [result["answer"] for result in record["webhooks"]] == [200]


def test_refused_webhook_is_remembered_and_not_repeated(sandbox: Sandbox, kept: Listener) -> None:
    kept.answer = lambda _: (403, "forged")
    record = sandbox.reply(MARA, "C")
    assert [result["answer"] for result in record["webhooks"]] == [403]
    assert len(kept.heard) == 1


def test_webhook_is_tried_once_more_when_nobody_answers(sandbox: Sandbox, kept: Listener) -> None:
    kept.refusals = 1
    record = sandbox.reply(MARA, "C")
    assert [result["answer"] for result in record["webhooks"]] == [None, 200]

    kept.refusals = 2
    record = sandbox.reply(MARA, "C")
    assert [result["answer"] for result in record["webhooks"]] == [None, None]


def test_stop_blocks_further_texts_until_start(send: Send, sandbox: Sandbox, kept: Listener) -> None:
    sandbox.reply(MARA, " stop ")
    assert kept.heard[0].fields["OptOutType"] == "STOP"
    with pytest.raises(TwilioRestException) as refusal:
        send()
    assert refusal.value.code == 21610
    assert send(to="+12125550124").status == "accepted"

    sandbox.reply(MARA, "START")
    assert kept.heard[1].fields["OptOutType"] == "START"
    assert send().status == "accepted"


def test_plain_wording_does_not_opt_out_at_the_carrier(send: Send, sandbox: Sandbox, kept: Listener) -> None:
    sandbox.reply(MARA, "please stop")
    assert "OptOutType" not in kept.heard[0].fields
    assert send().status == "accepted"


def test_carrier_answers_stop_itself_outside_the_list(sandbox: Sandbox, twilio: Any) -> None:
    sandbox.reply(MARA, "STOP")
    assert [record["direction"] for record in sandbox.messages()] == ["inbound", "carrier"]
    assert twilio.messages.list(to=MARA) == []


def test_stop_can_be_kept_from_kept(kept: Listener) -> None:
    with launched("--webhook-base", kept.url, "--keep-stop") as sandbox:
        sandbox.reply(MARA, "STOP")
        assert kept.heard == []
        sandbox.reply(MARA, "hello")
        assert len(kept.heard) == 1


def test_callbacks_come_twice_when_asked_to(send: Send, sandbox: Sandbox, kept: Listener) -> None:
    sandbox.misbehave(callback_duplicate_rate=1)
    sent = send(status_callback=f"{kept.url}/status/")
    sandbox.wait_until_settled()
    assert kept.statuses(sent.sid) == ["queued", "queued", "sent", "sent", "delivered", "delivered"]


def test_callbacks_come_out_of_order_when_asked_to(send: Send, sandbox: Sandbox, kept: Listener) -> None:
    sandbox.misbehave(callback_reorder_rate=1)
    sent = send(status_callback=f"{kept.url}/status/")
    sandbox.wait_until_settled()
    assert kept.statuses(sent.sid) == ["delivered", "sent", "queued"]


def test_callbacks_are_lost_when_asked_to(send: Send, sandbox: Sandbox, kept: Listener) -> None:
    sandbox.misbehave(callback_drop_rate=1)
    send(status_callback=f"{kept.url}/status/")
    sandbox.wait_until_settled()
    assert kept.heard == []
    assert sandbox.stats()["webhooks"]["dropped"] == 3


def test_callbacks_are_late_when_asked_to(send: Send, sandbox: Sandbox, kept: Listener, twilio: Any) -> None:
    sandbox.misbehave(callback_delay_min_seconds=0.4, callback_delay_max_seconds=0.5)
    sent = send(status_callback=f"{kept.url}/status/")
    while twilio.messages(sent.sid).fetch().status != "delivered":
        assert sandbox.stats()["under_way"]
    assert kept.heard == []
    sandbox.wait_until_settled()
    assert kept.statuses(sent.sid) == ["queued", "sent", "delivered"]
