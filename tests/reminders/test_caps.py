"""How often one person is written to, and several sessions of a week in one text."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Practice
from clients.models import Case, Client, ContactPoint, Guardianship
from reminders.dispatch import dispatch
from reminders.models import InboundMessage, Message, State
from reminders.reconcile import reconcile
from reminders.services import Reply, plan_outreach, receive_inbound
from reminders.unknown import poll_unknown
from sandbox.launch import Sandbox
from sessions_app.models import TherapySession
from sessions_app.services import Change, NewTime, cancel_session, reschedule_session
from tests.conftest import NOW, ZONE, case_of
from tests.reminders.conftest import FRIDAY, pass_at

Book = Callable[..., TherapySession]
ROSA = "+13125550101"
TUESDAY = datetime(2026, 11, 17, 15, 0, tzinfo=ZoneInfo(ZONE))
DAY = timedelta(days=1)
QUIETLY = Change(tell_clients=False)
MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)


def _texts(sandbox: Sandbox, to: str = ROSA) -> list[str]:
    return [text["body"] for text in sandbox.messages(to=to, direction="outbound-api")]


def _run(start: datetime, days: int) -> None:
    """Plan and send as the days go by: at nine, at four, and at eight in the evening."""
    for day in range(days):
        reconcile(now=start + day * DAY)
        for hours in (0, 7, 11):
            dispatch(now=start + day * DAY + timedelta(hours=hours))


def _reminder(session: TherapySession, lead_days: int = 3) -> Message:
    return Message.objects.get(session=session, rule__lead_days=lead_days)


def test_two_sessions_in_a_week_are_one_text_that_names_both(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    monday = book(rosa_case, on=MONDAY, at="11:00")
    pass_at(TUESDAY)
    [text] = _texts(sandbox)
    assert text == (
        "Lakeside: Fri Nov 20, 3:00 PM; Mon Nov 23, 11:00 AM. C to confirm, R for another time, "
        "or call (312) 555-0100. STOP to end texts."
    )
    carried = _reminder(monday)
    assert (carried.state, carried.reason) == (State.CANCELLED, "combined")
    assert carried.carried_by == _reminder(friday)
    # Each still has its own word the day before.
    pass_at(TUESDAY + 2 * DAY)
    pass_at(datetime(2026, 11, 22, 11, 0, tzinfo=ZoneInfo(ZONE)))
    assert {text.partition(". C")[0] for text in _texts(sandbox)} == {
        "Lakeside: Fri Nov 20, 3:00 PM; Mon Nov 23, 11:00 AM",
        "Lakeside: Fri Nov 20, 3:00 PM",
        "Lakeside: Mon Nov 23, 11:00 AM",
    }


def test_a_c_confirms_every_time_that_the_text_named(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    monday = book(rosa_case, on=MONDAY)
    gone = book(rosa_case, on=WEDNESDAY - timedelta(days=1))
    pass_at(TUESDAY)
    cancel_session(session=gone, by="practice", actor=None, now=TUESDAY + timedelta(minutes=1))
    reply = Reply(provider_id="SM1", from_address=ROSA, to_address="+12125550100", body="C")
    receive_inbound(reply=reply, now=TUESDAY + timedelta(minutes=2))
    assert friday.participants.get().response == "confirmed"
    assert monday.participants.get().response == "confirmed"
    assert gone.participants.get().response != "confirmed"


def _says(body: str, key: str, minutes: int) -> InboundMessage:
    reply = Reply(provider_id=key, from_address=ROSA, to_address="+12125550100", body=body)
    return receive_inbound(reply=reply, now=TUESDAY + timedelta(minutes=minutes))


def _responses(*sessions: TherapySession) -> list[str]:
    return [session.participants.get().response for session in sessions]


def test_an_r_to_several_times_is_asked_back_and_moves_none_by_a_guess(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    monday = book(rosa_case, on=MONDAY)
    pass_at(TUESDAY)
    asked = _says("R", "SM1", 2)
    assert _responses(friday, monday) == ["none", "none"]
    dispatch(now=TUESDAY + timedelta(minutes=2))
    assert _texts(sandbox)[-1] == (
        "Lakeside: To move one: 1 Fri Nov 20, 3:00 PM; 2 Mon Nov 23, 10:00 AM. "
        "Answer with its number, or call (312) 555-0100."
    )
    assert InboundMessage.objects.get(resolved_at=None) == asked
    said = _says("2", "SM2", 3)
    asked.refresh_from_db()
    assert asked.resolved_at
    assert _responses(friday, monday) == ["none", "asks_to_move"]
    assert (said.kind, said.participant, said.resolved_at) == ("reschedule", monday.participants.get(), None)


def test_a_number_that_was_not_asked_about_is_free_text(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    monday = book(rosa_case, on=MONDAY)
    pass_at(TUESDAY)
    _says("R", "SM1", 2)
    assert _says("3", "SM2", 3).kind == "free"
    assert _says("1", "SM3", 60 * 25).kind == "free"
    assert _responses(friday, monday) == ["none", "none"]


def test_a_day_that_is_named_says_which_of_several(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    monday = book(rosa_case, on=MONDAY)
    pass_at(TUESDAY)
    _says("I can't make it Monday", "SM1", 2)
    assert _responses(friday, monday) == ["none", "asks_to_move"]
    _says("I'll be there Friday", "SM2", 3)
    assert _responses(friday, monday) == ["confirmed", "asks_to_move"]


def test_a_v_to_several_times_is_for_a_person_to_ask_about(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    book(rosa_case, on=MONDAY)
    pass_at(TUESDAY)
    said = _says("V", "SM1", 2)
    assert said.resolved_at is None
    assert said.answers.get().template_key == "to_be_sure"


def test_a_video_link_stands_behind_its_own_time(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    book(rosa_case, on=MONDAY, at="15:00", modality="video", video_link="https://v.example/k7")
    pass_at(TUESDAY)
    [text] = _texts(sandbox)
    assert "Fri Nov 20, 3:00 PM; Mon Nov 23, 3:00 PM, by video: https://v.example/k7. C to" in text


def test_two_reminders_of_one_day_are_one_text(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    # Friday's word of three days before at 15:00, Wednesday's of one day before at 17:30.
    book(rosa_case, on=date(2026, 11, 18), at="17:30")
    pass_at(TUESDAY)
    assert [text.partition(". C")[0] for text in _texts(sandbox)] == [
        "Lakeside: Wed Nov 18, 5:30 PM; Fri Nov 20, 3:00 PM"
    ]
    pass_at(TUESDAY + timedelta(hours=3))
    assert len(_texts(sandbox)) == 1


def test_a_guardian_of_two_hears_of_both_without_a_name(
    sandbox: Sandbox, quinn_case: Case, book: Book
) -> None:
    nora, ella = (Client.objects.get(given_name=name) for name in ("Nora", "Ella"))
    ben = Client.objects.create(given_name="Ben", family_name="Quinn", born_on=date(2014, 1, 1))
    for child, at in ((ella, "15:00"), (ben, "16:00")):
        Guardianship.objects.create(guardian=nora, minor=child, may_receive=True)
        case = case_of(quinn_case.clinicians.get(), Case.Kind.INDIVIDUAL, child)
        book(case, on=FRIDAY, at=at)
    pass_at(TUESDAY)
    [text] = _texts(sandbox, ContactPoint.objects.get(client=nora, kind="phone").address)
    assert "Fri Nov 20, 3:00 PM; Fri Nov 20, 4:00 PM." in text
    assert "Ben" not in text
    assert "Ella" not in text


def test_a_companion_whose_session_was_called_off_is_not_named(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    monday = book(rosa_case, on=MONDAY)
    reconcile(now=NOW)
    cancel_session(session=monday, by="practice", actor=None, now=TUESDAY)
    dispatch(now=TUESDAY)
    [text] = _texts(sandbox)
    assert "Fri Nov 20, 3:00 PM. C" in text


def test_what_a_lost_text_was_to_name_gets_its_own(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    monday = book(rosa_case, on=MONDAY)
    ContactPoint.objects.filter(kind="email").delete()
    sandbox.misbehave(next=[{"kind": "error", "code": 30007}])
    pass_at(TUESDAY)
    assert _reminder(friday).state == State.FAILED
    reconcile(now=TUESDAY + timedelta(minutes=1))
    assert (_reminder(monday).state, _reminder(monday).carried_by) == (State.PLANNED, None)
    _run(NOW + 2 * DAY, 5)
    assert sum("Mon Nov 23" in text for text in _texts(sandbox)) == 2


def test_a_text_that_is_tried_again_names_both_again(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    monday = book(rosa_case, on=MONDAY)
    sandbox.misbehave(next=[{"kind": "429"}])
    pass_at(TUESDAY)
    assert _texts(sandbox) == []
    pass_at(TUESDAY + timedelta(minutes=5))
    [text] = _texts(sandbox)
    assert "Fri Nov 20, 3:00 PM; Mon Nov 23" in text
    assert _reminder(monday).reason == "combined"


def test_a_time_moved_after_the_common_text_went_out_is_corrected(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    monday = book(rosa_case, on=MONDAY)
    sandbox.misbehave(next=[{"kind": "5xx_after"}])
    pass_at(TUESDAY)
    to = NewTime(on=WEDNESDAY, at=time(11))
    moved_at = TUESDAY + timedelta(seconds=30)
    reschedule_session(session=monday, to=to, change=QUIETLY, actor=None, now=moved_at)
    poll_unknown(now=TUESDAY + timedelta(minutes=3))
    # Nobody asked to tell; but an old truth has gone out, so that it must be put right.
    pass_at(TUESDAY + timedelta(minutes=4))
    assert any("Mon Nov 23" in text for text in _texts(sandbox))
    assert any("now Wed Nov 25, 11:00 AM" in text for text in _texts(sandbox))


def test_a_week_of_daily_sessions_stays_within_the_caps_and_drops_nothing_in_silence(
    sandbox: Sandbox, rosa_case: Case, book: Book
) -> None:
    for day in range(23, 28):
        book(rosa_case, on=date(2026, 11, day), at="10:00")
    _run(NOW, 13)
    written = _texts(sandbox)
    assert any(all(f"Nov {day}" in text for day in range(23, 28)) for text in written)
    assert len(written) == 3
    rest = Message.objects.exclude(state__in=[State.SENT, State.DELIVERED])
    assert {row.reason for row in rest} <= {"combined", "cap_told"}
    assert rest.filter(reason="cap_told").exists()


def test_the_caps_are_settings_of_the_practice(
    sandbox: Sandbox, practice: Practice, rosa_case: Case, book: Book
) -> None:
    Practice.objects.update(texts_per_week=5)
    for day in range(23, 28):
        book(rosa_case, on=date(2026, 11, day), at="10:00")
    _run(NOW, 13)
    assert len(_texts(sandbox)) > 3


def test_one_text_a_day_whatever_it_is_about(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case
) -> None:
    noon = TUESDAY - timedelta(hours=3)
    participant = friday.participants.get()
    outreach = plan_outreach(
        subject_id=uuid4(),
        participant=participant,
        template_key="missed",
        due_at=noon,
        expires_at=noon + 5 * DAY,
    )
    pass_at(noon)
    pass_at(TUESDAY)
    waits = _reminder(friday)
    assert (waits.state, waits.reason) == (State.PLANNED, "cap_day")
    assert waits.not_before == datetime(2026, 11, 18, 8, 0, tzinfo=ZoneInfo(ZONE))
    outreach.refresh_from_db()
    assert outreach.state == State.SENT
    pass_at(waits.not_before)
    assert len(_texts(sandbox)) == 2


def test_two_that_are_due_at_once_do_not_both_go(sandbox: Sandbox, friday: TherapySession) -> None:
    reconcile(now=NOW)
    plan_outreach(
        subject_id=uuid4(),
        participant=friday.participants.get(),
        template_key="missed",
        due_at=TUESDAY,
        expires_at=TUESDAY + 5 * DAY,
    )
    dispatch(now=TUESDAY)
    assert len(_texts(sandbox)) == 1
    assert Message.objects.filter(reason="cap_day", state=State.PLANNED).count() == 1


def test_a_change_is_told_however_much_was_written(sandbox: Sandbox, friday: TherapySession) -> None:
    Practice.objects.update(texts_per_week=1)
    pass_at(TUESDAY)
    cancel_session(session=friday, by="practice", actor=None, now=TUESDAY)
    pass_at(TUESDAY + timedelta(minutes=4))
    assert any("cannot keep" in text for text in _texts(sandbox))


def test_a_text_that_did_not_arrive_counts_for_nothing(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    sandbox.misbehave(next=[{"kind": "error", "code": 30007}])
    pass_at(TUESDAY)
    plan_outreach(
        subject_id=uuid4(),
        participant=friday.participants.get(),
        template_key="missed",
        due_at=TUESDAY,
        expires_at=TUESDAY + 5 * DAY,
    )
    dispatch(now=TUESDAY + timedelta(minutes=1))
    assert len(_texts(sandbox)) == 1


def test_the_day_is_the_recipients(sandbox: Sandbox, friday: TherapySession) -> None:
    # 14:00 and 15:00 in Chicago lie on two days in Kiritimati: 10:00 and 11:00 of the next.
    Client.objects.update(timezone="Pacific/Kiritimati")
    plan_outreach(
        subject_id=uuid4(),
        participant=friday.participants.get(),
        template_key="missed",
        due_at=datetime(2026, 11, 17, 2, 0, tzinfo=UTC),
        expires_at=TUESDAY + 5 * DAY,
    )
    # Tuesday 16:00 there, still Monday evening in Chicago.
    pass_at(datetime(2026, 11, 17, 2, 0, tzinfo=UTC))
    # Wednesday 11:00 there.
    pass_at(TUESDAY)
    assert len(_texts(sandbox)) == 2


@pytest.mark.django_db
@given(
    starts=st.lists(st.tuples(st.integers(1, 9), st.integers(8, 18)), min_size=1, max_size=9, unique=True),
    per_week=st.integers(1, 4),
)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_booked_nobody_gets_more_than_the_caps_allow(
    sandbox: Sandbox,
    rosa_case: Case,
    book: Book,
    starts: list[tuple[int, int]],
    per_week: int,
) -> None:
    _forget_all()
    sandbox.reset()
    Practice.objects.update(texts_per_week=per_week)
    for day, hour in starts:
        book(rosa_case, on=(NOW + day * DAY).date(), at=f"{hour:02}:00")
    _run(NOW, 10)
    on = sorted(
        attempt.committed_at.astimezone(ZoneInfo(ZONE)).date()
        for message in Message.objects.filter(tries__gt=0)
        for attempt in message.attempts.all()
    )
    assert len(set(on)) == len(on)
    assert all(sum(day <= other < day + timedelta(days=7) for other in on) <= per_week for day in on)
    left = Message.objects.exclude(state__in=[State.SENT, State.CANCELLED, State.EXPIRED])
    assert not left.exists()
    assert not Message.objects.filter(state__in=[State.CANCELLED, State.EXPIRED], reason="").exists()


def _forget_all() -> None:
    for message in Message.objects.all():
        message.attempts.all().delete()
    Message.objects.update(carried_by=None)
    Message.objects.all().delete()
    for session in TherapySession.objects.all():
        session.participants.all().delete()
    TherapySession.objects.all().delete()
