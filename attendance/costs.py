"""What absences cost the practice in hours, and what was decided on fees, by group: for practice reports alone (row 3.2)."""

# ruff: noqa: S608 - put together from this module's own constants; values go in as parameters

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from attendance.metrics import ATTENDED, MISSED, PEOPLE, rows_of
from sessions_app.counting import COLUMNS, table_of
from sessions_app.querysets import TherapySessionQuerySet


@dataclass(frozen=True, kw_only=True)
class Lost:
    """Minutes that stood in the calendar until it was too late to give them to somebody else."""

    kept: int = 0  # of sessions in which somebody was seen
    missed: int = 0  # of sessions that everybody expected missed
    late: int = 0  # of sessions called off late by clients, and not refilled
    refilled: int = 0  # of sessions called off late, whose time somebody else had
    sessions: int = 0  # of all these minutes
    lost_sessions: int = 0  # missed or called off late
    cases: int = 0

    @property
    def lost(self) -> int:
        return self.missed + self.late

    @property
    def booked(self) -> int:
        return self.kept + self.lost + self.refilled


def hours_lost(sessions: TherapySessionQuerySet) -> tuple[dict[date, Lost], Lost]:
    """By month, and altogether. A session held with one of two, or with somebody left to record, is not lost.

    One query.
    """
    chosen = table_of(sessions)
    found = rows_of(
        f"""
        WITH s ({COLUMNS}) AS ({chosen.sql}),
        went AS (
            SELECT s.id, bool_or(a.outcome IN ({ATTENDED})) AS seen, bool_or(a.outcome IN ({MISSED})) AS missed,
                bool_or(p.cancelled_late) AS late, bool_or(a.id IS NULL AND p.cancelled_at IS NULL) AS awaited
            {PEOPLE} GROUP BY s.id
        ),
        told AS (
            SELECT date_trunc('month', s."on")::date AS month, s.case_id, s.minutes, CASE
                WHEN seen THEN 'kept'
                WHEN missed AND NOT awaited AND s.cancelled_at IS NULL THEN 'missed'
                WHEN late AND s.cancelled_at IS NOT NULL THEN CASE WHEN EXISTS (
                    SELECT FROM sessions_app_vacancy v WHERE v.session_id = s.id AND v."end" IN ('taken', 'gone')
                ) THEN 'refilled' ELSE 'late' END
            END AS how
            FROM s JOIN went ON went.id = s.id
        )
        SELECT month, {", ".join(f"coalesce(sum(minutes) FILTER (WHERE how = '{how}'), 0)" for how in ("kept", "missed", "late", "refilled"))},
            count(how), count(*) FILTER (WHERE how IN ('missed', 'late')), count(DISTINCT case_id) FILTER (WHERE how IS NOT NULL)
        FROM told GROUP BY GROUPING SETS ((month), ())
        """,
        chosen,
    )
    names = ("kept", "missed", "late", "refilled", "sessions", "lost_sessions", "cases")
    told = {month: Lost(**dict(zip(names, counts, strict=True))) for month, *counts in found}
    return {month: one for month, one in told.items() if month}, told.get(None, Lost())


@dataclass(frozen=True, kw_only=True)
class Fees:
    """What was decided on absences, each counted once."""

    absences: int = 0  # missed without a word, or called off late
    charged: int = 0
    waived: int = 0
    amount: Decimal = Decimal(0)
    clients: int = 0

    @property
    def decided(self) -> int:
        return self.charged + self.waived


GROUPS = {
    "language": "who.language",
    # On the day of the session; with the year alone, until the year of the 18th birthday ends.
    "age": "CASE WHEN who.born_on IS NULL AND who.birth_year IS NULL THEN 'unknown'"
    " WHEN coalesce(s.\"on\" < who.born_on + interval '18 years',"
    " extract(year FROM s.\"on\") - who.birth_year <= 18) THEN 'minor'"
    " WHEN coalesce(s.\"on\" >= who.born_on + interval '65 years',"
    " extract(year FROM s.\"on\") - who.birth_year > 65) THEN 'older' ELSE 'adult' END",
    "kind": "s.kind",
    "place": "s.location_id",
}


def fees_by_group(sessions: TherapySessionQuerySet) -> tuple[dict[str, dict[Any, Fees]], Fees]:
    """What was decided on the absences from these sessions, by group of clients, and altogether. One query."""
    chosen = table_of(sessions)
    found = rows_of(
        f"""
        WITH s ({COLUMNS}) AS ({chosen.sql}),
        people AS (
            SELECT p.client_id, fee.decision, fee.amount,
                {", ".join(f"{group} AS {name}" for name, group in GROUPS.items())}
            {PEOPLE} JOIN clients_client who ON who.id = p.client_id
            LEFT JOIN attendance_fee fee ON fee.participant_id = p.id
            WHERE a.outcome IN ({MISSED}) OR p.cancelled_late
        )
        SELECT GROUPING({", ".join(GROUPS)}), {", ".join(GROUPS)}, count(*),
            count(*) FILTER (WHERE decision = 'charged'), count(*) FILTER (WHERE decision = 'waived'),
            coalesce(sum(amount), 0), count(DISTINCT client_id)
        FROM people GROUP BY GROUPING SETS ({", ".join(f"({name})" for name in GROUPS)}, ())
        """,
        chosen,
    )
    told: dict[str, dict[Any, Fees]] = {name: {} for name in GROUPS}
    total = Fees()
    counts = ("absences", "charged", "waived", "amount", "clients")
    for mask, *row in found:
        fees = Fees(**dict(zip(counts, row[len(GROUPS) :], strict=True)))
        grouped = [at for at in range(len(GROUPS)) if not mask >> (len(GROUPS) - 1 - at) & 1]
        if grouped:
            told[list(GROUPS)[grouped[0]]][row[grouped[0]]] = fees
        else:
            total = fees
    return told, total
