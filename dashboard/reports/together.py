"""Coming together: from an invitation to sessions with each other, and the hours in which only some came."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import May
from attendance.in_part import HeldMeasures, Minutes, held_measures, minutes_used, parts_of
from clients.models import Case
from dashboard.reports.asking import Asked
from dashboard.reports.content import Content, Report
from dashboard.reports.saying import Saying, say
from dashboard.reports.tables import FEWEST_SESSIONS, Column, Kind, Line, Table, parts_of_one, share
from followups.funnel import Funnel, funnels_for

_MINUTES = (
    Column(label=gettext_lazy("Sessions"), means=gettext_lazy("People seen at sessions, each once at each session; in the last line, sessions held with one of several whose minutes were noted.")),
    Column(label=gettext_lazy("Booked minutes"), means=gettext_lazy("As long as these sessions were booked for.")),
    Column(label=gettext_lazy("Used minutes"), means=gettext_lazy("Booked, less the minutes that were recorded as late or left early; in the last line the minutes that were noted.")),
    Column(label=gettext_lazy("Used, share"), means=gettext_lazy("Used, of booked."), kind=Kind.SHARE, drawn="attended"),
)  # fmt: skip


def build(asked: Asked) -> Content:
    sessions = asked.clinical_sessions
    held = held_measures(parts_of(sessions))
    funnel = _sum(funnels_for(asked.user))
    return Content(
        tables=[_funnel(funnel), _minutes(minutes_used(sessions), held), _check(held)],
        saying=_saying(asked.user, funnel),
        notes=[_("What somebody said in such an hour is in no figure.")],
    )


def _sum(found: list[Funnel]) -> Funnel:
    return Funnel(
        clinician="",
        invited=sum(one.invited for one in found),
        held=sum(one.held for one in found),
        continued=sum(one.continued for one in found),
    )


def _funnel(funnel: Funnel) -> Table:
    steps = (
        (_("Invited"), funnel.invited),
        (_("Came to a session together"), funnel.held),
        (_("Came again"), funnel.continued),
    )
    return Table(
        name="funnel",
        title=_("From an invitation to sessions together"),
        head=_("Step"),
        columns=(
            Column(label=_("People"), means=_("Once in each case: noted as invited, or with an invitation on its way. Of these, who since then came to a session at which somebody else of the case was, too; and of these, who came to a second one.")),
            Column(label=_("Share"), means=_("Of those invited."), kind=Kind.SHARE, drawn="attended"),
        ),
        # Each is another person: five of them are enough.
        lines=parts_of_one(
            [(label, (count, share(count, funnel.invited))) for label, count in steps],
            counted=FEWEST_SESSIONS if funnel.invited else 0,
            clients=funnel.invited,
        ),
        chart="bars",
        note=_("Of all your open cases, from their beginning until today, whatever is chosen above."),
    )  # fmt: skip


def _minutes(used: list[Minutes], held: HeldMeasures) -> Table:
    """Booked minutes against used minutes (row 1.11)."""
    kinds = dict(Case.Kind.choices)
    lines = [
        Line(
            label=str(kinds[one.kind]),
            values=(one.sessions, one.booked, one.used, share(one.used, one.booked)),
            counted=one.sessions,
            clients=one.clients,
        )
        for one in used
    ]
    if held.noted:
        lines.append(
            Line(
                label=_("Held in part, as noted"),
                values=(held.noted, held.booked_minutes, held.used_minutes, share(held.used_minutes, held.booked_minutes)),
                counted=held.noted,
                clients=held.people,
            )
        )  # fmt: skip
    return Table(
        name="minutes",
        title=_("Booked and used minutes"),
        head=_("Kind of case"),
        columns=_MINUTES,
        lines=lines,
        chart="bars",
    )


def _check(held: HeldMeasures) -> Table:
    """The closing check of hours held with one of two (row 1.13)."""
    asked = (
        (_("Felt heard"), held.heard),
        (_("Felt taken seriously"), held.validated),
        (_("Felt prepared for what comes"), held.prepared),
    )
    return Table(
        name="check",
        title=_("How they left an hour held in part"),
        head=_("The closing check"),
        columns=(
            Column(label=_("Answers"), means=_("How often it was answered: yes, partly or not yet; by themselves, or as the clinician saw it.")),
            Column(label=_("Yes"), means=_("Of these, yes.")),
            Column(label=_("Yes, share"), means=_("Yes, of the answers."), kind=Kind.SHARE, drawn="attended"),
        ),
        lines=[
            Line(label=label, values=(one.asked, one.yes, share(one.yes, one.asked)), counted=one.asked, clients=held.people)
            for label, one in asked
            if one.asked
        ],
        chart="bars",
    )  # fmt: skip


def _saying(user: User, funnel: Funnel) -> Saying | None:
    if funnel.invited < FEWEST_SESSIONS:
        return None
    words = _(
        "Of %(invited)s people invited, %(held)s came to a session together, and %(continued)s came again."
    )
    told = {"invited": funnel.invited, "held": funnel.held, "continued": funnel.continued}
    may = user.may(May.SEE_SUPERVISED)
    return say(words % told, action=_("See it clinician by clinician"), page="joint-funnel", may=may)


REPORT = Report(
    slug="together",
    title=gettext_lazy("Coming together"),
    permissions=(May.SEE_NUMBERS, May.SEE_CLINICAL_WORDS),
    build=build,
)
