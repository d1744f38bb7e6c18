"""Texts through the real Twilio client: created, refused, listed in pages, fetched."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from sandbox.launch import Sandbox

from .conftest import LoopbackHttpClient

MARA = "+12125550123"
Send = Callable[..., Any]


def code_of(refusal: pytest.ExceptionInfo[TwilioRestException]) -> tuple[int, int]:
    return refusal.value.status, refusal.value.code


def test_text_is_accepted_and_delivered(send: Send, sandbox: Sandbox, twilio: Client) -> None:
    sent = send(body="¿Viene el martes? 👋", validity_period=3600)

    assert (sent.status, sent.to, sent.sid[:2]) == ("accepted", MARA, "SM")
    sandbox.wait_until_settled()
    fetched = twilio.messages(sent.sid).fetch()
    assert (fetched.status, fetched.body) == ("delivered", "¿Viene el martes? 👋")
    assert fetched.from_ == sandbox.number
    assert fetched.date_created is not None
    assert abs(fetched.date_created - datetime.now(UTC)) < timedelta(seconds=10)
    [record] = sandbox.messages()
    assert record["validity_seconds"] == 3600


def test_text_from_an_owned_number_needs_no_service(twilio: Client, sandbox: Sandbox) -> None:
    assert twilio.messages.create(to=MARA, from_=sandbox.number, body="Hello").status == "queued"


def test_wrong_credentials_are_refused(sandbox: Sandbox) -> None:
    http_client = LoopbackHttpClient(sandbox.url)
    stranger = Client(sandbox.account_sid, "wrong", http_client=http_client)
    with pytest.raises(TwilioRestException) as refusal:
        stranger.messages.create(to=MARA, messaging_service_sid=sandbox.service_sid, body="Hello")
    http_client.close()
    assert code_of(refusal) == (401, 20003)
    assert sandbox.messages() == []


@pytest.mark.parametrize(
    ("wishes", "refused_with"),
    [
        ({"to": "2125550123"}, (400, 21211)),
        ({"to": "+0125550123"}, (400, 21211)),
        ({"to": "+15005550001"}, (400, 21211)),
        ({"to": "+15005550009"}, (400, 21614)),
        ({"to": "+15005550003"}, (403, 21408)),
        ({"body": ""}, (400, 21602)),
        ({"body": "x" * 1601}, (400, 21617)),
        ({"messaging_service_sid": "MG" + "9" * 32}, (404, 21701)),
        ({"validity_period": 36001}, (400, 20001)),
    ],
)
def test_senseless_texts_are_refused_as_twilio_does(
    twilio: Client, sandbox: Sandbox, wishes: dict[str, Any], refused_with: tuple[int, int]
) -> None:
    order = {"to": MARA, "messaging_service_sid": sandbox.service_sid, "body": "Hello", **wishes}
    with pytest.raises(TwilioRestException) as refusal:
        twilio.messages.create(**order)
    assert code_of(refusal) == refused_with
    assert sandbox.stats()["accepted"] == 0


def test_sender_that_the_account_does_not_own_is_refused(twilio: Client) -> None:
    with pytest.raises(TwilioRestException) as refusal:
        twilio.messages.create(to=MARA, from_="+12125550199", body="Hello")
    assert code_of(refusal) == (400, 21606)


@pytest.mark.parametrize(
    ("number", "status", "code"),
    [("+15005553003", "undelivered", 30003), ("+15005553001", "failed", 30001)],
)
def test_magic_number_fails_on_the_way(
    send: Send, sandbox: Sandbox, twilio: Client, number: str, status: str, code: int
) -> None:
    sent = send(to=number)
    sandbox.wait_until_settled()
    fetched = twilio.messages(sent.sid).fetch()
    assert (fetched.status, fetched.error_code) == (status, code)


def test_number_gets_the_code_arranged_for_it(send: Send, sandbox: Sandbox) -> None:
    sandbox.arrange(MARA, code=21635)
    with pytest.raises(TwilioRestException) as refusal:
        send()
    assert code_of(refusal) == (400, 21635)

    sandbox.arrange(MARA, code=None)
    assert send().status == "accepted"


def test_text_that_waited_past_its_validity_expires(send: Send, sandbox: Sandbox, twilio: Client) -> None:
    sandbox.misbehave(carrier_seconds=0.8)
    sent = send(validity_period=1)
    sandbox.wait_until_settled()
    assert twilio.messages(sent.sid).fetch().error_code == 30036


def test_list_is_newest_first_and_pages_to_the_end(send: Send, twilio: Client) -> None:
    sids = [send(body=f"Text {number}").sid for number in range(7)]
    send(to="+12125550124")

    listed = twilio.messages.list(to=MARA, page_size=3)

    assert [message.sid for message in listed] == sids[::-1]


def test_paging_neither_repeats_nor_skips_when_a_text_arrives_meanwhile(send: Send, twilio: Client) -> None:
    sids = [send(body=f"Text {number}").sid for number in range(4)]
    first = twilio.messages.page(to=MARA, page_size=2)
    shown = [message.sid for message in first]
    send(body="Meanwhile")
    following = first.next_page()
    assert following is not None
    assert shown + [message.sid for message in following] == sids[::-1]
    assert following.next_page() is None


def test_list_is_narrowed_by_time_of_sending(send: Send, sandbox: Sandbox, twilio: Client) -> None:
    send()
    sandbox.wait_until_settled()
    now = datetime.now(UTC)
    assert len(twilio.messages.list(to=MARA, date_sent_after=now - timedelta(minutes=1))) == 1
    assert twilio.messages.list(to=MARA, date_sent_after=now + timedelta(minutes=1)) == []
    assert twilio.messages.list(to=MARA, date_sent_before=now - timedelta(minutes=1)) == []


def test_listing_lags_when_asked_to(send: Send, sandbox: Sandbox, twilio: Client) -> None:
    sandbox.misbehave(listing_lag_seconds=0.5)
    sent = send()
    assert twilio.messages.list(to=MARA) == []
    assert twilio.messages(sent.sid).fetch().sid == sent.sid
    deadline = datetime.now(UTC) + timedelta(seconds=5)
    while not twilio.messages.list(to=MARA):
        assert datetime.now(UTC) < deadline


def test_unknown_text_is_not_found(twilio: Client) -> None:
    with pytest.raises(TwilioRestException) as refusal:
        twilio.messages("SM" + "0" * 32).fetch()
    assert code_of(refusal) == (404, 20404)
