"""What was agreed for the moment when somebody is missing: who sees it, and each step taken."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from attendance.falling_back import meet_otherwise, take_agreed_time, undo_agreed_time
from attendance.holding import hold_session
from attendance.models import AttendanceRecord, FallbackStep, Outcome, Source
from attendance.services import Seen, record_outcome
from clients.contingency import Agreed, agree_on_plan, arrange_support, end_plan, entries_of_plan, support_of
from clients.models import Case, Client, ContingencyPlan
from clients.models.contingency import FallbackTime
from clients.screening import take_screen
from reminders.models import Message
from reminders.reconcile import reconcile, reconcile_told
from sandbox.launch import Sandbox
from sessions_app.models import Modality, Participant, TherapySession
from sessions_app.services import mark_arrived
from sessions_app.slots import Wanted, next_free
from tests.conftest import NOW, TODAY
from tests.reminders.conftest import pass_at

Book = Callable[..., TherapySession]
TEN = NOW + timedelta(hours=1)
DURING, OVER = TEN + timedelta(minutes=20), TEN + timedelta(minutes=60)
THURSDAY = FallbackTime(3, time(17, 30))
LINK = "https://meet.example/okafor"


def agreed(**what: object) -> Agreed:
    usual = {"agreed_on": TODAY, "by_video": True, "by_phone": True, "times": (THURSDAY,)}
    return Agreed(**{**usual, **what})  # type: ignore[arg-type]


@pytest.fixture
def hours(amara: User, keep_hours: Callable[..., None]) -> None:
    """Amara sees people at Lake Street from eight to eight."""
    keep_hours(amara, starts=8, days=5)


@pytest.fixture
def plan(rosa_case: Case, rosa: Client, amara: User) -> ContingencyPlan:
    amara.video_link = LINK
    amara.save()
    return agree_on_plan(case=rosa_case, client=rosa, agreed=agreed(), actor=amara, today=TODAY, now=NOW)


@pytest.fixture
def missing(plan: ContingencyPlan, rosa_case: Case, book: Book) -> Participant:
    """Rosa, whose ten o'clock began twenty minutes ago."""
    return book(rosa_case).participants.get()


@pytest.fixture
def jonah_missing(field_case: Case, maya: Client, jonah: Client, amara: User, book: Book) -> Participant:
    """Jonah of the couple; Maya is here, both agreed, both were asked alone."""
    amara.video_link = LINK
    amara.save()
    both = agreed(agreed_by=(maya, jonah))
    agree_on_plan(case=field_case, client=jonah, agreed=both, actor=amara, today=TODAY, now=NOW)
    for one in (maya, jonah):
        take_screen(client=one, result="safe", words="", was_alone=True, actor=amara, now=NOW)
    session = book(field_case)
    mark_arrived(participant=session.participants.get(client=maya), actor=None, now=TEN)
    return session.participants.get(client=jonah)


def miss(participant: Participant, at: datetime) -> None:
    seen = Seen(outcome=Outcome.NO_SHOW, source=Source.BOARD)
    record_outcome(participant=participant, seen=seen, actor=None, now=at)


def next_thursday(session: TherapySession) -> datetime:
    [[begins]] = next_free([Wanted(session=session, times=[THURSDAY])], now=DURING)
    return begins


def test_plan_keeps_what_was_agreed_and_each_earlier_one(plan: ContingencyPlan, amara: User) -> None:
    assert plan.times == [THURSDAY]
    agree_on_plan(
        case=plan.case, client=plan.client, agreed=agreed(by_phone=False, note="Not at work"), actor=amara,
        today=TODAY, now=NOW,
    )  # fmt: skip
    entries = entries_of_plan(plan)
    assert [one.plan.by_phone for one in entries] == [False, True]
    assert [one.by for one in entries] == ["Dr. Amara Okafor"] * 2
    end_plan(plan=plan, actor=amara, now=NOW)
    assert not ContingencyPlan.objects.in_force().exists()


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"by_video": False, "by_phone": False, "times": ()}, "at least one thing"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "still ahead"),
        ({"times": tuple(FallbackTime(n, time(9)) for n in range(5))}, "enough"),
    ],
)
def test_plan_says_why_it_cannot_be_held(
    what: dict[str, object], refusal: str, rosa_case: Case, rosa: Client, amara: User
) -> None:
    with pytest.raises(ValidationError, match=refusal):
        agree_on_plan(case=rosa_case, client=rosa, agreed=agreed(**what), actor=amara, today=TODAY, now=NOW)


