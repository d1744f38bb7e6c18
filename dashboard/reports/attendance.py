"""How people came, month by month; and of couples and families, what was held in part."""

from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import May
from attendance.in_part import HeldCounts, held_counts
from attendance.metrics import By, Tallies, Tally, tallies
from attendance.models import HELD_KINDS
from dashboard.reports.asking import Asked
from dashboard.reports.content import Content, Figure, Report
from dashboard.reports.saying import FEWEST_TO_COMPARE, Saying, carries, say
from dashboard.reports.tables import Column, Kind, Line, Table, parts_of_one, percent, share

EXPECTED = Column(
    label=gettext_lazy("Expected"),
    means=gettext_lazy(
        "People expected at sessions, each once at each session, where it is recorded that they came or missed."
        " Every rate here is of these."
    ),
)
ATTENDED = Column(
    label=gettext_lazy("Attended"),
    means=gettext_lazy("Of these, who was seen; also who came late or left early."),
    drawn="attended",
)
MISSED = Column(
    label=gettext_lazy("Missed"),
    means=gettext_lazy("Of these, who missed it without a word before, or was not brought."),
    drawn="missed",
)
MISSED_SHARE = Column(
    label=gettext_lazy("Missed, share"), means=gettext_lazy("Missed, of expected."), kind=Kind.SHARE
)
# What is in no rate, each by itself.
APART = (
    Column(
        label=gettext_lazy("Not seen"),
        means=gettext_lazy(
            "Came too late, or came and could not be seen. Expected, and neither attended nor missed."
        ),
    ),
    Column(
        label=gettext_lazy("Held without them"),
        means=gettext_lazy(
            "Missed a couple's or family's session that was held with somebody else. Not expected here, and not missed."
        ),
    ),
    Column(
        label=gettext_lazy("Could not connect"),
        means=gettext_lazy("The line failed. Never a miss, and not in expected."),
    ),
    Column(label=gettext_lazy("Excused"), means=gettext_lazy("Excused by the clinician. Not in expected.")),
    Column(
        label=gettext_lazy("Cancelled late"),
        means=gettext_lazy("By the client, later than the policy at booking allows. Not in expected."),
        drawn="late",
    ),
    Column(
        label=gettext_lazy("Cancelled in time"),
        means=gettext_lazy("By the client, in time. Not in expected."),
        drawn="cancelled",
    ),
    Column(label=gettext_lazy("Called off by us"), means=gettext_lazy("By the practice. Not in expected.")),
    Column(
        label=gettext_lazy("Not yet recorded"),
        means=gettext_lazy(
            "Over, and nobody has said how it went. Never taken for a miss, and not in expected."
        ),
    ),
)


def build(asked: Asked) -> Content:
    told = tallies(asked.sessions, By.MONTH)
    total: Tally = told[None][None]
    held = held_counts(asked.sessions.filter(case__kind__in=HELD_KINDS))
    return Content(
        tables=[_months(told[By.MONTH], total), _together(held)],
        saying=_saying(asked, total),
        figures=_figures(total),
    )


def _months(found: Tallies, total: Tally) -> Table:
    return Table(
        name="months",
        title=_("Month by month"),
        head=_("Month"),
        columns=(EXPECTED, ATTENDED, MISSED, MISSED_SHARE, *APART),
        lines=[_line(month_words(month), found[month]) for month in sorted(found)],
        total=_line(_("All of them"), total),
        chart="stack",
    )


def _line(label: str, tally: Tally) -> Line:
    return Line(
        label=label,
        values=(
            tally.expected,
            tally.attended,
            tally.missed,
            share(tally.missed, tally.expected),
            tally.turned_away,
            tally.held_without,
            tally.could_not_connect,
            tally.excused,
            tally.cancelled_late,
            tally.cancelled_in_time,
            tally.called_off,
            tally.not_recorded,
        ),
        counted=tally.expected,
        clients=tally.clients,
    )


def month_words(month: date) -> str:
    """A month as a line's name: "November 2026"."""
    return f"{MONTHS[month.month]} {month.year}"


def _together(held: HeldCounts) -> Table:
    """A session held with one of two is neither held with everybody nor missed (row 1.17)."""
    told = (
        (_("Held with everybody"), held.held),
        (_("Held in part"), held.in_part),
        (_("Missed by everybody"), held.missed),
    )
    whole = sum(count for _label, count in told)
    return Table(
        name="together",
        title=_("Sessions of couples and families"),
        head=_("How it went"),
        columns=(
            Column(
                label=_("Sessions"),
                means=_(
                    "Each session once, however many were expected. Held in part: with some, and not with the others."
                ),
            ),
            Column(
                label=_("Share"),
                means=_("Of those held with everybody, held in part or missed by everybody."),
                kind=Kind.SHARE,
                drawn="attended",
            ),
        ),
        lines=parts_of_one(
            [(label, (count, share(count, whole))) for label, count in told],
            counted=whole,
            clients=held.cases,
        ),
        note=_("Held in part is a session that took place: it is counted apart from missed."),
    )


def _figures(total: Tally) -> list[Figure]:
    if not carries(total.expected, total.clients):
        return []
    of = _("%(part)s of %(whole)s expected")
    return [
        Figure(
            label=_("Attended"),
            value=percent(total.attended / total.expected),
            of=of % {"part": total.attended, "whole": total.expected},
            tone="attended",
        ),
        Figure(
            label=_("Missed without a word"),
            value=percent(total.missed / total.expected),
            of=of % {"part": total.missed, "whole": total.expected},
            tone="missed",
        ),
        Figure(
            label=_("Cancelled late"),
            value=str(total.cancelled_late),
            of=_("besides %(count)s in time") % {"count": total.cancelled_in_time},
            tone="late",
        ),
        Figure(
            label=_("Not yet recorded"),
            value=str(total.not_recorded),
            of=_("in no rate until they are"),
            tone="unrecorded",
        ),
    ]


def _saying(asked: Asked, total: Tally) -> Saying | None:
    """First what makes the figures true; then how it stands."""
    known = total.expected + total.not_recorded
    if total.not_recorded > known / 20 and total.not_recorded >= FEWEST_TO_COMPARE:
        words = _("%(count)s sessions still wait for their outcome. Recorded, they make these figures whole.")
        may = asked.user.may(May.RECORD_ATTENDANCE)
        return say(
            words % {"count": total.not_recorded}, action=_("Record them"), page="not-recorded", may=may
        )
    if not carries(total.expected, total.clients):
        return None
    words = _(
        "Of those expected, %(attended)s came: %(part)s of %(whole)s. %(missed)s were missed without a word."
    )
    told = {
        "attended": percent(total.attended / total.expected),
        "part": total.attended,
        "whole": total.expected,
        "missed": total.missed,
    }
    return say(words % told, action=_("When they are missed"), page="report-when")


REPORT = Report(
    slug="attendance", title=gettext_lazy("Attendance"), permissions=(May.SEE_NUMBERS,), build=build
)
