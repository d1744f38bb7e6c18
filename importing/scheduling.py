"""Brings the sessions of appointments.csv in, batch by batch."""

from dataclasses import dataclass, field

from django.db import DataError, IntegrityError, reset_queries
from django.utils.translation import gettext_noop as _

from accounts.audit import acting
from accounts.models import User
from attendance.bulk import add_records
from clients.protection import ASK_THE_CLINICIAN
from importing.appointments import AppointmentRow, Meeting, Status, is_history, read_appointment
from importing.arriving import BATCH, Progress
from importing.files import Line, RowSource
from importing.folding import fold
from importing.known import Known, KnownCase
from importing.refusals import ImportReport, Reason, RowRefused
from importing.session_records import SessionRecords
from importing.session_rows import SessionRows, refuse_different
from importing.taken import Taken
from sessions_app.bulk import add_sessions
from sessions_app.models import TherapySession


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

    def run(self, table: RowSource) -> None:
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
                refuse_different(row, session.rows)
            except RowRefused as refused:
                self.report.refuse(line.number, line.cells["session_id"], refused.reason)
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
            self._count(accepted)
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
            self._refuse_kept_apart(session)
            if session.rows and not session.booked:
                self._take_time(session)
        except RowRefused as refused:
            self._refuse(session.rows, refused.reason)
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
                raise RowRefused(
                    _("Nobody belongs to a case with this case_id (%(case_id)s)."),
                    case_id=session.meeting.case_id,
                )
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
            raise RowRefused(_("It is not plain which case this belongs to. Name it in case_id."))
        return shared[0]

    def _refuse_strangers(self, session: SessionRows, case: KnownCase) -> None:
        if case.is_closed and not is_history(session.meeting, session.rows[0].ends_at, self.known):
            raise RowRefused(_("This case is closed. Reopen it before booking."))
        if session.booked and session.booked.case_id != case.pk:
            raise RowRefused(_("In Kept this session belongs to another case."))
        strangers = [row for row in session.rows if case not in self.known.clients[row.client_id].cases]
        self._refuse(strangers, Reason.of(_("This client does not belong to the case of the session.")))
        session.rows = [row for row in session.rows if row not in strangers]

    def _refuse_kept_apart(self, session: SessionRows) -> None:
        """What took place is history; what lies ahead is booked for nobody whom an order keeps apart."""
        rows = session.rows
        if not self.known.apart or not rows or is_history(session.meeting, rows[0].ends_at, self.known):
            return
        people = {self.known.clients[row.client_id].pk for row in rows}
        if session.booked:
            people |= {one.client_id for one in session.booked.participants.all()}
        if any(pair <= people for pair in self.known.apart):
            raise RowRefused(ASK_THE_CLINICIAN)

    def _take_time(self, session: SessionRows) -> None:
        keys = session.keys(self.known.now)
        times = session.rows[0].starts_at, session.rows[0].ends_at
        self.taken.refuse_conflicts(keys, *times)
        self.taken.take(keys, *times)

    def _refuse(self, rows: list[AppointmentRow], reason: Reason) -> None:
        for row in rows:
            self.report.refuse(row.line, row.session_id, reason)

    def _write(self, sessions: list[SessionRows]) -> None:
        """Write a batch; should the database refuse it, one by one, so that the good ones go in."""
        writing = SessionRecords(self.known, self.actor)
        for session in sessions:
            writing.add(session)
        try:
            with acting("import", actor=self.actor):
                add_sessions(arrivals=writing.arrivals, actor=self.actor)
                add_records(records=writing.records, barriers=writing.barriers, actor=self.actor)
        except (IntegrityError, DataError):
            self._write_apart(sessions)
        else:
            self._count(sessions)

    def _count(self, sessions: list[SessionRows]) -> None:
        for session in sessions:
            self.report.imported += len(session.rows)
            for row in session.rows:
                lies_ahead = row.starts_at > self.known.now and not row.is_cancelled
                self.report.tally[Status.BOOKED if lies_ahead else row.status] += 1

    def _write_apart(self, sessions: list[SessionRows]) -> None:
        if len(sessions) == 1:
            self._refuse(
                sessions[0].rows, Reason.of(_("Kept refuses it: the time was taken while the import ran."))
            )
            return
        for session in sessions:
            self._write([session])


def _refuse_moved(meeting: Meeting, booked: TherapySession) -> None:
    if booked.cancelled_at:
        raise RowRefused(_("In Kept this session has been called off."))
    if (booked.on, booked.at) != (meeting.on, meeting.at):
        raise RowRefused(_("In Kept this session is at another time."))