def test_couples_plan_holds_once_both_agreed_and_their_clinician_alone_sees_it(
    field_case: Case, maya: Client, jonah: Client, amara: User, dana: User, desk: User, plan: ContingencyPlan
) -> None:
    theirs = agree_on_plan(
        case=field_case, client=jonah, agreed=agreed(agreed_by=(jonah,)), actor=amara, today=TODAY, now=NOW
    )
    plans = ContingencyPlan.objects
    assert theirs not in plans.in_force()
    agree_on_plan(
        case=field_case,
        client=jonah,
        agreed=agreed(agreed_by=(maya, jonah)),
        actor=amara,
        today=TODAY,
        now=NOW,
    )
    assert theirs in plans.in_force()
    assert set(plans.readable_by(amara)) == {plan, theirs}
    for other in (dana, desk):
        assert list(plans.readable_by(other)) == [plan]


def test_agreed_time_is_offered_where_it_is_next_free(
    missing: Participant, rosa_case: Case, book: Book, hours: None
) -> None:
    assert next_thursday(missing.session) == datetime.fromisoformat("2026-11-19T17:30:00-06:00")
    book(rosa_case, on=date(2026, 11, 19), at="17:00")
    assert next_thursday(missing.session) == datetime.fromisoformat("2026-11-26T17:30:00-06:00")


def test_agreed_time_outside_of_her_hours_is_not_offered(missing: Participant) -> None:
    assert next_free([Wanted(session=missing.session, times=[THURSDAY])], now=DURING) == [[]]


def test_by_video_now_is_told_at_once_with_the_link(
    missing: Participant, amara: User, sandbox: Sandbox
) -> None:
    meet_otherwise(participant=missing, step=FallbackStep.VIDEO, actor=amara, now=DURING)
    session = TherapySession.objects.get(pk=missing.session_id)
    assert (session.modality, session.video_link) == (Modality.VIDEO, LINK)
    pass_at(DURING)
    [text] = sandbox.messages()
    assert text["body"] == f"Lakeside: We are here for you now, by video: {LINK}. Or call (312) 555-0100."
    reconcile(now=DURING)
    assert Message.objects.filter(purpose="moved").count() == 1


def test_a_ring_plans_what_goes_on_too(missing: Participant, amara: User) -> None:
    reconcile(now=DURING)
    meet_otherwise(participant=missing, step=FallbackStep.PHONE, actor=amara, now=DURING)
    reconcile_told(now=DURING)
    message = Message.objects.get(purpose="moved")
    assert (message.template_key, message.due_at) == ("now_phone", DURING)
    assert message.expires_at == missing.session.ends_at


def test_a_miss_noted_a_moment_ago_is_taken_back_with_it(missing: Participant, amara: User) -> None:
    miss(missing, DURING)
    meet_otherwise(participant=missing, step=FallbackStep.PHONE, actor=amara, now=DURING)
    assert not AttendanceRecord.objects.exists()


def test_nothing_is_offered_before_the_time_one_waits_nor_what_was_not_agreed(
    missing: Participant, amara: User
) -> None:
    with pytest.raises(ValidationError, match="may still come"):
        meet_otherwise(
            participant=missing, step=FallbackStep.VIDEO, actor=amara, now=TEN + timedelta(minutes=10)
        )
    with pytest.raises(ValidationError, match="not one of the times"):
        take_agreed_time(participant=missing, starts_at=DURING + timedelta(days=1), actor=amara, now=DURING)


def test_agreed_time_moves_the_session_and_is_taken_back_before_anybody_is_told(
    missing: Participant, amara: User, hours: None, sandbox: Sandbox
) -> None:
    begins = next_thursday(missing.session)
    use = take_agreed_time(participant=missing, starts_at=begins, actor=amara, now=DURING)
    assert TherapySession.objects.get().starts_at == begins
    undo_agreed_time(use=use, actor=amara, now=DURING + timedelta(minutes=2))
    assert TherapySession.objects.get().starts_at == missing.starts_at
    pass_at(DURING + timedelta(minutes=4))
    assert sandbox.messages() == []

    again = take_agreed_time(
        participant=missing, starts_at=begins, actor=amara, now=DURING + timedelta(minutes=5)
    )
    pass_at(DURING + timedelta(minutes=9))
    [text] = sandbox.messages()
    assert "Your time is now Thu Nov 19, 5:30 PM" in text["body"]
    with pytest.raises(ValidationError, match="told by now"):
        undo_agreed_time(use=again, actor=amara, now=DURING + timedelta(minutes=9))


