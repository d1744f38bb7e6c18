"""How people came, counted in sets: one row for each person expected at each session that is over.

What counts as what stands in docs/reports.md. Written out in SQL: one reading of the sessions answers
every grouping that a report shows.
"""

# ruff: noqa: S608 - put together from this module's own constants; values go in as parameters

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from attendance.models import ATTENDED_OUTCOMES, HELD_KINDS, MISSED_OUTCOMES
from sessions_app.counting import COLUMNS, Counted, table_of
from sessions_app.querysets import TherapySessionQuerySet

# The first hours of each part of a day, on the clock of the session.
NOON, EVENING = 12, 17
# A part of the week is weekday times this, and 0 for morning, 1 for afternoon, 2 for evening.
PARTS_OF_A_DAY = 3
# How long before it a session was booked: the least days of each group, from the longest.
LEADS = (28, 14, 7, 2, 0)


class By(StrEnum):
    """By what sessions can be grouped."""

    MONTH = "month"  # the first day of it
    WEEKDAY = "weekday"  # Monday is 0
    HOUR = "hour"  # in which it begins
    PART = "part"  # weekday and part of the day
    LEAD = "lead"  # the least days of its group; None where it is not known
    MODE = "mode"
    PLACE = "place"  # a location's key; None by video or telephone without one
    KIND = "kind"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """People expected at sessions, by what became of it; each person counts once at each session."""

    attended: int = 0  # came late and left early included
    missed: int = 0  # without a word before; a minor who was not brought included
    turned_away: int = 0  # came, and was not seen: too late, or unwell
    held_without: int = 0  # missed a couple's or family's session that was held with somebody else
    could_not_connect: int = 0  # never a miss
    excused: int = 0
    cancelled_late: int = 0
    cancelled_in_time: int = 0
    called_off: int = 0  # by the practice
    not_recorded: int = 0
    clients: int = 0  # different people among `expected`

    @property
    def expected(self) -> int:
        """The denominator of every rate: who was expected, and what became of it is recorded."""
        return self.attended + self.missed + self.turned_away

    @property
    def everything(self) -> int:
        """All who were ever expected, whatever became of it."""
        return sum(getattr(self, name) for name in STANDINGS)


STANDINGS = tuple(field.name for field in fields(Tally) if field.name != "clients")
Tallies = dict[Any, Tally]

_GROUPS: Mapping[By, str] = {
    By.MONTH: "date_trunc('month', s.\"on\")::date",
    By.WEEKDAY: 'extract(isodow FROM s."on")::int - 1',
    By.HOUR: "extract(hour FROM s.at)::int",
    By.PART: f'(extract(isodow FROM s."on")::int - 1) * {PARTS_OF_A_DAY}'
    f" + (extract(hour FROM s.at) >= {NOON})::int + (extract(hour FROM s.at) >= {EVENING})::int",
    # Imported history does not know when it was booked.
    By.LEAD: "CASE WHEN s.is_history OR s.booked_at > s.starts_at THEN NULL "
    + " ".join(f"WHEN s.starts_at - s.booked_at >= interval '{least} days' THEN {least}" for least in LEADS)
    + " END",
    By.MODE: "s.modality",
    By.PLACE: "s.location_id",
    By.KIND: "s.kind",
}
ATTENDED = ", ".join(f"'{outcome.value}'" for outcome in ATTENDED_OUTCOMES)
MISSED = ", ".join(f"'{outcome.value}'" for outcome in MISSED_OUTCOMES)
_HELD_KINDS = ", ".join(f"'{kind.value}'" for kind in HELD_KINDS)
# What became of one person's place; a query that uses it names the session s, the participant p, the record a.
# That somebody else was seen is `held_with_somebody` in attendance/in_part.py.
STANDING = f"""
    CASE
        WHEN a.outcome IN ({ATTENDED}) THEN 'attended'
        WHEN a.outcome IN ({MISSED}) THEN
            CASE WHEN s.kind IN ({_HELD_KINDS}) AND EXISTS (
                SELECT FROM sessions_app_participant other
                JOIN attendance_attendancerecord came ON came.participant_id = other.id
                WHERE other.session_id = s.id AND came.outcome IN ({ATTENDED})
            ) THEN 'held_without' ELSE 'missed' END
        WHEN a.outcome IN ('too_late', 'could_not_be_seen') THEN 'turned_away'
        WHEN a.outcome IS NOT NULL THEN a.outcome
        WHEN p.cancelled_late THEN 'cancelled_late'
        WHEN 'practice' IN (p.cancelled_by, s.cancelled_by) THEN 'called_off'
        WHEN p.cancelled_at IS NOT NULL OR s.cancelled_at IS NOT NULL THEN 'cancelled_in_time'
        ELSE 'not_recorded'
    END"""
