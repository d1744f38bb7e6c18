"""What should be said, what was said, and what came back."""

from reminders.models.agreements import AgreementKind, ProviderAgreement
from reminders.models.handovers import Handover
from reminders.models.inbound import InboundKind, InboundMessage, InboundVia
from reminders.models.news import PlanningNews, ToldClient, ToldParticipant, ToldRule, ToldSession
from reminders.models.offers import OfferEnd, SlotOffer, WhichAsked
from reminders.models.outbox import (
    NOTICES,
    OPEN_STATES,
    UNRESOLVED,
    Attempt,
    AttemptState,
    Message,
    Purpose,
    State,
)
from reminders.models.providers import PassKind, PassLog, ProviderState
from reminders.models.rules import Audience, MessageTemplate, ReminderRule
from reminders.models.trials import Trial, TrialState

__all__ = [
    "NOTICES",
    "OPEN_STATES",
    "UNRESOLVED",
    "AgreementKind",
    "Attempt",
    "AttemptState",
    "Audience",
    "Handover",
    "InboundKind",
    "InboundMessage",
    "InboundVia",
    "Message",
    "MessageTemplate",
    "OfferEnd",
    "PassKind",
    "PassLog",
    "PlanningNews",
    "ProviderAgreement",
    "ProviderState",
    "Purpose",
    "ReminderRule",
    "SlotOffer",
    "State",
    "ToldClient",
    "ToldParticipant",
    "ToldRule",
    "ToldSession",
    "Trial",
    "TrialState",
    "WhichAsked",
]
