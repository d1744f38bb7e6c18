"""A report to the court: facts from the record, words that were approved, a signature, a log; never by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Practice, User
from clients.disclosing import BasisDetails, end_basis, record_basis
from clients.mandates import MandateDetails, record_mandate
from clients.models import Case, Client, Mandate
from followups.court_paper import Paper, paper_of, stamp_of
from followups.court_pdf import draw
from followups.court_reports import (
    ReportWords,
    approve_report,
    change_report,
    send_report,
    sign_report,
    suggested_words,
    write_report,
)
from followups.court_talks import CourtTalkDetails
from followups.models import CourtReport, Disclosure
from followups.reconcile import reconcile
from followups.services import AttemptDetails, log_attempt
from sessions_app.models import Participant, TherapySession
from sessions_app.services import cancel_participant
from tests.conftest import TODAY
from tests.followups.conftest import NOON, only_follow_up, participant_of, record

Missed = Callable[..., Participant]
Book = Callable[..., TherapySession]
CARE = "I drank again and I am ashamed"
COURT = "The bus line was cut."
WORDS = ReportWords(kind="routine", since_on=TODAY - timedelta(days=30), until_on=TODAY)
FULL = replace(
    WORDS,
    parts=("attendance", "outreach", "account", "barriers", "plan"),
    account=COURT,
    barriers="Transport",
    plan="Thursdays at nine",
)


@pytest.fixture
def mandate(rosa_case: Case, rosa: Client, amara: User) -> Mandate:
    mandate = record_mandate(
        case=rosa_case,
        client=rosa,
        details=MandateDetails(order_reference="26-CF-7", misses_before_alert=1),
        due_on=(TODAY + timedelta(days=2),),
        actor=amara,
    )
    details = BasisDetails(
        kind="consent", discloser="Lakeside", recipient="Pat Lowell", purpose="Reports",
        signed_on=TODAY, expires_on=TODAY + timedelta(days=90),
        covers=("attendance", "outreach", "account", "barriers", "plan"),
    )  # fmt: skip
    record_basis(mandate=mandate, details=details, actor=amara, now=NOON)
    return mandate


@pytest.fixture
def written(mandate: Mandate, amara: User) -> Callable[..., CourtReport]:
    def write(words: ReportWords = WORDS) -> CourtReport:
        return write_report(mandate=mandate, words=words, actor=amara, now=NOON)

    return write


def paper(report: CourtReport) -> Paper:
    fresh = CourtReport.objects.select_related("mandate__case", "mandate__client").get(pk=report.pk)
    return paper_of(fresh, practice=Practice.objects.get(), now=NOON)


def rows_of(report: CourtReport, heading: str) -> list[tuple[str, str]]:
    [section] = [one for one in paper(report).sections if one.heading == heading]
    return list(section.rows)


def test_attendance_is_from_the_record_and_practice_cancellations_stand_apart(
    written: Callable[..., CourtReport],
    book: Book,
    missed: Missed,
    rosa_case: Case,
    rosa: Client,
    amara: User,
) -> None:
    came, called_off, ours = date(2026, 11, 3), date(2026, 11, 5), date(2026, 11, 9)
    for day in (came, called_off, ours):
        noon = NOON + (day - NOON.date())
        session = book(rosa_case, on=day, now=noon - timedelta(days=7))
        if day == came:
            record(session, rosa, "attended_late", now=noon)
            continue
        cancel_participant(
            participant=participant_of(session, rosa),
            by="practice" if day == ours else "client",
            reason="",
            actor=amara,
            now=noon - timedelta(days=3),
        )
    missed(rosa_case, rosa)
    book(rosa_case, on=date(2026, 11, 12), now=NOON - timedelta(days=10))
    report = written()
    assert rows_of(report, "Attendance") == [
        ("Came", "1"),
        ("Missed", "1"),
        ("Called off by the client", "1"),
        ("Not recorded yet", "1"),
        ("Called off by the practice", "1"),
    ]
    assert rows_of(report, "Each session")[0] == ("3 November 2026", "Came late")
    assert rows_of(report, "Each session")[1] == ("5 November 2026", "Called off by the client, in time")


def test_attendance_alone_by_default(
    written: Callable[..., CourtReport], missed: Missed, mandate: Mandate
) -> None:
    missed(mandate.case, mandate.client)
    report = written(replace(FULL, parts=()))
    assert report.parts == ["attendance"]
    assert [section.heading for section in paper(report).sections] == ["Attendance", "Each session"]
    assert (report.account, report.barriers, report.plan) == ("", "", "")


def test_words_for_care_are_never_in_a_report(
    written: Callable[..., CourtReport], mandate: Mandate, missed: Missed, amara: User
) -> None:
    missed(mandate.case, mandate.client)
    reconcile(now=NOON)
    court = CourtTalkDetails(court_words=COURT, is_approved=True, plan="Thursdays at nine")
    talk = AttemptDetails(channel="call", result="reached", client_words=CARE, court=court)
    log_attempt(follow_up=only_follow_up(), attempt=talk, actor=amara, now=NOON)
    suggested = suggested_words(mandate, now=NOON)
    assert suggested.parts == ("attendance",)
    assert suggested.reporting_date == mandate.reporting_dates.get()
    assert (suggested.account, suggested.plan) == (COURT, "Thursdays at nine")
    report = written(FULL)
    shown = repr(paper_of(report, practice=Practice.objects.get(), now=NOON + timedelta(hours=1)))
    assert CARE not in shown
    for words in (COURT, "Transport", "Thursdays at nine", "Call: we talked"):
        assert words in shown


def test_words_that_were_not_approved_are_not_suggested(
    mandate: Mandate, missed: Missed, amara: User
) -> None:
    missed(mandate.case, mandate.client)
    reconcile(now=NOON)
    talk = AttemptDetails(channel="call", result="reached", court=CourtTalkDetails(court_words=COURT))
    log_attempt(follow_up=only_follow_up(), attempt=talk, actor=amara, now=NOON)
    assert suggested_words(mandate, now=NOON).account == ""


def test_more_than_attendance_is_signed_only_once_the_client_approved_it(
    written: Callable[..., CourtReport], amara: User
) -> None:
    report = written(FULL)
    with pytest.raises(ValidationError, match="only what Rosa has approved"):
        sign_report(report=report, actor=amara, now=NOON)
    approve_report(report=report, actor=amara, now=NOON)
    changed = change_report(report=report, words=replace(FULL, plan="Fridays"), actor=amara, now=NOON)
    assert changed.approved_at is None
    with pytest.raises(ValidationError, match="only what Rosa has approved"):
        sign_report(report=changed, actor=amara, now=NOON)
    approve_report(report=changed, actor=amara, now=NOON)
    assert sign_report(report=changed, actor=amara, now=NOON).signed_by == amara


def test_other_words_than_were_read_are_neither_approved_nor_signed(
    written: Callable[..., CourtReport], amara: User, dana: User
) -> None:
    report = written(FULL)
    changed = change_report(report=report, words=replace(FULL, plan="Fridays"), actor=dana, now=NOON)
    for verb in (approve_report, sign_report):
        with pytest.raises(ValidationError, match="changed meanwhile") as refusal:
            verb(report=report, actor=amara, now=NOON)
        assert refusal.value.code == "stale"
        with pytest.raises(ValidationError, match="changed meanwhile"):
            verb(report=changed, read=report.imprint, actor=amara, now=NOON)
    with pytest.raises(ValidationError, match="wrote other words meanwhile"):
        change_report(report=report, words=replace(FULL, plan="Mondays"), actor=amara, now=NOON)
    assert CourtReport.objects.get().plan == "Fridays"  # theirs are not lost unseen
    approve_report(report=changed, read=changed.imprint, actor=amara, now=NOON)


def test_clinician_signs_and_nobody_else(
    written: Callable[..., CourtReport], dana: User, luis: User, desk: User
) -> None:
    report = written()
    for actor in (dana, luis, desk):
        with pytest.raises(PermissionDenied):
            sign_report(report=report, actor=actor, now=NOON)
    for actor in (luis, desk):
        for verb in (approve_report, send_report):
            with pytest.raises(PermissionDenied):
                verb(report=report, actor=actor, now=NOON)


def test_signed_report_stays_as_it_is(
    written: Callable[..., CourtReport], book: Book, rosa_case: Case, rosa: Client, amara: User
) -> None:
    session = book(rosa_case, on=date(2026, 11, 12), now=NOON - timedelta(days=10))
    record(session, rosa, "no_show")
    report = sign_report(report=written(), actor=amara, now=NOON)
    record(session, rosa, "attended", now=NOON + timedelta(hours=1))
    assert rows_of(report, "Attendance") == [("Missed", "1")]
    with pytest.raises(ValidationError, match="It is signed"):
        change_report(report=report, words=FULL, actor=amara, now=NOON)
    for change in ({"parts": ["attendance", "plan"]}, {"until_on": TODAY - timedelta(days=1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            CourtReport.objects.filter(pk=report.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        CourtReport.objects.filter(pk=report.pk).delete()


def test_report_goes_by_a_person_once_it_is_signed_and_is_logged_as_a_disclosure(
    written: Callable[..., CourtReport], mandate: Mandate, amara: User
) -> None:
    report = written(replace(WORDS, reporting_date=mandate.reporting_dates.get()))
    with pytest.raises(ValidationError, match="signed first"):
        send_report(report=report, actor=amara, now=NOON)
    assert not Disclosure.objects.exists()
    sign_report(report=report, actor=amara, now=NOON)
    assert not Disclosure.objects.exists()  # nothing goes by itself
    went = send_report(report=report, actor=amara, now=NOON)
    assert send_report(report=report, actor=amara, now=NOON).disclosure == went.disclosure
    [logged] = Disclosure.objects.all()
    assert (logged.disclosed_by, logged.recipient, logged.parts) == (amara, "Pat Lowell", ["attendance"])
    assert "may be passed on only as the law allows" in logged.notice
    assert mandate.reporting_dates.get().settled_by == amara


def test_signature_stands_in_for_no_consent(
    written: Callable[..., CourtReport], mandate: Mandate, amara: User, dana: User
) -> None:
    report = sign_report(report=written(), actor=amara, now=NOON)
    end_basis(basis=mandate.bases.get(), how="revoked", on=TODAY, actor=amara)
    for actor in (amara, dana):
        with pytest.raises(ValidationError, match="Rosa revoked the consent"):
            send_report(report=report, actor=actor, now=NOON)
    report.refresh_from_db()
    assert report.disclosure is None


def test_notice_waits_for_the_clients_account(
    written: Callable[..., CourtReport], mandate: Mandate, missed: Missed, amara: User
) -> None:
    missed(mandate.case, mandate.client)
    reconcile(now=NOON)
    report = sign_report(report=written(replace(WORDS, kind="notice")), actor=amara, now=NOON)
    with pytest.raises(ValidationError, match="Opens once you've noted Rosa's account"):
        send_report(report=report, actor=amara, now=NOON)
    talk = AttemptDetails(channel="call", result="reached", client_words=CARE)
    log_attempt(follow_up=only_follow_up(), attempt=talk, actor=amara, now=NOON)
    assert send_report(report=report, actor=amara, now=NOON).disclosure


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"until_on": TODAY + timedelta(days=1)}, "until_on"),
        ({"since_on": TODAY + timedelta(days=1)}, "until_on"),
        ({"parts": ("plan",), "plan": " "}, "plan"),
        ({"kind": "verdict"}, "kind"),
    ],
)
def test_report_that_says_too_little_or_too_much_is_not_written(
    changed: dict[str, Any], field: str, written: Callable[..., CourtReport]
) -> None:
    with pytest.raises(ValidationError) as refused:
        written(replace(WORDS, **changed))
    assert set(refused.value.message_dict) == {field}


def test_pdf_is_a_draft_until_it_is_noted_that_it_goes(
    written: Callable[..., CourtReport], amara: User, client: Browser
) -> None:
    report = written()
    url = reverse("dashboard:court-report-paper", args=[report.public_id])
    client.force_login(amara)
    answer = client.get(url)
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="draft.pdf"' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    sign_report(report=report, actor=amara, now=NOON)
    assert 'filename="draft.pdf"' in client.get(url)["Content-Disposition"]
    send_report(report=report, actor=amara, now=NOON)
    assert 'filename="report.pdf"' in client.get(url)["Content-Disposition"]


def test_stamp_names_signer_recipient_and_notice(written: Callable[..., CourtReport], amara: User) -> None:
    report = sign_report(report=written(), actor=amara, now=NOON)
    stamp = stamp_of(report, practice=Practice.objects.get(), now=NOON)
    assert (stamp.signed_by, stamp.to, stamp.is_draft) == ("Dr. Amara Okafor", "Pat Lowell", True)
    assert "signed consent of 16 November 2026" in stamp.notice


def test_long_report_goes_on_over_the_page(written: Callable[..., CourtReport]) -> None:
    report = written(replace(FULL, account="Łódź — “señora”. " * 300))
    stamp = stamp_of(report, practice=Practice.objects.get(), now=NOON)
    drawn = draw(paper_of(report, practice=Practice.objects.get(), now=NOON), stamp)
    assert drawn.count(b"/Type /Page\n") > 1


def test_report_is_written_approved_signed_and_noted_on_its_pages(
    mandate: Mandate, amara: User, dana: User, client: Browser
) -> None:
    client.force_login(amara)
    url = reverse("dashboard:court-report-new", args=[mandate.public_id])
    typed = {
        "kind": "routine", "since_on": "2026-10-01", "until_on": "2026-11-16",
        "parts": ["attendance", "plan"], "plan": "",
    }  # fmt: skip
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "Write it down, or leave this part out." in refused.content.decode()
    page = client.post(url, typed | {"plan": "Thursdays at nine"})["Location"]
    report = CourtReport.objects.get()
    steps = {name: reverse(f"dashboard:court-report-{name}", args=[report.public_id]) for name in (
        "approval", "signature", "disclosure", "words",
    )}  # fmt: skip
    shown = client.get(page).content.decode()
    assert "Read it together with Rosa" in shown
    assert "Thursdays at nine" in shown
    assert 'value="2026-10-01"' in client.get(steps["words"]).content.decode()
    client.post(steps["approval"])  # which words they read is not said
    report.refresh_from_db()
    assert report.approved_at is None
    read = {"read": report.imprint}
    assert f'name="read" value="{report.imprint}"' in client.get(page).content.decode()
    client.post(steps["approval"], read)
    assert "Sign it as it stands" in client.get(page).content.decode()
    client.force_login(dana)
    assert "Their clinician signs it." in client.get(page).content.decode()
    client.force_login(amara)
    client.post(steps["signature"], read)
    assert "Note that it goes" in client.get(page).content.decode()
    client.post(steps["disclosure"])
    assert "Kept sent nothing." in client.get(page).content.decode()
    order = client.get(reverse("dashboard:mandate", args=[mandate.public_id])).content.decode()
    assert page in order
