"""Brings the sessions of appointments.csv in, batch by batch."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DataError, IntegrityError, reset_queries

from accounts.audit import acting
from accounts.models import User
from attendance.bulk import add_records
from attendance.models import AttendanceRecord, BarrierNamed, Source
from importing.appointments import AppointmentRow, Meeting, Status, is_history, read_appointment
from importing.arriving import BATCH, Progress
from importing.files import Line, Table
from importing.folding import fold
from importing.known import Known, KnownCase
from importing.refusals import ImportReport, RowRefused
from importing.taken import Taken
from sessions_app.bulk import SessionArrival, add_sessions
from sessions_app.models import AnsweredBy, CancelledBy, Participant, Response, TherapySession
from sessions_app.occupancy import resource_keys

_COMPARED = {"on": "date", "at": "time", "location": "place", "clinicians": "clinician"}
_SHARED = (
    "on",
    "at",
    "timezone",
    "minutes",
    "clinicians",
    "service",
    "modality",
    "location",
    "room",
    "video_link",
    "case_id",
)


@dataclass
class SessionRows:
    """The good rows of one session; `named` counts all of them, the refused ones too."""

    rows: list[AppointmentRow]
    named: int
    case: KnownCase = field(init=False)
    booked: TherapySession | None = None

    @property
    def session_id(self) -> str:
        return self.rows[0].session_id

    @property
    def meeting(self) -> Meeting:
        return self.rows[0].meeting

    @property
    def is_cancelled(self) -> bool:
        return all(row.is_cancelled for row in self.rows)

    def keys(self, now: datetime) -> list[str]:
        """Whose time it takes: nobody's once it is over, or called off."""
        if self.rows[0].ends_at <= now or self.is_cancelled:
            return []
        return resource_keys(self.meeting.clinicians, self.meeting.room)


