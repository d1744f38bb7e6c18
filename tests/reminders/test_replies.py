"""Replies: what they mean, what they do, and what is answered."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from clients.models import Case, Client, ContactPoint, Suppression
from clients.services import suppress
from reminders import access
from reminders.models import InboundKind, InboundMessage, Message
from reminders.reconcile import reconcile
from reminders.replies import CODES, kind_of, read
from reminders.services import Reply, assign_inbound, receive_inbound, resolve_inbound, write_to_client
from sessions_app.models import Participant, Response, TherapySession
from sessions_app.services import NewTime, cancel_session, reschedule_session
from tests.conftest import NOW, case_of, person

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
        ("C?", InboundKind.FREE),
        ("C \U0001f44d\U0001f3fd", InboundKind.CONFIRM),
        ("Yes, I\u2019ll be there!", InboundKind.CONFIRM),
        ("see you Friday", InboundKind.CONFIRM),
        ("Sí", InboundKind.CONFIRM),
        ("sí, ahí estaré, gracias", InboundKind.CONFIRM),
        ("Confirmado", InboundKind.CONFIRM),
        ("sure", InboundKind.FREE),
        ("yes but can we move it", InboundKind.FREE),
        ("I'll be there if I can", InboundKind.FREE),
        ("yes please", InboundKind.FREE),
        ("I won't be there", InboundKind.RESCHEDULE),
        ("Can't make it Friday, sorry", InboundKind.RESCHEDULE),
        ("can we reschedule?", InboundKind.RESCHEDULE),
        ("No puedo ir mañana", InboundKind.RESCHEDULE),
        ("quiero cambiar la cita", InboundKind.RESCHEDULE),
        ("no quiero cambiar la cita", InboundKind.FREE),
        ("no puedo más", InboundKind.FREE),
        ("I can't go on", InboundKind.FREE),
        ("V", InboundKind.VIDEO),
        ("can we do it by video?", InboundKind.VIDEO),
        ("no video", InboundKind.FREE),
        ("2", InboundKind.CHOICE),
        ("option 3 please", InboundKind.CHOICE),
        ("1 or 2", InboundKind.FREE),
        ("4", InboundKind.FREE),
        ("para", InboundKind.STOP),
        ("¡Alto!", InboundKind.STOP),
        ("No, stop texting me", InboundKind.STOP),
        ("don't stop texting me", InboundKind.FREE),
        ("please stop by on Friday", InboundKind.FREE),
        ("tell him to stop texting", InboundKind.FREE),
        ("take me off the waitlist", InboundKind.FREE),
        ("wrong number", InboundKind.WRONG),
        ("Sorry, you have the wrong number. Please stop texting me", InboundKind.WRONG),
        ("Número equivocado", InboundKind.WRONG),
        ("I gave you the wrong number for my mother", InboundKind.FREE),
        ("help me", InboundKind.FREE),
        ("Ayuda", InboundKind.HELP),
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


@pytest.mark.parametrize("reason", ["wrong_person", "unsafe"])
def test_start_lifts_only_what_they_asked_for_themselves(told: Message, reason: str) -> None:
    suppress(address=ROSA, channel="sms", reason=reason, actor=None, now=WEDNESDAY)
    inbound = _write("START", now=WEDNESDAY + timedelta(days=1))
    assert Suppression.objects.get(lifted_at=None).reason == reason
    assert (inbound.resolved_at, _answers()) == (None, [])


@pytest.mark.parametrize(
    ("body", "reason", "is_lifted"),
    [
        ("START", "opted_out", True),
        ("unstop", "opted_out", True),
        ("YES", "opted_out", False),
        ("START", "wrong_person", False),
        ("START", "unsafe", False),
    ],
)
def test_start_takes_back_the_key_nine_of_that_number(
    told: Message, body: str, reason: str, is_lifted: bool
) -> None:
    for number in (ROSA, "+13125550177"):
        suppress(address=number, channel="voice", reason=reason, actor=None, now=WEDNESDAY)
    _write(body, now=WEDNESDAY + timedelta(days=1))
    standing = set(Suppression.objects.filter(lifted_at=None).values_list("address", flat=True))
    assert standing == ({"+13125550177"} if is_lifted else {ROSA, "+13125550177"})


def test_yes_from_somebody_who_never_opted_out_is_asked_for_c(told: Message) -> None:
    inbound = _write("Yes")
    assert (inbound.resolved_at, inbound.participant) == (None, told.participant)
    assert not Participant.objects.filter(response="confirmed").exists()
    _write("C", now=WEDNESDAY + timedelta(minutes=1))
    assert _answers() == ["say_c", "confirmed"]
    assert not InboundMessage.objects.unresolved().exists()


def test_cancel_ends_texts_and_the_desk_hears_which_session_may_be_meant(told: Message) -> None:
    inbound = _write("Cancel")
    assert Suppression.objects.get(lifted_at=None).address == ROSA
    assert (inbound.resolved_at, inbound.participant) == (None, told.participant)
    assert told.session is not None
    assert told.session.cancelled_at is None


def test_who_says_more_than_to_stop_is_read_by_a_person_too(told: Message) -> None:
    inbound = _write("Stop texting me, I cannot pay for this and I do not know what to do")
    assert Suppression.objects.filter(lifted_at=None).exists()
    assert inbound.resolved_at is None


@pytest.mark.parametrize("words", ["Yes, I'll be there", "no puedo"])
def test_plain_wording_after_a_colleagues_own_words_is_an_answer_to_those(
    told: Message, rosa: Client, desk: User, words: str
) -> None:
    staff = write_to_client(client=rosa, words="Would 17:00 suit you?", actor=desk, now=WEDNESDAY)
    Message.objects.filter(pk=staff.pk).update(state="sent", tries=1)
    inbound = _write(words, now=WEDNESDAY + timedelta(minutes=5))
    assert inbound.kind == InboundKind.FREE
    assert set(Participant.objects.values_list("response", flat=True)) == {"none"}


def test_plain_wording_about_another_day_confirms_nothing(told: Message) -> None:
    assert _write("see you Thursday").kind == InboundKind.FREE
    assert _write("see you Friday", now=WEDNESDAY + timedelta(minutes=1)).kind == InboundKind.CONFIRM
    assert Participant.objects.filter(response="confirmed").count() == 1


def test_a_wrong_number_gets_nothing_more_and_the_desk_a_private_check(told: Message) -> None:
    inbound = _write("wrong number")
    assert Suppression.objects.get(lifted_at=None).reason == "wrong_person"
    assert list(InboundMessage.objects.unresolved()) == [inbound]
    assert _answers() == []


def test_v_holds_the_session_by_the_link_of_the_last_time(
    told: Message, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    before = NOW - timedelta(days=14)
    link = "https://video.example/rosa"
    book(
        rosa_case,
        on=date(2026, 11, 9),
        modality="video",
        room=None,
        location=None,
        video_link=link,
        now=before,
    )
    inbound = _write("V")
    friday.refresh_from_db()
    assert (friday.modality, friday.video_link, friday.room) == ("video", link, None)
    assert friday.participants.get().current_response == Response.CONFIRMED
    assert inbound.resolved_at == WEDNESDAY
    assert _answers() == ["by_video"]
    reconcile(now=WEDNESDAY + timedelta(hours=1))
    assert not Message.objects.filter(purpose="moved").exists()


def test_v_without_a_link_is_for_the_desk_to_see_to(told: Message, friday: TherapySession) -> None:
    inbound = _write("V")
    friday.refresh_from_db()
    assert friday.modality == "in_person"
    assert (inbound.participant, inbound.resolved_at) == (told.participant, None)
    assert _answers() == ["in_touch"]


def test_v_decides_nothing_for_the_others_of_a_joint_session(
    field_case: Case, maya: Client, book: Book
) -> None:
    link = "https://video.example/field"
    book(
        field_case,
        on=date(2026, 11, 9),
        modality="video",
        room=None,
        location=None,
        video_link=link,
        now=NOW - timedelta(days=14),
    )
    session = book(field_case, on=date(2026, 11, 20), at="15:00")
    reconcile(now=NOW)
    Message.objects.filter(recipient=maya, rule__lead_days=3).update(state="sent", tries=1)
    inbound = _write("V", sender="+13125550111")
    session.refresh_from_db()
    assert session.modality == "in_person"
    assert inbound.resolved_at is None
    assert _answers() == ["in_touch"]


HEDGES = [
    "but",
    "maybe",
    "not",
    "no",
    "if",
    "unless",
    "pero",
    "quizas",
    "tal vez",
    "?",
    "late",
    "don't",
    "can't",
]
SURE = ["C", "Yes, I'll be there", "sí", "confirmo", "see you then", "ahí estaré", "I can make it"]


@given(st.sampled_from(SURE), st.sampled_from(HEDGES), st.booleans())
def test_a_yes_with_a_doubt_beside_it_never_confirms(sure: str, hedge: str, doubt_first: bool) -> None:
    words = f"{hedge} {sure}" if doubt_first else f"{sure} {hedge}"
    assert kind_of(words) not in (InboundKind.CONFIRM, InboundKind.CHOICE)


@given(st.text(max_size=400))
def test_any_text_is_read_as_something(body: str) -> None:
    assert kind_of(body) in InboundKind


@given(
    st.sampled_from(sorted(CODES)), st.sampled_from(["", " ", ".", "!", "\n", " \U0001f44d"]), st.booleans()
)
def test_a_code_is_read_however_a_telephone_writes_it(code: str, after: str, capital: bool) -> None:
    assert read(f" {code.upper() if capital else code}{after}").kind == CODES[code]


def test_anything_else_is_answered_once_an_hour_and_left_to_a_person(told: Message, desk: User) -> None:
    _write("I am worried about Friday")
    _write("are you there?", now=WEDNESDAY + timedelta(minutes=20))
    assert _answers() == ["not_watched"]
    assert InboundMessage.objects.unresolved().count() == 2
    _write("hello?", now=WEDNESDAY + timedelta(hours=2))
    assert _answers() == ["not_watched", "not_watched"]


@pytest.fixture
def shared(maya: Client, told: Message) -> ContactPoint:
    """Maya reads Rosa's telephone too."""
    return ContactPoint.objects.create(client=maya, kind="phone", address=ROSA)


def test_on_a_shared_number_the_one_who_was_reminded_is_meant_this_once(
    shared: ContactPoint, told: Message, rosa: Client
) -> None:
    assert _write("C").client == rosa
    assert list(Participant.objects.filter(response="confirmed")) == [told.participant]
    assert _write("I am worried", now=WEDNESDAY + timedelta(minutes=1)).client is None


def test_a_shared_number_with_two_reminders_is_never_guessed_about(
    shared: ContactPoint, maya: Client, amara: User, book: Book
) -> None:
    book(case_of(amara, Case.Kind.INDIVIDUAL, maya), on=date(2026, 11, 20), at="11:00")
    reconcile(now=NOW)
    Message.objects.filter(recipient=maya, rule__lead_days=3).update(state="sent", tries=1)
    inbound = _write("C")
    assert inbound.client is None
    assert not Participant.objects.filter(response="confirmed").exists()
    assert list(InboundMessage.objects.unresolved().unmatched()) == [inbound]
    assert _answers() == ["to_be_sure"]


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