COUNTS = (
    ", ".join(f"count(*) FILTER (WHERE standing = '{name}') AS {name}" for name in STANDINGS)
    + ", count(DISTINCT client_id) FILTER (WHERE standing IN ('attended', 'missed', 'turned_away')) AS clients"
)
PEOPLE = """
    FROM s JOIN sessions_app_participant p ON p.session_id = s.id
    LEFT JOIN attendance_attendancerecord a ON a.participant_id = p.id"""


def tallies(sessions: TherapySessionQuerySet, *by: By) -> dict[By | None, Tallies]:
    """The tallies of these sessions in each grouping, by its keys, and under None the total. One query.

    Give only sessions that are over: what lies ahead would be taken for not recorded.
    """
    chosen = table_of(sessions)
    groups = ", ".join(f"{_GROUPS[one]} AS {one}" for one in by)
    names = ", ".join(by)
    found = rows_of(
        f"""
        WITH s ({COLUMNS}) AS ({chosen.sql}),
        people AS (SELECT p.client_id, {STANDING} AS standing{", " if by else ""}{groups} {PEOPLE})
        SELECT {f"GROUPING({names}), {names}," if by else "0,"} {COUNTS}
        FROM people GROUP BY GROUPING SETS ({"".join(f"({one}), " for one in by)}())
        """,
        chosen,
    )
    told: dict[By | None, Tallies] = {one: {} for one in (*by, None)}
    for mask, *values in found:
        keys, counts = values[: len(by)], values[len(by) :]
        which = _grouped(mask, by)
        key = keys[by.index(which)] if which else None
        told[which][key] = tally_of(counts)
    told[None] = told[None] or {None: Tally()}
    return told


def tallies_by_clinician(sessions: TherapySessionQuerySet) -> Tallies:
    """The tallies of these sessions by who led them, by key; of two in co-therapy each has it. One query."""
    chosen = table_of(sessions)
    found = rows_of(
        f"""
        WITH s ({COLUMNS}) AS ({chosen.sql}),
        people AS (
            SELECT p.client_id, k.clinician_id, {STANDING} AS standing {PEOPLE}
            JOIN sessions_app_sessionclinician k ON k.session_id = s.id
        )
        SELECT clinician_id, {COUNTS} FROM people GROUP BY clinician_id
        """,
        chosen,
    )
    return {clinician: tally_of(counts) for clinician, *counts in found}


def rows_of(sql: str, chosen: Counted, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """What a report's question finds; it is asked rarely, so it is not compiled first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off")
        cursor.execute(sql, [*chosen.values, *values])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def tally_of(counts: Iterable[int]) -> Tally:
    """A tally from the columns of COUNTS."""
    return Tally(**dict(zip((*STANDINGS, "clients"), counts, strict=True)))


def _grouped(mask: int, by: Sequence[By]) -> By | None:
    """By what a row is grouped: its bit is unset, the last grouping's being the lowest."""
    for place, one in enumerate(reversed(by)):
        if not mask >> place & 1:
            return one
    return None
