"""Times that became free early enough, and whether somebody else had them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import May
from dashboard.reports.asking import Asked
from dashboard.reports.attendance import month_words
from dashboard.reports.content import Content, Report
from dashboard.reports.saying import Saying, carries, say
from dashboard.reports.tables import Column, Kind, Line, Table, percent, share
from sessions_app.measures import Freed, freed_by_month, offers_by_state
from sessions_app.models import OfferState

_COLUMNS = (
    Column(label=gettext_lazy("Freed"), means=gettext_lazy("Times that a session left, called off or moved, early enough to be offered, by the month of the time itself. Each counts once.")),
    Column(label=gettext_lazy("Hours freed"), means=gettext_lazy("As long as they were booked for."), kind=Kind.HOURS),
    Column(label=gettext_lazy("Offered"), means=gettext_lazy("Of these, times for which somebody on the waitlist was asked.")),
    Column(label=gettext_lazy("Taken"), means=gettext_lazy("Of the freed ones, taken by somebody who was asked."), drawn="attended"),
    Column(label=gettext_lazy("Booked otherwise"), means=gettext_lazy("Of the freed ones, booked for somebody else meanwhile."), drawn="arrived"),
    Column(label=gettext_lazy("Refilled, share"), means=gettext_lazy("Taken or booked otherwise, of freed."), kind=Kind.SHARE),
    Column(label=gettext_lazy("Hours refilled"), means=gettext_lazy("Hours of those taken or booked otherwise."), kind=Kind.HOURS),
)  # fmt: skip


def build(asked: Asked) -> Content:
    months, total = freed_by_month(asked.vacancies)
    return Content(
        tables=[
            Table(
                name="months",
                title=_("Freed and refilled"),
                head=_("Month"),
                columns=_COLUMNS,
                lines=[_line(month_words(month), months[month]) for month in sorted(months)],
                total=_line(_("All of them"), total) if total.freed else None,
                chart="stack",
            ),
            _answers(offers_by_state(asked.vacancies)),
        ],
        saying=_saying(asked, total),
        notes=[_("What is cancelled so late that nobody can be asked is not here: it stands in Attendance.")],
    )


def _line(label: str, one: Freed) -> Line:
    return Line(
        label=label,
        values=(
            one.freed,
            one.freed_minutes / 60,
            one.offered,
            one.taken,
            one.otherwise,
            share(one.refilled, one.freed),
            one.refilled_minutes / 60,
        ),
        counted=one.freed,
        clients=one.cases,
    )


def _answers(found: dict[OfferState, tuple[int, int]]) -> Table:
    whole = sum(times for times, _people in found.values())
    return Table(
        name="answers",
        title=_("What the people asked said"),
        head=_("Answer"),
        columns=(
            Column(label=_("Offers"), means=_("Offers of these times, each person asked about each time once.")),
            Column(label=_("Share"), means=_("Of all offers of these times."), kind=Kind.SHARE, drawn="arrived"),
        ),
        lines=[
            Line(label=str(state.label), values=(found[state][0], share(found[state][0], whole)), counted=found[state][0], clients=found[state][1])
            for state in OfferState
            if state in found
        ],
        chart="bars",
    )  # fmt: skip


def _saying(asked: Asked, total: Freed) -> Saying | None:
    if not carries(total.freed, total.cases):
        return None
    words = _("Of the times that became free, %(share)s were refilled: %(part)s of %(whole)s.") % {
        "share": percent(total.refilled / total.freed),
        "part": total.refilled,
        "whole": total.freed,
    }
    if total.offered < total.freed / 2:
        words += " " + _("For %(count)s nobody on the waitlist was a fit.") % {
            "count": total.freed - total.offered
        }
    may = bool(asked.user.permissions & {May.SEE_ALL_SESSIONS, May.SEE_OWN_CASELOAD, May.SEE_SUPERVISED})
    return say(words, action=_("Open the waitlist"), page="waitlist", may=may)


REPORT = Report(slug="freed", title=gettext_lazy("Freed times"), permissions=(May.SEE_NUMBERS,), build=build)
