"""Brings the people of clients.csv in, batch by batch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import DataError, IntegrityError, reset_queries
from django.utils.translation import gettext_noop as _

from accounts.models import User
from clients.bulk import add_arrivals
from importing.files import Line, RowSource
from importing.known import Known, KnownCase, KnownClient
from importing.people import CaseKind, CaseRow, PersonRow, read_person
from importing.person_records import PersonRecords
from importing.refusals import ImportReport, Reason, RowRefused

BATCH = 2_000
Progress = Callable[[str, int, int], None]


@dataclass
class Arriving:
    """One pass over clients.csv; `is_dry_run` accepts and refuses alike and writes nothing.

    A row goes in whole, with its addresses, case and guardians, or not at all. So people with
    guardians wait until their guardians are in, wherever in the file those stand.
    """

    known: Known
    report: ImportReport
    actor: User | None
    is_dry_run: bool
    progress: Progress
    _lines: dict[str, int] = field(default_factory=dict)
    _waiting: set[int] = field(default_factory=set)
    _batch: list[PersonRow] = field(default_factory=list)
    _batched: set[str] = field(default_factory=set)

    def run(self, table: RowSource) -> None:
        """Read the file once, and again for those who wait while that brings somebody in."""
        for line in table.rows():
            self._meet(line)
            self.progress(self.report.file, line.number, table.lines)
        self._flush()
        waiting = -1
        while self._waiting and len(self._waiting) != waiting:
            waiting = len(self._waiting)
            for row in self._read_waiting(table):
                self._admit_ward(row)
            self._flush()
        for row in self._read_waiting(table):
            self._refuse_ward(row)
        self.progress(self.report.file, table.lines, table.lines)

    def _meet(self, line: Line) -> None:
        try:
            row = read_person(line.number, line.checked(), self.known)
            self._refuse_duplicate(row)
        except RowRefused as refused:
            self.report.refuse(line.number, line.cells["client_id"], refused.reason)
            return
        if row.guardians:
            self._waiting.add(line.number)
        else:
            self._admit(row)

    def _refuse_duplicate(self, row: PersonRow) -> None:
        first = self._lines.setdefault(row.client_id, row.line)
        if first != row.line:
            raise RowRefused(_("This client_id is already in the file (line %(first)s)."), first=first)

    def _read_waiting(self, table: RowSource) -> Iterator[PersonRow]:
        for line in table.rows():
            if line.number in self._waiting:
                yield read_person(line.number, line.cells, self.known)

    def _admit_ward(self, row: PersonRow) -> None:
        # A guardian who is only in the batch so far has to be written first.
        if any(each.client_id in self._batched for each in row.guardians):
            self._flush()
        if all(each.client_id in self.known.clients for each in row.guardians):
            self._waiting.discard(row.line)
            self._admit(row)

    def _refuse_ward(self, row: PersonRow) -> None:
        unknown = [each.client_id for each in row.guardians if each.client_id not in self.known.clients]
        self.report.refuse(
            row.line,
            row.client_id,
            Reason.of(_("Nobody is known with the guardian id (%(unknown)s)."), unknown=unknown[0]),
        )

    def _admit(self, row: PersonRow) -> None:
        if row.client_id in self.known.clients:
            self.report.already_there += 1
            return
        try:
            self._refuse_namesake(row)
            cases = [self._case(case) for case in row.cases]
        except RowRefused as refused:
            self.report.refuse(row.line, row.client_id, refused.reason)
            return
        for case in cases:
            if case.external_id:
                self.known.cases.setdefault(case.external_id, case)
        self.known.clients[row.client_id] = KnownClient(
            born_on=row.person["born_on"],
            birth_year=row.person["birth_year"],
            is_silent=bool(row.person["left_on"] or row.person["died_on"]),
            cases=cases,
        )
        self._remember_name(row)
        self._batch.append(row)
        self._batched.add(row.client_id)
        if len(self._batch) >= BATCH:
            self._flush()

    def _refuse_namesake(self, row: PersonRow) -> None:
        name = row.person["given_name"], row.person["family_name"]
        self.known.refuse_namesake(*name, row.person["birth_year"])

    def _remember_name(self, row: PersonRow) -> None:
        name = row.person["given_name"].lower(), row.person["family_name"].lower()
        self.known.birth_years.setdefault(name, []).append(row.person["birth_year"])

    def _case(self, row: CaseRow) -> KnownCase:
        if row.external_id is None:
            return KnownCase(row.kind)
        case = self.known.cases.get(row.external_id)
        if case is None:
            return KnownCase(row.kind, row.external_id)
        if case.kind != row.kind:
            raise RowRefused(
                _("Case %(external_id)s is of another kind (%(kind)s) elsewhere."),
                external_id=row.external_id,
                kind=case.kind,
            )
        if row.kind == CaseKind.INDIVIDUAL:
            raise RowRefused(
                _("Case %(external_id)s is individual and already somebody else's."),
                external_id=row.external_id,
            )
        return case

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        self._batched.clear()
        if batch and not self.is_dry_run:
            self._write(batch)
        else:
            self.report.imported += len(batch)

    def _write(self, batch: list[PersonRow]) -> None:
        """Write a batch; should the database refuse it, row by row, so that the good ones go in."""
        writing = PersonRecords(self.known)
        for row in batch:
            writing.add(row)
        try:
            add_arrivals(arrivals=writing.arrivals, actor=self.actor)
        except (IntegrityError, DataError):
            self._write_apart(batch)
        else:
            writing.remember()
            self.report.imported += len(batch)
        reset_queries()

    def _write_apart(self, batch: list[PersonRow]) -> None:
        if len(batch) > 1:
            for row in batch:
                self._write([row])
            return
        [row] = batch
        del self.known.clients[row.client_id]
        self.report.refuse(
            row.line, row.client_id, Reason.of(_("The database refuses it: it contradicts what is there."))
        )
