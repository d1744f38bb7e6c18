"""What stands on the calendar: sessions as far as one may see them, and what else fills or shades the hours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from attendance.board import SessionRow, session_rows
from dashboard.calendar.looking import PLACE, Column, Looking
from dashboard.calendar.slot_picker import EVENING
from sessions_app.access import closed_days_from, sessions_visible_to, taken_times
from sessions_app.models import Closure, SessionClinician
from sessions_app.occupancy import resource_keys
from sessions_app.querysets import TherapySessionQuerySet, day_bounds
from sessions_app.slots import Window, free_slots, hours_of
from sessions_app.wall_time import instants

GAP_MINUTES = 60
# The first of these that somebody has colours the session.
BY_WEIGHT = (
    "not_recorded",
    "in_session",
    "arrived",
    "late",
    "asks_to_move",
    "no_show",
    "not_brought",
    "attended",
    "attended_late",
    "left_early",
    "confirmed",
    "expected",
)


@dataclass(kw_only=True)
class Entry:
    """One session where it stands."""

    row: SessionRow
    begins: datetime
    ends: datetime
    columns: list[str]
    may_move: bool
    in_series: bool

    @property
    def status(self) -> str:
        """The status that colours it."""
        if self.row.is_cancelled:
            return "cancelled"
        statuses = {person.status for person in self.row.participants}
        return next((one for one in BY_WEIGHT if one in statuses), next(iter(statuses), "expected"))

    @property
    def names(self) -> list[str]:
        if self.row.kind == "group":
            return [self.row.title]
        return [person.name for person in self.row.participants]


@dataclass(frozen=True, kw_only=True)
class Block:
    """Time that is no session: hours that somebody keeps, evening and weekend, away, held, taken, closed."""

    kind: str
    begins: datetime
    ends: datetime
    words: str = ""
    column: str = ""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """An hour that is free: a way to booking."""

    begins: datetime
    column: Column


@dataclass(kw_only=True)
class DayOfList:
    """One day of one column, or of everybody's week, as the list shows it."""

    on: date
    column: Column | None = None
    entries: list[Entry] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.entries or self.blocks)

    @property
    def key(self) -> str:
        return f"{self.on.isoformat()}-{self.column.key if self.column else 'all'}"


@dataclass(kw_only=True)
class Agenda:
    """All of it, for a week or a day."""

    looking: Looking
    entries: list[Entry]
    blocks: list[Block]
    gaps: list[Gap]
    closures: list[Closure]

    @property
    def days(self) -> list[date]:
        """The days that are shown: the weekend only where something is on it."""
        busy = {one.begins.date() for one in self.entries}
        busy |= {one.begins.date() for one in self._busy}
        looked_for = self.looking.on if not self.looking.is_week else None
        return [day for day in self.looking.days if day.weekday() < 5 or day in busy or day == looked_for]

    @property
    def _busy(self) -> list[Block]:
        return [one for one in self.blocks if one.kind in ("hours", "away", "held", "session")]

    @property
    def hours(self) -> tuple[int, int]:
        """From which hour to which one is shown: those of the practice, and whatever reaches beyond."""
        practice = self.looking.practice
        shown: list[Entry | Block] = [*self.entries, *self._busy]
        # Somebody's whole day away does not stretch the page to midnight.
        inside = [one for one in shown if one.begins.date() == one.ends.date() and _is_short(one)]
        first = min([practice.opens_at.hour, *(one.begins.hour for one in inside)])
        last = max([_end_hour(practice.closes_at), *(_end_hour(one.ends.time()) for one in inside)])
        return first, last

    def closed_words(self, on: date) -> list[str]:
        return [
            _("%(place)s is closed: %(why)s") % {"place": one.location.name, "why": one.reason}
            if one.reason
            else _("%(place)s is closed.") % {"place": one.location.name}
            for one in self.closures
            if one.on == on
        ]

    def listed(self) -> list[DayOfList]:
        """The same as a list: day by day, on one day column by column."""
        looking = self.looking
        by_column = not looking.is_week and looking.who is None
        columns: Sequence[Column | None] = looking.columns if by_column else (looking.who,)
        return [self._listed(on, column) for on in self.days for column in columns]

    def _listed(self, on: date, column: Column | None) -> DayOfList:
        def here(key: str, begins: datetime, ends: datetime) -> bool:
            on_it = begins.date() <= on <= (ends - timedelta(microseconds=1)).date()
            return on_it and (column is None or key in ("", column.key))

        return DayOfList(
            on=on,
            column=column,
            entries=[
                one
                for one in self.entries
                if one.begins.date() == on and (column is None or column.key in one.columns)
            ],
            blocks=[
                one
                for one in self.blocks
                if one.kind in ("away", "held", "session") and here(one.column, one.begins, one.ends)
            ],
            gaps=[one for one in self.gaps if one.begins.date() == on and one.column == column],
            closed=self.closed_words(on),
        )


