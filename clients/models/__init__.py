"""People, the cases they are treated in, how they may be reached, and what helps them."""

from clients.models.cases import (
    Case,
    CaseClinician,
    CaseMember,
    ContingencyPlan,
    Engagement,
    Mandate,
    MemberRole,
)
from clients.models.confidentiality import USUAL_LIMITS, ConfidentialityPolicy
from clients.models.contact import (
    Channel,
    Consent,
    ConsentPurpose,
    ContactPoint,
    SafeContact,
    Suppression,
    SuppressionReason,
)
from clients.models.court import DisclosureBasis, DisclosurePart, ReportingDate
from clients.models.help import Barrier, BarrierGroup, Resource
from clients.models.people import AwayReason, Client, Guardianship
from clients.models.requests import RecordRequest
from clients.models.safety import CoercionScreen

__all__ = [
    "USUAL_LIMITS",
    "AwayReason",
    "Barrier",
    "BarrierGroup",
    "Case",
    "CaseClinician",
    "CaseMember",
    "Channel",
    "Client",
    "CoercionScreen",
    "ConfidentialityPolicy",
    "Consent",
    "ConsentPurpose",
    "ContactPoint",
    "ContingencyPlan",
    "DisclosureBasis",
    "DisclosurePart",
    "Engagement",
    "Guardianship",
    "Mandate",
    "MemberRole",
    "RecordRequest",
    "ReportingDate",
    "Resource",
    "SafeContact",
    "Suppression",
    "SuppressionReason",
]
