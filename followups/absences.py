"""Reads from the attendance facts who was missed, by which protocol, and who is back.

Written out in SQL: building these questions by the ORM took longer than answering them, and a pass
asks them after every ring.
"""

# ruff: noqa: S608 - put together from this module's own constants; values go in as parameters

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.prepared import Question
from attendance.models import ATTENDED_OUTCOMES, HELD_KINDS, MISSED_OUTCOMES
from clients.models import Case
from followups.models import Protocol, ProtocolCode
from followups.patterns import patterned
from reminders.models import InboundKind

# What the questions below name.
WORDS = {
    "missed": tuple(outcome.value for outcome in MISSED_OUTCOMES),
    "attended": tuple(outcome.value for outcome in ATTENDED_OUTCOMES),
    "held_kinds": tuple(kind.value for kind in HELD_KINDS),
    "answers": (InboundKind.CONFIRM.value, InboundKind.RESCHEDULE.value, InboundKind.FREE.value),
}


@dataclass(frozen=True, slots=True)
class Absence:
    """One participant who was missed or cancelled late, as the facts stand now."""

    participant_id: int
    client_id: int
    case_id: int
    session_id: int
    occurred_at: datetime
    known_at: datetime
    may_open: bool  # neither away, gone, nor in a closed case
    is_answered: bool  # came since, or has a new time
    held: list[str]  # codes of the protocols that a cause in force holds already
    codes: frozenset[str]  # of those that answer it


@dataclass(frozen=True, kw_only=True)
class Asked:
    """By what absences are read, on which day of the practice."""

    protocols: dict[str, Protocol]
    live_from: date | None
    today: date
    now: datetime


def missed(asked: Asked, clients: Collection[int]) -> list[Absence]:
    """Every session that these clients missed, and what it asks for.

    Nothing comes from a session not yet recorded (row 6.6), from imported history, from before
    the practice's live day, or from a day on which the client was known to be away.
    """
    rows = _rows(_MISSED, asked, clients)
    repeated = _repeated(rows)
    return [_read(row, repeated) for row in rows]


def cancelled_late(asked: Asked, clients: Collection[int]) -> list[Absence]:
    """Every late cancellation of these clients that asks for something; with the same exceptions."""
    rows = _rows(_LATE, asked, clients)
    repeated = _repeated(rows)
    least = asked.protocols[ProtocolCode.LATE_CANCELLATION].pattern_count
    found = (_read_late(row, repeated, least) for row in rows)
    return [absence for absence in found if absence.codes]


def _repeated(rows: list[tuple[Any, ...]]) -> frozenset[int]:
    """The participants among these with whom a pattern of the practice was reached."""
    if not rows:
        return frozenset()
    return patterned({row[1] for row in rows}, since=min(row[-1] for row in rows))


def _rows(question: Question, asked: Asked, clients: Collection[int]) -> list[tuple[Any, ...]]:
    if not clients:
        return []
    facts = {
        "clients": list(clients),
        "live_from": asked.live_from or date.min,
        "today": asked.today,
        "now": asked.now,
        **_windows(asked.protocols),
    }
    return question.answers(facts)


def _windows(protocols: dict[str, Protocol]) -> dict[str, Any]:
    return {
        "mandated_within": timedelta(days=protocols[ProtocolCode.COURT_MANDATED].pattern_days),
        "late_within": timedelta(days=protocols[ProtocolCode.LATE_CANCELLATION].pattern_days),
    }


def _read(row: tuple[Any, ...], repeated: frozenset[int]) -> Absence:
    *absence, misses_of_mandate, mandate_bears, partner_came, kind, _starts_at = row
    codes = {ProtocolCode.SINGLE_MISSED.value}
    if row[0] in repeated:
        codes.add(ProtocolCode.REPEATED_NO_SHOWS.value)
    if mandate_bears is not None and misses_of_mandate >= mandate_bears:
        codes.add(ProtocolCode.COURT_MANDATED.value)
    if partner_came and kind == Case.Kind.COUPLE:
        codes.add(ProtocolCode.ABSENT_PARTNER.value)
    return Absence(*(*absence, frozenset(codes)))


def _read_late(row: tuple[Any, ...], repeated: frozenset[int], least: int) -> Absence:
    *absence, times, _starts_at = row
    codes = set()
    if times >= least:
        codes.add(ProtocolCode.LATE_CANCELLATION.value)
    if row[0] in repeated:
        codes.add(ProtocolCode.REPEATED_NO_SHOWS.value)
    return Absence(*(*absence, frozenset(codes)))


def came_back(*, client: str, case: str, since: str) -> str:
    """SQL: attended a session of the case that began after `since`; by `WORDS`."""
    return f"""EXISTS (
        SELECT FROM attendance_attendancerecord back
        JOIN sessions_app_participant there ON there.id = back.participant_id
        JOIN sessions_app_therapysession later ON later.id = there.session_id
        WHERE back.client_id = {client} AND later.case_id = {case}
          AND back.outcome IN %(attended)s AND back.starts_at > {since}
    )"""


def has_new_time(*, client: str, case: str, since: str) -> str:
    """SQL: expected at a session of the case booked after `since`, and not missed there too; by `WORDS`."""
    return f"""EXISTS (
        SELECT FROM sessions_app_participant expected
        JOIN sessions_app_therapysession later ON later.id = expected.session_id
        LEFT JOIN attendance_attendancerecord seen ON seen.participant_id = expected.id
        WHERE expected.client_id = {client} AND later.case_id = {case}
          AND expected.starts_at > {since} AND later.booked_at > {since}
          AND expected.cancelled_at IS NULL AND later.cancelled_at IS NULL
          AND (seen.outcome IS NULL OR seen.outcome NOT IN %(missed)s)
    )"""