def _is_short(one: Entry | Block) -> bool:
    return one.ends - one.begins <= timedelta(hours=14)


def _end_hour(at: time) -> int:
    return at.hour + (1 if at.minute else 0)


def read_agenda(*, user: User, looking: Looking, now: datetime) -> Agenda:
    """Everything for this look, in a constant number of queries."""
    zone, days = looking.zone, looking.days
    begins, ends = day_bounds(days[0], zone)[0], day_bounds(days[-1], zone)[1]
    entries = _entries(user, looking, begins, ends, now)
    places = [one.place for one in looking.shown if one.place]
    closures = [
        one
        for one in closed_days_from(days[0]).filter(on__lte=days[-1])
        if not places or one.location in places
    ]
    leaders = [one.clinician for one in looking.shown if one.clinician]
    windows = hours_of(leaders, days[0], len(days)) if leaders else []
    blocks = [
        *_hours(looking, windows),
        *_opening(looking),
        *_shades(looking),
        *_taken(looking, entries, begins, ends),
        *_closed(looking, closures),
    ]
    gaps = _gaps(looking, leaders, entries, now)
    return Agenda(looking=looking, entries=entries, blocks=blocks, gaps=gaps, closures=closures)


def _entries(user: User, looking: Looking, begins: datetime, ends: datetime, now: datetime) -> list[Entry]:
    sessions = sessions_visible_to(user).filter(starts_at__gte=begins, starts_at__lt=ends)
    sessions = _narrowed(sessions, looking.who)
    rows = session_rows(sessions.order_by("starts_at", "pk"), now=now, practice=looking.practice)
    more = {
        str(public_id): ("" if room is None else str(room), series is not None)
        for public_id, room, series in sessions.values_list("public_id", "room__public_id", "series_id")
    }
    zone = looking.zone
    return [
        Entry(
            row=row,
            begins=row.starts_at.astimezone(zone),
            ends=row.ends_at.astimezone(zone),
            columns=_columns_of(row, more[row.public_id][0], looking),
            may_move=may_move(row, now),
            in_series=more[row.public_id][1],
        )
        for row in rows
    ]


def _narrowed(sessions: TherapySessionQuerySet, who: Column | None) -> TherapySessionQuerySet:
    if who is None:
        return sessions
    if who.clinician:
        return sessions.filter(
            pk__in=SessionClinician.objects.filter(clinician=who.clinician).values("session")
        )
    return sessions.filter(room=who.room) if who.room else sessions.filter(location=who.place)


def _columns_of(row: SessionRow, room: str, looking: Looking) -> list[str]:
    if looking.by == PLACE:
        return [row.location_public_id] if row.location_public_id else []
    if looking.by == "room":
        return [room] if room else []
    return [one.public_id for one in row.clinicians]


def may_move(row: SessionRow, now: datetime) -> bool:
    """Nobody has come yet and it is not called off: time, place and people can still change."""
    if row.is_cancelled or row.ends_at <= now or row.at is None:
        return False
    return not any(person.arrived_at or person.outcome for person in row.participants)


