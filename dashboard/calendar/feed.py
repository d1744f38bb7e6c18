"""The calendar for the grid that a script draws: the same as on the list, as plain values."""

from datetime import datetime
from hashlib import blake2b
from json import dumps
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboard.calendar.agenda import Agenda, Block, Entry
from dashboard.calendar.looking import PLACE, Looking
from dashboard.templatetags.kept_ui import STATUSES
from dashboard.weeks import first_day

WALL = "%Y-%m-%dT%H:%M:%S"


def feed_of(agenda: Agenda) -> dict[str, Any]:
    """What the script needs, with a digest of it: while that is the same nothing has changed."""
    looking = agenda.looking
    first, last = agenda.hours
    facts = {
        "view": looking.view,
        "on": looking.days[0].isoformat(),
        "firstDay": first_day(),
        "zone": looking.zone.key,
        "hidden": _hidden(agenda),
        "from": f"{first:02}:00",
        "until": f"{last:02}:00",
        "columns": _columns(looking),
        "lanes": _lanes(agenda),
        "sessions": [_session(one, looking) for one in agenda.entries if not one.row.is_cancelled],
        "blocks": [_block(one, looking) for one in agenda.blocks],
    }
    digest = blake2b(dumps(facts, sort_keys=True).encode(), digest_size=8).hexdigest()
    return {**facts, "digest": digest}


def _hidden(agenda: Agenda) -> list[int]:
    """The weekdays that are left out; Sunday is 0."""
    shown = set(agenda.days)
    return [day.isoweekday() % 7 for day in agenda.looking.days if day not in shown]


def _columns(looking: Looking) -> list[dict[str, Any]]:
    """The columns side by side; of one alone the days are the columns."""
    if looking.is_week and looking.who:
        return []
    return [{"id": one.key, "name": one.name, "sub": one.sub, "book": one.booking} for one in looking.shown]


def _lanes(agenda: Agenda) -> int:
    """How many sessions stand side by side at most: in a place several are held at once."""
    if agenda.looking.by != PLACE:
        return 1
    going = [one for one in agenda.entries if not one.row.is_cancelled]
    at_once = (
        sum(1 for other in going if other.begins <= one.begins < other.ends and other.columns == one.columns)
        for one in going
    )
    return max(at_once, default=1)


def _wall(at: datetime) -> str:
    return at.strftime(WALL)


def _session(one: Entry, looking: Looking) -> dict[str, Any]:
    row, mark = one.row, STATUSES[one.status]
    return {
        "id": row.public_id,
        "begins": _wall(one.begins),
        "ends": _wall(one.ends),
        "columns": one.columns,
        "names": one.names,
        "marks": _marks(one),
        "tone": mark.tone,
        "mayMove": one.may_move,
        "inSeries": one.in_series,
        "mode": row.modality,
        "with": [] if looking.by == "clinician" else [who.name for who in row.clinicians],
        "where": row.room if looking.by != "room" else "",
        "move": reverse("dashboard:moving", args=[row.public_id]),
        "version": row.version,
    }


def _marks(one: Entry) -> list[dict[str, str]]:
    """How each person stands, in the order of the names; a group by its weightiest."""
    codes = [one.status] if one.row.kind == "group" else [person.status for person in one.row.participants]
    return [
        {"icon": STATUSES[code].icon, "word": str(STATUSES[code].word), "tone": STATUSES[code].tone}
        for code in codes
    ]


def _block(one: Block, looking: Looking) -> dict[str, Any]:
    columns = [one.column] if one.column else [column.key for column in looking.shown]
    return {
        "kind": one.kind,
        "begins": _wall(one.begins),
        "ends": _wall(one.ends),
        "words": one.words,
        "columns": columns,
    }


def words_for_script() -> dict[str, str]:
    """What the script says by itself."""
    return {
        "series": _("one of a series"),
        "video": _("by video"),
        "phone": _("by telephone"),
    }
