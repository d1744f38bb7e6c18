"""Every report over a year of the practice, and over all that is past: wall and CPU of a page.

The floor is the bare join of the year's sessions with their people and outcomes, counted by month.
"""

from contextlib import closing
from datetime import timedelta

import psycopg2
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import get_practice
from bench.meter import measured, own
from bench.report import figure
from bench.world import World
from dashboard.reports.all import REPORTS
from followups.protocols import install_shipped

TIMES = 3
OWNER = "owner@bench.example"
# What a practice has beside its sessions: written by SQL, and without history, which no report reads.
_QUIET = (
    "sessions_app_therapysession", "sessions_app_participant", "attendance_attendancerecord",
    "attendance_barriernamed", "attendance_fee", "followups_followup", "followups_followupcause",
    "followups_contactattempt", "sessions_app_vacancy", "clients_mandate",
)  # fmt: skip
_BESIDES = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    """
    UPDATE sessions_app_therapysession SET booked_at = starts_at - id % 40 * interval '1 day',
        modality = CASE WHEN id % 5 = 0 THEN 'video' ELSE modality END
    """,
    # One in 25 calls it off, half of them late; the others of the past have an outcome.
    "DELETE FROM attendance_attendancerecord WHERE participant_id % 25 = 1",
    """
    UPDATE sessions_app_participant SET recorded_at = NULL, cancelled_by = 'client', cancelled_late = id % 2 = 0,
        cancelled_at = starts_at - CASE WHEN id % 2 = 0 THEN interval '3 hours' ELSE interval '3 days' END
    WHERE id % 25 = 1 AND starts_at < now()
    """,
    """
    UPDATE sessions_app_therapysession s SET cancelled_at = p.cancelled_at, cancelled_by = 'client'
    FROM sessions_app_participant p WHERE p.session_id = s.id AND p.cancelled_at IS NOT NULL
    """,
    """
    UPDATE sessions_app_participant SET response = CASE WHEN id % 30 = 0 THEN 'asks_to_move' ELSE 'confirmed' END,
        responded_by = 'sms', responded_at = starts_at - interval '2 days', responded_version = 1
    WHERE id % 3 = 0 AND starts_at < now()
    """,
    """
    INSERT INTO reminders_message (purpose, subject_id, subject_version, recipient_id, session_id, participant_id,
        template_key, words, state, priority, due_at, not_before, expires_at, tries, settled_at)
    SELECT 'reminder', p.public_id, n, p.client_id, p.session_id, p.id, 'reminder', '',
        CASE WHEN p.id % 20 = 0 THEN 'suppressed' ELSE 'delivered' END, 1, p.starts_at - n * interval '2 days',
        p.starts_at - n * interval '2 days', p.starts_at, 1, p.starts_at
    FROM sessions_app_participant p, generate_series(1, 2) n WHERE p.starts_at < now()
    """,
    """
    INSERT INTO reminders_attempt (id, message_id, channel, address, subject, body, state, owner, committed_at,
        resolved_at, provider_id, delivered_at, polls)
    SELECT gen_random_uuid(), id, 'sms', '+12125550100', '', '', 'accepted', 1, due_at, due_at, 'bench' || id, due_at, 0
    FROM reminders_message WHERE state = 'delivered'
    """,
    """
    INSERT INTO followups_followup (public_id, client_id, case_id, protocol_version_id, state, opened_at, last_cause_at,
        owner_role, closed_at, closed_because)
    SELECT gen_random_uuid(), a.client_id, s.case_id, (SELECT min(id) FROM followups_protocolversion), 'closed',
        a.recorded_at, a.starts_at, 'clinician', a.recorded_at + interval '9 days', 'They were back.'
    FROM attendance_attendancerecord a JOIN sessions_app_participant p ON p.id = a.participant_id
    JOIN sessions_app_therapysession s ON s.id = p.session_id WHERE a.outcome = 'no_show'
    """,
    """
    INSERT INTO followups_followupcause (follow_up_id, protocol_id, participant_id, occurred_at, added_at)
    SELECT f.id, v.protocol_id, a.participant_id, a.starts_at, a.recorded_at
    FROM followups_followup f JOIN followups_protocolversion v ON v.id = f.protocol_version_id
    JOIN attendance_attendancerecord a ON a.client_id = f.client_id AND a.starts_at = f.last_cause_at
    """,
    """
    INSERT INTO followups_contactattempt (public_id, follow_up_id, channel, result, client_words, next_step, at, logged_by_id)
    SELECT gen_random_uuid(), f.id, 'call', CASE WHEN (f.id + n) % 3 = 0 THEN 'reached' ELSE 'no_answer' END, '', '',
        f.opened_at + n * interval '20 hours', (SELECT min(id) FROM accounts_user)
    FROM followups_followup f, generate_series(0, 1) n
    """,
    """
    INSERT INTO clients_mandate (public_id, case_id, client_id, order_reference, terms, contact_name, contact_details,
        misses_before_alert)
    SELECT gen_random_uuid(), case_id, client_id, '1', '', '', '', 2 FROM clients_casemember WHERE id % 20 = 0
    """,
    """
    INSERT INTO attendance_barriernamed (participant_id, barrier_id, named_at)
    SELECT a.participant_id, b.ids[1 + a.id % cardinality(b.ids)], a.recorded_at
    FROM attendance_attendancerecord a, (SELECT array_agg(id) AS ids FROM clients_barrier) b WHERE a.outcome = 'no_show'
    """,
    """
    INSERT INTO attendance_fee (participant_id, decision, because, decided_at, decided_by_id)
    SELECT participant_id, 'waived', 'Hard times', recorded_at, (SELECT min(id) FROM accounts_user)
    FROM attendance_attendancerecord WHERE outcome = 'no_show' AND id % 3 = 0
    """,
    """
    WITH freed AS (
        INSERT INTO sessions_app_vacancy (public_id, session_id, version, service_id, location_id, room_id, modality,
            "on", at, timezone, minutes, starts_at, ends_at, freed_at, opened_at, closed_at, "end")
        SELECT gen_random_uuid(), s.id, 1, s.service_id, s.location_id, s.room_id, s.modality, s."on", s.at, s.timezone,
            s.minutes, s.starts_at, s.ends_at, s.cancelled_at, s.cancelled_at, s.starts_at,
            CASE WHEN s.id % 3 = 0 THEN 'taken' ELSE 'nobody' END
        FROM sessions_app_therapysession s WHERE s.cancelled_at < s.starts_at - interval '1 day'
        RETURNING id, session_id
    )
    INSERT INTO sessions_app_vacancy_clinicians (vacancy_id, user_id)
    SELECT freed.id, k.clinician_id FROM freed JOIN sessions_app_sessionclinician k ON k.session_id = freed.session_id
    """,
)
_FLOOR = """
SELECT date_trunc('month', s."on"), a.outcome, count(*), count(DISTINCT p.client_id)
FROM sessions_app_therapysession s JOIN sessions_app_participant p ON p.session_id = s.id
LEFT JOIN attendance_attendancerecord a ON a.participant_id = p.id
WHERE s.starts_at >= %s AND s.starts_at < now() GROUP BY 1, 2
"""


