"""Fills a database with sessions by SQL, the row history included; for measuring only."""

import sys
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from accounts.audit import check_at_once
from accounts.models import Practice, User
from accounts.roles import Role
from sessions_app.models import Location, Room, Service

ZONE = "America/New_York"

# A session a slot: day by day, clinician by clinician, five a day for each.
_PLAN = """
CREATE TEMPORARY TABLE plan AS
SELECT n,
       (n / %(a_day)s) - %(past_days)s AS day,
       (n %% %(a_day)s) %% %(clinicians)s AS leader,
       (n %% %(a_day)s) / %(clinicians)s AS hour,
       ((n / %(a_day)s %% 10) * (%(a_day)s / %(clinicians)s) + (n %% %(a_day)s) / %(clinicians)s)
           * %(clinicians)s + (n %% %(a_day)s) %% %(clinicians)s AS person
FROM generate_series(0, %(sessions)s - 1) AS n
"""

_PEOPLE = (
    """
    INSERT INTO clients_client (public_id, given_name, family_name, name_used, pronouns, language,
        timezone, away_reason, birth_year, external_id)
    SELECT gen_random_uuid(), 'Given' || n, 'Family' || n, '', '', 'en', '', '', 1950 + n %% 50, 'b' || n
    FROM generate_series(0, %(people)s - 1) AS n
    """,
    """
    INSERT INTO clients_contactpoint (public_id, client_id, kind, address, label, position, may_text,
        may_call, may_leave_word, is_private, is_discreet, unfit_reason)
    SELECT gen_random_uuid(), id, 'phone', '+1212' || lpad(substr(external_id, 2), 7, '0'), '', 0,
        true, true, false, false, false, ''
    FROM clients_client
    """,
    """
    INSERT INTO clients_consent (contact_point_id, purpose, given_at, how)
    SELECT id, 'appointments', now() - interval '1 year', 'signed' FROM clients_contactpoint
    """,
    """
    INSERT INTO clients_case (public_id, external_id, kind, title, is_addiction, presenting_issues, opened_on,
        closed_because)
    SELECT gen_random_uuid(), external_id, 'individual', '', false, '', current_date - 2000, ''
    FROM clients_client
    """,
    """
    INSERT INTO clients_casemember (public_id, case_id, client_id, role, engagement, joined_on)
    SELECT gen_random_uuid(), c.id, p.id, 'client', 'joined', current_date - 2000
    FROM clients_case c JOIN clients_client p USING (external_id)
    """,
    """
    INSERT INTO clients_caseclinician (case_id, clinician_id, is_lead)
    SELECT c.id, u.id, true
    FROM clients_case c
    JOIN accounts_user u ON u.email = 'c' || (substr(c.external_id, 2)::int %% %(clinicians)s) || '@bench.example'
    """,
)

