"""Brings in many people at once, in a few statements: what the importer writes."""

from dataclasses import dataclass, field

from accounts.audit import acting, check_at_once
from accounts.models import User
from clients.models import (
    Case,
    CaseClinician,
    CaseMember,
    Client,
    Consent,
    ContactPoint,
    Guardianship,
    SafeContact,
    Suppression,
)


@dataclass
class Arrivals:
    """Unsaved rows that point at one another; what comes first is written first."""

    clients: list[Client] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    members: list[CaseMember] = field(default_factory=list)
    case_clinicians: list[CaseClinician] = field(default_factory=list)
    contact_points: list[ContactPoint] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    safe_contacts: list[SafeContact] = field(default_factory=list)
    guardianships: list[Guardianship] = field(default_factory=list)
    suppressions: list[Suppression] = field(default_factory=list)


def add_arrivals(*, arrivals: Arrivals, actor: User | None) -> None:
    """Write them all, or none: the same constraints as for one, with the row history.

    An address that is already suppressed stays as it is, and so does a clinician who already
    has the case. Raises IntegrityError where a constraint refuses a row.
    """
    with acting("import", actor=actor):
        check_at_once()
        Client.objects.bulk_create(arrivals.clients)
        Case.objects.bulk_create(arrivals.cases)
        CaseMember.objects.bulk_create(arrivals.members)
        CaseClinician.objects.bulk_create(arrivals.case_clinicians, ignore_conflicts=True)
        ContactPoint.objects.bulk_create(arrivals.contact_points)
        Consent.objects.bulk_create(arrivals.consents)
        SafeContact.objects.bulk_create(arrivals.safe_contacts)
        Guardianship.objects.bulk_create(arrivals.guardianships)
        Suppression.objects.bulk_create(arrivals.suppressions, ignore_conflicts=True)
