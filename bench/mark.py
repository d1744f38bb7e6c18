"""Marking a missed session, the follow-up that it raises counted in; the floor is its bare rows."""

from django.db import connection, transaction

from attendance.models import AttendanceRecord, Outcome, Source
from attendance.services import Seen, record_outcome
from bench.meter import measured, own
from bench.report import figure
from bench.world import World
from followups.models import FollowUp
from followups.reconcile import reconcile
from sessions_app.models import Participant, TherapySession

TIMES = 200
# A pass of the worker takes up what was marked since the last one. Its own cost is a figure apart:
# it is paid once a ring, however many desks are marking.
MARKS_A_PASS = 5
IDLE_PASSES = 40
SEEN = Seen(outcome=Outcome.NO_SHOW, source=Source.BOARD)


def run(at: World) -> None:
    """Print the CPU of a mark, application plus PostgreSQL, passes of the worker included."""
    waiting = _waiting(2 * TIMES + MARKS_A_PASS)
    now = max(participant.session.ends_at for participant in waiting)
    opened = FollowUp.objects.count()
    for participant in waiting[2 * TIMES :]:
        record_outcome(participant=participant, seen=SEEN, actor=None, now=now)
    reconcile(now=now)
    with measured(app=own, postgres=at.postgres) as spent:
        for number, participant in enumerate(waiting[:TIMES], start=1):
            record_outcome(participant=participant, seen=SEEN, actor=None, now=now)
            if number % MARKS_A_PASS == 0:
                reconcile(now=now)
    opened = FollowUp.objects.count() - opened
    with measured(app=own, postgres=at.postgres) as bare:
        for participant in waiting[TIMES : 2 * TIMES]:
            _insert(participant)
    reconcile(now=now)  # the bare rows were news as well
    with measured(app=own, postgres=at.postgres) as idle:
        for _ in range(IDLE_PASSES):
            reconcile(now=now)
    figure("mark_pass_alone", idle.milliseconds(IDLE_PASSES), "ms CPU", sessions=at.sessions)
    figure(
        "mark",
        spent.milliseconds(TIMES),
        "ms CPU",
        floor=bare.milliseconds(TIMES),
        sessions=at.sessions,
        app=round(spent.milliseconds(TIMES, "app"), 2),
        postgres=round(spent.milliseconds(TIMES, "postgres"), 2),
        follow_ups_opened=opened,
        marks_a_pass=MARKS_A_PASS,
    )
    _forget(waiting)


def _waiting(count: int) -> list[Participant]:
    """Participants without an outcome, latest first: those of today are the board's.

    Of the filled practice only: the bookings of another bench are all of a few people.
    """
    unrecorded = Participant.objects.filter(recorded_at=None, session__external_id__regex="^s[0-9]")
    return list(unrecorded.select_related("session", "client").order_by("-starts_at", "pk")[:count])


def _insert(participant: Participant) -> None:
    """The rows of a mark and nothing else: no check, no lock, but the same history."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO attendance_attendancerecord (participant_id, client_id, starts_at, outcome, source,"
            " recorded_at) VALUES (%s, %s, %s, 'no_show', 'board', now())",
            [participant.pk, participant.client_id, participant.starts_at],
        )
        cursor.execute(
            "UPDATE sessions_app_participant SET recorded_at = now() WHERE id = %s", [participant.pk]
        )
        cursor.execute(
            "UPDATE sessions_app_therapysession SET settled_at = now() WHERE id = %s",
            [participant.session_id],
        )


def _forget(marked: list[Participant]) -> None:
    """Leave the practice as it was, for the next run; follow-ups close by themselves."""
    AttendanceRecord.objects.filter(participant__in=marked).delete()
    Participant.objects.filter(pk__in=[participant.pk for participant in marked]).update(recorded_at=None)
    TherapySession.objects.filter(participants__in=marked).update(settled_at=None)
