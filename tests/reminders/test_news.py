"""A ring plans what changed, in the order in which changes are committed; the sweep remains the authority."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import transaction

from accounts.models import User
from attendance.models import Outcome, Source
from attendance.services import Seen, record_outcome
from clients.check_ins import (
    CheckInTerms,
    Stress,
    agree_on_check_ins,
    end_check_ins,
    end_stress,
    mark_stress,
)
from clients.models import Case, Client, Guardianship
from clients.services import mark_for_more_reminders
from reminders.health import last_passes
from reminders.models import Audience, Message, PassKind, PlanningNews, ReminderRule
from reminders.reconcile import Mended, reconcile, reconcile_told
from reminders.services import RuleDetails, add_rule, change_rule
from sessions_app.models import TherapySession
from sessions_app.services import (
    NewTime,
    cancel_participant,
    cancel_session,
    reschedule_session,
    undo_session_cancellation,
)
from tests.conftest import NOW, TODAY, case_of, person
from tests.reminders.conftest import FRIDAY
from tests.side_by_side import under_way

Book = Callable[..., TherapySession]
SOON = NOW + timedelta(seconds=2)
THURSDAY = date(2026, 11, 19)
MONDAY_AT_ELEVEN = NewTime(on=date(2026, 11, 23), at=time(11))
BOTH_REMINDERS = Mended(reminders=2)


@pytest.fixture
def swept(practice: object) -> None:
    """Everything was looked at: from now on a ring hears of nothing but news."""
    reconcile(now=NOW)
    assert not PlanningNews.objects.exists()


def _planned_of(session: TherapySession) -> int:
    return Message.objects.filter(session=session, state="planned").count()


def test_a_ring_plans_what_was_booked_and_leaves_the_rest_to_the_sweep(
    swept: None, book: Book, rosa_case: Case, field_case: Case
) -> None:
    lost = book(rosa_case, on=FRIDAY)
    PlanningNews.objects.all().delete()
    booked = book(field_case, on=FRIDAY, at="12:00")
    assert reconcile_told(now=SOON) == Mended(reminders=4)
    assert (_planned_of(booked), _planned_of(lost)) == (4, 0)
    assert reconcile(now=SOON) == BOTH_REMINDERS
    assert _planned_of(lost) == 2


def test_a_ring_without_news_changes_nothing_and_is_no_pass_of_the_sweep(
    swept: None, friday: TherapySession
) -> None:
    assert reconcile_told(now=SOON) == BOTH_REMINDERS
    assert reconcile_told(now=SOON) == Mended()
    assert last_passes()[PassKind.RECONCILE].ended_at == NOW


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_no_news(swept: None, book: Book, rosa_case: Case) -> None:
    with transaction.atomic():
        book(rosa_case, on=FRIDAY)
        assert PlanningNews.objects.exists()
        transaction.set_rollback(True)
    assert not PlanningNews.objects.exists()
    assert reconcile_told(now=SOON) == Mended()


@pytest.mark.django_db(transaction=True)
def test_what_began_earlier_and_is_committed_later_is_planned_by_the_next_ring(
    swept: None, book: Book, rosa_case: Case, field_case: Case
) -> None:
    slow, quick = book(rosa_case, on=FRIDAY), book(field_case, on=FRIDAY, at="12:00")
    reconcile(now=NOW)
    with under_way(lambda: reschedule_session(session=slow, to=MONDAY_AT_ELEVEN, actor=None, now=NOW)):
        cancel_session(session=quick, by="client", actor=None, now=SOON)
        assert reconcile_told(now=SOON) == Mended(cancelled=4)
        assert reconcile_told(now=SOON) == Mended()
    assert reconcile_told(now=SOON) == Mended(cancelled=2, notices=1, reminders=2)
    assert reconcile(now=SOON) == Mended()


@pytest.mark.django_db(transaction=True)
def test_news_of_a_ring_that_never_came_is_taken_up_by_the_next_one_or_by_the_sweep(
    swept: None, book: Book, rosa_case: Case, field_case: Case
) -> None:
    """Whoever booked died between the commit and the ring."""
    silent = book(rosa_case, on=FRIDAY)
    book(field_case, on=FRIDAY, at="12:00")
    assert reconcile_told(now=SOON) == Mended(reminders=6)
    cancel_session(session=silent, by="client", actor=None, now=SOON)
    assert reconcile(now=SOON) == Mended(cancelled=2)
    assert not PlanningNews.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_news_of_a_pass_that_broke_off_is_news_again(swept: None, friday: TherapySession) -> None:
    with transaction.atomic():
        assert reconcile_told(now=SOON) == BOTH_REMINDERS
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert reconcile_told(now=SOON) == BOTH_REMINDERS


@pytest.mark.django_db(transaction=True)
def test_a_ring_gives_way_to_a_verb_and_keeps_its_news(swept: None, friday: TherapySession) -> None:
    reconcile(now=NOW)
    cancel_session(session=friday, by="client", actor=None, now=SOON)
    with under_way(lambda: list(Message.objects.select_for_update())):
        assert reconcile_told(now=SOON) == Mended()
    assert reconcile_told(now=SOON) == Mended(cancelled=2)


def test_each_verb_leaves_nothing_for_the_sweep_once_a_ring_was_answered(
    swept: None, book: Book, friday: TherapySession, field_case: Case, rosa: Client
) -> None:
    couple = book(field_case, on=FRIDAY, at="12:00")
    maya = couple.participants.all()[0]
    after = NOW + timedelta(minutes=1)
    verbs: list[Callable[[], object]] = [
        lambda: None,
        lambda: reschedule_session(session=friday, to=MONDAY_AT_ELEVEN, actor=None, now=after),
        lambda: cancel_participant(participant=maya, by="client", actor=None, now=after),
        lambda: cancel_session(session=friday, by="practice", actor=None, now=after),
        lambda: undo_session_cancellation(session=friday, actor=None, now=after),
        lambda: Client.objects.filter(pk=rosa.pk).update(left_on=after.date()),
        lambda: Client.objects.filter(pk=rosa.pk).update(left_on=None),
    ]
    for number, verb in enumerate(verbs):
        verb()
        assert reconcile_told(now=after) != Mended(), number
        assert reconcile(now=after) == Mended(), number


def test_an_earlier_session_takes_the_first_one_s_reminder_from_the_later(
    swept: None, book: Book, rosa_case: Case, admin_user: User
) -> None:
    ReminderRule.objects.all().delete()
    first = RuleDetails(name="First", lead_days=1, audience=Audience.FIRST_SESSION)
    add_rule(details=first, actor=admin_user, now=NOW)
    later = book(rosa_case, on=FRIDAY)
    assert reconcile_told(now=SOON) == Mended(reminders=1)
    earlier = book(rosa_case, on=THURSDAY)
    assert reconcile_told(now=SOON) == Mended(cancelled=1, reminders=1)
    assert (_planned_of(earlier), _planned_of(later)) == (1, 0)


def test_a_guardian_of_two_children_has_one_message_though_news_is_of_one_child(
    swept: None, book: Book, amara: User
) -> None:
    mother = person("Nora", "Quinn", 121)
    children = [
        person(name, "Quinn", n, born_on=date(2014, 5, n)) for n, name in enumerate(("Ella", "Finn"), 2)
    ]
    for child in children:
        Guardianship.objects.create(guardian=mother, minor=child, may_receive=True)
    session = book(case_of(amara, Case.Kind.FAMILY, *children), on=FRIDAY)
    assert reconcile_told(now=SOON) == BOTH_REMINDERS
    mark_for_more_reminders(client=children[1], more=True, actor=None)
    assert PlanningNews.objects.filter(client=children[1]).exists()
    assert reconcile_told(now=SOON) == Mended()
    assert _planned_of(session) == 2


def test_a_rule_is_news_of_everybody(swept: None, friday: TherapySession, admin_user: User) -> None:
    reconcile(now=NOW)
    rule = ReminderRule.objects.get(lead_days=3)
    off = RuleDetails(name=rule.name, lead_days=3, is_active=False)
    change_rule(rule=rule, details=off, actor=admin_user, now=SOON)
    assert reconcile_told(now=SOON) == Mended(cancelled=1)


def test_what_is_recorded_of_a_session_is_no_news(swept: None, book: Book, rosa_case: Case) -> None:
    """Marks are the desk's most frequent act; what a rule makes of a miss waits for the sweep."""
    session = book(rosa_case)
    reconcile(now=NOW)
    seen = Seen(outcome=Outcome.NO_SHOW, source=Source.BOARD)
    record_outcome(participant=session.participants.get(), seen=seen, actor=None, now=session.ends_at)
    assert not PlanningNews.objects.exists()


