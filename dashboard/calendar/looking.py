"""What the calendar's address asks for: a week or a day, by whom or by where, and of which one."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict

from accounts.access import clinicians
from accounts.models import Practice, User
from dashboard.weeks import week_of
from sessions_app.access import locations, rooms
from sessions_app.models import Location, Room

WEEK, DAY = "week", "day"
CLINICIAN, ROOM, PLACE = "clinician", "room", "place"
ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One clinician, room or place: a column of the day, or whose week it is."""

    key: str
    name: str
    sub: str = ""
    clinician: User | None = None
    room: Room | None = None
    place: Location | None = None

    @property
    def booking(self) -> dict[str, str]:
        """What a booking that begins here already knows."""
        if self.clinician:
            return {"clinician": self.key}
        return {"where": self.key}


@dataclass(frozen=True, kw_only=True)
class Looking:
    """How the calendar is looked at; every part of it stands in the address."""

    view: str
    by: str
    on: date
    today: date
    columns: tuple[Column, ...]
    who: Column | None
    practice: Practice

    @property
    def is_week(self) -> bool:
        return self.view == WEEK

    @cached_property
    def week(self) -> list[date]:
        """The seven days around the one that is looked at, from the reader's first day of the week on."""
        return week_of(self.on)

    @property
    def days(self) -> list[date]:
        return self.week if self.is_week else [self.on]

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns that are looked at: the one that was chosen, else every one."""
        return (self.who,) if self.who else self.columns

    @property
    def zone(self) -> ZoneInfo:
        """The clock on the page: of the one place or room that is looked at, else the practice's."""
        where = self.who and (self.who.place or (self.who.room and self.who.room.location))
        return ZoneInfo(where.timezone) if where else self.practice.zone

    def address(self, **changed: str) -> str:
        """The query string of this look with something changed."""
        parts = {"view": self.view, "by": self.by, "who": self.who.key if self.who else ALL}
        parts["on"] = self.on.isoformat()
        if "by" in changed and changed["by"] != self.by:
            del parts["who"]
        return f"?{urlencode({**parts, **changed})}"

    @property
    def before(self) -> date:
        return self.on - timedelta(days=7 if self.is_week else 1)

    @property
    def after(self) -> date:
        return self.on + timedelta(days=7 if self.is_week else 1)

    @property
    def holds_today(self) -> bool:
        return self.today in self.days


def read_look(asked: QueryDict, *, user: User, practice: Practice, today: date) -> Looking:
    """From the address; whatever it does not say or says wrongly is as usual."""
    by = asked.get("by", "") if asked.get("by") in (CLINICIAN, ROOM, PLACE) else CLINICIAN
    view = DAY if asked.get("view") == DAY else WEEK
    columns = tuple(_COLUMNS[by]())
    return Looking(
        view=view,
        by=by,
        on=_day(asked.get("on"), today),
        today=today,
        columns=columns,
        who=_who(asked.get("who"), columns, user=user, view=view),
        practice=practice,
    )


def _day(text: str | None, today: date) -> date:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return today
    # A week at either end of the calendar has no neighbour.
    return day if 1900 < day.year < 2200 else today


def _who(asked: str | None, columns: tuple[Column, ...], *, user: User, view: str) -> Column | None:
    """The one asked for; oneself; for the desk a day is everybody's and a week the first one's."""
    if asked == ALL:
        return None
    named = next((one for one in columns if one.key == asked), None)
    oneself = next((one for one in columns if one.clinician == user), None)
    return named or oneself or (columns[0] if view == WEEK and columns else None)


def _of_clinicians() -> list[Column]:
    return [Column(key=str(one.public_id), name=one.name, clinician=one) for one in clinicians()]


def _of_rooms() -> list[Column]:
    return [Column(key=str(one.public_id), name=one.name, sub=one.location.name, room=one) for one in rooms()]


def _of_places() -> list[Column]:
    return [Column(key=str(one.public_id), name=one.name, place=one) for one in locations()]


_COLUMNS = {CLINICIAN: _of_clinicians, ROOM: _of_rooms, PLACE: _of_places}
