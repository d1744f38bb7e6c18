"""Notes the time that a session leaves, called off or moved, for the waitlist to be asked."""

from datetime import datetime

from django.db import connection

from sessions_app.models import TherapySession

# From the session as it is stored, so before a move is saved. What is nearer than the practice
# offers, or was noted before, is not written.
_NOTE = """
INSERT INTO sessions_app_vacancy (
    public_id, session_id, version, service_id, location_id, room_id, modality,
    "on", at, timezone, minutes, starts_at, ends_at, freed_at, "end")
SELECT gen_random_uuid(), s.id, s.version, s.service_id, s.location_id, s.room_id, s.modality,
    s."on", s.at, s.timezone, s.minutes, s.starts_at, s.ends_at, %(freed_at)s, ''
FROM sessions_app_therapysession s
JOIN accounts_practice p ON p.id = 1
WHERE s.id = %(session)s AND NOT s.is_history
  AND s.starts_at > %(freed_at)s + make_interval(hours => p.offer_lead_hours)
ON CONFLICT (session_id, version) DO NOTHING
RETURNING id
"""
_NOTE_CLINICIANS = """
INSERT INTO sessions_app_vacancy_clinicians (vacancy_id, user_id)
SELECT %s, clinician_id FROM sessions_app_sessionclinician WHERE session_id = %s
"""


def note_freed_time(*, session: TherapySession, freed_at: datetime) -> None:
    """Copy the time that this session has in the database, which it has left or is about to leave.

    In the transaction of whoever frees it; the pass in reminders/offering.py makes the next step.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"session": session.pk, "freed_at": freed_at})
        noted = cursor.fetchone()
        if noted:
            cursor.execute(_NOTE_CLINICIANS, [noted[0], session.pk])
