"""What each answer of a provider means for the message: data, not code."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Verdict(StrEnum):
    """What a provider's answer amounts to."""

    ACCEPTED = "accepted"
    THROTTLED = "throttled"  # never processed: always safe to send again
    UNKNOWN = "unknown"  # it may have gone out: the provider's list decides
    CONFIGURATION = "configuration"  # a person must mend it; the channel rests
    UNFIT = "unfit"  # this address never works: the next one is tried
    OPTED_OUT = "opted_out"  # stored; nothing more goes to the address
    AGAIN = "again"  # once more, then the next address
    NEXT = "next"  # not here, but perhaps at the next address
    FAILED = "failed"  # no retry
    EXPIRED = "expired"  # its validity ran out at the provider
    NEVER = "never"  # ours: the call was not begun


@dataclass(frozen=True, slots=True)
class Meaning:
    """A verdict, and the reason that staff read."""

    verdict: Verdict
    reason: str


_THROTTLED = Meaning(Verdict.THROTTLED, "back_off")
_CONFIGURATION = Meaning(Verdict.CONFIGURATION, "provider_paused")
_UNFIT = Meaning(Verdict.UNFIT, "next_address")
_UNKNOWN = Meaning(Verdict.UNKNOWN, "")
_REVIEW = Meaning(Verdict.FAILED, "refused")

# https://www.twilio.com/docs/api/errors; the same codes come as answers and in status callbacks.
TWILIO: dict[int, Meaning] = {
    20429: _THROTTLED,
    21611: _THROTTLED,
    30001: _THROTTLED,
    30022: _THROTTLED,
    30023: _THROTTLED,
    20500: _UNKNOWN,
    20003: _CONFIGURATION,
    20404: _CONFIGURATION,
    21408: _CONFIGURATION,
    21606: _CONFIGURATION,
    30034: _CONFIGURATION,
    21211: _UNFIT,
    21212: _CONFIGURATION,
    21213: _CONFIGURATION,
    21215: _CONFIGURATION,
    13223: _UNFIT,
    13224: _UNFIT,
    21214: _UNFIT,
    21217: _UNFIT,
    21614: _UNFIT,
    21635: _UNFIT,
    30005: _UNFIT,
    30006: _UNFIT,
    21610: Meaning(Verdict.OPTED_OUT, "opted_out"),
    30003: Meaning(Verdict.AGAIN, "not_delivered"),
    30008: Meaning(Verdict.AGAIN, "not_delivered"),
    30007: Meaning(Verdict.FAILED, "carrier_filter"),
    30036: Meaning(Verdict.EXPIRED, "overtaken"),
}

# What was lost on the way is tried there once more, after so long; later than that, elsewhere at once.
AGAIN_AFTER = timedelta(hours=2)
# Marked unfit for texts, such a number can still be rung up.
LANDLINES = ["sms 21614", "sms 21635", "sms 30006"]


def twilio_meaning(code: int | None, http_status: int) -> Meaning:
    """A named code wins; then 429 was never processed, and a 5xx may have been."""
    if code in TWILIO:
        return TWILIO[code]
    if http_status == 429:
        return _THROTTLED
    return _UNKNOWN if http_status >= 500 else _REVIEW


# How far a message has come, by Twilio's words; a callback only ever moves it forward.
RANKS = {
    "accepted": 1,
    "scheduled": 1,
    "queued": 2,
    "initiated": 2,
    "sending": 3,
    "ringing": 3,
    "in-progress": 4,
    "sent": 4,
    "delivered": 6,
    "read": 7,
    "undelivered": 6,
    "failed": 6,
    "canceled": 6,
    "busy": 6,
    "no-answer": 6,
    "machine": 6,
}
LOST = frozenset({"undelivered", "failed", "canceled", "busy", "no-answer", "machine"})
ARRIVED = frozenset({"delivered", "read"})
