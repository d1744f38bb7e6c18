"""Protocols, the follow-ups begun by them, every attempt to reach somebody, and what is news."""

from followups.models.check_ins import CheckInCall, CheckInResult
from followups.models.court import CourtReport, CourtTalk, Disclosure, ReportException, ReportKind
from followups.models.follow_ups import (
    AttemptBarrier,
    AttemptChannel,
    AttemptResult,
    ContactAttempt,
    FollowUp,
    FollowUpCause,
    FollowUpStep,
    NextStep,
    QueuedOutreach,
)
from followups.models.news import (
    HeardAttendance,
    HeardCase,
    HeardClient,
    HeardFollowUp,
    HeardMandate,
    HeardMessage,
    HeardParticipant,
    News,
    ReconcilePass,
)
from followups.models.partners import Approval, GoesTo, Invitation, LaterOption
from followups.models.patterns import Counted, MissPattern, PatternKind
from followups.models.protocols import (
    CONTACT_KINDS,
    Protocol,
    ProtocolCode,
    ProtocolVersion,
    StepKind,
    StepPlan,
)

__all__ = [
    "CONTACT_KINDS",
    "Approval",
    "AttemptBarrier",
    "AttemptChannel",
    "AttemptResult",
    "CheckInCall",
    "CheckInResult",
    "ContactAttempt",
    "Counted",
    "CourtReport",
    "CourtTalk",
    "Disclosure",
    "FollowUp",
    "FollowUpCause",
    "FollowUpStep",
    "GoesTo",
    "HeardAttendance",
    "HeardCase",
    "HeardClient",
    "HeardFollowUp",
    "HeardMandate",
    "HeardMessage",
    "HeardParticipant",
    "Invitation",
    "LaterOption",
    "MissPattern",
    "News",
    "NextStep",
    "PatternKind",
    "Protocol",
    "ProtocolCode",
    "ProtocolVersion",
    "QueuedOutreach",
    "ReconcilePass",
    "ReportException",
    "ReportKind",
    "StepKind",
    "StepPlan",
]
