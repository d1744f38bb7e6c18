"""When, how, where and with whom sessions are missed; small numbers are hidden, and nobody is ranked."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import clinicians_apart
from accounts.roles import May
from attendance.metrics import PARTS_OF_A_DAY, By, Tallies, Tally, tallies, tallies_by_clinician
from dashboard.reports.asking import Asked
from dashboard.reports.attendance import ATTENDED, EXPECTED, MISSED
from dashboard.reports.content import Content, Report
from dashboard.reports.saying import Group, Saying, say, stands_out, times_words
from dashboard.reports.tables import (
    FEWEST_CLIENTS,
    FEWEST_SESSIONS,
    Column,
    Kind,
    Line,
    Table,
    hide_small,
    share,
)
from dashboard.weeks import place_in_week
from sessions_app.access import place_names
from sessions_app.models import Modality

# With fewer colleagues in it, the rest of the practice would be somebody.
FEWEST_COLLEAGUES = 3
_SHARE = Column(
    label=gettext_lazy("Missed, share"),
    means=gettext_lazy("Missed, of expected."),
    kind=Kind.SHARE,
    drawn="missed",
)
COLUMNS = (
    EXPECTED,
    Column(label=ATTENDED.label, means=ATTENDED.means),
    Column(label=MISSED.label, means=MISSED.means),
    _SHARE,
)
NOT_KNOWN = gettext_lazy("Not known")
LEADS = {
    0: gettext_lazy("The same or the next day"),
    2: gettext_lazy("2 to 6 days before"),
    7: gettext_lazy("7 to 13 days before"),
    14: gettext_lazy("2 to 4 weeks before"),
    28: gettext_lazy("4 weeks before, or longer"),
    None: NOT_KNOWN,
}
PARTS = (gettext_lazy("%(day)s morning"), gettext_lazy("%(day)s afternoon"), gettext_lazy("%(day)s evening"))
GROUPINGS = (By.PART, By.HOUR, By.LEAD, By.MODE, By.PLACE)


def build(asked: Asked) -> Content:
    told = tallies(asked.sessions, *GROUPINGS)
    total: Tally = told[None][None]
    names = {place: str(name) for place, name in place_names().items()}
    tables = [
        _table("week", _("By day and time of day"), _("Time"), told[By.PART], total, label=_part,
               note=_("Mornings are before 12:00, evenings from 17:00, on the clock of the session.")),
        _table("hours", _("By hour"), _("Begins at"), told[By.HOUR], total, label=_hour),
        _table("lead", _("By how long before it was booked"), _("Booked"), told[By.LEAD], total, label=lambda key: str(LEADS[key])),
        _table("mode", _("By how people meet"), _("How"), told[By.MODE], total, label=lambda key: str(Modality(key).label)),
        _table("place", _("By place"), _("Place"), told[By.PLACE], total, label=lambda key: names.get(key, _("No place"))),
        *_by_clinician(asked, total),
    ]  # fmt: skip
    return Content(tables=tables, saying=_saying(asked, tables), notes=[_NOTE % _LEAST])


_NOTE = gettext_lazy(
    "Where fewer than %(sessions)s were expected, or fewer than %(clients)s different people, it says too few to say;"
    " so it does where that would follow from the rest."
)
_LEAST = {"sessions": FEWEST_SESSIONS, "clients": FEWEST_CLIENTS}


def _table(
    name: str,
    title: str,
    head: str,
    found: Tallies,
    total: Tally,
    *,
    label: Callable[[Any], str],
    note: str = "",
) -> Table:
    keys = sorted((key for key, tally in found.items() if tally.expected), key=lambda key: (key is None, key))
    # Hidden before they are put in the reader's order: two readings must not hide different lines.
    lines = dict(zip(keys, hide_small(line_of(label(key), found[key]) for key in keys), strict=True))
    shown = sorted(keys, key=_place_of_part) if name == "week" else keys
    return Table(
        name=name,
        title=title,
        head=head,
        columns=COLUMNS,
        lines=[lines[key] for key in shown],
        total=line_of(_("All of them"), total),
        chart="bars",
        note=note,
    )


def line_of(label: str, tally: Tally) -> Line:
    """One group: of how many expected how many were missed."""
    return Line(
        label=label,
        values=(tally.expected, tally.attended, tally.missed, share(tally.missed, tally.expected)),
        counted=tally.expected,
        clients=tally.clients,
    )


def _part(key: int | None) -> str:
    if key is None:  # imported history may know the day alone
        return str(NOT_KNOWN)
    day, part = divmod(key, PARTS_OF_A_DAY)
    return str(PARTS[part]) % {"day": WEEKDAYS[day]}


def _place_of_part(key: int | None) -> tuple[bool, int]:
    day, part = divmod(key or 0, PARTS_OF_A_DAY)
    return key is None, place_in_week(day) * PARTS_OF_A_DAY + part


def _hour(key: int | None) -> str:
    return str(NOT_KNOWN) if key is None else f"{key}:00"


def _by_clinician(asked: Asked, total: Tally) -> list[Table]:
    """By name and never by rank, for who answers for them; a clinician sees themselves beside the whole."""
    if asked.user.may(May.SEE_CLINICIANS_APART):
        found = tallies_by_clinician(asked.sessions)
        known = clinicians_apart(asked.user).filter(pk__in=found).order_by("name", "pk")
        lines = [line_of(one.name, found[one.pk]) for one in known]
        title, total_line = _("By clinician, in the order of the alphabet"), line_of(_("All of them"), total)
        note = _(
            "What somebody's clients live through weighs more than how they work: talk with them before you compare. Of two who lead together each has the session."
        )
    elif not asked.is_of_the_practice:
        lines, total_line = _beside_the_practice(asked, total), None
        title, note = (
            _("You beside the practice"),
            _(
                "The practice is shown for one of the usual periods with nothing else chosen, and where at least three colleagues are in it: otherwise two questions would tell a colleague's figures."
            ),
        )
    else:
        return []
    return [
        Table(name="clinicians", title=title, head=_("Who"), columns=COLUMNS, lines=lines, total=total_line, note=note)
    ]  # fmt: skip


def _beside_the_practice(asked: Asked, own: Tally) -> list[Line]:
    lines = [line_of(_("You"), own)]
    # Taken from one another, the practice with a place chosen and without would be who works elsewhere.
    if not asked.is_of_everything:
        return lines
    everybody = tallies_by_clinician(asked.everybodys_sessions)
    colleagues = [
        tally
        for key, tally in everybody.items()
        if key != asked.user.pk and tally.expected >= FEWEST_SESSIONS and tally.clients >= FEWEST_CLIENTS
    ]
    if len(colleagues) >= FEWEST_COLLEAGUES:
        lines.append(line_of(_("The practice as a whole"), _sum(everybody.values())))
    return lines


def _sum(found: Iterable[Tally]) -> Tally:
    """Of several clinicians; a session that two led is in it twice, and a client of two as well."""
    tallied = list(found)
    names = ("attended", "missed", "turned_away", "clients")
    return Tally(**{name: sum(getattr(one, name) for one in tallied) for name in names})


def _saying(asked: Asked, tables: list[Table]) -> Saying | None:
    """What stands out most, if anything does; never a colleague."""
    found = [
        (times, group)
        for table in tables
        if table.name in ("week", "lead", "mode", "place")
        for group, times in [stands_out(_groups(table)) or (None, 0.0)]
        if group and group.name != str(NOT_KNOWN)
    ]
    if not found:
        return None
    times, group = max(found, key=lambda each: each[0])
    words = _("%(group)s: missed %(often)s, %(part)s of %(whole)s.")
    may = asked.user.may(May.MANAGE_SETTINGS)
    told = {"group": group.name, "often": times_words(times), "part": group.part, "whole": group.whole}
    return say(
        words % told,
        action=_("Look at the reminders") if may else _("See what reminders do"),
        page="reminder-rules" if may else "report-reminders",
    )


def _groups(table: Table) -> list[Group]:
    return [
        Group(name=line.label, part=int(line.values[2] or 0), whole=int(line.values[0] or 0))
        for line in table.lines
        if not line.is_hidden
    ]


REPORT = Report(
    slug="when", title=gettext_lazy("When they are missed"), permissions=(May.SEE_NUMBERS,), build=build
)
