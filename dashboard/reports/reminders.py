"""What reminders do: sent, delivered, answered, moved, and how those sessions went."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import May
from attendance.metrics import Tally
from clients.models import Channel
from dashboard.reports.asking import Asked
from dashboard.reports.attendance import ATTENDED, EXPECTED, MISSED
from dashboard.reports.content import Content, Report
from dashboard.reports.saying import (
    FEWEST_TO_COMPARE,
    LEAST_ERRORS,
    Group,
    Saying,
    carries,
    errors_apart,
    times_words,
)
from dashboard.reports.tables import Column, Kind, Line, Table, percent, share
from reminders.measures import Answer, Way, answers, ways

ANSWERS = {
    Answer.CONFIRMED: gettext_lazy("Confirmed"),
    Answer.MOVED: gettext_lazy("Asked for another time, and got one"),
    Answer.ASKED: gettext_lazy("Asked for another time, and it stayed"),
    Answer.STAFF: gettext_lazy("Told a colleague"),
    Answer.SILENT: gettext_lazy("Reminded, no answer"),
    Answer.NONE: gettext_lazy("No reminder got out"),
}
_FOLLOWED = (
    Column(label=gettext_lazy("People"), means=gettext_lazy("Each once at each session, whatever became of it.")),
    EXPECTED,
    Column(label=ATTENDED.label, means=ATTENDED.means),
    Column(label=MISSED.label, means=MISSED.means),
    Column(label=gettext_lazy("Missed, share"), means=gettext_lazy("Missed, of expected."), kind=Kind.SHARE, drawn="missed"),
    Column(label=gettext_lazy("Cancelled in time"), means=gettext_lazy("Of these people, by themselves and in time.")),
    Column(label=gettext_lazy("Cancelled late"), means=gettext_lazy("Of these people, by themselves and late.")),
)  # fmt: skip
_WAYS = (
    Column(label=gettext_lazy("Sent"), means=gettext_lazy("Reminders that the provider took; each try by itself.")),
    Column(label=gettext_lazy("Delivered"), means=gettext_lazy("Of these, those that the provider says arrived. Not every provider says so.")),
    Column(label=gettext_lazy("Delivered, share"), means=gettext_lazy("Delivered, of sent."), kind=Kind.SHARE, drawn="attended"),
    Column(label=gettext_lazy("Not sent"), means=gettext_lazy("Refused by the provider; or there was no way out: nobody agreed, no number fits, or it was too late.")),
)  # fmt: skip


def build(asked: Asked) -> Content:
    told = answers(asked.sessions)
    return Content(
        tables=[_followed(told), _ways(ways(asked.sessions))],
        saying=_saying(asked, told),
        notes=[
            _(
                "Who answers differs from who does not in more than the answer: these figures say what goes together, and not what is because of what."
            )
        ],
    )


def _followed(told: dict[Answer, Tally]) -> Table:
    total = _sum(told)
    return Table(
        name="answers",
        title=_("What people answered, and what followed"),
        head=_("Their answer"),
        columns=_FOLLOWED,
        lines=[_line(str(ANSWERS[answer]), tally) for answer, tally in told.items() if tally.everything],
        total=_line(_("All of them"), total) if total.everything else None,
        chart="bars",
    )


def _line(label: str, tally: Tally) -> Line:
    return Line(
        label=label,
        values=(
            tally.everything,
            tally.expected,
            tally.attended,
            tally.missed,
            share(tally.missed, tally.expected),
            tally.cancelled_in_time,
            tally.cancelled_late,
        ),
        counted=tally.expected,
        clients=tally.clients,
    )


def _sum(told: dict[Answer, Tally]) -> Tally:
    """Of all answers; somebody may have answered one time and not another, so the most in one group count."""
    names = [name for name in Tally.__dataclass_fields__ if name != "clients"]
    counts = {name: sum(getattr(tally, name) for tally in told.values()) for name in names}
    return Tally(**counts, clients=max(tally.clients for tally in told.values()))


def _ways(found: list[Way]) -> Table:
    names = dict(Channel.choices)
    return Table(
        name="ways",
        title=_("How reminders went out"),
        head=_("Way"),
        columns=_WAYS,
        lines=[
            Line(
                label=str(names.get(way.channel, _("No way out"))),
                values=(way.sent, way.delivered, share(way.delivered, way.sent), way.refused),
                counted=way.sent + way.refused,
                clients=way.clients,
            )
            for way in found
        ],
        chart="bars",
    )


def _saying(asked: Asked, told: dict[Answer, Tally]) -> Saying | None:
    without, with_one = told[Answer.NONE], [tally for answer, tally in told.items() if answer != Answer.NONE]
    one = Group(name="", part=without.missed, whole=without.expected)
    other = Group(
        name="", part=sum(tally.missed for tally in with_one), whole=sum(tally.expected for tally in with_one)
    )
    enough = carries(without.expected, without.clients) and other.whole >= FEWEST_TO_COMPARE
    if enough and other.part and errors_apart(one, other) >= LEAST_ERRORS:
        return _without(asked, one, other)
    confirmed = told[Answer.CONFIRMED]
    if not carries(confirmed.expected, confirmed.clients):
        return None
    words = _("Of those who confirmed, %(share)s came: %(part)s of %(whole)s.")
    came = {"part": confirmed.attended, "whole": confirmed.expected}
    return Saying(words=words % {"share": percent(came["part"] / came["whole"]), **came})


def _without(asked: Asked, one: Group, other: Group) -> Saying:
    words = _("Where no reminder got out, sessions were missed %(often)s: %(part)s of %(whole)s.")
    often = times_words(one.share / other.share)
    may = asked.user.may(May.ANSWER_MESSAGES)
    return Saying(
        words=words % {"often": often, "part": one.part, "whole": one.whole},
        action=_("See what could not go out") if may else "",
        url=reverse("dashboard:messages") + "?state=look" if may else "",
    )


REPORT = Report(
    slug="reminders", title=gettext_lazy("Reminders"), permissions=(May.SEE_NUMBERS,), build=build
)
