"""A day as the board shows it: who stands where, in which column, and what is left to do."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Count, Window
from django.utils.translation import gettext as _

from accounts.bell import latest_change
from accounts.clock import clock
from accounts.models import Practice, User
from accounts.prepared import ask, once
from accounts.roles import May
from attendance.board import ClinicianRow, ParticipantRow, SessionRow, tally
from attendance.reading import Reading, reading_of_day
from dashboard.board.looking import Looking
from dashboard.board.needs import Needs, needs_in
from sessions_app.access import locations_in_use, participants_visible_to
from sessions_app.models import Location

Made = TypeVar("Made")

SLOT_MINUTES = 5
MOST_COLUMNS = 40
MOST_LANES = 3
# With more called off than this, they wait behind a switch.
FEW_CANCELLED = 6
TO_COME = ("expected", "confirmed", "asks_to_move")
HERE = ("arrived", "in_session")
CAME = ("attended", "attended_late", "left_early")
MISSED = ("no_show", "not_brought")
# Stands where nobody leads a session yet.
NOBODY = ClinicianRow(public_id="", name="")


@dataclass(slots=True)
class Column:
    """One clinician's day, and where each card stands in it."""

    clinician: ClinicianRow
    where: str
    cards: list["Card"]
    lanes: int = 1


@dataclass(slots=True)
class Card:
    """One session on the timeline; `twin` counts the columns that show it already."""

    session: SessionRow
    start: int
    span: int
    lane: int = 0
    twin: int = 0


@dataclass(slots=True)
class Pending:
    """One person of a session that is over and not recorded."""

    name: str
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a desk's board shows, as its next poll asks with: the digest, and the latest change told of before it."""

    tag: str
    told: str

    @property
    def facts(self) -> str:
        """The digest and the minute, without the look."""
        return self.tag.rpartition("-")[0]

    def is_current(self, now: datetime, heard: str) -> bool:
        """Whether nothing was told since, in this minute; `heard` is the latest change told of."""
        return bool(self.told) and self._minute == _minute(now) and heard == self.told

    @property
    def _minute(self) -> str:
        return self.facts.rpartition("-")[2]


