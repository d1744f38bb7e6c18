"""Planning the reminders of 10,000 sessions: from nothing, when nothing has changed, and after a ring.

The floor is the bare INSERT ... SELECT of the same rows from a table that already holds them.
"""

from contextlib import closing
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import psycopg2
from django.utils import timezone

from bench.filling import ZONE
from bench.meter import measured, own
from bench.report import figure
from bench.world import World
from reminders.models import Message
from reminders.reconcile import HORIZON, reconcile, reconcile_told
from sessions_app.models import TherapySession

SESSIONS = 10_000
NOON = time(12)
ROUNDS = 3
RINGS = 20

_SESSIONS = """
    WITH booked AS (
        INSERT INTO sessions_app_therapysession (public_id, external_id, case_id, service_id, location_id,
            modality, video_link, "on", at, timezone, minutes, starts_at, ends_at, version, booked_at,
            late_cancellation_hours, tell_clients, cancelled_by, cancel_reason, is_history)
        SELECT gen_random_uuid(), 'plan' || n, cases.ids[1 + n %% cardinality(cases.ids)], s.id, l.id,
            'in_person', '', day.on, time '13:00', %(zone)s, 50, day.at, day.at + interval '50 minutes', 1,
            %(now)s - interval '60 days', 24, true, '', '', false
        FROM generate_series(0, %(sessions)s - 1) AS n
        CROSS JOIN (SELECT array_agg(id) AS ids FROM clients_case) AS cases
        CROSS JOIN (SELECT id FROM sessions_app_service LIMIT 1) AS s
        CROSS JOIN (SELECT id FROM sessions_app_location LIMIT 1) AS l
        CROSS JOIN LATERAL (SELECT %(first)s::date + n %% %(days)s AS on) AS which
        CROSS JOIN LATERAL (
            SELECT which.on, (which.on + time '13:00') AT TIME ZONE %(zone)s AS at) AS day
        RETURNING id, case_id, starts_at
    )
    INSERT INTO sessions_app_participant (public_id, session_id, client_id, starts_at, response,
        responded_by, cancelled_by, cancelled_late, cancel_reason, is_walk_in)
    SELECT gen_random_uuid(), booked.id, m.client_id, booked.starts_at, 'none', '', '', false, '', false
    FROM booked JOIN clients_casemember m ON m.case_id = booked.case_id
"""
_KEEP = "CREATE TEMPORARY TABLE planned_before AS SELECT * FROM reminders_message"
_EMPTY = "TRUNCATE reminders_message CASCADE"
_BARE = "INSERT INTO reminders_message SELECT * FROM planned_before"


def run(at: World) -> None:
    """Print the seconds of a pass from nothing and of one that finds nothing to do."""
    now = _moment(at)
    for _ in range(ROUNDS):
        with closing(psycopg2.connect(at.owner_url)) as link:
            link.autocommit = True
            _measure(at, link.cursor(), now)


def _measure(at: World, cursor: "psycopg2.extensions.cursor", now: datetime) -> None:
    cursor.execute(_EMPTY)
    ahead = TherapySession.objects.filter(starts_at__gt=now, starts_at__lt=now + HORIZON, cancelled_at=None)
    sessions = ahead.count()
    told = list(ahead.order_by("?")[:RINGS])
    for session in told:
        session.changed_at = now - timedelta(days=30) if session.changed_at is None else None
    with measured(sender=own, postgres=at.postgres) as nothing:
        planned = reconcile(now=now).reminders
    with measured(sender=own, postgres=at.postgres) as again:
        changed = reconcile(now=now).total
    with measured(sender=own, postgres=at.postgres) as rung:
        for session in told:
            session.save(update_fields=["changed_at"])
            reconcile_told(now=now)
    cursor.execute(_KEEP)
    cursor.execute(_EMPTY)
    with measured(postgres=at.postgres) as bare:
        cursor.execute(_BARE)
    figure(
        "plan",
        nothing.wall,
        "s from nothing",
        floor=bare.wall,
        sessions=sessions,
        planned=planned,
        cpu_s=round(nothing.milliseconds(1000), 2),
    )
    figure(
        "plan_again",
        again.wall,
        "s when nothing changed",
        rows_changed=changed,
        cpu_s=round(again.milliseconds(1000), 2),
        in_outbox=Message.objects.count(),
    )
    figure("plan_ring", rung.milliseconds(RINGS), "ms CPU a ring of one session, its change included")


def _moment(at: World) -> datetime:
    """Noon before the first of the sessions that this bench has booked, now or in an earlier run."""
    first = TherapySession.objects.filter(external_id__startswith="plan").order_by("starts_at").first()
    if first is not None:
        return first.starts_at - timedelta(hours=1)
    now = datetime.combine(timezone.now().date(), NOON, tzinfo=ZoneInfo(ZONE))
    values = {"zone": ZONE, "now": now, "sessions": SESSIONS, "first": now.date(), "days": HORIZON.days}
    with closing(psycopg2.connect(at.owner_url)) as link, link, link.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_SESSIONS, values)
        cursor.execute("ANALYZE")
    return now
