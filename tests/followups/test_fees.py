"""Fees: told beforehand, after outreach, decided by a person, waived with a reason (row 3.5)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from attendance.models import Fee, FeeTerms
from clients.models import Case, Client, Mandate
from followups.fee_rules import absences_of, absences_seen_by
from followups.fees import (
    Decided,
    TermsDetails,
    charge,
    decided_in,
    exempt,
    note_terms_told,
    terms_for,
    waive,
    write_terms,
)
from followups.models import AttemptChannel, AttemptResult, ContactAttempt, FollowUp
from followups.reconcile import reconcile
from followups.services import AttemptDetails, log_attempt, open_follow_up
from followups.taking_back import take_back_attempt
from sessions_app.models import Participant
from sessions_app.services import cancel_participant
from tests.followups.conftest import NOON, missed, record

__all__ = ["missed"]

Missed = Callable[..., Participant]
DETAILS = TermsDetails(
    missed_amount=Decimal("40.00"),
    late_amount=Decimal("20.00"),
    free_absences=0,
    words="A missed session costs 40 dollars, a late cancellation 20. Call us if that is hard.",
    words_es="",
    in_force_from=date(2026, 10, 1),
)
LAST_MONTH = NOON - timedelta(days=60)


@pytest.fixture
def terms(practice: object, admin_user: User) -> FeeTerms:
    return write_terms(details=DETAILS, actor=admin_user, now=LAST_MONTH)


@pytest.fixture
def told(terms: FeeTerms, rosa: Client, desk: User) -> FeeTerms:
    """Rosa signed them in October."""
    note_terms_told(client=rosa, terms=terms, how="signed", told_on=date(2026, 10, 5), actor=desk, now=NOON)
    return terms


@pytest.fixture
def absent(missed: Missed, rosa_case: Case, rosa: Client) -> Participant:
    """Rosa was missed this morning, and there is a follow-up."""
    participant = missed(rosa_case, rosa)
    reconcile(now=NOON)
    return participant


def call(
    client: Client, actor: User, result: AttemptResult = AttemptResult.NO_ANSWER, words: str = ""
) -> None:
    details = AttemptDetails(channel=AttemptChannel.CALL, result=result, client_words=words)
    follow_up = FollowUp.objects.filter(client=client).latest("pk")
    log_attempt(follow_up=follow_up, attempt=details, actor=actor, now=NOON + timedelta(hours=1))


def lock_on(participant: Participant) -> str:
    return next(one.lock for one in absences_of(participant.client) if one.participant == participant)


def test_nobody_is_charged_before_somebody_tried_to_reach_them(
    told: FeeTerms, absent: Participant, rosa: Client, amara: User
) -> None:
    with pytest.raises(ValidationError, match="Opens once somebody has tried to reach Rosa"):
        charge(participant=absent, actor=amara, now=NOON)
    call(rosa, amara)
    fee = charge(participant=absent, actor=amara, now=NOON)
    assert (fee.decision, fee.amount, fee.decided_by) == ("charged", Decimal("40.00"), amara)
    assert charge(participant=absent, actor=amara, now=NOON).pk == fee.pk


def test_the_talk_about_the_pattern_names_what_was_really_charged_and_waived(
    told: FeeTerms, absent: Participant, missed: Missed, rosa: Client, rosa_case: Case, amara: User
) -> None:
    later = missed(rosa_case, rosa, on=date(2026, 11, 17))
    assert decided_in(rosa_case, rosa) == Decided(charged={}, times_charged=0, times_waived=0)
    call(rosa, amara)
    charge(participant=absent, actor=amara, now=NOON)
    waive(participant=later, because="Her first month", actor=amara, now=NOON)
    decided = decided_in(rosa_case, rosa)
    assert (decided.sums, decided.times_charged, decided.times_waived) == ("40.00 USD", 1, 1)
    waive(participant=absent, because="The snow", actor=amara, now=NOON)
    assert decided_in(rosa_case, rosa).charged == {}


def test_a_try_on_which_a_charge_rests_is_not_taken_back(
    told: FeeTerms, absent: Participant, rosa: Client, amara: User
) -> None:
    call(rosa, amara)
    charge(participant=absent, actor=amara, now=NOON + timedelta(hours=1, seconds=30))
    tried = ContactAttempt.objects.get()
    a_minute_later = NOON + timedelta(hours=1, minutes=1)
    with pytest.raises(ValidationError, match="decided on it since"):
        take_back_attempt(attempt=tried, actor=amara, now=a_minute_later)
    waive(participant=absent, because="A slip", actor=amara, now=a_minute_later)
    take_back_attempt(attempt=tried, actor=amara, now=a_minute_later)
    assert not ContactAttempt.objects.exists()


def test_what_was_tried_before_this_absence_opens_nothing(
    told: FeeTerms, absent: Participant, missed: Missed, rosa: Client, rosa_case: Case, amara: User
) -> None:
    call(rosa, amara)
    later = missed(rosa_case, rosa, on=date(2026, 11, 17))
    assert "tried to reach" in lock_on(later)


def test_nobody_pays_what_they_were_not_told_before(
    terms: FeeTerms, absent: Participant, rosa: Client, amara: User, desk: User
) -> None:
    call(rosa, amara)
    assert "not told beforehand" in lock_on(absent)
    on_the_day = absent.session.on
    note_terms_told(client=rosa, terms=terms, how="said", told_on=on_the_day, actor=desk, now=NOON)
    assert "not told beforehand" in lock_on(absent)
    with pytest.raises(ValidationError):
        charge(participant=absent, actor=amara, now=NOON)
    assert not Fee.objects.exists()


def test_dearer_terms_bind_only_who_was_told_of_them_and_cheaper_ones_everybody(
    told: FeeTerms, absent: Participant, rosa: Client, amara: User, admin_user: User
) -> None:
    call(rosa, amara)
    november = replace(DETAILS, missed_amount=Decimal("90.00"), in_force_from=date(2026, 11, 1))
    write_terms(details=november, actor=admin_user, now=LAST_MONTH)
    assert absences_of(rosa)[0].amount == Decimal("40.00")
    cheaper = replace(november, missed_amount=Decimal("10.00"), in_force_from=date(2026, 11, 2))
    write_terms(details=cheaper, actor=admin_user, now=LAST_MONTH)
    assert absences_of(rosa)[0].amount == Decimal("10.00")


def test_where_whoever_pays_forbids_it_nothing_is_charged_or_shown(
    told: FeeTerms, absent: Participant, rosa: Client, amara: User, desk: User
) -> None:
    call(rosa, amara)
    assert terms_for(rosa, absent.session.on) == told
    exempt(client=rosa, because="payer", actor=desk, now=NOON)
    assert terms_for(rosa, absent.session.on) is None
    with pytest.raises(ValidationError, match="Nothing is ever charged here"):
        charge(participant=absent, actor=amara, now=NOON)


def test_so_many_in_a_year_are_free(
    rosa: Client, rosa_case: Case, missed: Missed, amara: User, desk: User, admin_user: User
) -> None:
    kind = write_terms(details=replace(DETAILS, free_absences=1), actor=admin_user, now=LAST_MONTH)
    note_terms_told(client=rosa, terms=kind, how="sent", told_on=date(2026, 10, 5), actor=desk, now=NOON)
    first = missed(rosa_case, rosa, on=date(2026, 11, 9))
    second = missed(rosa_case, rosa)
    reconcile(now=NOON)
    call(rosa, amara)
    assert "this one is free" in lock_on(first)
    assert lock_on(second) == ""


def test_under_a_courts_order_the_account_comes_first_and_a_worry_stops_every_bill(
    told: FeeTerms, absent: Participant, rosa: Client, rosa_case: Case, amara: User
) -> None:
    Mandate.objects.create(case=rosa_case, client=rosa, order_reference="26-CF-1")
    call(rosa, amara)
    assert "noted Rosa's account" in lock_on(absent)
    call(rosa, amara, AttemptResult.REACHED, "The bus")
    assert lock_on(absent) == ""
    open_follow_up(client=rosa, case=rosa_case, protocol_code="at_risk", actor=amara, now=NOON)
    assert "worry about their wellbeing" in lock_on(absent)


def test_waiving_needs_a_reason_and_is_possible_after_a_charge(
    told: FeeTerms, absent: Participant, rosa: Client, amara: User
) -> None:
    call(rosa, amara)
    charge(participant=absent, actor=amara, now=NOON)
    with pytest.raises(ValidationError):
        waive(participant=absent, because=" ", actor=amara, now=NOON)
    fee = waive(participant=absent, because="Her child was ill", actor=amara, now=NOON)
    assert (fee.decision, fee.amount, fee.because) == ("waived", None, "Her child was ill")
    assert Fee.objects.count() == 1


def test_desk_and_a_second_clinician_decide_nothing_and_read_no_reason(
    told: FeeTerms, absent: Participant, rosa: Client, amara: User, desk: User, luis: User
) -> None:
    call(rosa, amara)
    for user in (desk, luis):
        with pytest.raises(PermissionDenied):
            charge(participant=absent, actor=user, now=NOON)
    waive(participant=absent, because="Her child was ill", actor=amara, now=NOON)
    (seen,) = absences_seen_by(desk, rosa)
    assert (seen.decision, seen.because, seen.lock, seen.may_decide) == ("waived", "", "", False)
    assert absences_seen_by(luis, rosa) == []


def test_late_cancellation_has_its_own_amount_and_an_absence_corrected_costs_nothing(
    told: FeeTerms,
    absent: Participant,
    rosa: Client,
    rosa_case: Case,
    amara: User,
    book: Callable[..., object],
) -> None:
    call(rosa, amara)
    charge(participant=absent, actor=amara, now=NOON)
    record(absent.session, rosa, "attended", now=NOON)
    assert absences_of(rosa) == []
    with pytest.raises(ValidationError, match="they were there"):
        charge(participant=absent, actor=amara, now=NOON)
    session = book(rosa_case, on=date(2026, 11, 17), at="10:00", now=NOON - timedelta(days=7))
    late = session.participants.get()  # type: ignore[attr-defined]
    cancel_participant(participant=late, by="client", reason="", actor=None, now=NOON)
    assert absences_of(rosa)[0].amount == Decimal("20.00")


def test_terms_are_said_plainly_hold_from_today_and_never_change(admin_user: User, practice: object) -> None:
    for details, field in (
        (replace(DETAILS, words=""), "words"),
        (replace(DETAILS, words="You failed to attend and will be charged"), "words"),
        (replace(DETAILS, in_force_from=date(2026, 9, 1)), "in_force_from"),
        (replace(DETAILS, in_force_from=date(2062, 9, 1)), "in_force_from"),
    ):
        with pytest.raises(ValidationError) as refused:
            write_terms(details=details, actor=admin_user, now=LAST_MONTH)
        assert field in refused.value.message_dict
    assert not FeeTerms.objects.exists()


def test_absences_cost_the_same_queries_however_many(
    told: FeeTerms, missed: Missed, rosa: Client, rosa_case: Case, amara: User
) -> None:
    missed(rosa_case, rosa)
    with CaptureQueriesContext(connection) as with_one:
        absences_seen_by(amara, rosa)
    for day in (9, 10, 11):
        missed(rosa_case, rosa, on=date(2026, 11, day))
    with CaptureQueriesContext(connection) as with_four:
        assert len(absences_seen_by(amara, rosa)) == 4
    assert len(with_four) == len(with_one)