def test_no_agreed_time_is_past_or_years_ahead(missing: Participant, amara: User) -> None:
    zone = missing.session.zone
    for year, month, day in ((2026, 11, 12), (2027, 11, 18), (9998, 12, 31)):
        wrong = datetime(year, month, day, 17, 30, tzinfo=zone)
        assert wrong.weekday() == THURSDAY.weekday
        with pytest.raises(ValidationError):
            take_agreed_time(participant=missing, starts_at=wrong, actor=amara, now=DURING)


def test_what_was_missed_stays_missed_and_another_time_is_booked_in_its_place(
    missing: Participant, amara: User, hours: None, sandbox: Sandbox
) -> None:
    miss(missing, DURING)
    begins = next_thursday(missing.session)
    take_agreed_time(participant=missing, starts_at=begins, actor=amara, now=OVER)
    assert AttendanceRecord.objects.get().outcome == Outcome.NO_SHOW
    booked = TherapySession.objects.get(makes_up_for=missing.session)
    assert booked.starts_at == begins
    pass_at(OVER + timedelta(minutes=4))
    [text] = sandbox.messages()
    assert text["body"].startswith("Lakeside: As agreed: Thu Nov 19, 5:30 PM. C to confirm")
    with pytest.raises(ValidationError, match="booked in its place"):
        take_agreed_time(participant=missing, starts_at=begins + timedelta(days=7), actor=amara, now=OVER)


def test_booked_in_its_place_and_taken_back_nobody_hears_of_it(
    missing: Participant, amara: User, hours: None, sandbox: Sandbox
) -> None:
    miss(missing, DURING)
    use = take_agreed_time(
        participant=missing, starts_at=next_thursday(missing.session), actor=amara, now=OVER
    )
    undo_agreed_time(use=use, actor=amara, now=OVER + timedelta(minutes=1))
    pass_at(OVER + timedelta(minutes=4))
    assert sandbox.messages() == []


def test_absent_partner_is_met_by_video_and_who_came_hears_nothing(
    jonah_missing: Participant, amara: User, jonah: Client, sandbox: Sandbox
) -> None:
    meet_otherwise(participant=jonah_missing, step=FallbackStep.VIDEO, actor=amara, now=DURING)
    pass_at(DURING)
    [text] = sandbox.messages()
    assert text["to"] == jonah.contact_points.get(kind="phone").address
    assert "Maya" not in text["body"]


def test_couple_with_one_here_keeps_its_hour_and_has_another_one_booked(
    jonah_missing: Participant, amara: User, hours: None
) -> None:
    session = jonah_missing.session
    take_agreed_time(participant=jonah_missing, starts_at=next_thursday(session), actor=amara, now=DURING)
    session.refresh_from_db()
    assert session.on == TODAY
    booked = TherapySession.objects.get(makes_up_for=session)
    assert booked.participants.count() == 2


def test_nothing_of_a_couples_plan_once_it_is_held_or_where_it_may_be_unsafe(
    jonah_missing: Participant, amara: User, maya: Client
) -> None:
    take_screen(client=maya, result="unsure", words="", was_alone=True, actor=amara, now=DURING)
    with pytest.raises(ValidationError, match="asked alone"):
        meet_otherwise(participant=jonah_missing, step=FallbackStep.VIDEO, actor=amara, now=DURING)
    take_screen(client=maya, result="safe", words="", was_alone=True, actor=amara, now=DURING)
    hold_session(session=jonah_missing.session, actor=amara, now=DURING)
    with pytest.raises(ValidationError, match="held with who came"):
        meet_otherwise(participant=jonah_missing, step=FallbackStep.VIDEO, actor=amara, now=DURING)


def test_support_while_away_stands_until_it_was_talked_about(rosa: Client, amara: User) -> None:
    arrange_support(client=rosa, words="Dr. Lee at St. Anne's", actor=amara, now=NOW)
    arranged = arrange_support(client=rosa, words="Her sister calls daily", actor=amara, now=NOW)
    assert support_of(rosa) == arranged
    assert rosa.away_supports.count() == 2
    arrange_support(client=rosa, words="", actor=amara, now=NOW)
    assert support_of(rosa) is None
