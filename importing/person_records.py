"""Turns rows of people into unsaved records."""

from dataclasses import dataclass, field

from clients.bulk import Arrivals
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
from importing.known import Known, KnownCase
from importing.people import CaseRow, PersonRow

_STOPPED_CHANNEL = {ContactPoint.Kind.PHONE: Channel.SMS, ContactPoint.Kind.EMAIL: Channel.EMAIL}


@dataclass
class PersonRecords:
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
