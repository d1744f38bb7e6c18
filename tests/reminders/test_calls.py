"""Calls that Kept makes by itself: who hears what, what a key does, and what becomes of them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client as Browser
from pytest_django import Settings
from twilio.request_validator import RequestValidator

from clients.models import Case, Client, ContactPoint, Suppression
from reminders.dispatch import dispatch
from reminders.hearing import hear_call
from reminders.models import Attempt, AttemptState, InboundMessage, Message, ProviderState, State
from reminders.reconcile import reconcile
from reminders.unknown import poll_unknown
from sandbox.launch import Sandbox
from sessions_app.models import Response, TherapySession
from sessions_app.services import NewTime, cancel_session, reschedule_session
from tests.conftest import NOW, ZONE
from tests.reminders.conftest import FRIDAY, pass_at

Book = Callable[..., TherapySession]
ROSA = "+13125550101"
TUESDAY = datetime(2026, 11, 17, 15, 0, tzinfo=ZoneInfo(ZONE))
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Webhooks come when the reminder is due: they read the clock themselves."""
    with time_machine.travel(TUESDAY, tick=True):
        yield


@pytest.fixture
def rung(friday: TherapySession) -> TherapySession:
    """Rosa's session on Friday; she is called, and gets neither texts nor mail."""
    ContactPoint.objects.filter(kind="email").delete()
    ContactPoint.objects.update(may_text=False, call_position=0)
    return friday


def _reminder() -> Message:
    return Message.objects.get(purpose="reminder", rule__lead_days=3)


def test_a_person_hears_the_time_and_confirms_with_a_key(
    talking_sandbox: Sandbox, rung: TherapySession
) -> None:
    talking_sandbox.arrange(ROSA, answers="human", digits="1")
    pass_at(TUESDAY)
    talking_sandbox.wait_until_settled()
    [call] = talking_sandbox.calls()
    words, thanks = call["spoken"]
    assert words == (
        "Hello, this is Lakeside. Your time with us is Friday, November 20, at 3:00 PM. Press 1 to confirm, "
        "2 if you would like us to call you back, or 9 for no more calls like this. "
        "Our number is 3 1 2, 5 5 5, 0 1 0 0."
    )
    assert thanks == "Thank you. It is confirmed. Goodbye."
    assert rung.participants.get().response == Response.CONFIRMED
    assert _reminder().state == State.DELIVERED
    assert InboundMessage.objects.get().resolved_at is not None


def test_a_spanish_speaker_is_called_in_spanish(talking_sandbox: Sandbox, rung: TherapySession) -> None:
    Client.objects.update(language="es")
    talking_sandbox.arrange(ROSA, answers="human", digits="2")
    pass_at(TUESDAY)
    talking_sandbox.wait_until_settled()
    words, thanks = talking_sandbox.calls()[0]["spoken"]
    assert words.startswith("Hola, le llama Lakeside. Su hora con nosotros es el viernes 20 de noviembre")
    assert thanks == "Gracias. Le llamaremos. Hasta pronto."


def test_who_wants_to_be_called_back_is_in_the_inbox(talking_sandbox: Sandbox, rung: TherapySession) -> None:
    talking_sandbox.arrange(ROSA, answers="human", digits="2")
    pass_at(TUESDAY)
    talking_sandbox.wait_until_settled()
    asked = InboundMessage.objects.unresolved().get()
    assert (asked.kind, asked.channel, asked.client) == ("call_back", "voice", Client.objects.get())
    assert asked.participant == rung.participants.get()


def test_nine_ends_everything_that_goes_out_by_itself(talking_sandbox: Sandbox, rung: TherapySession) -> None:
    talking_sandbox.arrange(ROSA, answers="human", digits="9")
    pass_at(TUESDAY)
    talking_sandbox.wait_until_settled()
    assert Suppression.objects.get().channel == "voice"
    ContactPoint.objects.update(may_text=True)
    pass_at(TUESDAY + 48 * HOUR)
    assert len(talking_sandbox.calls()) == 1
    assert talking_sandbox.messages(to=ROSA) == []
    later = Message.objects.get(rule__lead_days=1)
    assert (later.state, later.reason) == (State.SUPPRESSED, "opted_out")


@pytest.mark.parametrize(
    ("may_leave_word", "spoken"), [(True, ["Lakeside. 3 1 2, 5 5 5, 0 1 0 0."]), (False, [])]
)
def test_a_machine_hears_a_name_and_a_number_at_most(
    talking_sandbox: Sandbox, rung: TherapySession, may_leave_word: bool, spoken: list[str]
) -> None:
    ContactPoint.objects.update(may_leave_word=may_leave_word)
    talking_sandbox.arrange(ROSA, answers="machine", digits="1")
    pass_at(TUESDAY)
    talking_sandbox.wait_until_settled()
    assert talking_sandbox.calls()[0]["spoken"] == spoken
    # That is not the message: there is no other way, and a person sees it.
    dispatch(now=TUESDAY + HOUR)
    assert (_reminder().state, _reminder().reason) == (State.FAILED, "voicemail")
    assert rung.participants.get().response != Response.CONFIRMED


