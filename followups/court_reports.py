"""Verbs on reports to the court: write, note the client's approval, sign, note that it goes. Nothing goes by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from clients.access import may_treat_case
from clients.disclosing import ATTENDANCE_ONLY
from clients.mandates import refuse_others
from clients.models import DisclosurePart, Mandate, ReportingDate
from followups.court import Report, disclose, in_order, refuse_foreign_day
from followups.court_paper import frozen, paper_of
from followups.imprint import refuse_changed, refuse_overwriting
from followups.lapses import lapsed_since
from followups.models import AttemptBarrier, CourtReport, CourtTalk, ReportKind
from reminders.wording_check import blame_of, blaming_in

USUAL_DAYS = 90
WRITTEN = (DisclosurePart.ACCOUNT, DisclosurePart.BARRIERS, DisclosurePart.PLAN)
DUE_SOON_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class ReportWords:
    """What a report says: for which days, what it holds, and the words written for the court."""

    kind: str
    since_on: date
    until_on: date
    parts: tuple[str, ...] = ATTENDANCE_ONLY
    reporting_date: ReportingDate | None = None
    account: str = ""
    barriers: str = ""
    plan: str = ""


def suggested_words(mandate: Mandate, *, now: datetime) -> ReportWords:
    """Where a new report begins: since the last one, attendance alone, with the client's approved words at hand.

    The caller may read the order's case. The day that is due soon is chosen, too.
    """
    today = get_practice().today(now)
    last = mandate.reports.filter(disclosure__isnull=False).order_by("-until_on").first()
    since = last.until_on + timedelta(days=1) if last else today - timedelta(days=USUAL_DAYS)
    talks = CourtTalk.objects.filter(
        attempt__follow_up__client=mandate.client_id, attempt__follow_up__case=mandate.case_id
    ).order_by("-attempt__at")
    approved = talks.filter(is_approved=True).values_list("court_words", flat=True).first()
    plan = talks.exclude(plan="").values_list("plan", flat=True).first()
    return ReportWords(
        kind=ReportKind.ROUTINE,
        since_on=min(since, today),
        until_on=today,
        reporting_date=mandate.reporting_dates.filter(
            settled_at=None, due_on__lte=today + timedelta(days=DUE_SOON_DAYS)
        ).first(),
        account=approved or "",
        barriers=", ".join(_named(mandate)),
        plan=plan or "",
    )


def write_report(
    *, mandate: Mandate, words: ReportWords, actor: User, now: datetime, keep_flagged: bool = False
) -> CourtReport:
    """Write a draft. For the case's clinicians and their supervisors (PermissionDenied).

    Raises ValidationError, by field, for days that are still to come and for parts without words; with the
    code "blaming" for words that a person may keep (rows 4.9, 4.13).
    """
    refuse_others(actor, mandate.case)
    _check(mandate, words, today=get_practice().today(now))
    if not keep_flagged:
        _refuse_blame(words)
    with acting("write_court_report", actor=actor):
        return CourtReport.objects.create(
            mandate=mandate, written_by=actor, written_at=now, **_columns(words)
        )


def change_report(
    *,
    report: CourtReport,
    words: ReportWords,
    read: str | None = None,
    actor: User,
    now: datetime,
    keep_flagged: bool = False,
) -> CourtReport:
    """Write a draft anew, refused as above: what the client approved before has to be approved again.

    `read` is the imprint of the words that these take the place of, those of `report` unless given: where
    a colleague has written since, theirs stand (ValidationError, code "stale").
    """
    refuse_others(actor, report.mandate.case)
    _check(report.mandate, words, today=get_practice().today(now))
    if not keep_flagged:
        _refuse_blame(words)
    with acting("change_court_report", actor=actor):
        locked = _lock_draft(report)
        refuse_overwriting(locked.imprint, report.imprint if read is None else read)
        for name, fact in _columns(words).items():
            setattr(locked, name, fact)
        locked.approved_by = locked.approved_at = None
        locked.save()
    return locked


def approve_report(
    *, report: CourtReport, read: str | None = None, actor: User, now: datetime
) -> CourtReport:
    """Note that the client has read these words and approved them. Twice keeps the first.

    `read` is the imprint of what lay before them, that of `report` unless given. Raises ValidationError
    (code "stale") where somebody has written other words since.
    """
    refuse_others(actor, report.mandate.case)
    with acting("approve_court_report", actor=actor):
        locked = _lock_draft(report)
        refuse_changed(locked.imprint, report.imprint if read is None else read)
        if locked.approved_at is None:
            locked.approved_by, locked.approved_at = actor, now
            locked.save()
    return locked


def sign_report(*, report: CourtReport, read: str | None = None, actor: User, now: datetime) -> CourtReport:
    """Sign it as it stands in the record now; from here on nobody changes it. Twice keeps the first.

    For the case's own clinicians alone (PermissionDenied). Raises ValidationError while the client
    has not approved what goes beyond attendance, and for words that have changed since, as above.
    """
    if not may_treat_case(actor, report.mandate.case):
        raise PermissionDenied
    with acting("sign_court_report", actor=actor):
        locked = _lock(report)
        if locked.signed_at:
            return locked
        refuse_changed(locked.imprint, report.imprint if read is None else read)
        if locked.is_beyond_attendance and locked.approved_at is None:
            called = locked.mandate.client.called
            raise ValidationError(
                _("Beyond attendance, only what %(name)s has approved is signed.") % {"name": called}
            )
        locked.holds = frozen(paper_of(locked, practice=get_practice(), now=now))
        locked.signed_by, locked.signed_at = actor, now
        locked.save()
    return locked


def send_report(*, report: CourtReport, actor: User, now: datetime) -> CourtReport:
    """Note that the signed report goes; a person takes it there. Twice keeps the first.

    Raises ValidationError for a draft, and with the sentence on the lock (`court.what_locks`).
    """
    refuse_others(actor, report.mandate.case)
    with acting("send_court_report", actor=actor):
        locked = _lock(report)
        if locked.disclosure_id:
            return locked
        if locked.signed_at is None:
            raise ValidationError(_("It is signed first."))
        locked.disclosure = disclose(mandate=locked.mandate, report=as_report(locked), actor=actor, now=now)
        locked.save()
    return locked


def as_report(report: CourtReport) -> Report:
    """What the gates look at."""
    return Report(
        kind=report.kind,
        parts=tuple(report.parts),
        reporting_date=report.reporting_date,
        is_approved=report.approved_at is not None,
    )


def _check(mandate: Mandate, words: ReportWords, *, today: date) -> None:
    if words.kind not in ReportKind.values:
        raise ValidationError({"kind": _("Choose what it is.")})
    if words.since_on > words.until_on:
        raise ValidationError({"until_on": _("It ends on the day it begins, or after.")})
    if words.until_on > today:
        raise ValidationError({"until_on": _("Nothing is known yet of days to come.")})
    refuse_foreign_day(mandate, words.reporting_date)
    empty = [part for part in WRITTEN if part in words.parts and not getattr(words, part.value).strip()]
    if empty:
        raise ValidationError({part.value: _("Write it down, or leave this part out.") for part in empty})


def _refuse_blame(words: ReportWords) -> None:
    """Accountability without accusation: what may sound like blame is asked about, in every part that goes."""
    chosen = {name: text for name, text in _columns(words).items() if name in WRITTEN}
    found = {name: [blame_of(flag) for flag in blaming_in(str(text))] for name, text in chosen.items()}
    if problems := {name: flags for name, flags in found.items() if flags}:
        raise ValidationError(problems)


def _columns(words: ReportWords) -> dict[str, object]:
    """As it is kept: words of parts that were not chosen are kept nowhere."""
    parts = in_order(words.parts)
    return {
        "kind": words.kind,
        "since_on": words.since_on,
        "until_on": words.until_on,
        "parts": parts,
        "reporting_date": words.reporting_date,
        "account": _chosen(words.account, DisclosurePart.ACCOUNT, parts),
        "barriers": _chosen(words.barriers, DisclosurePart.BARRIERS, parts),
        "plan": _chosen(words.plan, DisclosurePart.PLAN, parts),
    }


def _chosen(words: str, part: DisclosurePart, parts: Collection[str]) -> str:
    return words.strip() if part in parts else ""


def _named(mandate: Mandate) -> list[str]:
    """What they named as having got in the way since they last came, each once."""
    named = AttemptBarrier.objects.filter(
        attempt__follow_up__client=mandate.client_id, attempt__follow_up__case=mandate.case_id
    )
    since = lapsed_since(mandate.client, mandate.case)
    if since:
        named = named.filter(attempt__at__gte=since)
    return list(dict.fromkeys(named.order_by("pk").values_list("barrier__label", flat=True)))


def _lock(report: CourtReport) -> CourtReport:
    locked = CourtReport.objects.select_for_update(of=("self",))
    return locked.select_related("mandate__case", "mandate__client", "reporting_date").get(pk=report.pk)


def _lock_draft(report: CourtReport) -> CourtReport:
    locked = _lock(report)
    if locked.signed_at:
        raise ValidationError(_("It is signed. Write another one for what has changed."))
    return locked
