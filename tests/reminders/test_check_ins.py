"""Check-ins between sessions: sent as agreed, silent when they must be, and answered to who treats them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Practice, User
from clients.check_ins import (
    CheckInTerms,
    Stress,
    agree_on_check_ins,
    end_check_ins,
    end_stress,
    mark_stress,
    next_days,
    pause_check_ins,
    resume_check_ins,
)
from clients.models import Cadence, Case, CheckInPlan, Client, Consent, ConsentPurpose
from clients.services import come_back, set_away, suppress
from dashboard.check_ins.page import answers_to_read
from followups.check_in_calls import calls_due, log_check_in_call
from reminders.access import inbox_visible_to
from reminders.dispatch import dispatch
from reminders.models import InboundKind, InboundMessage, Message
from reminders.reconcile import reconcile
from reminders.services import Reply, receive_inbound, resolve_inbound
from sandbox.launch import Sandbox
from sessions_app.models import TherapySession
from sessions_app.services import cancel_session, record_death
from tests.conftest import NOW, TODAY, case_of, person
from tests.reminders.conftest import FRIDAY, pass_at

Book = Callable[..., TherapySession]
# A week from Monday: 10:00 in Chicago.
WEEK_LATER = datetime.fromisoformat("2026-11-23T16:00:00+00:00")


def terms(**what: object) -> CheckInTerms:
    usual = {"way": "sms", "every_days": 7, "starts_on": TODAY + timedelta(days=7), "agreed_on": TODAY}
    return CheckInTerms(**{**usual, **what})  # type: ignore[arg-type]


@pytest.fixture
def plan(rosa_case: Case, rosa: Client, amara: User) -> CheckInPlan:
    """Rosa is asked every Monday at ten by text, from next Monday on."""
    member = rosa_case.members.get()
    return agree_on_check_ins(member=member, terms=terms(), actor=amara, today=TODAY, now=NOW)


def write(words: str, now: datetime) -> InboundMessage:
    reply = Reply(
        provider_id=f"SM{words}", from_address="+13125550101", to_address="+13125550100", body=words
    )
    return receive_inbound(reply=reply, now=now)


def waiting() -> list[date]:
    found = Message.objects.filter(purpose="check_in", state="planned").order_by("due_at")
    return [one.due_at.date() for one in found]


def test_check_in_goes_out_once_on_its_day_and_names_the_crisis_line(
    plan: CheckInPlan, sandbox: Sandbox
) -> None:
    pass_at(WEEK_LATER - timedelta(hours=1))
    assert sandbox.messages() == []
    for _ in range(2):
        pass_at(WEEK_LATER)
    [text] = sandbox.messages()
    assert text["to"] == "+13125550101"
    for word in ("How are you?", "not watched around the clock", "911", "988", "STOP"):
        assert word in text["body"]
    pass_at(WEEK_LATER + timedelta(days=1))
    assert len(sandbox.messages()) == 1


def test_planning_agrees_with_what_the_page_says_is_next(plan: CheckInPlan, amara: User) -> None:
    stress = Stress(from_on=TODAY + timedelta(days=9), until_on=TODAY + timedelta(days=15), every_days=2)
    mark_stress(plan=plan, stress=stress, actor=amara)
    begins, planned = plan.starts_on, set()
    for n in range(20):
        reconcile(now=WEEK_LATER + timedelta(days=n, hours=-1))
        planned |= set(Message.objects.values_list("subject_version", flat=True))
    said = next_days(plan, today=begins, most=40)
    named = {int(f"{day:%Y%m%d}") for day in said if day <= begins + timedelta(days=21)}
    assert named == planned
    assert len([day for day in said if stress.from_on <= day <= stress.until_on]) == 4


def test_harder_time_that_is_over_leaves_what_was_agreed(plan: CheckInPlan, amara: User) -> None:
    stress = Stress(from_on=TODAY, until_on=TODAY + timedelta(days=30), every_days=1)
    period = mark_stress(plan=plan, stress=stress, actor=amara)
    with pytest.raises(ValidationError, match="already"):
        mark_stress(plan=plan, stress=stress, actor=amara)
    end_stress(period=period, actor=amara, today=plan.starts_on + timedelta(days=1))
    assert next_days(plan, today=plan.starts_on + timedelta(days=1), most=1) == [
        plan.starts_on + timedelta(days=7)
    ]


def test_paused_ended_and_changed_agreements_leave_nothing_in_the_queue(
    plan: CheckInPlan, amara: User
) -> None:
    eve = WEEK_LATER - timedelta(hours=20)
    reconcile(now=eve)
    assert waiting() == [plan.starts_on]
    pause_check_ins(plan=plan, actor=amara, now=eve)
    reconcile(now=eve)
    assert waiting() == []
    resume_check_ins(plan=plan, actor=amara, now=eve)
    reconcile(now=eve)
    assert waiting() == [plan.starts_on]
    later = terms(starts_on=plan.starts_on + timedelta(days=1))
    agree_on_check_ins(member=plan.case.members.get(), terms=later, actor=amara, today=TODAY, now=eve)
    reconcile(now=eve)
    assert waiting() == [later.starts_on]
    end_check_ins(plan=plan, actor=amara, now=eve)
    reconcile(now=eve)
    assert waiting() == []


@pytest.mark.parametrize("why", ["away", "died", "closed", "left_case", "no_consent", "opted_out"])
def test_check_ins_stop_for_everything_that_stops_messages(
    why: str, plan: CheckInPlan, rosa: Client, amara: User, sandbox: Sandbox
) -> None:
    if why == "away":
        set_away(client=rosa, away_from=TODAY, away_until=None, reason="travel", actor=amara)
    elif why == "died":
        record_death(client=rosa, on=TODAY, actor=amara, now=NOW)
    elif why == "closed":
        Case.objects.update(closed_on=TODAY)
    elif why == "left_case":
        plan.case.members.update(left_on=TODAY)
    elif why == "no_consent":
        Consent.objects.filter(purpose=ConsentPurpose.CHECK_INS).update(withdrawn_at=NOW)
    else:
        suppress(address="+13125550101", channel="sms", reason="opted_out", actor=None, now=NOW)
    pass_at(WEEK_LATER)
    assert sandbox.messages() == []
    if why == "away":
        come_back(client=rosa, actor=amara)
        pass_at(WEEK_LATER + timedelta(minutes=1))
        assert len(sandbox.messages()) == 1


def test_paused_between_planning_and_sending_it_does_not_go(
    plan: CheckInPlan, amara: User, sandbox: Sandbox
) -> None:
    reconcile(now=WEEK_LATER)
    CheckInPlan.objects.update(paused_at=WEEK_LATER)
    dispatch(now=WEEK_LATER)
    assert sandbox.messages() == []


def test_check_in_waits_where_a_reminder_has_gone_that_day(
    plan: CheckInPlan, book: Book, practice: Practice, sandbox: Sandbox
) -> None:
    book(plan.case, on=WEEK_LATER.date() + timedelta(days=1), at="08:00")
    pass_at(WEEK_LATER - timedelta(hours=2))
    pass_at(WEEK_LATER)
    assert len(sandbox.messages()) == 1
    assert Message.objects.get(purpose="check_in").reason == "cap_day"


def test_nothing_is_agreed_on_in_writing_without_a_yes_or_with_a_child(
    rosa_case: Case, rosa: Client, quinn_case: Case, amara: User, luis: User
) -> None:
    Consent.objects.filter(purpose=ConsentPurpose.CHECK_INS).delete()
    member = rosa_case.members.get()
    with pytest.raises(ValidationError, match="Ask them first"):
        agree_on_check_ins(member=member, terms=terms(), actor=amara, today=TODAY, now=NOW)
    agree_on_check_ins(member=member, terms=terms(consents=True), actor=amara, today=TODAY, now=NOW)
    given = Consent.objects.get(purpose=ConsentPurpose.CHECK_INS)
    assert (given.recorded_by, given.how) == (amara, "verbal")
    ella = quinn_case.members.get(client__given_name="Ella")
    with pytest.raises(ValidationError, match="child"):
        agree_on_check_ins(member=ella, terms=terms(), actor=luis, today=TODAY, now=NOW)


def test_answer_reaches_the_clinician_and_not_the_desk_and_is_told_that_nobody_watches(
    plan: CheckInPlan, amara: User, dana: User, desk: User, sandbox: Sandbox
) -> None:
    pass_at(WEEK_LATER)
    inbound = write("Not so good this week", WEEK_LATER + timedelta(minutes=5))
    assert inbound.kind == InboundKind.CHECK_IN
    for reader in (amara, dana):
        assert inbound in inbox_visible_to(reader).unresolved()
    assert inbound not in inbox_visible_to(desk)
    pass_at(WEEK_LATER + timedelta(minutes=6))
    answer = sandbox.messages()[-1]["body"]
    assert "around the clock" in answer
    assert "988" in answer


def test_what_is_written_after_a_reminder_is_no_answer_to_a_check_in(
    plan: CheckInPlan, book: Book, desk: User, sandbox: Sandbox
) -> None:
    book(plan.case, on=FRIDAY, at="15:00")
    pass_at(datetime.fromisoformat("2026-11-17T21:00:00+00:00"))
    inbound = write("Is there parking?", NOW + timedelta(days=2))
    assert inbound.kind == InboundKind.FREE
    assert inbound in inbox_visible_to(desk)


def test_what_is_written_after_a_later_notice_may_be_an_answer_and_nobody_loses_it(
    plan: CheckInPlan, book: Book, amara: User, luis: User, desk: User, sandbox: Sandbox
) -> None:
    session = book(plan.case, on=WEEK_LATER.date() + timedelta(days=9), at="15:00")
    pass_at(WEEK_LATER)
    cancel_session(session=session, by="practice", actor=desk, now=WEEK_LATER + timedelta(minutes=2))
    pass_at(WEEK_LATER + timedelta(minutes=10))
    assert [text["to"] for text in sandbox.messages()] == ["+13125550101"] * 2
    soon, much_later = WEEK_LATER + timedelta(hours=5), WEEK_LATER + timedelta(hours=49)
    inbound = write("A bit better, thank you", soon)
    assert inbound.kind == InboundKind.FREE
    assert inbound in inbox_visible_to(desk).unresolved()
    [answer] = answers_to_read(amara, now=soon)
    assert (answer.inbound, answer.is_possible) == (inbound, True)
    assert answers_to_read(luis, now=soon) == answers_to_read(desk, now=soon) == []
    resolve_inbound(inbound=inbound, resolution="Read", actor=desk, now=soon)
    assert [one.inbound for one in answers_to_read(amara, now=soon + timedelta(hours=1))] == [inbound]
    write("Is there parking?", much_later)
    assert answers_to_read(amara, now=soon + timedelta(hours=48)) == []


def test_the_planner_and_the_page_name_the_same_days_whatever_was_agreed(
    practice: Practice, amara: User
) -> None:
    drawn, first = Random(212), TODAY + timedelta(days=3)
    plans = [_agreed_somehow(drawn, number, first, amara) for number in range(30)]
    last = first + timedelta(days=45)
    # A pass plans for its day and the next two.
    for days in range(0, 46, 3):
        reconcile(now=datetime.combine(first + timedelta(days=days), time(12), UTC))
    sent = set(Message.objects.values_list("subject_id", "subject_version"))
    named = {
        (plan.public_id, int(f"{day:%Y%m%d}"))
        for plan in plans
        for day in (first + timedelta(days=n) for n in range((last - first).days))
        if plan.is_due_on(day, list(plan.stress_periods.all()))
    }
    within = {(plan, day) for plan, day in sent if int(f"{first:%Y%m%d}") <= day < int(f"{last:%Y%m%d}")}
    assert within == named
    assert len(named) > 100


def _agreed_somehow(drawn: Random, number: int, first: date, actor: User) -> CheckInPlan:
    """One agreement, of any cadence, that may end, with up to two harder times that do not overlap."""
    client = person(f"Number{number}", "Somebody", 300 + number)
    plan = CheckInPlan.objects.create(
        case=case_of(actor, Case.Kind.INDIVIDUAL, client),
        client=client,
        way=drawn.choice(["sms", "email"]),
        every_days=drawn.choice(Cadence.values),
        starts_on=first + timedelta(days=drawn.randint(-20, 20)),
        until_on=first + timedelta(days=drawn.randint(20, 60)) if drawn.random() < 0.4 else None,
        at=time(drawn.randint(8, 19)),
        agreed_on=TODAY,
        entered_by=actor,
        effective_at=NOW - timedelta(days=60),
    )
    for begins in drawn.sample([0, 22], drawn.randint(0, 2)):
        from_on = first + timedelta(days=begins + drawn.randint(-3, 3))
        plan.stress_periods.create(
            from_on=from_on,
            until_on=from_on + timedelta(days=drawn.randint(0, 14)),
            every_days=drawn.choice(Cadence.values),
            entered_by=actor,
        )
    return plan


def test_a_check_in_by_call_is_somebodys_until_it_was_made(
    rosa_case: Case, rosa: Client, amara: User, luis: User, desk: User
) -> None:
    member = rosa_case.members.get()
    by_call = terms(way="call", starts_on=TODAY)
    plan = agree_on_check_ins(member=member, terms=by_call, actor=amara, today=TODAY, now=NOW)
    assert [one.due_on for one in calls_due(amara, today=TODAY + timedelta(days=2))] == [TODAY]
    assert calls_due(luis, today=TODAY) == calls_due(desk, today=TODAY) == []
    log_check_in_call(plan=plan, result="no_answer", words="", actor=amara, today=TODAY, now=NOW)
    with pytest.raises(ValidationError, match="made this call"):
        log_check_in_call(plan=plan, result="reached", words="", actor=amara, today=TODAY, now=NOW)
    assert calls_due(amara, today=TODAY) == []
    assert [one.due_on for one in calls_due(amara, today=TODAY + timedelta(days=8))] == [
        TODAY + timedelta(days=7)
    ]
    desks = terms(way="call", starts_on=TODAY + timedelta(days=1), caller="desk")
    agree_on_check_ins(member=member, terms=desks, actor=amara, today=TODAY, now=NOW)
    assert len(calls_due(desk, today=TODAY + timedelta(days=1))) == 1
    reconcile(now=NOW)
    assert not Message.objects.filter(purpose="check_in").exists()


def test_hour_is_by_the_clock_where_they_are(plan: CheckInPlan, rosa: Client) -> None:
    rosa.timezone = "America/Los_Angeles"
    rosa.save()
    reconcile(now=WEEK_LATER - timedelta(hours=2))
    due = Message.objects.get(purpose="check_in").due_at
    assert due == WEEK_LATER + timedelta(hours=2)
    assert plan.at == time(10)