def test_after_voicemail_the_next_way_takes_over(talking_sandbox: Sandbox, friday: TherapySession) -> None:
    ContactPoint.objects.filter(kind="phone").update(may_text=False, call_position=0)
    talking_sandbox.arrange(ROSA, answers="machine")
    pass_at(TUESDAY)
    talking_sandbox.wait_until_settled()
    dispatch(now=TUESDAY + timedelta(minutes=1))
    [mail] = talking_sandbox.mails(to="rosa@example.org")
    assert "Fri Nov 20" in mail["text"]
    assert len(talking_sandbox.calls()) == 1


def test_who_does_not_answer_is_called_once_more_and_then_written_to(
    talking_sandbox: Sandbox, friday: TherapySession
) -> None:
    ContactPoint.objects.filter(kind="phone").update(may_text=False, call_position=0)
    talking_sandbox.arrange(ROSA, answers="no-answer")
    pass_at(TUESDAY)
    talking_sandbox.wait_until_settled()
    assert (_reminder().state, _reminder().reason) == (State.PLANNED, "try_again")
    dispatch(now=TUESDAY + 3 * HOUR)
    talking_sandbox.wait_until_settled()
    dispatch(now=TUESDAY + 4 * HOUR)
    assert len(talking_sandbox.calls()) == 2
    assert len(talking_sandbox.mails(to="rosa@example.org")) == 1
    assert _reminder().state == State.SENT


def test_a_call_that_would_be_repeated_too_late_goes_on_at_once(
    talking_sandbox: Sandbox, friday: TherapySession
) -> None:
    ContactPoint.objects.filter(kind="phone").update(may_text=False, call_position=0)
    reconcile(now=NOW)
    Message.objects.filter(rule__lead_days=3).update(expires_at=TUESDAY + HOUR)
    talking_sandbox.arrange(ROSA, answers="busy")
    dispatch(now=TUESDAY)
    talking_sandbox.wait_until_settled()
    dispatch(now=TUESDAY + timedelta(minutes=1))
    assert len(talking_sandbox.mails(to="rosa@example.org")) == 1


