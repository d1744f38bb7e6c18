"""Decides, from facts read under lock, whether a message goes, waits or ends: no database, no clock."""

from dataclasses import dataclass
from datetime import datetime

from clients.models import Channel
from reminders.facts import Contact, Facts
from reminders.hours import next_open, zones_of
from reminders.models import NOTICES, Purpose, State

ABOUT_A_SESSION = (Purpose.REMINDER, *NOTICES)
# Those that somebody waits for: hours and consent do not hold them back (messaging rules).
ASKED_FOR = (Purpose.ANSWER,)
RESTS_WHILE_AWAY = (Purpose.REMINDER, Purpose.OUTREACH, Purpose.OFFER, Purpose.CHECK_IN)


@dataclass(frozen=True, slots=True)
class Go:
    """It may be sent now, to this address."""

    contact: Contact
    # Where it could go instead, in the recipient's order.
    others: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """It goes back to the queue until then."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class End:
    """It is not sent; for a notice somebody telephones instead."""

    state: State
    reason: str
    needs_call: bool = False


Judgement = Go | Wait | End


def judge(facts: Facts, *, now: datetime, practice_zone: str) -> Judgement:
    """What is to become of this message at this moment."""
    if now >= facts.expires_at:
        return End(State.EXPIRED, "overtaken")
    if void := _void_reason(facts):
        return End(State.CANCELLED, void)
    if refusal := _refusal(facts):
        return End(State.SUPPRESSED, refusal, needs_call=facts.purpose in NOTICES)
    ways = tuple(contact for contact in facts.contacts if _may_take(contact, facts))
    if not ways:
        reason = "voicemail" if facts.reason == "voicemail" else "not_delivered"
        return End(State.FAILED, reason, needs_call=facts.purpose in NOTICES)
    return _in_hours(facts, Go(ways[0], ways[1:]), now=now, practice_zone=practice_zone)


def _void_reason(facts: Facts) -> str:
    if facts.silent:
        return "silent"
    if facts.purpose == Purpose.OFFER:
        return "" if facts.offer_is_open else "offer_over"
    if facts.purpose == Purpose.CHECK_IN:
        return "" if facts.check_in_way else "check_in_over"
    if facts.purpose not in ABOUT_A_SESSION:
        return ""
    off = facts.session_cancelled or facts.participant_cancelled
    if facts.purpose == Purpose.CANCELLED:
        return "" if off else "taken_back"
    if off:
        return "session_cancelled"
    if facts.version != facts.subject_version:
        return "session_changed"
    return "" if facts.rule_active else "rule_off"


def _refusal(facts: Facts) -> str:
    if not facts.stands_for:
        return "not_guardian"
    if facts.lacks_guardian and facts.purpose in (*ABOUT_A_SESSION, Purpose.OUTREACH):
        return "no_guardian"
    if facts.safety:
        return facts.safety
    if facts.away and facts.purpose in RESTS_WHILE_AWAY:
        return "away"
    if facts.modality == "video" and not facts.video_link and facts.purpose in ("reminder", "moved"):
        return "no_video_link"
    return _address_refusal(facts)


def _address_refusal(facts: Facts) -> str:
    # Who opted out by text gets nothing on another channel by our own doing.
    if facts.template_key != "opted_out" and any(c.suppressed == "opted_out" for c in facts.contacts):
        return "opted_out"
    if any(_may_ever_take(contact, facts) for contact in facts.contacts):
        return ""
    usable = any(c.is_usable and not c.suppressed and not c.unsafe for c in facts.contacts)
    return "no_consent" if usable else "no_address"


def _may_take(contact: Contact, facts: Facts) -> bool:
    return not contact.is_spent and _may_ever_take(contact, facts)


def _may_ever_take(contact: Contact, facts: Facts) -> bool:
    if contact.channel == Channel.VOICE and not _can_be_said(facts):
        return False
    if facts.check_in_way and contact.channel != facts.check_in_way:
        return False  # agreed on for this way, and for no other
    if facts.purpose in ASKED_FOR:
        return not contact.suppressed or facts.template_key == "opted_out"
    return contact.is_usable and contact.consented and not contact.suppressed and not contact.unsafe


def _can_be_said(facts: Facts) -> bool:
    """Only what is about a time; and a link cannot be said on the telephone."""
    return facts.purpose in ABOUT_A_SESSION and (
        facts.purpose == Purpose.CANCELLED or facts.modality != "video"
    )


def _in_hours(facts: Facts, go: Go, *, now: datetime, practice_zone: str) -> Judgement:
    if facts.purpose in ASKED_FOR or facts.any_hour:
        return go
    opens_at = next_open(now, zones_of(facts.recipient_zone, practice_zone, go.contact.address))
    if opens_at <= now:
        return go
    if opens_at >= facts.expires_at and facts.purpose in NOTICES:
        return End(State.SUPPRESSED, "quiet_hours", needs_call=True)
    return Wait(opens_at, "quiet_hours")
