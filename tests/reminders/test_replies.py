"""Replies: what they mean, what they do, and what is answered."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from accounts.models import User
from clients.models import Case, Client, ContactPoint, Suppression
from reminders import access
from reminders.models import InboundKind, InboundMessage, Message
from reminders.reconcile import reconcile
from reminders.replies import kind_of
from reminders.services import Reply, assign_inbound, receive_inbound, resolve_inbound
from sessions_app.models import Participant, Response, TherapySession
from sessions_app.services import NewTime, cancel_session, reschedule_session
from tests.conftest import NOW, person

Book = Callable[..., TherapySession]
ROSA = "+13125550101"
WEDNESDAY = NOW + timedelta(days=2)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("C", InboundKind.CONFIRM),
        (" c. ", InboundKind.CONFIRM),
        ("Confirmo", InboundKind.CONFIRM),
        ("r", InboundKind.RESCHEDULE),
        ("STOP", InboundKind.STOP),
        ("Stop all", InboundKind.STOP),
        ("cancel", InboundKind.STOP),
        ("Please stop texting me!", InboundKind.STOP),
        ("Don\u2019t text me", InboundKind.STOP),
        ("No me escriban más", InboundKind.STOP),
        ("yes", InboundKind.START),
        ("UNSTOP", InboundKind.START),
        ("Help", InboundKind.HELP),
        ("I could not stop crying", InboundKind.FREE),
        ("Can we cancel the Friday one?", InboundKind.FREE),
        ("ok", InboundKind.FREE),
        ("", InboundKind.FREE),
    ],
)
def test_a_reply_is_read_as_what_it_plainly_says(body: str, kind: InboundKind) -> None:
    assert kind_of(body) == kind


@pytest.fixture
def told(friday: TherapySession) -> Message:
    """Rosa has had the reminder of three days before."""
    reconcile(now=NOW)
    message = Message.objects.get(rule__lead_days=3)
    Message.objects.filter(pk=message.pk).update(state="sent", tries=1)
    return message


_numbers = iter(range(1, 10_000))


def _write(body: str, *, sender: str = ROSA, now: datetime = WEDNESDAY, **more: bool) -> InboundMessage:
    reply = Reply(
        provider_id=f"SM{next(_numbers):032d}",
        from_address=sender,
        to_address="+12125550100",
        body=body,
        carrier_answered=more.get("carrier_answered", False),
    )
    return receive_inbound(reply=reply, now=now)


def _answers() -> list[str]:
    return list(
        Message.objects.filter(purpose="answer").order_by("pk").values_list("template_key", flat=True)
    )


def test_c_confirms_the_session_that_the_reminder_was_about(told: Message, friday: TherapySession) -> None:
    inbound = _write("C")
    participant = friday.participants.get()
    assert participant.current_response == Response.CONFIRMED
    assert (inbound.participant, inbound.resolved_at) == (participant, WEDNESDAY)
    assert _answers() == ["confirmed"]


def test_r_asks_to_move_and_stays_for_the_desk(told: Message, friday: TherapySession, desk: User) -> None:
    inbound = _write("R")
    assert friday.participants.get().current_response == Response.ASKS_TO_MOVE
    assert list(InboundMessage.objects.unresolved()) == [inbound]
    assert _answers() == ["asks_to_move"]


def test_r_after_a_cancellation_is_the_desks_task_too(told: Message, friday: TherapySession) -> None:
    cancel_session(session=friday, by="practice", actor=None, now=WEDNESDAY)
    inbound = _write("R")
    assert list(InboundMessage.objects.unresolved()) == [inbound]
    assert _answers() == ["asks_to_move"]


def test_c_after_the_practice_called_it_off_hears_that_the_time_has_changed(
    told: Message, friday: TherapySession
) -> None:
    cancel_session(session=friday, by="practice", actor=None, now=WEDNESDAY)
    inbound = _write("C")
    assert inbound.resolved_at is None
    assert friday.participants.get().response == Response.NONE
    assert _answers() == ["too_late"]


def test_c_about_a_time_that_has_changed_confirms_nothing(told: Message, friday: TherapySession) -> None:
    to = NewTime(on=date(2026, 11, 23), at=time(15))
    reschedule_session(session=friday, to=to, actor=None, now=WEDNESDAY)
    inbound = _write("C")
    assert friday.participants.get().response == Response.NONE
    assert inbound.resolved_at is None
    assert _answers() == ["too_late"]


def test_c_speaks_of_the_next_session_of_two(told: Message, rosa_case: Case, book: Book) -> None:
    later = book(rosa_case, on=date(2026, 11, 24), at="15:00")
    reconcile(now=NOW)
    Message.objects.filter(session=later, rule__lead_days=3).update(state="sent", tries=1)
    _write("C")
    assert list(Participant.objects.filter(response="confirmed")) == [told.participant]


def test_c_out_of_the_blue_goes_to_the_inbox(friday: TherapySession) -> None:
    inbound = _write("C")
    assert (inbound.participant, inbound.resolved_at) == (None, None)
    assert _answers() == ["not_watched"]


def test_the_same_text_delivered_twice_is_one(told: Message) -> None:
    reply = Reply(provider_id="SM1", from_address=ROSA, to_address="+12125550100", body="hello")
    receive_inbound(reply=reply, now=WEDNESDAY)
    receive_inbound(reply=reply, now=WEDNESDAY)
    assert InboundMessage.objects.count() == 1
    assert _answers() == ["not_watched"]


def test_stop_opts_out_and_is_confirmed_once(told: Message) -> None:
    _write("STOP")
    _write("please stop", now=WEDNESDAY + timedelta(minutes=2))
    assert Suppression.objects.get(lifted_at=None).address == ROSA
    assert _answers() == ["opted_out"]


def test_a_stop_that_the_carrier_answered_is_not_answered_again(told: Message) -> None:
    _write("STOP", carrier_answered=True)
    assert Suppression.objects.filter(lifted_at=None).exists()
    assert _answers() == []


def test_start_opts_in_again(told: Message) -> None:
    _write("STOP")
    _write("START", now=WEDNESDAY + timedelta(days=1))
    assert not Suppression.objects.filter(lifted_at=None).exists()
    assert _answers() == ["opted_out", "opted_in"]


def test_yes_from_somebody_who_never_opted_out_is_read_by_a_person(told: Message) -> None:
    inbound = _write("Yes")
    assert inbound.resolved_at is None
    assert _answers() == ["not_watched"]


def test_anything_else_is_answered_once_an_hour_and_left_to_a_person(told: Message, desk: User) -> None:
    _write("I am worried about Friday")
    _write("are you there?", now=WEDNESDAY + timedelta(minutes=20))
    assert _answers() == ["not_watched"]
    assert InboundMessage.objects.unresolved().count() == 2
    _write("hello?", now=WEDNESDAY + timedelta(hours=2))
    assert _answers() == ["not_watched", "not_watched"]


def test_a_number_that_two_people_share_is_never_guessed_about(told: Message, maya: Client) -> None:
    ContactPoint.objects.create(client=maya, kind="phone", address=ROSA)
    inbound = _write("C")
    assert inbound.client is None
    assert not Participant.objects.filter(response="confirmed").exists()
    assert list(InboundMessage.objects.unresolved().unmatched()) == [inbound]


def test_the_desk_says_whose_it_is_and_resolves_it(told: Message, rosa: Client, desk: User) -> None:
    inbound = _write("hello", sender="+13125550999")
    assert inbound.client is None
    assert list(access.inbox_visible_to(desk).unresolved()) == [inbound]
    assign_inbound(inbound=inbound, client=rosa, actor=desk)
    resolve_inbound(inbound=inbound, resolution="Called back", actor=desk, now=WEDNESDAY)
    stored = InboundMessage.objects.get()
    assert (stored.client, stored.resolved_by) == (rosa, desk)


def test_clinicians_see_the_replies_of_their_own_people_only(told: Message, amara: User, luis: User) -> None:
    person("Omar", "Hill", 140)
    mine = _write("hello")
    _write("hello", sender="+13125550999")
    assert list(access.inbox_visible_to(amara)) == [mine]
    assert list(access.inbox_visible_to(luis)) == []
    assert list(access.messages_visible_to(luis)) == []
    assert told in access.messages_visible_to(amara)
