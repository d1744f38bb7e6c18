"""Back after a lapse, for those under a court's order, across cases (row 4.14)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import May
from clients.access import cases_counted_for
from dashboard.reports.asking import Asked
from dashboard.reports.content import Content, Figure, Report
from dashboard.reports.saying import Saying, say
from dashboard.reports.tables import (
    FEWEST_SESSIONS,
    Column,
    Kind,
    Table,
    are_few,
    parts_of_one,
    percent,
    share,
)
from followups.measures import BackUnderOrders, back_under_orders

_COLUMNS = (
    Column(label=gettext_lazy("Lapses"), means=gettext_lazy("A lapse begins with a missed session and ends when they come again. Those that began in these days and under an order; for the last two lines, those since which so many days have passed.")),
    Column(label=gettext_lazy("Of these"), means=gettext_lazy("Reached: spoken with before they were back; who rather did not talk was reached. Back: came to a session of the same case.")),
    Column(label=gettext_lazy("Share"), means=gettext_lazy("Of the lapses in the same line."), kind=Kind.SHARE, drawn="attended"),
    Column(label=gettext_lazy("Days"), means=gettext_lazy("The middle one (median), in days of the practice's calendar from the first miss."), kind=Kind.DAYS),
)  # fmt: skip


def build(asked: Asked) -> Content:
    told = back_under_orders(
        cases_counted_for(asked.user), asked.clinical_sessions, now=asked.now, zone=asked.practice.zone
    )
    few = are_few(told.lapses, told.clients)
    return Content(
        tables=[_table(told)],
        saying=None if few else _saying(told),
        figures=[] if few else _figures(told),
        notes=[_("What the court learns is decided case by case, on the page of the order; nothing here goes to it.")],
    )  # fmt: skip


def _table(told: BackUnderOrders) -> Table:
    lines = (
        (_("Reached"), told.lapses, told.reached, told.days_to_reached),
        (_("Back"), told.lapses, told.back, told.days_to_back),
        (_("Back in 14 days"), told.soon_ripe, told.back_soon, None),
        (_("Back in 30 days"), told.later_ripe, told.back_later, None),
    )
    return Table(
        name="lapses",
        title=_("Back after a lapse, under a court's order"),
        head=_("What followed"),
        columns=_COLUMNS,
        lines=parts_of_one(
            [(label, (whole, part, share(part, whole), days)) for label, whole, part, days in lines],
            counted=told.lapses,
            clients=told.clients,
        ),
        chart="bars",
    )


def _figures(told: BackUnderOrders) -> list[Figure]:
    people = Figure(
        label=_("Lapses"),
        value=str(told.lapses),
        of=_("of %(people)s people, with %(misses)s missed sessions")
        % {"people": told.clients, "misses": told.misses},
        tone="missed",
    )
    return [people]


def _saying(told: BackUnderOrders) -> Saying | None:
    if told.later_ripe < FEWEST_SESSIONS:
        return None
    words = _("After a lapse, %(share)s were back within 30 days: %(part)s of %(whole)s.")
    share_back = percent(told.back_later / told.later_ripe)
    back = {"share": share_back, "part": told.back_later, "whole": told.later_ripe}
    return say(words % back, action=_("What the courts expect, and when"), page="today")


REPORT = Report(
    slug="court",
    title=gettext_lazy("Under a court's order"),
    permissions=(May.SEE_NUMBERS, May.SEE_CLINICAL_WORDS),
    build=build,
)