def _opening(looking: Looking) -> Iterator[Block]:
    """The practice's hours on weekdays: rooms and places keep none of their own."""
    practice = looking.practice
    for day in looking.days:
        for column in looking.shown:
            if day.weekday() < 5 and column.clinician is None:
                yield Block(
                    kind="hours",
                    begins=_at(day, practice.opens_at, looking.zone),
                    ends=_at(day, practice.closes_at, looking.zone),
                    column=column.key,
                )


def _hours(looking: Looking, windows: Iterable[Window]) -> Iterator[Block]:
    """The hours that each clinician keeps."""
    for window in windows:
        yield Block(
            kind="hours",
            begins=window.starts_at.astimezone(looking.zone),
            ends=window.ends_at.astimezone(looking.zone),
            words=window.location.name if window.location else _("By video or telephone"),
            column=str(window.clinician.public_id),
        )


def _shades(looking: Looking) -> Iterator[Block]:
    """Evening and weekend, over whatever hours are kept then."""
    for day in looking.days:
        midnight = _at(day, time(0), looking.zone)
        if day.weekday() >= 5:
            yield Block(kind="weekend", begins=midnight, ends=midnight + timedelta(days=1))
        else:
            evening = _at(day, EVENING, looking.zone)
            yield Block(kind="evening", begins=evening, ends=midnight + timedelta(days=1))


def _at(day: date, at: time, zone: ZoneInfo) -> datetime:
    begins, _ends = instants(on=day, at=at, timezone=zone.key, minutes=0)
    return begins.astimezone(zone)


_WORDS = {
    "away": lambda: _("Away"),
    "held": lambda: _("Held for the waitlist"),
    "session": lambda: _("Taken"),
}


def _taken(looking: Looking, entries: Sequence[Entry], begins: datetime, ends: datetime) -> list[Block]:
    """Time off, what is held, and sessions of others, of which one sees no more than that they are."""
    seen = {one.row.public_id for one in entries}
    leaders = [one.clinician for one in looking.shown if one.clinician]
    rooms = [one.room for one in looking.shown if one.room]
    if not (leaders or rooms):
        return []
    keys = {
        key: column.key
        for column in looking.shown
        for key in resource_keys([column.clinician] if column.clinician else [], column.room)
    }
    zone = looking.zone
    return [
        Block(
            kind=one.kind,
            begins=max(one.starts_at, begins).astimezone(zone),
            ends=min(one.ends_at, ends).astimezone(zone),
            words=_WORDS[one.kind](),
            column=keys[one.resource],
        )
        for one in taken_times(clinicians=leaders, rooms=rooms, begins=begins, ends=ends)
        if one.session_public_id not in seen
    ]


def _closed(looking: Looking, closures: Iterable[Closure]) -> Iterator[Block]:
    """The whole day, in the columns of the place that is shut."""
    for one in closures:
        midnight = _at(one.on, time(0), looking.zone)
        for column in looking.shown:
            place = column.place or (column.room.location if column.room else None)
            if place == one.location:
                yield Block(
                    kind="closed",
                    begins=midnight,
                    ends=midnight + timedelta(days=1),
                    words=one.reason or _("Closed"),
                    column=column.key,
                )


def _gaps(looking: Looking, leaders: Sequence[User], entries: Sequence[Entry], now: datetime) -> list[Gap]:
    """Whole free hours within the hours that are kept, one after another."""
    if not leaders or looking.days[-1] < looking.today:
        return []
    columns = {one.clinician: one for one in looking.shown if one.clinician}
    days = looking.days
    slots = free_slots(clinicians=leaders, minutes=GAP_MINUTES, first=days[0], days=len(days), now=now)
    free_from: dict[User, datetime] = {}
    gaps = []
    for slot in slots:
        if slot.starts_at >= free_from.get(slot.clinician, slot.starts_at):
            free_from[slot.clinician] = slot.ends_at
            column = columns[slot.clinician]
            gaps.append(Gap(begins=slot.starts_at.astimezone(looking.zone), column=column))
    return gaps
