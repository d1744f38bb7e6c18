"""Heals attendance from the facts: who arrived has attended once the session is over."""

from datetime import datetime

from django.db import connection

from accounts.audit import reconciling
from accounts.bell import tell_pages_on_commit

# Only what the partial index of unsettled sessions holds is ever looked at.
_ATTENDED = """
WITH ended AS MATERIALIZED (
    SELECT id FROM sessions_app_therapysession AS s
    WHERE settled_at IS NULL AND cancelled_at IS NULL AND ends_at <= %(now)s
      -- Without this, sessions that nobody ever records would fill the batch for good.
      AND EXISTS (
        SELECT FROM sessions_app_participant
        WHERE session_id = s.id AND arrived_at IS NOT NULL AND recorded_at IS NULL
      )
    ORDER BY ends_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), arrived AS (
    UPDATE sessions_app_participant AS p SET recorded_at = %(now)s
    FROM ended
    WHERE p.session_id = ended.id AND p.arrived_at IS NOT NULL AND p.recorded_at IS NULL
    RETURNING p.id, p.client_id, p.starts_at
)
INSERT INTO attendance_attendancerecord
    (participant_id, client_id, starts_at, outcome, source, recorded_at)
SELECT id, client_id, starts_at, 'attended', 'settled', %(now)s FROM arrived
ON CONFLICT (participant_id) DO NOTHING
"""

_SETTLED = """
WITH over AS MATERIALIZED (
    SELECT id FROM sessions_app_therapysession AS s
    WHERE settled_at IS NULL AND cancelled_at IS NULL AND ends_at <= %(now)s
      AND NOT EXISTS (
        SELECT FROM sessions_app_participant
        WHERE session_id = s.id AND cancelled_at IS NULL AND recorded_at IS NULL
      )
    -- Who holds one is at it: it is looked at again in a minute.
    FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE sessions_app_therapysession AS s SET settled_at = %(now)s FROM over WHERE s.id = over.id
"""


def settle_ended(*, now: datetime, limit: int = 5_000) -> int:
    """Record as attended who arrived and was not recorded otherwise; returns how many.

    Nobody else is touched: with neither arrival nor record a session stays not yet recorded
    (row 6.6). Running it twice changes nothing.
    """
    with reconciling("settle_ended"), connection.cursor() as cursor:
        cursor.execute(_ATTENDED, {"now": now, "limit": limit})
        attended = int(cursor.rowcount)
        if attended:
            tell_pages_on_commit()
        cursor.execute(_SETTLED, {"now": now})
    return attended
