"""What the pretend company remembers: texts, calls, and how Kept answered about them."""

import os
import re
from dataclasses import dataclass, field

E164 = re.compile(r"\+[1-9]\d{6,14}")


def is_e164(number: str) -> bool:
    """Whether this is a full international number, such as +15550100123."""
    return E164.fullmatch(number) is not None


def new_sid(prefix: str) -> str:
    """A fresh Twilio-shaped identifier: two letters and 32 hexadecimal digits."""
    return prefix + os.urandom(16).hex()


@dataclass(slots=True)
class WebhookResult:
    """One webhook and its answer; `answer` is an HTTP status, or None when nobody answered."""

    kind: str
    at: float
    answer: int | None
    note: str = ""


@dataclass(slots=True)
class Message:
    """A text in either direction; instants are seconds since the epoch."""

    sid: str
    direction: str
    to: str
    sender: str
    body: str
    status: str
    created_at: float
    service_sid: str = ""
    sent_at: float | None = None
    updated_at: float = 0.0
    error_code: int | None = None
    status_callback: str = ""
    validity_seconds: int = 36000
    listed_from: float = 0.0
    fault: str = ""
    webhooks: list[WebhookResult] = field(default_factory=list)

    @property
    def phone(self) -> str:
        """The client's number: the other end is the practice's own."""
        return self.sender if self.direction == "inbound" else self.to


@dataclass(slots=True)
class Call:
    """A telephone call that Kept asked for, with what was said and pressed."""

    sid: str
    to: str
    sender: str
    created_at: float
    twiml: str = ""
    url: str = ""
    status: str = "queued"
    started_at: float | None = None
    ended_at: float | None = None
    answered_by: str = ""
    machine_detection: str = ""
    async_amd_callback: str = ""
    status_callback: str = ""
    status_events: tuple[str, ...] = ("completed",)
    time_limit_seconds: int = 14400
    ring_seconds: int = 60
    listed_from: float = 0.0
    awaits: str = ""  # what the evaluator is asked for on the page: "answer" or "key"
    fault: str = ""
    spoken: list[str] = field(default_factory=list)
    pressed: str = ""
    webhooks: list[WebhookResult] = field(default_factory=list)


@dataclass(slots=True)
class Answering:
    """What a phone does when it rings: who answers, and which keys are pressed."""

    by: str = "human"
    digits: str = ""


ANSWERS = ("human", "machine", "no-answer", "busy", "by-hand")