@dataclass(frozen=True)
class Day:
    """What one desk sees of one day. `rows` are already filtered to what is shown."""

    looking: Looking
    user: User
    practice: Practice
    now: datetime
    zone: ZoneInfo
    places: Sequence[Location]
    everything: Sequence[SessionRow]
    seen: Seen | None = None
    # The latest change told of, where this was read for a poll.
    since: str = ""
    needs: Needs = field(default_factory=Needs)
    # Shared with whoever looks at the same day.
    reading: Reading | None = None

    @cached_property
    def wanted(self) -> Sequence[SessionRow]:
        """The day's sessions of the clinician asked for, or of all."""
        asked = self.looking.clinician
        if asked is None:
            return self.everything
        return [row for row in self.everything if any(who.public_id == asked for who in row.clinicians)]

    @cached_property
    def cancelled_count(self) -> int:
        return self._counted("cancelled", lambda: sum(row.is_cancelled for row in self.wanted))

    @cached_property
    def shows_cancelled(self) -> bool:
        if self.looking.cancelled is not None:
            return self.looking.cancelled
        return self.cancelled_count <= FEW_CANCELLED

    @cached_property
    def rows(self) -> Sequence[SessionRow]:
        if self.shows_cancelled:
            return self.wanted
        return [row for row in self.wanted if not row.is_cancelled]

    @cached_property
    def clinicians(self) -> list[ClinicianRow]:
        """Everybody who leads a session that day, for the filter."""
        found = {who.public_id: who for row in self.everything for who in row.clinicians}
        return sorted(found.values(), key=lambda who: who.name)

    @cached_property
    def place(self) -> Location | None:
        return next((one for one in self.places if str(one.public_id) == self.looking.location), None)

    @cached_property
    def clinician(self) -> ClinicianRow | None:
        return next((one for one in self.clinicians if one.public_id == self.looking.clinician), None)

    @property
    def place_links(self) -> list[tuple[Location, str]]:
        return [(place, self.looking.at(str(place.public_id)).url) for place in self.places]

    @property
    def clinician_links(self) -> list[tuple[ClinicianRow, str]]:
        return [(who, self.looking.of(who.public_id).url) for who in self.clinicians]

    @cached_property
    def figures(self) -> Counter[str]:
        return self._counted("figures", lambda: tally(self.wanted))

    @property
    def attended(self) -> int:
        return sum(self.figures[code] for code in CAME)

    @property
    def here(self) -> int:
        return sum(self.figures[code] for code in HERE)

    @cached_property
    def held_in_part(self) -> int:
        """Sessions, not people: who was not there is in no other figure."""
        return self._counted("held in part", lambda: sum(row.is_held_in_part for row in self.wanted))

    @property
    def missed(self) -> int:
        """Who was missed, but for sessions that were held with the other (row 1.17)."""
        in_part = self._counted("missed in part", self._missed_in_part)
        return sum(self.figures[code] for code in MISSED) - in_part

    @property
    def to_come(self) -> int:
        return sum(self.figures[code] for code in (*TO_COME, "late"))

    @cached_property
    def opened(self) -> SessionRow | None:
        """The session of the panel, if it is one of this day."""
        asked = self.looking.session
        return next((row for row in self.everything if row.public_id == asked), None)

    @cached_property
    def first_hour(self) -> int:
        starts = [row.starts_at.astimezone(self.zone).hour for row in self.rows]
        return min([self.practice.opens_at.hour, *starts])

    @cached_property
    def last_hour(self) -> int:
        """The hour at which the timeline ends; 24 at most."""
        ends = [self._minutes(row.ends_at) for row in self.rows]
        closes = self.practice.closes_at.hour * 60 + self.practice.closes_at.minute
        return min(-(-max([closes, *ends]) // 60), 24)

    @property
    def slots(self) -> int:
        return (self.last_hour - self.first_hour) * 60 // SLOT_MINUTES

    @property
    def hours(self) -> list[tuple[int, str]]:
        """Slot and label of each full hour."""
        first = self.first_hour
        return [((hour - first) * 60 // SLOT_MINUTES, f"{hour}:00") for hour in range(first, self.last_hour)]

    @property
    def now_slot(self) -> int | None:
        """Where the line of the present runs, if it does on this day."""
        if not self.looking.is_today:
            return None
        slot = self._slot(self.now)
        return slot if 0 <= slot < self.slots else None

    @cached_property
    def columns(self) -> list[Column]:
        """A column for each clinician who sees somebody, by name."""
        asked = self.looking.clinician
        found: dict[str, Column] = {}
        twins: Counter[str] = Counter()
        nobody = replace(NOBODY, name=_("Nobody yet"))
        for row in self.rows:
            for who in row.clinicians or [nobody]:
                if asked in (None, who.public_id):
                    column = found.setdefault(who.public_id, Column(who, "", []))
                    column.cards.append(self._card(row, twin=twins[row.public_id]))
                    twins[row.public_id] += 1
        columns = sorted(found.values(), key=lambda column: column.clinician.name)
        for column in columns:
            column.where = _usual_place(column.cards)
            column.lanes = _lay_in_lanes(column.cards)
        return columns

    @cached_property
    def too_wide(self) -> bool:
        """More columns than are drawn; told without laying them out, for the list asks too."""
        leads = {who.public_id for row in self.rows for who in row.clinicians or [NOBODY]}
        return self.looking.clinician is None and len(leads) > MOST_COLUMNS

    def shared(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of the rows and the key alone: once for all who look at this day."""
        return self.reading.made(key, make) if self.reading else make()

    def _counted(self, what: str, count: Callable[[], Made]) -> Made:
        """A figure over the rows that are wanted; once for all who want the same."""
        return self.shared((what, self.looking.clinician), count)

    def _missed_in_part(self) -> int:
        in_part = (person for row in self.wanted if row.is_held_in_part for person in row.participants)
        return sum(person.status in MISSED for person in in_part)

    def clock(self, moment: datetime) -> str:
        """An instant as the board's wall time, "9:58"."""
        return clock(moment.astimezone(self.zone))

    def stretch(self, starts_at: datetime, ends_at: datetime) -> tuple[int, int]:
        """Slot and span of a time on the timeline, as far as it shows that time."""
        start, end = (min(max(self._slot(at), 0), self.slots) for at in (starts_at, ends_at))
        return start, end - start

    def _card(self, row: SessionRow, *, twin: int) -> Card:
        start = max(self._slot(row.starts_at), 0)
        return Card(row, min(start, 288), min(max(-(-row.minutes // SLOT_MINUTES), 1), 144), twin=twin)

    def _slot(self, moment: datetime) -> int:
        return (self._minutes(moment) - self.first_hour * 60) // SLOT_MINUTES

    def _minutes(self, moment: datetime) -> int:
        """Minutes since the board's midnight; past midnight they go on counting."""
        local = moment.astimezone(self.zone)
        days = (local.date() - self.looking.on).days
        return max(days, 0) * 24 * 60 + local.hour * 60 + local.minute


def read_day(*, user: User, practice: Practice, looking: Looking, now: datetime, heard: str = "") -> Day:
    """Everything about one day, in three statements whatever its size, and one more where something is new.

    A poll has `heard` of the latest change, and takes what another one was answered since, in this minute.
    """
    told = heard or latest_change()
    since = since_of(heard, now)
    places = locations_in_use(since)
    place = next((one for one in places if str(one.public_id) == looking.location), None)
    zone = _zone(practice, place)
    reading = reading_of_day(
        user=user, day=looking.on, zone=zone, place=place, now=now, practice=practice, since=since
    )
    needs = needs_in(user, reading.sessions, since=since)
    return Day(
        looking=looking,
        user=user,
        practice=practice,
        now=now,
        zone=zone,
        places=places,
        everything=reading.rows,
        seen=Seen(tag=tag_of(f"{reading.digest}.{needs.digest}", now, look=_look(looking)), told=told),
        since=since,
        needs=needs,
        reading=reading,
    )


def since_of(heard: str, now: datetime) -> str:
    """What a poll may share: whatever was found in this minute, since the change that it has heard of."""
    return f"{heard} {_minute(now)}" if heard else ""


def not_recorded(user: User, now: datetime, *, limit: int = 3, since: str = "") -> tuple[int, list[Pending]]:
    """How many people have neither arrival nor outcome though it is over, and the last of them.

    With `since`, the latest change told of, what was asked since then is not asked again.
    """
    question, values = _pending(user, user.permissions, limit)
    at = now.replace(second=0, microsecond=0) if since else now
    asked = [at if value == _WHEN else value for value in values]
    rows = once(since, (question, repr(asked)), lambda: ask(question, asked))
    people = [Pending(f"{used or given} {family}".strip(), at) for used, given, family, at, _count in rows]
    return (rows[0][4] if rows else 0), people


# Stands for the present in a question that is kept.
_WHEN = datetime.max.replace(tzinfo=UTC)


@lru_cache(maxsize=512)
def _pending(user: User, permissions: frozenset[May], limit: int) -> tuple[str, tuple[Any, ...]]:
    """The statement of `not_recorded`, for one person: building it takes longer than asking it.

    `permissions` are what it depends on besides; they make it anew when a role changes.
    """
    found = (
        participants_visible_to(user)
        .needing_outcome(_WHEN)
        .filter(arrived_at=None)
        .annotate(count=Window(Count("*")))
        .order_by("-starts_at", "pk")
        .values_list("client__name_used", "client__given_name", "client__family_name", "starts_at", "count")
    )
    return found[:limit].query.sql_with_params()


def people(rows: Iterable[SessionRow]) -> list[tuple[SessionRow, ParticipantRow]]:
    """Everybody, one by one, in the order of the day."""
    return [(row, person) for row in rows for person in row.participants]


def _zone(practice: Practice, place: Location | None) -> ZoneInfo:
    return ZoneInfo(place.timezone) if place else practice.zone


def tag_of(facts: str, now: datetime, *, look: str) -> str:
    """What is on a screen, as `Seen` reads it. The minute counts: statuses and the line of the present move with the clock."""
    return f"{facts}-{_minute(now)}-{look}"


def _look(looking: Looking) -> str:
    return blake2b(looking.query.encode(), digest_size=4).hexdigest()


def _minute(now: datetime) -> str:
    return f"{now:%d%H%M}"


def _usual_place(cards: list[Card]) -> str:
    """Where this clinician is that day: the room that most cards name, else how they meet."""
    rooms = Counter(card.session.room for card in cards if card.session.room)
    if rooms:
        return rooms.most_common(1)[0][0]
    modality = cards[0].session.modality
    return {"video": _("Video"), "phone": _("Telephone")}.get(modality, "")


def _lay_in_lanes(cards: list[Card]) -> int:
    """Put sessions that overlap beside each other; returns how many lanes that takes."""
    free_from: list[datetime] = []
    for card in cards:
        starts_at = card.session.starts_at
        lane = next((n for n, free in enumerate(free_from) if free <= starts_at), len(free_from))
        lane = min(lane, MOST_LANES - 1)
        ends_at = max(card.session.ends_at, starts_at + timedelta(minutes=SLOT_MINUTES))
        if lane == len(free_from):
            free_from.append(ends_at)
        else:
            free_from[lane] = ends_at
        card.lane = lane + 1
    return max(len(free_from), 1)
