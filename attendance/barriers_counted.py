"""What got in the way, in numbers; the same wall as before the words: give only sessions that one may read so."""

# ruff: noqa: S608 - put together from this module's own constants; values go in as parameters

from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.metrics import ATTENDED, rows_of
from sessions_app.counting import COLUMNS, table_of
from sessions_app.querysets import TherapySessionQuerySet

LATER = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class BarrierCount:
    """One barrier: of how many absences it was named, and how many came again."""

    label: str
    group: str
    absences: int
    ripe: int  # since which 30 days have passed
    back: int  # of these, came to a session of the case within 30 days
    clients: int


def barriers_counted(sessions: TherapySessionQuerySet, *, now: datetime) -> list[BarrierCount]:
    """Each barrier named of absences from these sessions, in the order of the list. One query.

    An absence of which several were named counts with each.
    """
    chosen = table_of(sessions)
    found = rows_of(
        f"""
        WITH s ({COLUMNS}) AS ({chosen.sql})
        SELECT b.label, b."group", count(*), count(*) FILTER (WHERE p.starts_at <= %s),
            count(*) FILTER (WHERE p.starts_at <= %s AND EXISTS (
                SELECT FROM attendance_attendancerecord came
                JOIN sessions_app_participant there ON there.id = came.participant_id
                JOIN sessions_app_therapysession later ON later.id = there.session_id
                WHERE came.client_id = p.client_id AND came.starts_at > p.starts_at
                  AND came.starts_at <= p.starts_at + %s AND later.case_id = s.case_id
                  AND came.outcome IN ({ATTENDED})
            )), count(DISTINCT p.client_id)
        FROM s JOIN sessions_app_participant p ON p.session_id = s.id
        JOIN attendance_barriernamed n ON n.participant_id = p.id
        JOIN clients_barrier b ON b.id = n.barrier_id
        GROUP BY b.id ORDER BY b.position, b.id
        """,
        chosen,
        (now - LATER, now - LATER, LATER),
    )
    names = ("label", "group", "absences", "ripe", "back", "clients")
    return [BarrierCount(**dict(zip(names, row, strict=True))) for row in found]
