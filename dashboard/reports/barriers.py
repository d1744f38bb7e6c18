"""What gets in the way and what helped; before and since each strategy; what repeated misses cost the clients."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import May
from accounts.shipped_words import as_shipped
from attendance.barriers_counted import BarrierCount, barriers_counted
from attendance.before_since import StrategyMeasured, by_strategy
from clients.access import (
    agreed_strategies_readable_by,
    cases_counted_for,
    consequences_readable_by,
    referrals_counted_for,
)
from clients.measures import Noted, Offered, consequences_noted, help_offered
from clients.models import BarrierGroup, Consequence
from dashboard.reports.asking import Asked
from dashboard.reports.content import Content, Report
from dashboard.reports.saying import Saying, say
from dashboard.reports.tables import Column, Kind, Line, Table, are_few, parts_of_one, share
from followups.measures import CostsNoted, costs_noted

_BARRIERS = (
    Column(label=gettext_lazy("Absences"), means=gettext_lazy("Absences of which this was named, by the client or by who was told. One of which several were named counts with each; where nothing was named it is not here.")),
    Column(label=gettext_lazy("People"), means=gettext_lazy("Different people among them.")),
    Column(label=gettext_lazy("30 days ago"), means=gettext_lazy("Of the absences, those since which 30 days have passed.")),
    Column(label=gettext_lazy("Back in 30 days"), means=gettext_lazy("Of these, who came to a session of the same case within 30 days.")),
    Column(label=gettext_lazy("Back in 30 days, share"), means=gettext_lazy("Back in 30 days, of those since which 30 days have passed."), kind=Kind.SHARE, drawn="attended"),
)  # fmt: skip
_HELP = (
    Column(label=gettext_lazy("Offered"), means=gettext_lazy("Offers of help noted in these days, each once.")),
    Column(label=gettext_lazy("Wanted"), means=gettext_lazy("Of these, what they wanted, whatever came of it.")),
    Column(label=gettext_lazy("It helped"), means=gettext_lazy("Of these, resolved: it helped.")),
    Column(label=gettext_lazy("It did not"), means=gettext_lazy("Of these, resolved: it did not help.")),
    Column(label=gettext_lazy("Still open"), means=gettext_lazy("Somebody still looks after it.")),
    Column(label=gettext_lazy("Helped, share"), means=gettext_lazy("It helped, of those resolved one way or the other."), kind=Kind.SHARE, drawn="attended"),
)  # fmt: skip
_STRATEGIES = (
    Column(label=gettext_lazy("Agreements"), means=gettext_lazy("Agreed in these days, with something expected both before and since.")),
    Column(label=gettext_lazy("People"), means=gettext_lazy("Different people among them.")),
    Column(label=gettext_lazy("Expected before"), means=gettext_lazy("Sessions in as many days before it was agreed as have passed since, twelve weeks at most; what they called off is counted, too.")),
    Column(label=gettext_lazy("Came before, share"), means=gettext_lazy("Came, of expected before."), kind=Kind.SHARE, drawn="cancelled"),
    Column(label=gettext_lazy("Expected since"), means=gettext_lazy("Sessions in the days since, until it ended or for twelve weeks at most.")),
    Column(label=gettext_lazy("Came since, share"), means=gettext_lazy("Came, of expected since."), kind=Kind.SHARE, drawn="attended"),
)  # fmt: skip


def build(asked: Asked) -> Content:
    sessions = asked.clinical_sessions
    cases = cases_counted_for(asked.user).filter(pk__in=sessions.order_by().values("case"))
    theirs, (first, last) = cases.order_by().values("pk"), asked.instants
    agreed = agreed_strategies_readable_by(asked.user).filter(
        case__in=theirs, agreed_on__gte=asked.first, agreed_on__lte=asked.last
    )
    named = barriers_counted(sessions, now=asked.now)
    return Content(
        tables=[
            _barriers(named),
            _help(
                help_offered(
                    referrals_counted_for(asked.user).filter(
                        case__in=theirs, offered_at__gte=first, offered_at__lt=last
                    )
                )
            ),
            _strategies(
                by_strategy(agreed.select_related("strategy"), now=asked.now, zone=asked.practice.zone)
            ),
            _consequences(
                consequences_noted(
                    consequences_readable_by(asked.user).filter(
                        case__in=theirs, noted_at__gte=first, noted_at__lt=last
                    )
                )
            ),
            _costs(costs_noted(cases, first=first, last=last)),
        ],
        saying=_saying(named),
        notes=[
            _("What people said themselves is in no figure. How it is for you is sealed: nobody counts it."),
        ],
    )


def _barriers(named: list[BarrierCount]) -> Table:
    groups = dict(BarrierGroup.choices)
    return Table(
        name="barriers",
        title=_("What got in the way"),
        head=_("Named"),
        columns=_BARRIERS,
        lines=[
            Line(
                label=f"{as_shipped(one.label)} · {groups[one.group]}",
                values=(one.absences, one.clients, one.ripe, one.back, share(one.back, one.ripe)),
                counted=one.absences,
                clients=one.clients,
            )
            for one in named
        ],
        chart="bars",
    )


def _help(offered: list[Offered]) -> Table:
    return Table(
        name="help",
        title=_("Help that was offered"),
        head=_("From"),
        columns=_HELP,
        lines=[
            Line(
                label=one.barrier or _("No barrier noted"),
                values=(
                    one.offered,
                    one.wanted,
                    one.helped,
                    one.not_helped,
                    one.still_open,
                    share(one.helped, one.helped + one.not_helped),
                ),
                counted=one.offered,
                clients=one.clients,
            )
            for one in offered
        ],
        chart="bars",
    )


def _strategies(measured: list[StrategyMeasured]) -> Table:
    return Table(
        name="strategies",
        title=_("Before and since each strategy"),
        head=_("Strategy"),
        columns=_STRATEGIES,
        lines=[
            Line(
                label=as_shipped(one.name) or _("Agreed in their own words"),
                values=(
                    one.times,
                    one.clients,
                    one.before.expected,
                    share(one.before.came, one.before.expected),
                    one.since.expected,
                    share(one.since.came, one.since.expected),
                ),
                counted=min(one.before.expected, one.since.expected),
                clients=one.clients,
            )
            for one in measured
        ],
        chart="bars",
        note=_("The same people before and since. Something is mostly agreed when it goes badly, and then it gets better by itself, too."),
    )  # fmt: skip


def _consequences(noted: list[Noted]) -> Table:
    names = dict(Consequence.Kind.choices)
    return Table(
        name="consequences",
        title=_("What missing does, as clinicians noted it"),
        head=_("Noted"),
        columns=(
            Column(label=_("Times"), means=_("Each note of these days once.")),
            Column(label=_("People"), means=_("Different people among them."), drawn="missed"),
        ),
        lines=[
            Line(label=str(names[one.kind]), values=(one.times, one.clients), counted=one.times, clients=one.clients)
            for one in noted
        ],
        chart="bars",
    )  # fmt: skip


def _costs(costs: CostsNoted) -> Table:
    parts = (
        (_("Something stays unresolved"), costs.unresolved),
        (_("Support is missed"), costs.support_missed),
        (_("The clinician is somewhat worried"), costs.somewhat_worried),
        (_("The clinician is very worried"), costs.very_worried),
        (_("The clinician asked their supervisor"), costs.asked_supervisor),
        (_("A fee was charged"), costs.charged),
    )
    return Table(
        name="costs-noted",
        title=_("What repeated misses cost the clients"),
        head=_("Noted"),
        columns=(
            Column(label=_("Follow-ups"), means=_("Follow-ups in which the clinician noted in these days what the misses cost, and of these each with this answer. Several may hold for one.")),
            Column(label=_("Share"), means=_("Of all follow-ups in which it was noted."), kind=Kind.SHARE, drawn="missed"),
        ),
        lines=parts_of_one(
            [(label, (count, share(count, costs.noted))) for label, count in parts],
            counted=costs.noted,
            clients=costs.clients,
        ),
        chart="bars",
        note=_("Gaps in care stand in After a miss; hours lost stand in the practice's own report, never beside a client."),
    )  # fmt: skip


def _saying(named: list[BarrierCount]) -> Saying | None:
    """What is named most, of what people can be helped with."""
    enough = [
        one for one in named if one.group != BarrierGroup.NOT_SAID and not are_few(one.absences, one.clients)
    ]
    if not enough:
        return None
    most = max(enough, key=lambda one: one.absences)
    words = _("%(barrier)s gets in the way most often: named of %(absences)s absences of %(people)s people.")
    told = {"barrier": as_shipped(most.label), "absences": most.absences, "people": most.clients}
    return say(words % told, action=_("See the help that is going on"), page="referrals")


REPORT = Report(
    slug="barriers",
    title=gettext_lazy("What gets in the way"),
    permissions=(May.SEE_NUMBERS, May.SEE_CLINICAL_WORDS),
    build=build,
)