def test_a_number_that_takes_no_texts_is_called_where_that_is_the_order(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    ContactPoint.objects.filter(kind="phone").update(call_position=1)
    ContactPoint.objects.filter(kind="email").update(position=2)
    sandbox.arrange(ROSA, code=21614)
    pass_at(TUESDAY)
    dispatch(now=TUESDAY + timedelta(minutes=1))
    assert [attempt.channel for attempt in _reminder().attempts.all()] == ["sms", "voice"]
    assert len(sandbox.calls()) == 1


def test_a_number_that_cannot_be_dialled_is_unfit_for_both(sandbox: Sandbox, rung: TherapySession) -> None:
    sandbox.arrange(ROSA, code=21211)
    pass_at(TUESDAY)
    dispatch(now=TUESDAY + timedelta(minutes=1))
    assert ContactPoint.objects.get().unfit_reason == "voice 21211"
    assert (_reminder().state, _reminder().reason) == (State.SUPPRESSED, "no_address")


@pytest.mark.parametrize("marks", [{"may_call": False}, {"is_discreet": True}, {"call_position": None}])
def test_nobody_is_called_by_machine_who_did_not_want_it(
    sandbox: Sandbox, rung: TherapySession, marks: dict[str, object]
) -> None:
    ContactPoint.objects.update(**marks)
    pass_at(TUESDAY)
    assert sandbox.calls() == []
    assert _reminder().reason == "no_address"


def test_a_video_link_is_never_read_aloud(sandbox: Sandbox, rosa_case: Case, book: Book) -> None:
    book(rosa_case, on=FRIDAY, at="15:00", modality="video", video_link="https://v.example/k7")
    ContactPoint.objects.filter(kind="phone").update(may_text=False, call_position=0)
    pass_at(TUESDAY)
    assert sandbox.calls() == []
    assert len(sandbox.mails(to="rosa@example.org")) == 1


def test_nobody_is_called_at_night(sandbox: Sandbox, rung: TherapySession) -> None:
    reconcile(now=NOW)
    dispatch(now=TUESDAY + 8 * HOUR)
    assert sandbox.calls() == []
    assert _reminder().reason == "quiet_hours"


def test_who_is_called_after_the_time_has_changed_hears_a_name_and_a_number(
    client: Browser, sandbox: Sandbox, rung: TherapySession, posted: Callable[..., str]
) -> None:
    pass_at(TUESDAY)
    attempt = Attempt.objects.get()
    to = NewTime(on=date(2026, 11, 23), at=time(11))
    reschedule_session(session=rung, to=to, actor=None, now=TUESDAY + timedelta(seconds=5))
    said = posted(attempt, "words", AnsweredBy="human")
    assert "Friday" not in said
    assert "Lakeside. 3 1 2" in said


def test_a_key_about_a_time_that_has_changed_confirms_nothing(
    sandbox: Sandbox, rung: TherapySession, posted: Callable[..., str]
) -> None:
    pass_at(TUESDAY)
    attempt = Attempt.objects.get()
    cancel_session(session=rung, by="practice", actor=None, now=TUESDAY + timedelta(seconds=5))
    assert "That time has changed" in posted(attempt, "keys", Digits="1")
    assert rung.participants.get().response != Response.CONFIRMED
    assert InboundMessage.objects.unresolved().get().kind == "confirm"


def test_a_key_told_ten_times_does_its_work_once(
    sandbox: Sandbox, rung: TherapySession, posted: Callable[..., str]
) -> None:
    pass_at(TUESDAY)
    attempt = Attempt.objects.get()
    said = {posted(attempt, "keys", Digits="2") for _ in range(10)}
    assert len(said) == 1
    assert InboundMessage.objects.count() == 1
    # Another key of the same call is not taken for a second thought.
    posted(attempt, "keys", Digits="9")
    assert not Suppression.objects.exists()


def test_another_calls_word_about_this_one_is_not_believed(
    sandbox: Sandbox, rung: TherapySession, posted: Callable[..., str]
) -> None:
    pass_at(TUESDAY)
    attempt = Attempt.objects.get()
    for what in ("words", "keys"):
        said = posted(attempt, what, CallSid="CAother", AnsweredBy="human", Digits="1")
        assert said == "<Response><Hangup/></Response>"
    assert not InboundMessage.objects.exists()


@pytest.fixture
def posted(client: Browser, settings: Settings) -> Callable[..., str]:
    """Post a signed webhook about a call; returns what is said."""
    settings.KEPT_PUBLIC_BASE_URL = "https://kept.example"
    sign = RequestValidator(settings.TWILIO_AUTH_TOKEN)

    def post(attempt: Attempt, what: str, **fields: str) -> str:
        path = f"/webhooks/twilio/calls/{attempt.pk}/{what}/"
        form = {"CallSid": attempt.provider_id or "CA1", "CallStatus": "in-progress", **fields}
        signature = sign.compute_signature("https://kept.example" + path, form)
        answer = client.post(path, form, headers={"X-Twilio-Signature": signature})
        assert answer.status_code in (200, 204)
        return answer.content.decode()

    return post


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("what", ["words", "keys", "status"])
def test_a_forged_word_about_a_call_is_refused(client: Browser, what: str) -> None:
    path = f"/webhooks/twilio/calls/{uuid4()}/{what}/"
    form = {"CallSid": "CA1", "Digits": "9", "CallStatus": "completed"}
    assert client.post(path, form, headers={"X-Twilio-Signature": "x"}).status_code == 403


@pytest.mark.parametrize("fault", ["5xx_after", "drop_after"])
def test_a_call_whose_beginning_nobody_saw_is_found_in_the_list(
    sandbox: Sandbox, rung: TherapySession, fault: str
) -> None:
    sandbox.misbehave(next=[{"kind": fault, "on": "create"}])
    pass_at(TUESDAY)
    since = Attempt.objects.get().unknown_at
    assert since is not None
    poll_unknown(now=since + timedelta(seconds=119))
    assert _reminder().state == State.UNKNOWN
    poll_unknown(now=since + timedelta(seconds=120))
    assert _reminder().state == State.SENT
    assert _reminder().attempts.get().provider_id == sandbox.calls()[0]["sid"]
    dispatch(now=since + timedelta(seconds=121))
    assert len(sandbox.calls()) == 1


def test_a_call_that_never_began_is_made_again(sandbox: Sandbox, rung: TherapySession) -> None:
    sandbox.misbehave(next=[{"kind": "5xx_before", "on": "create"}])
    pass_at(TUESDAY)
    assert _reminder().state == State.UNKNOWN
    poll_unknown(now=TUESDAY + timedelta(minutes=3))
    dispatch(now=TUESDAY + timedelta(minutes=3))
    assert len(sandbox.calls()) == 1
    states = [attempt.state for attempt in _reminder().attempts.all()]
    assert states == [AttemptState.NOT_FOUND, AttemptState.ACCEPTED]


def test_a_way_that_is_shut_is_waited_for_until_the_message_would_be_of_no_use(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    ProviderState.objects.create(channel="sms", paused_at=NOW, paused_reason="Error 20003")
    pass_at(TUESDAY)
    assert (_reminder().state, _reminder().reason) == (State.PLANNED, "provider_paused")
    ends = _reminder().expires_at
    dispatch(now=ends - timedelta(minutes=50))
    assert _reminder().state == State.SENT
    assert len(sandbox.mails(to="rosa@example.org")) == 1


def test_statuses_of_a_call_only_move_it_forward(sandbox: Sandbox, rung: TherapySession) -> None:
    pass_at(TUESDAY)
    attempt = Attempt.objects.get()
    for status in ("ringing", "completed", "in-progress", "initiated", "no-answer"):
        hear_call(
            attempt_id=attempt.pk,
            provider_id=attempt.provider_id or "",
            status=status,
            answered_by="human",
            now=TUESDAY,
        )
    assert _reminder().state == State.DELIVERED
