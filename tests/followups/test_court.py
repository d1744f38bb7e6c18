"""The ladder under a court's order: the call and the client's account first, and nothing without a basis."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.disclosing import BasisDetails, end_basis, record_basis
from clients.mandates import MandateDetails, end_mandate, record_mandate
from clients.models import Case, Client, Mandate, ReportingDate
from followups.court import PART_2_NOTICE, Report, disclose, grant_exception, what_locks
from followups.ending import close_case, what_stands_in_the_way
from followups.gates import ground_of, what_opens
from followups.models import ContactAttempt, Disclosure, FollowUp, ReportKind
from followups.reconcile import reconcile
from followups.services import AttemptDetails, close_follow_up, log_attempt
from sessions_app.models import Participant, TherapySession
from tests.conftest import TODAY
from tests.followups.conftest import NOON, only_follow_up, record

Missed = Callable[..., Participant]
NOTICE = Report(kind=ReportKind.NOTICE)
ROUTINE = Report(kind=ReportKind.ROUTINE)
LOCK = "Opens once you've noted Rosa's account, or that calls couldn't reach them."
HEARD = AttemptDetails(channel="call", result="reached", client_words="The bus line was cut")
NO_ANSWER = AttemptDetails(channel="call", result="no_answer")


@pytest.fixture
def mandate(rosa_case: Case, rosa: Client, amara: User) -> Mandate:
    return record_mandate(
        case=rosa_case,
        client=rosa,
        details=MandateDetails(order_reference="26-CF-7", misses_before_alert=1),
        due_on=(TODAY + timedelta(days=2),),
        actor=amara,
    )


@pytest.fixture
def consent(mandate: Mandate, amara: User) -> BasisDetails:
    details = BasisDetails(
        kind="consent", discloser="Lakeside", recipient="Pat Lowell", purpose="Reports",
        signed_on=TODAY, expires_on=TODAY + timedelta(days=90), covers=("attendance", "plan"),
    )  # fmt: skip
    record_basis(mandate=mandate, details=details, actor=amara, now=NOON)
    return details


@pytest.fixture
def follow_up(mandate: Mandate, missed: Missed, rosa_case: Case, rosa: Client) -> FollowUp:
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    return only_follow_up()


def due(mandate: Mandate) -> ReportingDate:
    return mandate.reporting_dates.select_related("mandate__case", "mandate__client").get()


def test_first_action_is_a_call(follow_up: FollowUp) -> None:
    assert [step.kind for step in follow_up.steps.all()] == ["call"]


def test_notice_waits_until_the_client_was_heard(
    mandate: Mandate, consent: BasisDetails, follow_up: FollowUp, amara: User, dana: User
) -> None:
    for actor in (amara, dana):
        with pytest.raises(ValidationError, match="Opens once you've noted Rosa's account"):
            disclose(mandate=mandate, report=NOTICE, actor=actor, now=NOON)
    # A talk without their words is not their account.
    log_attempt(follow_up=follow_up, attempt=replace(HEARD, client_words=""), actor=amara, now=NOON)
    assert what_locks(mandate, NOTICE, now=NOON) == LOCK
    log_attempt(follow_up=follow_up, attempt=HEARD, actor=amara, now=NOON)
    disclose(mandate=mandate, report=NOTICE, actor=amara, now=NOON)
    assert Disclosure.objects.get().kind == "notice"


def test_three_calls_that_reach_nobody_open_it_too(
    mandate: Mandate, consent: BasisDetails, follow_up: FollowUp, amara: User
) -> None:
    for hours in (2, 1):
        early = NOON - timedelta(minutes=hours)
        log_attempt(follow_up=follow_up, attempt=NO_ANSWER, actor=amara, now=early)
    assert what_locks(mandate, NOTICE, now=NOON) == LOCK
    log_attempt(follow_up=follow_up, attempt=NO_ANSWER, actor=amara, now=NOON)
    assert what_locks(mandate, NOTICE, now=NOON) == ""


def test_account_of_an_earlier_lapse_opens_nothing_now(
    mandate: Mandate,
    consent: BasisDetails,
    follow_up: FollowUp,
    amara: User,
    rosa: Client,
    rosa_case: Case,
    book: Callable[..., TherapySession],
    missed: Missed,
) -> None:
    log_attempt(follow_up=follow_up, attempt=HEARD, actor=amara, now=NOON)
    tuesday, wednesday = NOON + timedelta(days=1), NOON + timedelta(days=2)
    record(book(rosa_case, on=tuesday.date()), rosa, "attended", now=tuesday)
    missed(rosa_case, rosa, on=wednesday.date())
    assert what_locks(mandate, NOTICE, now=wednesday) == LOCK


@pytest.mark.parametrize("kind", ["routine", "favourable"])
def test_routine_and_favourable_reports_wait_for_no_call(
    kind: str, mandate: Mandate, consent: BasisDetails, follow_up: FollowUp, amara: User
) -> None:
    disclose(mandate=mandate, report=Report(kind=kind), actor=amara, now=NOON)
    assert Disclosure.objects.get().parts == ["attendance"]
    assert not ContactAttempt.objects.exists()


def test_supervisor_answers_for_what_is_legally_due(
    mandate: Mandate, consent: BasisDetails, follow_up: FollowUp, amara: User, dana: User, luis: User
) -> None:
    for actor in (amara, luis):
        with pytest.raises(PermissionDenied):
            grant_exception(reporting_date=due(mandate), because="Due", actor=actor, now=NOON)
    with pytest.raises(ValidationError, match="Say why it cannot wait"):
        grant_exception(reporting_date=due(mandate), because=" ", actor=dana, now=NOON)
    grant_exception(reporting_date=due(mandate), because="Hearing on Wednesday", actor=dana, now=NOON)
    # For that day alone.
    assert what_locks(mandate, NOTICE, now=NOON) == LOCK
    sent = disclose(
        mandate=mandate, report=replace(NOTICE, reporting_date=due(mandate)), actor=amara, now=NOON
    )
    assert sent.exception
    assert (sent.exception.granted_by, sent.exception.because) == (dana, "Hearing on Wednesday")
    assert due(mandate).settled_by == amara


def test_without_a_valid_basis_nobody_sends_the_supervisor_included(
    mandate: Mandate, follow_up: FollowUp, amara: User, dana: User
) -> None:
    log_attempt(follow_up=follow_up, attempt=HEARD, actor=amara, now=NOON)
    grant_exception(reporting_date=due(mandate), because="Hearing on Wednesday", actor=dana, now=NOON)
    for actor in (amara, dana):
        for kind in ReportKind:
            report = Report(kind=kind, reporting_date=due(mandate))
            with pytest.raises(ValidationError, match="no signed consent on file"):
                disclose(mandate=mandate, report=report, actor=actor, now=NOON)
    assert not Disclosure.objects.exists()


def test_revoked_consent_stops_the_next_report(
    mandate: Mandate, consent: BasisDetails, amara: User, dana: User
) -> None:
    disclose(mandate=mandate, report=ROUTINE, actor=amara, now=NOON)
    end_basis(basis=mandate.bases.get(), how="revoked", on=TODAY, actor=amara)
    with pytest.raises(ValidationError, match="Rosa revoked the consent"):
        disclose(mandate=mandate, report=ROUTINE, actor=dana, now=NOON)


def test_one_paper_is_on_file_once_and_not_again_after_it_was_revoked(
    mandate: Mandate, consent: BasisDetails, amara: User
) -> None:
    again = record_basis(mandate=mandate, details=consent, actor=amara, now=NOON)  # pressed twice
    assert mandate.bases.get() == again
    later = NOON + timedelta(days=1)
    end_basis(basis=again, how="revoked", on=TODAY + timedelta(days=1), actor=amara)
    with pytest.raises(ValidationError, match="It takes a new one"):
        record_basis(mandate=mandate, details=consent, actor=amara, now=later)
    anew = replace(consent, signed_on=TODAY + timedelta(days=1))
    record_basis(mandate=mandate, details=anew, actor=amara, now=later)
    assert mandate.bases.count() == 2


def test_one_order_is_noted_once(rosa_case: Case, mandate: Mandate, amara: User) -> None:
    details = MandateDetails(order_reference=f" {mandate.order_reference} ")
    with pytest.raises(ValidationError, match="noted already"):
        record_mandate(case=mandate.case, client=mandate.client, details=details, actor=amara)
    end_mandate(mandate=mandate, on=TODAY, actor=amara)
    record_mandate(case=mandate.case, client=mandate.client, details=details, actor=amara)


def test_more_than_attendance_goes_only_as_covered_and_approved(
    mandate: Mandate, consent: BasisDetails, amara: User
) -> None:
    plan = replace(ROUTINE, parts=("attendance", "plan"))
    assert what_locks(mandate, plan, now=NOON) == "Beyond attendance, only what Rosa has approved may go."
    barriers = replace(ROUTINE, parts=("attendance", "barriers"), is_approved=True)
    assert what_locks(mandate, barriers, now=NOON) == "The consent does not cover: what got in the way."
    sent = disclose(mandate=mandate, report=replace(plan, is_approved=True), actor=amara, now=NOON)
    assert (sent.parts, sent.is_approved) == (["attendance", "plan"], True)


def test_each_disclosure_is_logged_with_its_notice_and_never_changed(
    mandate: Mandate, consent: BasisDetails, amara: User
) -> None:
    sent = disclose(mandate=mandate, report=ROUTINE, actor=amara, now=NOON)
    assert (sent.recipient, sent.disclosed_by, sent.disclosed_at) == ("Pat Lowell", amara, NOON)
    assert "may be passed on only as the law allows" in sent.notice
    assert "16 November 2026, which covers: attendance, the plan." in sent.notice
    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.update(recipient="Somebody else")


def test_addiction_counselling_carries_the_notice_of_part_2(
    mandate: Mandate, rosa_case: Case, amara: User
) -> None:
    Case.objects.filter(pk=rosa_case.pk).update(is_addiction=True)
    mandate.case.refresh_from_db()
    order = BasisDetails(
        kind="order", discloser="Lakeside", recipient="The court", purpose="Reports", signed_on=TODAY,
        is_under_part_2=True,
    )  # fmt: skip
    record_basis(mandate=mandate, details=order, actor=amara, now=NOON)
    assert disclose(mandate=mandate, report=ROUTINE, actor=amara, now=NOON).notice.startswith(PART_2_NOTICE)


def test_desk_and_strangers_send_nothing(
    mandate: Mandate, consent: BasisDetails, desk: User, luis: User
) -> None:
    for actor in (desk, luis):
        with pytest.raises(PermissionDenied):
            disclose(mandate=mandate, report=ROUTINE, actor=actor, now=NOON)


def test_letter_and_bill_wait_for_the_account(follow_up: FollowUp, amara: User, desk: User) -> None:
    letter = AttemptDetails(channel="letter", result="left_word")
    with pytest.raises(ValidationError) as told:  # nothing of an order, nor of an account
        log_attempt(follow_up=follow_up, attempt=letter, actor=desk, now=NOON)
    assert told.value.messages == ["Please ask their clinician before a letter goes."]
    for _ in range(2):  # before a call, and after one that reached nobody
        with pytest.raises(ValidationError) as refused:
            log_attempt(follow_up=follow_up, attempt=letter, actor=amara, now=NOON)
        assert "channel" in refused.value.message_dict
        assert what_opens("fee", ground_of(follow_up))
        log_attempt(follow_up=follow_up, attempt=NO_ANSWER, actor=amara, now=NOON)
    log_attempt(follow_up=follow_up, attempt=HEARD, actor=amara, now=NOON)
    fresh = FollowUp.objects.get(pk=follow_up.pk)
    assert what_opens("fee", ground_of(fresh)) == what_opens("letter", ground_of(fresh)) == ""
    log_attempt(follow_up=follow_up, attempt=letter, actor=amara, now=NOON)


def test_closing_before_outreach_is_abandonment(follow_up: FollowUp, rosa_case: Case, amara: User) -> None:
    close_follow_up(follow_up=follow_up, because="No time", actor=amara, now=NOON)
    with pytest.raises(ValidationError, match="would be abandoning them"):
        close_case(case=rosa_case, because="Did not come", actor=amara, now=NOON)
    rosa_case.refresh_from_db()
    assert rosa_case.closed_on is None
    log_attempt_again(follow_up, amara)
    assert what_stands_in_the_way(case=rosa_case, now=NOON) == []


def log_attempt_again(follow_up: FollowUp, actor: User) -> None:
    """Open it once more, hear the client, and close it."""
    FollowUp.objects.filter(pk=follow_up.pk).update(state="open", closed_at=None, closed_because="")
    log_attempt(follow_up=follow_up, attempt=HEARD, actor=actor, now=NOON)
    close_follow_up(follow_up=follow_up, because="They move away", actor=actor, now=NOON)


def test_page_says_what_opens_each_lock_and_notes_what_went(
    mandate: Mandate, consent: BasisDetails, follow_up: FollowUp, amara: User, dana: User, client: Browser
) -> None:
    page = reverse("dashboard:mandate", args=[mandate.public_id])
    url = reverse("dashboard:disclosure-new", args=[mandate.public_id])
    exception = reverse("dashboard:report-exception-new", args=[due(mandate).public_id])
    client.force_login(amara)
    shown = client.get(page).content.decode()
    assert "noted Rosa&#x27;s account" in shown
    assert exception not in shown
    notice = {"kind": "notice", "reporting_date": str(due(mandate).public_id)}
    refused = client.post(url, notice)
    assert refused.status_code == 422
    assert "noted Rosa&#x27;s account" in refused.content.decode()
    client.force_login(dana)
    assert exception in client.get(page).content.decode()
    assert client.post(exception, {"because": ""}).status_code == 422
    client.post(exception, {"because": "Hearing on Wednesday"})
    client.force_login(amara)
    assert client.post(url, notice).status_code == 302
    shown = client.get(page).content.decode()
    assert "What went to the court" in shown
    assert "Dana Reyes answered for it" in shown
