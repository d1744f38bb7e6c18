"""Who stands where, read once and shared by everybody who looks, until a fact of it changes or the minute ends.

Thirty desks look at one day, and each change brings all of them back. One statement tells whether anything
is new: it walks the rows of the look and digests which version of each PostgreSQL shows. Only what is new is
read, and drawn, again; so nothing that was committed can be missing from what is shared.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from threading import Lock, RLock
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models.expressions import RawSQL

from accounts.models import Practice, User
from accounts.prepared import ask, once
from accounts.roles import May
from accounts.services import get_practice
from attendance.board import SessionRow, led_by_any, rows_of, session_rows
from sessions_app.access import sessions_visible_to
from sessions_app.models import Location
from sessions_app.querysets import TherapySessionQuerySet

Made = TypeVar("Made")

# What a process keeps at most, of looks and of what was made of one: then it begins anew.
MOST_LOOKS = 32
MOST_MADE = 32

# A row that changes is a new version, at another place (ctid) and of another transaction (xmin).
_VERSION = RawSQL(
    "hashtidextended(sessions_app_therapysession.ctid, sessions_app_therapysession.xmin::text::bigint)", ()
)
_FACTS = """
WITH wanted (id, case_id, version) AS MATERIALIZED ({wanted})
SELECT ARRAY(SELECT id FROM wanted), (
    SELECT coalesce(sum(
        wanted.version::numeric + hashtidextended(k.ctid, k.xmin::text::bigint)
        + coalesce(hashtidextended(p.ctid, p.xmin::text::bigint), 0)
        + coalesce(hashtidextended(c.ctid, c.xmin::text::bigint), 0)
        + coalesce(hashtidextended(a.ctid, a.xmin::text::bigint), 0)), 0)::text
    FROM wanted
    JOIN clients_case k ON k.id = wanted.case_id
    LEFT JOIN sessions_app_participant p ON p.session_id = wanted.id
    LEFT JOIN clients_client c ON c.id = p.client_id
    LEFT JOIN attendance_attendancerecord a ON a.participant_id = p.id)
"""

Question = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Which sessions a look is of, in order, and a digest of their rows as they stand."""

    sessions: tuple[int, ...]
    digest: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Reading:
    """Rows that nobody changes any more, good from one instant until before another."""

    rows: Sequence[SessionRow]
    sessions: tuple[int, ...]
    digest: str
    made_at: datetime
    good_until: datetime
    _made: dict[Hashable, Any] = field(default_factory=dict)
    # Desks come in the same instant: one makes it, the others wait for that. What is made asks for its parts.
    _making: RLock = field(default_factory=RLock)

    def holds(self, now: datetime) -> bool:
        return self.made_at <= now < self.good_until

    def made(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of these rows and nothing else but the key: once, for everybody."""
        with self._making:
            if key not in self._made:
                if len(self._made) >= MOST_MADE:
                    self._made.clear()
                self._made[key] = make()
            made: Made = self._made[key]
            return made


def reading_of_day(
    *,
    user: User,
    day: date,
    zone: ZoneInfo,
    place: Location | None,
    now: datetime,
    practice: Practice,
    since: str = "",
) -> Reading:
    """The sessions of a local day that this person may see; one statement, two where something is new.

    With `since`, the latest change told of, what was asked since then is not asked again.
    """
    facts = _facts(_day_question(user, user.permissions, day, zone, place), since)
    return _read(facts, now=now, practice=practice)


def facts_of(sessions: TherapySessionQuerySet) -> Facts:
    """What a poll asks first; the caller has asked `access.py` which sessions these are."""
    return _facts(_question(sessions))


def board_day(
    *,
    user: User,
    day: date,
    now: datetime,
    location: Location | None = None,
    clinicians: Sequence[User] = (),
    practice: Practice | None = None,
) -> Reading:
    """The sessions of a local day that this person may see, in order of their start.

    The day is the place's where one is named, else the practice's.
    """
    practice = practice or get_practice()
    zone = ZoneInfo(location.timezone) if location else practice.zone
    if not clinicians:
        return reading_of_day(user=user, day=day, zone=zone, place=location, now=now, practice=practice)
    sessions = led_by_any(sessions_visible_to(user).on_day(day, zone, location), clinicians)
    rows = session_rows(sessions, now=now, practice=practice)
    return Reading(rows=rows, sessions=(), digest="", made_at=now, good_until=now)


@lru_cache(maxsize=512)
def _day_question(
    user: User, permissions: frozenset[May], day: date, zone: ZoneInfo, place: Location | None
) -> Question:
    """Which sessions those are, as a statement: building it takes longer than asking it.

    `permissions` are what it depends on besides; they make it anew when a role changes.
    """
    return _question(sessions_visible_to(user).on_day(day, zone, place))


def _question(sessions: TherapySessionQuerySet) -> Question:
    return sessions.values_list("pk", "case_id", _VERSION).query.sql_with_params()


def _facts(question: Question, since: str = "") -> Facts:
    return once(since, ("facts", repr(question)), lambda: _asked(question))


def _asked(question: Question) -> Facts:
    wanted, values = question
    [(sessions, digest)] = ask(_FACTS.format(wanted=wanted), values)
    return Facts(sessions=tuple(sessions), digest=digest)


_kept: dict[tuple[Facts, int], Reading] = {}
# Desks come in the same instant after a change: one reads, and who looks at the same waits for that.
_reading = tuple(Lock() for _ in range(MOST_LOOKS))


def _read(facts: Facts, *, now: datetime, practice: Practice) -> Reading:
    key = (facts, practice.undo_minutes)
    with _reading[hash(key) % len(_reading)]:
        kept = _kept.get(key)
        if kept and kept.holds(now):
            return kept
        reading = _read_rows(facts, now=now, practice=practice)
        if len(_kept) >= MOST_LOOKS:
            _kept.clear()
        _kept[key] = reading
        return reading


def _read_rows(facts: Facts, *, now: datetime, practice: Practice) -> Reading:
    # Read after its digest: what is told between the two makes the next digest another one.
    rows = rows_of(facts.sessions, now=now, practice=practice)
    return Reading(
        rows=rows,
        sessions=facts.sessions,
        digest=facts.digest,
        made_at=now,
        good_until=_good_until(rows, now),
    )


def _good_until(rows: Sequence[SessionRow], now: datetime) -> datetime:
    """The first instant at which somebody stands otherwise by the clock alone, and the minute's end at the latest."""
    minute_ends = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return min([minute_ends, *(at for at in _turns(rows) if now < at)])


def _turns(rows: Sequence[SessionRow]) -> Iterator[datetime]:
    for row in rows:
        yield row.starts_at
        yield row.ends_at
        for person in row.participants:
            if person.undo_until_at:
                # It can be taken back until then, and at that instant still.
                yield person.undo_until_at + timedelta(microseconds=1)