def run(at: World) -> None:
    """Print the longest wall time of each report, for who may open all of them."""
    _lay_once(at)
    browser = Browser(headers={"Host": "localhost"})
    browser.force_login(User.objects.get(email=OWNER))
    today = get_practice().today(timezone.now())
    a_year = {"period": "days", "first": (today - timedelta(days=365)).isoformat(), "last": today.isoformat()}
    everything = a_year | {"first": (today - timedelta(days=1800)).isoformat()}
    for name, asked in (("a year", a_year), ("everything past", everything)):
        floor = _floor(at, asked["first"])
        for report in REPORTS:
            _measure(
                at,
                browser,
                f"report {report.slug}, {name}",
                reverse(f"dashboard:{report.url_name}"),
                asked,
                floor,
            )


def _measure(
    at: World, browser: Browser, name: str, address: str, asked: dict[str, str], floor: float
) -> None:
    walls, cpus, kilobytes = [], [], 0.0
    for _ in range(TIMES):
        with measured(app=own, postgres=at.postgres) as spent:
            answer = browser.get(address, asked)
        if answer.status_code != 200 or b"<tbody>" not in answer.content:
            raise SystemExit(f"{address} answered {answer.status_code} without a table")
        walls.append(spent.wall)
        cpus.append(spent.milliseconds(1000))
        kilobytes = len(answer.content) / 1000
    figure(
        name, max(walls), "s wall", floor=floor, cpu_s=round(max(cpus), 3), sessions=at.sessions, kilobytes=round(kilobytes, 1)
    )  # fmt: skip


def _lay_once(at: World) -> None:
    if User.objects.filter(email=OWNER).exists():
        return
    install_shipped()
    with closing(psycopg2.connect(at.owner_url)) as link, link, link.cursor() as cursor:
        for table in _QUIET:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in _BESIDES:
            cursor.execute(statement)
        for table in _QUIET:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with closing(psycopg2.connect(at.owner_url)) as link:
        link.autocommit = True
        link.cursor().execute("VACUUM ANALYZE")
    owner = User.objects.create(
        email=OWNER,
        name="Owner",
        roles=[Role.PRACTICE_ADMIN, Role.SUPERVISOR, Role.FRONT_DESK],
        password=make_password(None),
    )
    User.objects.exclude(pk=owner.pk).update(supervisor=owner)


def _floor(at: World, first: str) -> float:
    """Seconds of the bare statement; the longest, as of the pages."""
    walls = []
    for _ in range(TIMES):
        with measured(postgres=at.postgres) as spent, connection.cursor() as cursor:
            cursor.execute(_FLOOR, [first])
            cursor.fetchall()
        walls.append(spent.wall)
    return max(walls)
