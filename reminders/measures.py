"""What became of reminders: sent, delivered, answered, and how the sessions went that they were about."""

# ruff: noqa: S608 - put together from this module's own constants; values go in as parameters

from dataclasses import dataclass
from enum import StrEnum

from attendance.metrics import COUNTS, PEOPLE, STANDING, Tally, rows_of, tally_of
from reminders.models import AttemptState, Purpose, State
from sessions_app.counting import COLUMNS, table_of
from sessions_app.models import AnsweredBy, Response
from sessions_app.querysets import TherapySessionQuerySet

# By themselves, to what Kept sent or on their page; a colleague who notes an answer is no reply.
_BY_THEMSELVES = ", ".join(f"'{way.value}'" for way in AnsweredBy if way != AnsweredBy.STAFF)
_OUT = f"('{State.SENT.value}', '{State.DELIVERED.value}')"


class Answer(StrEnum):
    """How somebody stood to their reminder; each person at each session is one of these."""

    CONFIRMED = "confirmed"
    MOVED = "moved"  # asked for another time, and the session got one
    ASKED = "asked"  # asked for another time, and it stayed
    STAFF = "staff"  # told a colleague
    SILENT = "silent"  # reminded, without an answer
    NONE = "none"  # no reminder got out


@dataclass(frozen=True, kw_only=True)
class Way:
    """Reminders that went one way out, each try counted."""

    channel: str  # empty for those that went no way
    sent: int  # taken by the provider
    delivered: int  # said so by the provider
    refused: int
    clients: int


_ANSWER = f"""
    CASE
        WHEN p.responded_by = '{AnsweredBy.STAFF.value}' THEN '{Answer.STAFF}'
        WHEN p.responded_by IN ({_BY_THEMSELVES}) AND p.response = '{Response.ASKS_TO_MOVE.value}'
            THEN CASE WHEN s.version > p.responded_version THEN '{Answer.MOVED}' ELSE '{Answer.ASKED}' END
        WHEN p.responded_by IN ({_BY_THEMSELVES}) AND p.response = '{Response.CONFIRMED.value}'
            AND s.version = p.responded_version THEN '{Answer.CONFIRMED}'
        WHEN reminded.participant_id IS NOT NULL THEN '{Answer.SILENT}'
        ELSE '{Answer.NONE}'
    END"""


def answers(sessions: TherapySessionQuerySet) -> dict[Answer, Tally]:
    """How the sessions went, by how people stood to their reminder. One query.

    Who is named in another's text (one text for two times) was reminded by that one.
    """
    chosen = table_of(sessions)
    found = rows_of(
        f"""
        WITH s ({COLUMNS}) AS ({chosen.sql}),
        reminded AS (
            SELECT DISTINCT m.participant_id FROM s
            JOIN reminders_message m ON m.session_id = s.id
            WHERE m.purpose = '{Purpose.REMINDER.value}' AND (m.state IN {_OUT} OR m.carried_by_id IS NOT NULL
                AND EXISTS (SELECT FROM reminders_message c WHERE c.id = m.carried_by_id AND c.state IN {_OUT}))
        ),
        people AS (
            SELECT p.client_id, {STANDING} AS standing, {_ANSWER} AS answer {PEOPLE}
            LEFT JOIN reminded ON reminded.participant_id = p.id
        )
        SELECT answer, {COUNTS} FROM people GROUP BY answer
        """,
        chosen,
    )
    told = {Answer(answer): tally_of(counts) for answer, *counts in found}
    return {answer: told.get(answer, Tally()) for answer in Answer}


def ways(sessions: TherapySessionQuerySet) -> list[Way]:
    """By which way the reminders of these sessions went, the most used first. One query."""
    chosen = table_of(sessions)
    found = rows_of(
        f"""
        WITH s ({COLUMNS}) AS ({chosen.sql})
        SELECT coalesce(t.channel, ''),
            count(*) FILTER (WHERE t.state = '{AttemptState.ACCEPTED.value}'),
            count(*) FILTER (WHERE t.delivered_at IS NOT NULL),
            count(*) FILTER (WHERE t.state = '{AttemptState.REFUSED.value}' OR t.id IS NULL),
            count(DISTINCT m.recipient_id)
        FROM s JOIN reminders_message m ON m.session_id = s.id
        LEFT JOIN reminders_attempt t ON t.message_id = m.id
        WHERE m.purpose = '{Purpose.REMINDER.value}'
          AND (t.id IS NOT NULL OR m.state IN ('{State.SUPPRESSED.value}', '{State.FAILED.value}', '{State.EXPIRED.value}'))
        GROUP BY t.channel ORDER BY t.channel IS NULL, 2 DESC, t.channel
        """,
        chosen,
    )
    return [
        Way(channel=channel, sent=sent, delivered=delivered, refused=refused, clients=clients)
        for channel, sent, delivered, refused, clients in found
    ]
