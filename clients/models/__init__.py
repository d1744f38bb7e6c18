"""People, the cases they are treated in, how they may be reached, and what helps them."""

from clients.models.cases import (
    Case,
    CaseClinician,
    CaseMember,
    Engagement,
    EngagementChange,
    Mandate,
    MemberRole,
)
from clients.models.check_ins import Cadence, Caller, CheckInPlan, CheckInWay, StressPeriod
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
from clients.models.contingency import AwaySupport, ContingencyPlan, PlanAgreement
from clients.models.court import DisclosureBasis, DisclosurePart, ReportingDate
from clients.models.help import Barrier, BarrierGroup, Resource, Strategy
from clients.models.helping import (
    OPEN_STATES,
    AgreedStrategy,
    Consequence,
    Referral,
    ReferralState,
    ReferralStep,
)
from clients.models.merging import UNDOABLE_DAYS, ClientMerge
from clients.models.people import AwayReason, Client, Guardianship
from clients.models.requests import RecordRequest
from clients.models.safety import CoercionScreen, ProtectiveOrder

__all__ = [
    "OPEN_STATES",
    "UNDOABLE_DAYS",
    "USUAL_LIMITS",
    "AgreedStrategy",
    "AwayReason",
    "AwaySupport",
    "Barrier",
    "BarrierGroup",
    "Cadence",
    "Caller",
    "Case",
    "CaseClinician",
    "CaseMember",
    "Channel",
    "CheckInPlan",
    "CheckInWay",
    "Client",
    "ClientMerge",
    "CoercionScreen",
    "ConfidentialityPolicy",
    "Consent",
    "ConsentPurpose",
    "Consequence",
    "ContactPoint",
    "ContingencyPlan",
    "DisclosureBasis",
    "DisclosurePart",
    "Engagement",
    "EngagementChange",
    "Guardianship",
    "Mandate",
    "MemberRole",
    "PlanAgreement",
    "ProtectiveOrder",
    "RecordRequest",
    "Referral",
    "ReferralState",
    "ReferralStep",
    "ReportingDate",
    "Resource",
    "SafeContact",
    "Strategy",
    "StressPeriod",
    "Suppression",
    "SuppressionReason",
]
