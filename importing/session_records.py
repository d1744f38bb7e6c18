"""Turns the rows of sessions into unsaved records."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import User
from attendance.models import AttendanceRecord, BarrierNamed, Source
from importing.appointments import AppointmentRow, Status, is_history
from importing.known import Known
from importing.session_rows import SessionRows
from sessions_app.bulk import SessionArrival
from sessions_app.models import AnsweredBy, CancelledBy, Participant, Response, TherapySession


@dataclass
class SessionRecords:
    """The sessions of one batch as unsaved records."""

    known: Known
    actor: User | None
    arrivals: list[SessionArrival] = field(default_factory=list)
    records: list[AttendanceRecord] = field(default_factory=list)
    barriers: list[BarrierNamed] = field(default_factory=list)

    def add(self, rows: SessionRows) -> None:
        session = rows.booked or self._session(rows)
        self.arrivals.append(
            SessionArrival(
                session=session,
                clinicians=rows.meeting.clinicians,
                participants=[self._participant(row, session) for row in rows.rows],
                is_booked=rows.booked is not None,
                occupies=bool(rows.keys(self.known.now)),
            )
        )

    def _session(self, rows: SessionRows) -> TherapySession:
        meeting, first = rows.meeting, rows.rows[0]
        history = is_history(meeting, first.ends_at, self.known)
        booked = [row.booked_at for row in rows.rows if row.booked_at]
        session = TherapySession(
            external_id=first.session_id,
            case_id=rows.case.key,
            service=meeting.service,
            location=meeting.location,
            room=meeting.room,
            modality=meeting.modality,
            video_link=meeting.video_link,
            on=meeting.on,
            at=meeting.at,
            timezone=meeting.timezone,
            minutes=meeting.minutes,
            starts_at=first.starts_at,
            ends_at=first.ends_at,
            late_cancellation_hours=self.known.practice.late_cancellation_hours,
            is_history=history,
            booked_at=min(booked) if booked else min(self.known.now, first.starts_at),
        )
        # Nothing is awaited of history, so that no sweep looks at it again.
        if history or all(row.is_cancelled or row.outcome for row in rows.rows):
            session.settled_at = self.known.now
        if rows.is_cancelled:
            self._call_off(session, rows)
        return session

    def _call_off(self, session: TherapySession, rows: SessionRows) -> None:
        """The last one's cancellation was the session's; whoever had to hear of it has."""
        last = max(rows.rows, key=self._cancelled_at)
        session.cancelled_at = self._cancelled_at(last)
        session.cancelled_by = last.cancelled_by or CancelledBy.CLIENT
        session.tell_clients = False

    def _cancelled_at(self, row: AppointmentRow) -> datetime:
        """When it was called off; unknown, it is the last moment that its status allows."""
        if row.cancelled_at:
            return row.cancelled_at
        known_by = min(row.starts_at, self.known.now)
        if row.status == Status.CANCELLED_LATE:
            return known_by
        return min(row.starts_at - self._policy, self.known.now)

    @property
    def _policy(self) -> timedelta:
        return timedelta(hours=self.known.practice.late_cancellation_hours)

    def _participant(self, row: AppointmentRow, session: TherapySession) -> Participant:
        client = self.known.clients[row.client_id]
        participant = Participant(session=session, client_id=client.key, starts_at=row.starts_at)
        if row.is_cancelled:
            self._cancel(participant, row)
        elif row.status == Status.CONFIRMED:
            self._confirm(participant, row, session)
        elif row.outcome:
            self._record(participant, row)
        self.barriers.extend(
            BarrierNamed(
                participant=participant, barrier=barrier, named_by=self.actor, named_at=self.known.now
            )
            for barrier in row.barriers
        )
        return participant

    def _cancel(self, participant: Participant, row: AppointmentRow) -> None:
        participant.cancelled_at = self._cancelled_at(row)
        participant.cancelled_by = row.cancelled_by or CancelledBy.CLIENT
        is_late = participant.cancelled_at > row.starts_at - self._policy
        participant.cancelled_late = participant.cancelled_by == CancelledBy.CLIENT and (
            is_late or row.status == Status.CANCELLED_LATE
        )

    def _confirm(self, participant: Participant, row: AppointmentRow, session: TherapySession) -> None:
        participant.response = Response.CONFIRMED
        participant.responded_at = row.booked_at or self.known.now
        participant.responded_by = AnsweredBy.STAFF
        participant.responded_version = session.version

    def _record(self, participant: Participant, row: AppointmentRow) -> None:
        participant.recorded_at = self.known.now
        self.records.append(
            AttendanceRecord(
                participant=participant,
                client_id=participant.client_id,
                starts_at=row.starts_at,
                outcome=row.outcome,
                late_minutes=row.late_minutes,
                left_early_minutes=row.left_early_minutes,
                source=Source.IMPORT,
                recorded_at=self.known.now,
                recorded_by=self.actor,
            )
        )
