"""Hours and money lost, and whether fees fall on everybody alike: here only, never beside a client (row 3.2)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import May
from attendance.costs import Fees, Lost, fees_by_group, hours_lost
from clients.models import Case
from dashboard.reports.asking import Asked
from dashboard.reports.attendance import month_words
from dashboard.reports.content import Content, Report
from dashboard.reports.saying import Group, Saying, carries, say, stands_out, times_words
from dashboard.reports.tables import Column, Kind, Line, Table, percent, share
from sessions_app.access import place_names

_HOURS = (
    Column(label=gettext_lazy("Hours booked"), means=gettext_lazy("Of sessions in which somebody was seen, of those that everybody missed, and of those called off late by clients. What was called off in time or by the practice is not here."), kind=Kind.HOURS),
    Column(label=gettext_lazy("Missed"), means=gettext_lazy("Hours of sessions that everybody expected missed. One held with one of two is not lost."), kind=Kind.HOURS, drawn="missed"),
    Column(label=gettext_lazy("Called off late"), means=gettext_lazy("Hours of sessions called off late by clients, whose time nobody else had."), kind=Kind.HOURS, drawn="late"),
    Column(label=gettext_lazy("Lost, share"), means=gettext_lazy("Missed or called off late, of hours booked."), kind=Kind.SHARE),
    Column(label=gettext_lazy("Lost, in money"), means=gettext_lazy("Lost hours times what an hour brings, as the practice's settings say. Empty while they do not."), kind=Kind.MONEY),
)  # fmt: skip
_FEES = (
    Column(label=gettext_lazy("Absences"), means=gettext_lazy("Missed without a word, or called off late by the client; each person at each session once.")),
    Column(label=gettext_lazy("Charged"), means=gettext_lazy("Of these, those for which a person decided on a fee.")),
    Column(label=gettext_lazy("Charged, share"), means=gettext_lazy("Charged, of the absences."), kind=Kind.SHARE, drawn="late"),
    Column(label=gettext_lazy("Waived"), means=gettext_lazy("Of the absences, those for which a person decided on no fee, with a reason.")),
    Column(label=gettext_lazy("Waived, share"), means=gettext_lazy("Waived, of those charged or waived."), kind=Kind.SHARE, drawn="attended"),
    Column(label=gettext_lazy("Sum charged"), means=gettext_lazy("What was charged, altogether, in the currency of the terms."), kind=Kind.MONEY),
)  # fmt: skip
LANGUAGES = {"en": gettext_lazy("English"), "es": gettext_lazy("Spanish")}
AGES = {
    "minor": gettext_lazy("Under 18"),
    "adult": gettext_lazy("18 to 64"),
    "older": gettext_lazy("65 and over"),
    "unknown": gettext_lazy("Not known"),
}


def build(asked: Asked) -> Content:
    months, total = hours_lost(asked.sessions)
    worth = asked.practice.hour_value
    groups, fees = fees_by_group(asked.sessions)
    tables = [_hours(months, total, worth), *_by_group(groups, fees)]
    return Content(
        tables=tables,
        saying=_saying(asked, total, tables[1:]),
        notes=[
            _(
                "These figures are about the practice. They stand beside no client, and nothing is charged by them."
            ),
        ],
    )


def _hours(months: dict[date, Lost], total: Lost, worth: Decimal | None) -> Table:
    return Table(
        name="hours",
        title=_("Hours lost"),
        head=_("Month"),
        columns=_HOURS,
        lines=[_lost(month_words(month), months[month], worth) for month in sorted(months)],
        total=_lost(_("All of them"), total, worth) if total.booked else None,
        chart="stack",
    )


def _lost(label: str, one: Lost, worth: Decimal | None) -> Line:
    return Line(
        label=label,
        values=(
            one.booked / 60,
            one.missed / 60,
            one.late / 60,
            share(one.lost, one.booked),
            None if worth is None else worth * one.lost / 60,
        ),
        counted=one.sessions,
        clients=one.cases,
    )


def _by_group(groups: dict[str, dict[Any, Fees]], total: Fees) -> list[Table]:
    places, kinds = place_names(), dict(Case.Kind.choices)
    named: tuple[tuple[str, str, str, dict[Any, Any]], ...] = (
        ("language", _("Fees, by language"), _("Language"), LANGUAGES),
        ("age", _("Fees, by age"), _("Age"), AGES),
        ("kind", _("Fees, by kind of case"), _("Kind of case"), kinds),
        ("place", _("Fees, by place"), _("Place"), places | {None: _("No place")}),
    )
    return [
        Table(
            name=f"fees-{group}",
            title=title,
            head=head,
            columns=_FEES,
            lines=[_fees(str(names[key]), groups[group][key]) for key in names if key in groups[group]],
            total=_fees(_("All of them"), total) if total.absences else None,
            chart="bars",
        )
        for group, title, head, names in named
    ]


def _fees(label: str, one: Fees) -> Line:
    return Line(
        label=label,
        values=(
            one.absences,
            one.charged,
            share(one.charged, one.absences),
            one.waived,
            share(one.waived, one.decided),
            one.amount,
        ),
        counted=one.absences,
        clients=one.clients,
    )


def _saying(asked: Asked, total: Lost, fees: list[Table]) -> Saying | None:
    """Whether fees fall on some more than on others comes before the hours."""
    found = [stands_out(_charged(table)) for table in fees]
    uneven = [one for one in found if one]
    may = asked.user.may(May.MANAGE_SETTINGS)
    if uneven:
        group, times = max(uneven, key=lambda one: one[1])
        words = _("%(group)s: charged %(often)s, %(part)s of %(whole)s absences. Is that what you want?")
        told = {"group": group.name, "often": times_words(times), "part": group.part, "whole": group.whole}
        return say(words % told, action=_("Look at the terms"), page="fee-terms", may=may)
    if not carries(total.lost_sessions, total.cases):
        return None
    words = _(
        "%(share)s of the hours booked were lost: %(hours)s hours. Calling soon and asking the waitlist helps."
    )
    hours = {"share": percent(total.lost / total.booked), "hours": round(total.lost / 60)}
    return say(words % hours, action=_("See what follows on a miss"), page="report-after-a-miss")


def _charged(table: Table) -> list[Group]:
    return [
        Group(name=line.label, part=int(line.values[1] or 0), whole=int(line.values[0] or 0))
        for line in table.lines
        if not line.is_hidden
    ]


REPORT = Report(
    slug="costs",
    title=gettext_lazy("Hours and fees"),
    permissions=(May.SEE_NUMBERS, May.SEE_COSTS),
    build=build,
)
