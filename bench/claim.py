"""Claiming 25 due messages with a short and with a long history beneath them.

The floor is the bare update of 25 rows by their keys. The newest of the history went through the queue
and have not been vacuumed away: as many as autovacuum lets gather.
"""

from contextlib import closing
from datetime import datetime

import psycopg2
from django.db import connection
from django.utils import timezone

from bench.meter import measured, own
from bench.report import figure
from bench.world import World
from reminders.claiming import BATCH, claim

SHORT = 1_000
CLAIMS = 200
WARMING = 20
DUE = (2 * CLAIMS + WARMING) * BATCH
UNSWEPT = 1_000  # as the table's own settings let gather
OWNER_KEY = 1

_EMPTY = "TRUNCATE reminders_message CASCADE"
_MESSAGES = """
    INSERT INTO reminders_message (purpose, subject_id, subject_version, recipient_id, template_key, words,
        state, priority, due_at, not_before, expires_at, tries, settled_at)
    SELECT 'staff', gen_random_uuid(), 1, people.ids[1 + n %% cardinality(people.ids)], '', '', %(state)s, 1,
        at.due_at, at.due_at, at.due_at + interval '2 days', 0, NULL
    FROM generate_series(1, %(count)s) AS n
    CROSS JOIN (SELECT array_agg(id) AS ids FROM clients_client) AS people
    CROSS JOIN LATERAL (
        SELECT %(now)s - %(over)s::interval * (n / %(count)s::float) AS due_at) AS at
"""
_SETTLE = (
    "UPDATE reminders_message SET state = 'delivered', tries = 1, settled_at = now() WHERE state = 'planned'"
)
_BARE = "UPDATE reminders_message SET state = 'claimed', claimed_by = %s, claimed_at = %s WHERE id = ANY(%s)"


def run(at: World) -> None:
    """Print the cost of a claim with 1,000 rows of history, and with as many as asked for."""
    for history in (SHORT, at.history):
        now = timezone.now()
        _lay(at, history, now)
        _measure(at, history, now)


def _lay(at: World, history: int, now: datetime) -> None:
    with closing(psycopg2.connect(at.owner_url)) as link, link, link.cursor() as cursor:
        cursor.execute(_EMPTY)
        # Autovacuum would come at some time of its own choosing.
        cursor.execute("ALTER TABLE reminders_message SET (autovacuum_enabled = off)")
        _insert(cursor, "delivered", history - UNSWEPT, "2 years", now)
        _insert(cursor, "planned", UNSWEPT, "1 day", now)
        cursor.execute(_SETTLE)
        _insert(cursor, "planned", DUE, "1 hour", now)
        cursor.execute("ANALYZE reminders_message")
    with closing(psycopg2.connect(at.owner_url)) as link:
        link.autocommit = True
        # What writing a million rows leaves to be done is no claim's cost.
        link.cursor().execute("CHECKPOINT")


def _insert(cursor: "psycopg2.extensions.cursor", state: str, count: int, over: str, now: datetime) -> None:
    cursor.execute(_MESSAGES, {"state": state, "count": count, "over": over, "now": now})


def _measure(at: World, history: int, now: datetime) -> None:
    # A connection that serves for hours has seen its tables.
    for _ in range(WARMING):
        claim(owner_key=OWNER_KEY, now=now)
    with measured(sender=own, postgres=at.postgres) as spent:
        taken = sum(len(claim(owner_key=OWNER_KEY, now=now)) for _ in range(CLAIMS))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM reminders_message WHERE state = 'planned' ORDER BY expires_at")
        left = [row[0] for row in cursor.fetchall()]
        with measured(sender=own, postgres=at.postgres) as bare:
            for first in range(0, CLAIMS * BATCH, BATCH):
                cursor.execute(_BARE, [OWNER_KEY, now, left[first : first + BATCH]])
    figure(
        "claim",
        spent.milliseconds(CLAIMS),
        f"ms CPU a claim of {BATCH}",
        floor=bare.milliseconds(CLAIMS),
        wall_ms=round(spent.wall / CLAIMS * 1000, 2),
        history=history,
        taken=taken,
    )