def has_answered(*, client: str, since: str) -> str:
    """SQL: confirmed or asked to move any session after `since`, or wrote to us; by `WORDS`.

    Asking for no more texts, or for help, is no answer.
    """
    return f"""(EXISTS (
        SELECT FROM sessions_app_participant answering
        WHERE answering.client_id = {client} AND answering.responded_at > {since}
    ) OR EXISTS (
        SELECT FROM reminders_inboundmessage words
        WHERE words.client_id = {client} AND words.received_at > {since} AND words.kind IN %(answers)s
    ))"""


def _away(day: str) -> str:
    return (
        f"(person.away_from IS NOT NULL AND person.away_from <= {day}"
        f" AND (person.away_until IS NULL OR person.away_until > {day}))"
    )


def _columns(occurred_at: str, known_at: str) -> str:
    """Of an absence: whose, when, since when it is known, whether anything may come of it."""
    whose = {"client": "p.client_id", "case": "s.case_id", "since": occurred_at}
    return f"""
        p.id, p.client_id, s.case_id, p.session_id, {occurred_at} AS occurred_at, {known_at} AS known_at,
        person.left_on IS NULL AND person.died_on IS NULL AND treatment.closed_on IS NULL
            AND NOT {_away("%(today)s::date")} AS may_open,
        {came_back(**whose)} OR {has_new_time(**whose)} AS is_answered,
        ARRAY(
            SELECT protocol.code FROM followups_followupcause cause
            JOIN followups_protocol protocol ON protocol.id = cause.protocol_id
            WHERE cause.participant_id = p.id AND cause.withdrawn_at IS NULL
        ) AS held
    """


_ITS_FACTS = """
    JOIN sessions_app_therapysession s ON s.id = p.session_id
    JOIN clients_case treatment ON treatment.id = s.case_id
    JOIN clients_client person ON person.id = p.client_id
"""
_LIVE = f"""
    p.client_id = ANY(%(clients)s) AND NOT s.is_history AND s."on" >= %(live_from)s AND NOT {_away('s."on"')}
"""

# Imported history opens nothing, and counts here (design, "Follow-ups").
_MISSES_UNDER_THE_ORDER = """
    SELECT count(*)
    FROM attendance_attendancerecord missed
    JOIN sessions_app_participant there ON there.id = missed.participant_id
    JOIN sessions_app_therapysession earlier ON earlier.id = there.session_id
    WHERE missed.client_id = p.client_id AND earlier.case_id = s.case_id AND missed.outcome IN %(missed)s
      AND missed.starts_at <= p.starts_at AND missed.starts_at > p.starts_at - %(mandated_within)s
"""

_GIVEN = {"clients": "bigint[]", "live_from": "date", "today": "date"}

_MISSED = Question(
    "absences_missed",
    f"""
    SELECT {_columns("p.starts_at", "coalesce(record.corrected_at, record.recorded_at)")},
        CASE WHEN mandate.bears IS NULL THEN 0 ELSE ({_MISSES_UNDER_THE_ORDER}) END AS misses_of_mandate,
        mandate.bears AS mandate_bears,
        EXISTS (
            SELECT FROM sessions_app_participant other
            JOIN attendance_attendancerecord came ON came.participant_id = other.id
            WHERE other.session_id = p.session_id AND other.id <> p.id AND came.outcome IN %(attended)s
        ) AS partner_came,
        treatment.kind, p.starts_at
    FROM attendance_attendancerecord record
    JOIN sessions_app_participant p ON p.id = record.participant_id
    {_ITS_FACTS}
    CROSS JOIN LATERAL (
        -- How many misses their mandate bears before its own alert; null without one (row 4.1).
        SELECT min(misses_before_alert) AS bears FROM clients_mandate
        WHERE client_id = p.client_id AND case_id = s.case_id AND (ended_on IS NULL OR ended_on >= s."on")
    ) mandate
    WHERE {_LIVE} AND record.client_id = ANY(%(clients)s) AND record.outcome IN %(missed)s
      AND p.cancelled_at IS NULL
      -- Nobody is reached while the other sits with the clinician (row 1.4).
      AND (s.ends_at <= %(now)s OR treatment.kind NOT IN %(held_kinds)s)
    """,
    words=WORDS,
    **_GIVEN,
    now="timestamptz",
    mandated_within="interval",
)

_LATE = Question(
    "absences_cancelled_late",
    f"""
    SELECT {_columns("p.cancelled_at", "p.cancelled_at")}, (
        SELECT count(*) FROM sessions_app_participant late
        JOIN sessions_app_therapysession earlier ON earlier.id = late.session_id
        WHERE late.client_id = p.client_id AND earlier.case_id = s.case_id AND late.cancelled_late
          AND late.starts_at <= p.starts_at AND late.starts_at > p.starts_at - %(late_within)s
    ) AS times, p.starts_at
    FROM sessions_app_participant p
    {_ITS_FACTS}
    WHERE {_LIVE} AND p.cancelled_late AND p.cancelled_by = 'client'
    """,
    words=WORDS,
    **_GIVEN,
    late_within="interval",
)
