"""Brings the people of clients.csv in, batch by batch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import DataError, IntegrityError, reset_queries

from accounts.models import User
from clients.bulk import Arrivals, add_arrivals
from clients.models import (
    Case,
    CaseClinician,
    CaseMember,
    Channel,
    Client,
    Consent,
    ContactPoint,
    Guardianship,
    SafeContact,
    Suppression,
    SuppressionReason,
)
from importing.files import Line, Table
from importing.known import Known, KnownCase, KnownClient
from importing.people import CaseKind, CaseRow, PersonRow, read_person
from importing.refusals import ImportReport, RowRefused

BATCH = 2_000
Progress = Callable[[str, int, int], None]
_STOPPED_CHANNEL = {ContactPoint.Kind.PHONE: Channel.SMS, ContactPoint.Kind.EMAIL: Channel.EMAIL}


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

    def run(self, table: Table) -> None:
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
            self.report.refuse(line.number, line.cells["client_id"], str(refused))
            return
        if row.guardians:
            self._waiting.add(line.number)
        else:
            self._admit(row)

    def _refuse_duplicate(self, row: PersonRow) -> None:
        first = self._lines.setdefault(row.client_id, row.line)
        if first != row.line:
            raise RowRefused(f"This client_id is already in the file (line {first}).")

    def _read_waiting(self, table: Table) -> Iterator[PersonRow]:
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
        self.report.refuse(row.line, row.client_id, f"Nobody is known with the guardian id ({unknown[0]}).")

    def _admit(self, row: PersonRow) -> None:
        if row.client_id in self.known.clients:
            self.report.already_there += 1
            return
        try:
            self._refuse_namesake(row)
            cases = [self._case(case) for case in row.cases]
        except RowRefused as refused:
            self.report.refuse(row.line, row.client_id, str(refused))
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
            raise RowRefused(f"Case {row.external_id} is of another kind ({case.kind}) elsewhere.")
        if row.kind == CaseKind.INDIVIDUAL:
            raise RowRefused(f"Case {row.external_id} is individual and already somebody else's.")
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
        writing = _Writing(self.known)
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
        self.report.refuse(row.line, row.client_id, "The database refuses it: it contradicts what is there.")


@dataclass
class _Writing:
    """The rows of one batch as unsaved records."""

    known: Known
    arrivals: Arrivals = field(default_factory=Arrivals)
    _clients: dict[str, Client] = field(default_factory=dict)
    _cases: list[tuple[KnownCase, Case]] = field(default_factory=list)
    _new: dict[int, Case] = field(default_factory=dict)

    def add(self, row: PersonRow) -> None:
        client = self._clients[row.client_id] = Client(**row.person)
        self.arrivals.clients.append(client)
        self._add_addresses(row, client)
        self._add_guardians(row, client)
        for case, known_case in zip(row.cases, self.known.clients[row.client_id].cases, strict=True):
            self._add_membership(row, client, case, known_case)
        if row.safe_contact:
            self._add_safe_contact(row, client, None, row.safe_contact)

    def remember(self) -> None:
        """Now that they are written, note their keys."""
        for client_id, client in self._clients.items():
            self.known.clients[client_id].pk = client.pk
        for known_case, case in self._cases:
            known_case.pk = case.pk

    def _add_addresses(self, row: PersonRow, client: Client) -> None:
        for address in row.addresses:
            point = ContactPoint(
                client=client, kind=address.kind, address=address.address, **address.settings
            )
            self.arrivals.contact_points.append(point)
            self.arrivals.consents.extend(
                Consent(contact_point=point, purpose=purpose, given_at=row.consent_at, how=row.consent_how)
                for purpose in address.consents
                if row.consent_at
            )
            if address.safe_contact:
                self._add_safe_contact(row, client, point, address.safe_contact)
            if address.is_opted_out:
                self.arrivals.suppressions.append(
                    Suppression(
                        address=address.address,
                        channel=_STOPPED_CHANNEL[ContactPoint.Kind(address.kind)],
                        reason=SuppressionReason.OPTED_OUT,
                        since_at=self.known.now,
                    )
                )

    def _add_safe_contact(
        self, row: PersonRow, client: Client, point: ContactPoint | None, level: str
    ) -> None:
        self.arrivals.safe_contacts.append(
            SafeContact(
                client=client,
                contact_point=point,
                level=level,
                reason=row.safe_contact_reason,
                since_at=self.known.now,
            )
        )

    def _add_guardians(self, row: PersonRow, client: Client) -> None:
        for guardian in row.guardians:
            self.arrivals.guardianships.append(
                Guardianship(
                    guardian_id=self.known.clients[guardian.client_id].key,
                    minor=client,
                    relation=guardian.relation,
                    may_receive=guardian.may_receive,
                    may_consent=guardian.may_consent,
                )
            )

    def _add_membership(self, row: PersonRow, client: Client, case: CaseRow, known_case: KnownCase) -> None:
        link = self._case_link(row, case, known_case)
        self.arrivals.members.append(
            CaseMember(
                **link,
                client=client,
                role=case.role,
                engagement=case.engagement,
                joined_on=row.since_on,
                left_on=row.person["left_on"],
            )
        )
        if case.clinician_pk:
            self.arrivals.case_clinicians.append(CaseClinician(**link, clinician_id=case.clinician_pk))

    def _case_link(self, row: PersonRow, case: CaseRow, known_case: KnownCase) -> dict[str, Case | int]:
        """How records point at the case: by its key, or at the unsaved one of this batch."""
        if known_case.pk is not None:
            return {"case_id": known_case.pk}
        if id(known_case) not in self._new:
            record = self._new[id(known_case)] = Case(
                external_id=case.external_id,
                kind=case.kind,
                title=case.title,
                is_addiction=case.is_addiction,
                opened_on=row.since_on,
            )
            self._cases.append((known_case, record))
            self.arrivals.cases.append(record)
        return {"case": self._new[id(known_case)]}