def test_news_of_somebody_with_nothing_ahead_is_taken_away(swept: None, book: Book, rosa_case: Case) -> None:
    session = book(rosa_case)
    assert reconcile_told(now=session.ends_at) == Mended()
    assert not PlanningNews.objects.exists()


def test_check_ins_agreed_on_marked_or_ended_are_planned_by_a_ring(
    swept: None, rosa_case: Case, amara: User
) -> None:
    terms = CheckInTerms(way="sms", every_days=7, starts_on=TODAY, agreed_on=TODAY)
    plan = agree_on_check_ins(member=rosa_case.members.get(), terms=terms, actor=amara, today=TODAY, now=NOW)
    assert reconcile_told(now=SOON) == Mended(check_ins=1)
    stress = Stress(from_on=TODAY, until_on=TODAY + timedelta(days=6), every_days=1)
    period = mark_stress(plan=plan, stress=stress, actor=amara)
    assert reconcile_told(now=SOON) == Mended(check_ins=2)
    end_stress(period=period, actor=amara, today=TODAY)
    assert reconcile_told(now=SOON) == Mended(check_ins=2)
    end_check_ins(plan=plan, actor=amara, now=SOON)
    assert reconcile_told(now=SOON) == Mended(check_ins=1)
    assert not Message.objects.filter(purpose="check_in", state="planned").exists()
