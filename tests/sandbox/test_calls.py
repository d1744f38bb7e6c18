"""Telephone calls: who answers, what is said, what is pressed, and what Kept is told."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from sandbox.launch import Sandbox

from .conftest import Heard, Listener
from .test_pages import visit

MARA = "+12125550123"
REMINDER = (
    '<Response><Gather numDigits="1" action="{url}/keys/"><Say>Harbor. Press 1 to confirm.</Say></Gather>'
    "<Say>Goodbye.</Say></Response>"
)
VOICEMAIL = "<Response><Say>Harbor. Please call +1 212 555 0100.</Say></Response>"
Ring = Callable[..., Any]


@pytest.fixture
def ring(twilio: Client, sandbox: Sandbox, kept: Listener) -> Ring:
    """Call Mara as Kept does, and wait until the call is over."""

    def call_mara(**wishes: Any) -> Any:
        order = {"twiml": REMINDER.format(url=kept.url), "status_callback": f"{kept.url}/calls/", **wishes}
        call = twilio.calls.create(to=MARA, from_=sandbox.number, **order)
        sandbox.wait_until_settled()
        return twilio.calls(call.sid).fetch()

    return call_mara


def test_person_hears_the_words_and_presses_a_key(ring: Ring, sandbox: Sandbox, kept: Listener) -> None:
    sandbox.arrange(MARA, answers="human", digits="1")
    kept.answer = lambda heard: (
        200,
        "<Response><Say>Thank you.</Say></Response>" if heard.path == "/keys/" else "",
    )

    call = ring()

    assert call.status == "completed"
    assert [webhook.path for webhook in kept.heard] == ["/keys/", "/calls/"]
    assert kept.heard[0].fields["Digits"] == "1"
    assert kept.heard[1].fields["CallStatus"] == "completed"
    [record] = sandbox.calls()
    assert record["spoken"] == ["Harbor. Press 1 to confirm.", "Thank you."]
    assert record["pressed"] == "1"


def test_person_who_presses_nothing_hears_the_rest(ring: Ring, sandbox: Sandbox) -> None:
    ring()
    assert sandbox.calls()[0]["spoken"] == ["Harbor. Press 1 to confirm.", "Goodbye."]


@pytest.mark.parametrize("fate", ["no-answer", "busy"])
def test_unanswered_call_says_nothing(ring: Ring, sandbox: Sandbox, kept: Listener, fate: str) -> None:
    sandbox.arrange(MARA, answers=fate)
    assert ring().status == fate
    assert sandbox.calls()[0]["spoken"] == []
    assert kept.heard[-1].fields["CallStatus"] == fate


def test_all_asked_for_events_are_told_in_order(ring: Ring, kept: Listener) -> None:
    ring(status_callback_event=["initiated", "ringing", "answered", "completed"])
    statuses = [webhook.fields["CallStatus"] for webhook in kept.heard]
    assert statuses == ["queued", "ringing", "in-progress", "completed"]


def test_machine_is_told_apart_before_the_words_are_chosen(
    ring: Ring, sandbox: Sandbox, kept: Listener
) -> None:
    sandbox.arrange(MARA, answers="machine", digits="1")

    def words(heard: Heard) -> tuple[int, str]:
        is_machine = heard.fields["AnsweredBy"].startswith("machine")
        return 200, VOICEMAIL if is_machine else REMINDER.format(url=kept.url)

    kept.answer = words
    call = ring(
        twiml=f"<Response><Redirect>{kept.url}/words/</Redirect></Response>",
        machine_detection="DetectMessageEnd",
    )
    assert call.answered_by == "machine_end_beep"
    [record] = sandbox.calls()
    assert record["spoken"] == ["Harbor. Please call +1 212 555 0100."]
    assert record["pressed"] == ""


def test_words_can_be_changed_once_it_is_known_who_answered(
    ring: Ring, sandbox: Sandbox, kept: Listener, twilio: Client
) -> None:
    sandbox.arrange(MARA, answers="machine")

    def change(heard: Heard) -> tuple[int, str]:
        if heard.path == "/amd/":
            twilio.calls(heard.fields["CallSid"]).update(twiml=VOICEMAIL)
        return 200, ""

    kept.answer = change
    ring(
        machine_detection="DetectMessageEnd",
        async_amd="true",
        async_amd_status_callback=f"{kept.url}/amd/",
    )
    assert sandbox.calls()[0]["spoken"] == ["Harbor. Please call +1 212 555 0100."]


def test_call_that_is_over_cannot_be_changed(ring: Ring, twilio: Client) -> None:
    call = ring()
    with pytest.raises(TwilioRestException) as refusal:
        twilio.calls(call.sid).update(twiml=VOICEMAIL)
    assert refusal.value.code == 21220


def test_senseless_call_is_refused(twilio: Client, sandbox: Sandbox) -> None:
    for wishes, code in [({"to": "555"}, 21211), ({"from_": "+12125550199"}, 21606), ({"twiml": ""}, 21205)]:
        order = {"to": MARA, "from_": sandbox.number, "twiml": VOICEMAIL, **wishes}
        with pytest.raises(TwilioRestException) as refusal:
            twilio.calls.create(**order)
        assert refusal.value.code == code
    assert sandbox.calls() == []


def test_calls_are_listed_by_number_newest_first_once_the_list_shows_them(
    ring: Ring, twilio: Client, sandbox: Sandbox
) -> None:
    first, second = ring().sid, ring().sid
    twilio.calls.create(to="+12125550124", from_=sandbox.number, twiml=VOICEMAIL)
    assert [call.sid for call in twilio.calls.list(to=MARA, from_=sandbox.number)] == [second, first]
    assert twilio.calls.list(to=MARA, from_="+12125550199") == []
    assert [call.sid for call in twilio.calls.list(to=MARA, page_size=1)] == [second, first]
    sandbox.misbehave(listing_lag_seconds=60)
    ring()
    assert len(twilio.calls.list(to=MARA)) == 2


def test_a_landline_that_takes_no_texts_can_be_rung_up(ring: Ring, sandbox: Sandbox) -> None:
    sandbox.arrange(MARA, code=21614)
    assert ring().status == "completed"


def test_call_is_answered_on_the_page_and_a_key_pressed(
    twilio: Client, sandbox: Sandbox, kept: Listener
) -> None:
    sandbox.arrange(MARA, answers="by-hand")
    twiml = REMINDER.format(url=kept.url).replace("<Gather", '<Gather timeout="20"')
    call = twilio.calls.create(to=MARA, from_=sandbox.number, twiml=twiml)
    page = f"/phones/{MARA}"
    assert _awaits(sandbox, "answer")
    assert "To voicemail" in visit(sandbox, page)[1]
    visit(sandbox, f"/calls/{call.sid}/hand/", {"do": "human"})
    assert _awaits(sandbox, "key")
    assert 'aria-label="Press a key"' in visit(sandbox, page)[1]
    visit(sandbox, f"/calls/{call.sid}/hand/", {"do": "2"})
    sandbox.wait_until_settled()
    assert kept.heard[0].fields["Digits"] == "2"
    # Once it is over, nothing can be pressed any more.
    assert visit(sandbox, f"/calls/{call.sid}/hand/", {"do": "1"})[0] == 303
    assert sandbox.calls()[0]["pressed"] == "2"


def test_call_can_be_sent_to_voicemail_on_the_page(twilio: Client, sandbox: Sandbox) -> None:
    sandbox.arrange(MARA, answers="by-hand")
    order = {"twiml": VOICEMAIL, "machine_detection": "DetectMessageEnd"}
    call = twilio.calls.create(to=MARA, from_=sandbox.number, **order)
    assert _awaits(sandbox, "answer")
    visit(sandbox, f"/calls/{call.sid}/hand/", {"do": "machine"})
    sandbox.wait_until_settled()
    assert sandbox.calls()[0]["answered_by"] == "machine_end_beep"


def test_call_that_nobody_takes_rings_out(twilio: Client, sandbox: Sandbox) -> None:
    sandbox.arrange(MARA, answers="by-hand")
    call = twilio.calls.create(to=MARA, from_=sandbox.number, twiml=VOICEMAIL, timeout=1)
    sandbox.wait_until_settled()
    assert twilio.calls(call.sid).fetch().status == "no-answer"


def test_call_ends_at_its_time_limit(twilio: Client, sandbox: Sandbox, kept: Listener) -> None:
    sandbox.arrange(MARA, answers="by-hand")
    twiml = REMINDER.format(url=kept.url).replace("<Gather", '<Gather timeout="60"')
    call = twilio.calls.create(to=MARA, from_=sandbox.number, twiml=twiml, time_limit=1)
    assert _awaits(sandbox, "answer")
    visit(sandbox, f"/calls/{call.sid}/hand/", {"do": "human"})
    sandbox.wait_until_settled()
    assert twilio.calls(call.sid).fetch().status == "completed"


def _awaits(sandbox: Sandbox, what: str) -> bool:
    """Wait until the call asks for this."""
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        if any(call["awaits"] == what for call in sandbox.calls()):
            return True
        time.sleep(0.02)
    return False