@dataclass
class Scheduling:
    """One pass over appointments.csv; `is_dry_run` accepts and refuses alike and writes nothing."""

    known: Known
    report: ImportReport
    actor: User | None
    is_dry_run: bool
    progress: Progress
    taken: Taken
    _batch: list[SessionRows] = field(default_factory=list)
    _size: int = 0

    def run(self, table: Table) -> None:
        for lines in fold(table):
            self._meet(lines)
            self.progress(self.report.file, lines[-1].number, table.lines)
        self._flush()
        self.progress(self.report.file, table.lines, table.lines)

    def _meet(self, lines: list[Line]) -> None:
        session = SessionRows([], len(lines))
        for line in lines:
            try:
                row = read_appointment(line.number, line.checked(), self.known)
                _refuse_different(row, session.rows)
            except RowRefused as refused:
                self.report.refuse(line.number, line.cells["session_id"], str(refused))
            else:
                session.rows.append(row)
        if session.rows:
            self._batch.append(session)
            self._size += len(session.rows)
        if self._size >= BATCH:
            self._flush()

    def _flush(self) -> None:
        batch, self._batch, self._size = self._batch, [], 0
        self._find_booked(batch)
        accepted = [session for session in batch if self._accept(session)]
        if self.is_dry_run:
            self.report.imported += sum(len(session.rows) for session in accepted)
        elif accepted:
            self._write(accepted)
            reset_queries()

    def _find_booked(self, batch: list[SessionRows]) -> None:
        ids = [session.session_id for session in batch]
        found = TherapySession.objects.filter(external_id__in=ids).prefetch_related("participants")
        booked = {session.external_id: session for session in found.order_by()}
        for session in batch:
            session.booked = booked.get(session.session_id)

    def _accept(self, session: SessionRows) -> bool:
        """Leave out who is there already; refuse the rows that cannot go in. True if any remain."""
        if session.booked:
            self._leave_out_known(session, session.booked)
        if not session.rows:
            return False
        try:
            if session.booked:
                _refuse_moved(session.meeting, session.booked)
            session.case = self._case(session)
            self._refuse_strangers(session, session.case)
            if session.rows and not session.booked:
                self._take_time(session)
        except RowRefused as refused:
            self._refuse(session.rows, str(refused))
            return False
        return bool(session.rows)

    def _leave_out_known(self, session: SessionRows, booked: TherapySession) -> None:
        there = {participant.client_id for participant in booked.participants.all()}
        new = [row for row in session.rows if self.known.clients[row.client_id].pk not in there]
        self.report.already_there += len(session.rows) - len(new)
        session.rows = new

    def _case(self, session: SessionRows) -> KnownCase:
        """The case that the rows name, or the one that these people share."""
        if session.meeting.case_id:
            named = self.known.cases.get(session.meeting.case_id)
            if named is None:
                raise RowRefused(f"Nobody belongs to a case with this case_id ({session.meeting.case_id}).")
            return named
        return self._shared_case(session)

    def _shared_case(self, session: SessionRows) -> KnownCase:
        first, *others = (self.known.clients[row.client_id].cases for row in session.rows)
        shared = [case for case in first if all(case in cases for cases in others)]
        if session.booked:
            shared = [case for case in shared if case.pk == session.booked.case_id]
        elif session.named > 1:
            shared = [case for case in shared if case.is_joint]
        elif len(shared) > 1:
            shared = [case for case in shared if not case.is_joint]
        if len(shared) != 1:
            raise RowRefused("It is not plain which case this belongs to. Name it in case_id.")
        return shared[0]

    def _refuse_strangers(self, session: SessionRows, case: KnownCase) -> None:
        if case.is_closed and not is_history(session.meeting, session.rows[0].ends_at, self.known):
            raise RowRefused("This case is closed. Reopen it before booking.")
        if session.booked and session.booked.case_id != case.pk:
            raise RowRefused("In Kept this session belongs to another case.")
        strangers = [row for row in session.rows if case not in self.known.clients[row.client_id].cases]
        self._refuse(strangers, "This client does not belong to the case of the session.")
        session.rows = [row for row in session.rows if row not in strangers]

    def _take_time(self, session: SessionRows) -> None:
        keys = session.keys(self.known.now)
        times = session.rows[0].starts_at, session.rows[0].ends_at
        self.taken.refuse_conflicts(keys, *times)
        self.taken.take(keys, *times)

    def _refuse(self, rows: list[AppointmentRow], reason: str) -> None:
        for row in rows:
            self.report.refuse(row.line, row.session_id, reason)

    def _write(self, sessions: list[SessionRows]) -> None:
        """Write a batch; should the database refuse it, one by one, so that the good ones go in."""
        writing = _Writing(self.known, self.actor)
        for session in sessions:
            writing.add(session)
        try:
            with acting("import", actor=self.actor):
                add_sessions(arrivals=writing.arrivals, actor=self.actor)
                add_records(records=writing.records, barriers=writing.barriers, actor=self.actor)
        except (IntegrityError, DataError):
            self._write_apart(sessions)
        else:
            self.report.imported += sum(len(session.rows) for session in sessions)

    def _write_apart(self, sessions: list[SessionRows]) -> None:
        if len(sessions) == 1:
            self._refuse(sessions[0].rows, "Kept refuses it: the time was taken while the import ran.")
            return
        for session in sessions:
            self._write([session])


def _refuse_different(row: AppointmentRow, others: list[AppointmentRow]) -> None:
    """The rows of one session speak of one meeting, and each of another person."""
    for other in others:
        if other.client_id == row.client_id:
            raise RowRefused(f"This client is already in this session (line {other.line}).")
    for name in _SHARED if others else ():
        if getattr(row.meeting, name) != getattr(others[0].meeting, name):
            column = _COMPARED.get(name, name)
            raise RowRefused(
                f"It has another {column} than the same session elsewhere (line {others[0].line})."
            )


def _refuse_moved(meeting: Meeting, booked: TherapySession) -> None:
    if booked.cancelled_at:
        raise RowRefused("In Kept this session has been called off.")
    if (booked.on, booked.at) != (meeting.on, meeting.at):
        raise RowRefused("In Kept this session is at another time.")


@dataclass
class _Writing:
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
