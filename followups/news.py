"""Whom a pass looks at: those of whom there is news, or everybody."""

from dataclasses import dataclass
from datetime import datetime

from accounts.prepared import Question
from followups.absences import WORDS

# What is taken is committed, and so are its facts; what is committed later stays for the next pass.
_NEWS = "DELETE FROM followups_news RETURNING client_id"
_EVERYBODY = """
    SELECT client_id FROM attendance_attendancerecord
    WHERE outcome IN %(missed)s AND recorded_at >= %(since)s
    UNION SELECT client_id FROM attendance_attendancerecord
    WHERE outcome IN %(missed)s AND corrected_at >= %(since)s
    UNION SELECT client_id FROM sessions_app_participant WHERE cancelled_late AND cancelled_at >= %(since)s
    UNION SELECT client_id FROM followups_followup WHERE state = 'open'
"""

# Most news are of people who come: those ask for nothing.
_CONCERNED = """
    WITH told AS ({told}), person AS (
        SELECT client_id,
            EXISTS (
                SELECT FROM attendance_attendancerecord
                WHERE client_id = told.client_id AND outcome IN %(missed)s
                  AND (recorded_at >= %(since)s OR corrected_at >= %(since)s)
            ) AS was_missed,
            EXISTS (
                SELECT FROM sessions_app_participant
                WHERE client_id = told.client_id AND cancelled_late AND cancelled_at >= %(since)s
            ) AS cancelled_late,
            EXISTS (
                SELECT FROM followups_followup WHERE client_id = told.client_id AND state = 'open'
            ) AS is_followed
        FROM (SELECT DISTINCT client_id FROM told) told
    )
    SELECT * FROM person WHERE was_missed OR cancelled_late OR is_followed
"""


_TAKEN = Question("followups_news", _CONCERNED.format(told=_NEWS), words=WORDS, since="timestamptz")
_ALL = Question("followups_everybody", _CONCERNED.format(told=_EVERYBODY), words=WORDS, since="timestamptz")


@dataclass(frozen=True, slots=True)
class Concerned:
    """One client for a pass to look at, and why."""

    client_id: int
    was_missed: bool
    cancelled_late: bool
    is_followed: bool

    @classmethod
    def wholly(cls, client_id: int) -> "Concerned":
        """All that is known of a client."""
        return cls(client_id, was_missed=True, cancelled_late=True, is_followed=True)


def take_news(*, known_since: datetime) -> list[Concerned]:
    """Take the news, and return whom it concerns; if the pass is rolled back it is news again."""
    return [Concerned(*row) for row in _TAKEN.rows(known_since)]


def everybody(*, known_since: datetime) -> list[Concerned]:
    """Whoever is followed, and whoever was missed or cancelled late by what is known since then."""
    return [Concerned(*row) for row in _ALL.rows(known_since)]
