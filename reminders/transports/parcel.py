"""What is handed to a way out, and what comes back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from reminders.codes import Meaning, Verdict


@dataclass(frozen=True, slots=True)
class Parcel:
    """One attempt, complete: whoever carries it needs no database."""

    attempt_id: UUID
    message_id: int
    channel: str
    address: str
    subject: str
    body: str
    validity_seconds: int
    calendar_file: bytes | None = None
    calendar_method: str = ""
    sender: str = ""  # the practice's neutral name, as an e-mail shows who wrote it


@dataclass(frozen=True, slots=True)
class Result:
    """How a call ended: its meaning, the provider's id if there is one, and its code."""

    meaning: Meaning
    provider_id: str | None = None
    status: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of the provider's own list, as far as it helps to recognise ours."""

    provider_id: str
    body: str
    created_at: datetime
    status: str
    code: str
    answered_by: str = ""  # of a call


ACCEPTED = Meaning(Verdict.ACCEPTED, "")
UNKNOWN = Meaning(Verdict.UNKNOWN, "")
NEVER = Meaning(Verdict.NEVER, "")
# Nobody answered the door: nothing was handed over, so it is safe to come again.
NOT_REACHED = Meaning(Verdict.THROTTLED, "provider_down")
CONFIGURATION = Meaning(Verdict.CONFIGURATION, "provider_paused")
