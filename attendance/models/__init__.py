"""What was seen and said: who came, sessions held in part, what was agreed instead, and what missing costs."""

from attendance.models.fallbacks import (
    FallbackStep,
    FallbackUse,
)
from attendance.models.fees import (
    Fee,
    FeeExemption,
    FeeTerms,
    TermsTold,
)
from attendance.models.held import (
    HELD_KINDS,
    HIGHEST,
    AnswerOf,
    Concern,
    Felt,
    HeldPart,
    HeldSession,
    JointPart,
    JointPartName,
)
from attendance.models.records import (
    ATTENDED_OUTCOMES,
    MISSED_OUTCOMES,
    AttendanceRecord,
    BarrierNamed,
    Outcome,
    Source,
)

__all__ = [
    "ATTENDED_OUTCOMES",
    "HELD_KINDS",
    "HIGHEST",
    "MISSED_OUTCOMES",
    "AnswerOf",
    "AttendanceRecord",
    "BarrierNamed",
    "Concern",
    "FallbackStep",
    "FallbackUse",
    "Fee",
    "FeeExemption",
    "FeeTerms",
    "Felt",
    "HeldPart",
    "HeldSession",
    "JointPart",
    "JointPartName",
    "Outcome",
    "Source",
    "TermsTold",
]