_SLICE = 1_000
_SESSIONS = (
    """
    INSERT INTO sessions_app_therapysession (public_id, external_id, case_id, service_id, location_id,
        room_id, modality, video_link, "on", at, timezone, minutes, starts_at, ends_at, version,
        late_cancellation_hours, tell_clients, cancelled_by, cancel_reason, settled_at, is_history)
    SELECT gen_random_uuid(), 's' || n, c.id, %(service)s, %(location)s, r.id, 'in_person', '',
        %(today)s::date + day, time '08:00' + hour * interval '1 hour 10 minutes', %(zone)s, 50, t.at,
        t.at + interval '50 minutes', 1, 24, true, '', '',
        CASE WHEN day < 0 THEN t.at + interval '1 hour' END, false
    FROM (SELECT * FROM plan WHERE n >= %(from)s AND n < %(to)s) AS plan
    JOIN clients_case c ON c.external_id = 'b' || (person %% %(people)s)
    JOIN sessions_app_room r ON r.name = 'Room ' || leader
    CROSS JOIN LATERAL (SELECT (%(today)s::date + day + time '08:00' + hour * interval '1 hour 10 minutes')
        AT TIME ZONE %(zone)s AS at) AS t
    """,
    """
    INSERT INTO sessions_app_sessionclinician (session_id, clinician_id, starts_at)
    SELECT s.id, k.clinician_id, s.starts_at
    FROM sessions_app_therapysession s JOIN clients_caseclinician k ON k.case_id = s.case_id
    WHERE s.id > %(after)s
    """,
    """
    INSERT INTO sessions_app_participant (public_id, session_id, client_id, starts_at, response,
        responded_by, cancelled_by, cancelled_late, cancel_reason, is_walk_in, recorded_at)
    SELECT gen_random_uuid(), s.id, m.client_id, s.starts_at, 'none', '', '', false, '', false, s.settled_at
    FROM sessions_app_therapysession s JOIN clients_casemember m ON m.case_id = s.case_id
    WHERE s.id > %(after)s
    """,
    """
    INSERT INTO sessions_app_occupancy (resource, during, session_id)
    SELECT 'clinician:' || k.clinician_id, tstzrange(s.starts_at, s.ends_at), s.id
    FROM sessions_app_therapysession s JOIN sessions_app_sessionclinician k ON k.session_id = s.id
    WHERE s.id > %(after)s
    UNION ALL
    SELECT 'room:' || s.room_id, tstzrange(s.starts_at, s.ends_at), s.id FROM sessions_app_therapysession s
    WHERE s.id > %(after)s
    """,
    """
    INSERT INTO attendance_attendancerecord (participant_id, client_id, starts_at, outcome, source, recorded_at)
    SELECT id, client_id, starts_at, CASE WHEN id %% 12 = 0 THEN 'no_show' ELSE 'attended' END, 'board', recorded_at
    FROM sessions_app_participant WHERE recorded_at IS NOT NULL AND session_id > %(after)s
    """,
)


A_DAY = 100  # sessions, with one participant each
FOR_EACH = 5  # of them for each clinician
PAST_SHARE = 0.9


def fill_once(*, sessions: int, a_day: int = A_DAY) -> None:
    """Write a practice whose today has so many sessions, most of the others before it."""
    if Practice.objects.exists():
        return
    sys.stderr.write(f"Filling a practice of {sessions:,} sessions ...\n")
    with transaction.atomic():  # half a practice would be taken for a whole one
        _fill(sessions, a_day)
    with connection.cursor() as cursor:
        # Else PostgreSQL does it of its own accord, while somebody is measured.
        cursor.execute("VACUUM ANALYZE")


def _fill(sessions: int, a_day: int) -> None:
    now = timezone.now()
    practice = Practice.objects.create(
        pk=1,
        name="Bench",
        display_name="Bench",
        phone="+12125550100",
        timezone=ZONE,
        # History opens no follow-ups here: each bench raises its own.
        live_from=now.date(),
    )
    location = Location.objects.create(name="Bench", timezone=ZONE)
    service = Service.objects.create(name="Session", minutes=50)
    clinicians = a_day // FOR_EACH
    _staff(location, clinicians)
    values: dict[str, int | str | date] = {
        "sessions": sessions,
        "clinicians": clinicians,
        "a_day": a_day,
        "past_days": int(sessions / a_day * PAST_SHARE),
        "people": 10 * a_day,
        "today": practice.today(now),
        "zone": ZONE,
        "service": service.pk,
        "location": location.pk,
    }
    check_at_once()
    with connection.cursor() as cursor:
        for statement in (_PLAN, *_PEOPLE):
            cursor.execute(statement, values)
        cursor.execute("ANALYZE")
        for first in range(0, sessions, _SLICE):
            cursor.execute("SELECT coalesce(max(id), 0) FROM sessions_app_therapysession")
            values |= {"from": first, "to": first + _SLICE, "after": cursor.fetchone()[0]}
            for statement in _SESSIONS:
                cursor.execute(statement, values)
            if first % (10 * _SLICE) == 0:  # else the planner believes in empty tables
                cursor.execute("ANALYZE")
        cursor.execute("ANALYZE")


def _staff(location: Location, clinicians: int) -> None:
    password = make_password(None)
    people = [
        User(email=f"c{n}@bench.example", name=f"Clinician {n}", roles=[Role.CLINICIAN], password=password)
        for n in range(clinicians)
    ]
    desk = User(email="desk@bench.example", name="Desk", roles=[Role.FRONT_DESK], password=password)
    User.objects.bulk_create([*people, desk])
    Room.objects.bulk_create(Room(location=location, name=f"Room {n}") for n in range(clinicians))
