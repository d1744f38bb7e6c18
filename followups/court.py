"""What may go to a court, and the log of what went: a person sends it, never Kept.

First the client is heard, then a notice may go (row 4.3); a supervisor can answer for one that is
legally due before that. Without a valid consent or sufficient order nobody can send (42 CFR Part 2).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from clients.disclosing import ATTENDANCE_ONLY, may_disclose
from clients.mandates import refuse_others
from clients.models import DisclosureBasis, DisclosurePart, Mandate, ReportingDate
from followups.gates import account_comes_before_a_report
from followups.lapses import ground_since, lapsed_since
from followups.models import Disclosure, ReportException, ReportKind

PART_2_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
CONFIDENTIAL = (
    "This report is confidential. It was disclosed for the purpose named and may be passed on "
    "only as the law allows."
)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What somebody is about to send: what it amounts to, what it holds, and for which day."""

    kind: str
    parts: tuple[str, ...] = ATTENDANCE_ONLY
    reporting_date: ReportingDate | None = None
    is_approved: bool = False  # the client approved what goes beyond attendance


def what_locks(mandate: Mandate, report: Report, *, now: datetime) -> str:
    """The sentence on the lock of this report; empty where a person may send it.

    The basis comes first: no exception opens what nothing permits.
    """
    word = may_disclose(mandate, on=get_practice().today(now), parts=report.parts)
    return word.why_not or _not_approved(mandate, report) or _not_heard(mandate, report)


def locks_on(mandate: Mandate, *, now: datetime) -> dict[ReportKind, str]:
    """The sentence on the lock of each kind of report, attendance alone; empty where one may go."""
    return {kind: what_locks(mandate, Report(kind=kind), now=now) for kind in ReportKind}


def disclose(*, mandate: Mandate, report: Report, actor: User, now: datetime) -> Disclosure:
    """Write down that this goes to the court, and settle the day that it was due on.

    For the case's clinicians and their supervisors (PermissionDenied). Raises ValidationError with
    the sentence on the lock, whoever asks.
    """
    refuse_others(actor, mandate.case)
    if report.kind not in ReportKind.values:
        raise ValidationError({"kind": _("Choose what goes.")})
    with acting("disclose_to_court", actor=actor):
        # Revoking a consent waits for this, or this sees it revoked.
        locked = (
            Mandate.objects.select_for_update(of=("self",))
            .select_related("case", "client")
            .get(pk=mandate.pk)
        )
        list(locked.bases.select_for_update())
        refuse_foreign_day(locked, report.reporting_date)
        lock = what_locks(locked, report, now=now)
        if lock:
            raise ValidationError(lock)
        written = _write(locked, report, actor=actor, now=now)
        _settle(report, actor=actor, now=now)
    return written


def grant_exception(
    *, reporting_date: ReportingDate, because: str, actor: User, now: datetime
) -> ReportException:
    """A supervisor of the case's clinicians answers for a notice that is due before the client was heard.

    Everybody else is refused (PermissionDenied). It opens that lock for this day alone, and stands in
    for no consent. Raises ValidationError without a reason.
    """
    case = reporting_date.mandate.case
    if not case.case_clinicians.filter(until_on=None, clinician__supervisor=actor).exists():
        raise PermissionDenied
    refuse_others(actor, case)
    if not because.strip():
        raise ValidationError({"because": _("Say why it cannot wait until they were heard.")})
    if reporting_date.settled_at:
        raise ValidationError(_("Nothing is due on this day any more."))
    with acting("grant_report_exception", actor=actor):
        ReportingDate.objects.select_for_update().get(pk=reporting_date.pk)
        same = reporting_date.exceptions.filter(because=because.strip(), granted_by=actor).first()
        return same or ReportException.objects.create(
            reporting_date=reporting_date, because=because.strip(), granted_by=actor, granted_at=now
        )


@translation.override("en")  # read by the court, with the paper
def notice_of(basis: DisclosureBasis, *, is_addiction: bool) -> str:
    """What has to go along: that it may not be passed on, and what the consent covers (42 CFR 2.32)."""
    covers = ", ".join(DisclosurePart(part).label.lower() for part in basis.covers)
    paper = f"{basis.get_kind_display().lower()} of {basis.signed_on:%-d %B %Y}"
    scope = f"Disclosed on the basis of a {paper}, which covers: {covers}."
    return f"{PART_2_NOTICE if is_addiction else CONFIDENTIAL} {scope}"


def _not_approved(mandate: Mandate, report: Report) -> str:
    if set(report.parts) <= set(ATTENDANCE_ONLY) or report.is_approved:
        return ""
    return _("Beyond attendance, only what %(name)s has approved may go.") % {"name": mandate.client.called}


def _not_heard(mandate: Mandate, report: Report) -> str:
    if report.kind != ReportKind.NOTICE or _exception_for(report):
        return ""
    since = lapsed_since(mandate.client, mandate.case)
    return account_comes_before_a_report(ground_since(mandate.client, mandate.case, since))


def _exception_for(report: Report) -> ReportException | None:
    if report.kind != ReportKind.NOTICE or report.reporting_date is None:
        return None
    return report.reporting_date.exceptions.order_by("granted_at", "pk").last()


def refuse_foreign_day(mandate: Mandate, reporting_date: ReportingDate | None) -> None:
    """A day of another order is not this one's (ValidationError)."""
    if reporting_date and reporting_date.mandate_id != mandate.pk:
        raise ValidationError({"reporting_date": _("This day belongs to another order.")})


def _write(mandate: Mandate, report: Report, *, actor: User, now: datetime) -> Disclosure:
    parts = in_order(report.parts)
    basis = may_disclose(mandate, on=get_practice().today(now), parts=parts).basis
    assert basis  # noqa: S101  # `what_locks` has asked
    return Disclosure.objects.create(
        mandate=mandate,
        basis=basis,
        reporting_date=report.reporting_date,
        exception=_exception_for(report),
        kind=report.kind,
        parts=parts,
        is_approved=report.is_approved and parts != list(ATTENDANCE_ONLY),
        recipient=basis.recipient,
        notice=notice_of(basis, is_addiction=mandate.case.is_addiction),
        disclosed_by=actor,
        disclosed_at=now,
    )


def in_order(parts: Collection[str]) -> list[str]:
    """Attendance always, and the others in their usual order."""
    return [part for part in DisclosurePart if part in {*parts, *ATTENDANCE_ONLY}]


def _settle(report: Report, *, actor: User, now: datetime) -> None:
    if report.reporting_date is None:
        return
    day = ReportingDate.objects.select_for_update().get(pk=report.reporting_date.pk)
    if day.settled_at is None:
        day.settled_at, day.settled_by = now, actor
        day.settled_because = f"{ReportKind(report.kind).label} went"
        day.save()
