"""After a miss: how soon somebody calls, whether they are reached, and whether they are back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import May
from dashboard.reports.asking import Asked
from dashboard.reports.attendance import month_words
from dashboard.reports.content import Content, Report
from dashboard.reports.saying import Saying, carries, say
from dashboard.reports.tables import Column, Kind, Line, Table, percent, share
from followups.measures import AfterMisses, Reached, after_misses

_MISSED = Column(
    label=gettext_lazy("Missed"),
    means=gettext_lazy("Absences without a word before, each person at each session; also from a session held with somebody else."),
)  # fmt: skip
_BACK = (
    Column(label=gettext_lazy("14 days ago"), means=gettext_lazy("Of the absences, those since which 14 days have passed.")),
    Column(label=gettext_lazy("Back in 14 days"), means=gettext_lazy("Of these, who came to a session of the same case within 14 days.")),
    Column(label=gettext_lazy("Back in 14 days, share"), means=gettext_lazy("Back in 14 days, of those since which 14 days have passed."), kind=Kind.SHARE),
    Column(label=gettext_lazy("30 days ago"), means=gettext_lazy("Of the absences, those since which 30 days have passed.")),
    Column(label=gettext_lazy("Back in 30 days"), means=gettext_lazy("Of these, who came to a session of the same case within 30 days.")),
    Column(label=gettext_lazy("Back in 30 days, share"), means=gettext_lazy("Back in 30 days, of those since which 30 days have passed."), kind=Kind.SHARE, drawn="attended"),
)  # fmt: skip
_CALLS = (
    _MISSED,
    Column(label=gettext_lazy("Followed up"), means=gettext_lazy("Of the absences, those that a follow-up was opened for. One seen late, or from before you began with Kept, has none.")),
    Column(label=gettext_lazy("Called"), means=gettext_lazy("Of the absences, those after which somebody called before the client was back.")),
    Column(label=gettext_lazy("Hours to the first call"), means=gettext_lazy("The middle one (median) of those called, from when the session began."), kind=Kind.HOURS),
    Column(label=gettext_lazy("Called within a day"), means=gettext_lazy("Of the absences, those called within 24 hours.")),
    Column(label=gettext_lazy("Within a day, share"), means=gettext_lazy("Called within a day, of the absences."), kind=Kind.SHARE, drawn="arrived"),
    Column(label=gettext_lazy("Reached"), means=gettext_lazy("Of the absences, those after which the client was spoken with before they were back; who rather did not talk was reached.")),
    Column(label=gettext_lazy("Hours until reached"), means=gettext_lazy("The middle one (median) of those reached."), kind=Kind.HOURS),
)  # fmt: skip
HOW = {
    "reached": gettext_lazy("We talked before they were back"),
    "tried": gettext_lazy("We tried"),
    "not tried": gettext_lazy("Nobody tried, or they were back first"),
}


def build(asked: Asked) -> Content:
    told = after_misses(asked.sessions, now=asked.now)
    return Content(tables=[_by_month(told), _back(told), _by_how(told)], saying=_saying(asked, told.total))


def _by_month(told: AfterMisses) -> Table:
    return Table(
        name="calls",
        title=_("From the miss to the call"),
        head=_("Missed in"),
        columns=_CALLS,
        lines=[_calls(month_words(month), told.by_month[month]) for month in sorted(told.by_month)],
        total=_calls(_("All of them"), told.total) if told.total.missed else None,
        chart="bars",
    )


def _calls(label: str, one: Reached) -> Line:
    return Line(
        label=label,
        values=(
            one.missed,
            one.followed,
            one.called,
            one.hours_to_call,
            one.called_in_a_day,
            share(one.called_in_a_day, one.missed),
            one.reached,
            one.hours_to_reached,
        ),
        counted=one.missed,
        clients=one.clients,
    )


def _back(told: AfterMisses) -> Table:
    return Table(
        name="back",
        title=_("Back in treatment"),
        head=_("Missed in"),
        columns=(_MISSED, *_BACK),
        lines=[_returned(month_words(month), told.by_month[month]) for month in sorted(told.by_month)],
        total=_returned(_("All of them"), told.total) if told.total.missed else None,
        chart="bars",
    )


def _by_how(told: AfterMisses) -> Table:
    return Table(
        name="reached",
        title=_("Back, by whether they were reached"),
        head=_("What we did"),
        columns=(_MISSED, *_BACK),
        lines=[_returned(str(words), told.by_how[how]) for how, words in HOW.items() if how in told.by_how],
        total=_returned(_("All of them"), told.total) if told.total.missed else None,
        chart="bars",
        note=_(
            "Who comes back at once is not called: so the last line is no proof that calling does nothing."
        ),
    )


def _returned(label: str, one: Reached) -> Line:
    return Line(
        label=label,
        values=(
            one.missed,
            one.soon_ripe,
            one.back_soon,
            share(one.back_soon, one.soon_ripe),
            one.later_ripe,
            one.back_later,
            share(one.back_later, one.later_ripe),
        ),
        counted=one.missed,
        clients=one.clients,
    )


def _saying(asked: Asked, total: Reached) -> Saying | None:
    if not carries(total.later_ripe, total.clients):
        return None
    words = _("Of those who missed a session, %(back)s were back within 30 days: %(part)s of %(whole)s.") % {
        "back": percent(total.back_later / total.later_ripe),
        "part": total.back_later,
        "whole": total.later_ripe,
    }
    in_a_day = ""
    if total.called:
        called = {"share": percent(total.called_in_a_day / total.missed)}
        in_a_day = _("Within a day, %(share)s were called.") % called
    may = asked.user.may(May.FOLLOW_UP)
    return say(f"{words} {in_a_day}".strip(), action=_("Open the follow-ups"), page="follow-ups", may=may)


REPORT = Report(
    slug="after-a-miss",
    title=gettext_lazy("After a miss"),
    permissions=(May.SEE_NUMBERS, May.SEE_FOLLOWING_NUMBERS),
    build=build,
)
