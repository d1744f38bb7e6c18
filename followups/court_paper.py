"""The report to the court as it stands on paper: the same words on the page and in the PDF."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils import translation

from accounts.models import Practice
from clients.disclosing import may_disclose
from clients.models import DisclosurePart
from followups.court import notice_of
from followups.court_facts import UNRECORDED, Found, Period, Sitting, counted, outreach_to, sittings_of
from followups.models import CourtReport, ReportKind

TITLES = {
    ReportKind.ROUTINE: "Attendance report",
    ReportKind.FAVOURABLE: "Attendance report",
    ReportKind.NOTICE: "Notice about attendance",
}
WRITTEN = {
    DisclosurePart.ACCOUNT: "In their own words",
    DisclosurePart.BARRIERS: "What got in the way",
    DisclosurePart.PLAN: "The plan",
}


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading, what is said below it, and rows of two columns."""

    heading: str
    words: str = ""
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Paper:
    """All that stands on it, but for signature and notice."""

    title: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What stands on it besides: to whom, under whose name, and the notice that goes along."""

    to: str
    signed_by: str = ""
    signed_on: date | None = None
    notice: str = ""
    is_draft: bool = True


def stamp_of(report: CourtReport, *, practice: Practice, now: datetime) -> Stamp:
    """As it went; or as it would go today, where something permits it."""
    to, notice = _went_or_would(report, practice.today(now))
    return Stamp(
        to=to,
        notice=notice,
        signed_by=report.signed_by.name if report.signed_by else "",
        signed_on=report.signed_at.astimezone(practice.zone).date() if report.signed_at else None,
        is_draft=report.disclosure is None,
    )


@translation.override("en")  # the court reads it
def paper_of(report: CourtReport, *, practice: Practice, now: datetime) -> Paper:
    """As it was signed; or as it would be signed now, from the record. Two queries."""
    if report.holds is not None:
        return _thawed(report.holds)
    period = Period(since_on=report.since_on, until_on=report.until_on, zone=practice.zone, now=now)
    return Paper(
        title=TITLES[ReportKind(report.kind)],
        about=_about(report, practice),
        sections=(*_attendance(report, period), *_outreach(report, period), *_written(report)),
    )


def frozen(paper: Paper) -> dict[str, Any]:
    """The paper as it is kept under a signature."""
    return asdict(paper)


def day(on: date) -> str:
    """A day as it is written on paper."""
    return f"{on:%-d %B %Y}"


def _about(report: CourtReport, practice: Practice) -> tuple[tuple[str, str], ...]:
    mandate = report.mandate
    return (
        ("Client", mandate.client.display_name),
        ("Order", mandate.order_reference),
        ("From", practice.name),
        ("Period", f"{day(report.since_on)} to {day(report.until_on)}"),
    )


def _attendance(report: CourtReport, period: Period) -> list[Section]:
    sittings = sittings_of(report.mandate.client, report.mandate.case, period)
    if not sittings:
        return [Section(heading="Attendance", words="No session took place in this period.")]
    counts = tuple((group, str(number)) for group, number in counted(sittings))
    return [
        Section(heading="Attendance", words=_caution(sittings), rows=counts),
        Section(heading="Each session", rows=tuple((day(one.on), one.became) for one in sittings)),
    ]


def _caution(sittings: list[Sitting]) -> str:
    if any(one.group == UNRECORDED for one in sittings):
        return "Of a session that is not recorded yet nothing can be said."
    return ""


def _outreach(report: CourtReport, period: Period) -> list[Section]:
    if DisclosurePart.OUTREACH not in report.parts:
        return []
    tried: Found = outreach_to(report.mandate.client, report.mandate.case, period)
    rows = tuple((day(on), how) for on, how in tried)
    return [
        Section(heading="How we tried to reach them", words="" if rows else "Nobody was called.", rows=rows)
    ]


def _written(report: CourtReport) -> list[Section]:
    """What was written for the court and approved, each only where it was chosen."""
    return [
        Section(heading=heading, words=getattr(report, part.value))
        for part, heading in WRITTEN.items()
        if part in report.parts
    ]


def _went_or_would(report: CourtReport, today: date) -> tuple[str, str]:
    if report.disclosure:
        return report.disclosure.recipient, report.disclosure.notice
    basis = may_disclose(report.mandate, on=today, parts=report.parts).basis
    if basis is None:
        return "", ""
    return basis.recipient, notice_of(basis, is_addiction=report.mandate.case.is_addiction)


def _thawed(holds: dict[str, Any]) -> Paper:
    return Paper(
        title=holds["title"],
        about=_pairs(holds["about"]),
        sections=tuple(
            Section(heading=one["heading"], words=one["words"], rows=_pairs(one["rows"]))
            for one in holds["sections"]
        ),
    )


def _pairs(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((left, right) for left, right in rows)
