"""Verbs for a call that Kept makes by itself: what is said to whom, and what a key does."""

from contextlib import suppress as suppress_errors
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit import acting
from accounts.services import get_practice
from clients.models import Channel, SuppressionReason
from clients.services import suppress
from reminders.hearing import HUMAN, hear_call
from reminders.models import Attempt, InboundKind, InboundMessage, Message, Purpose
from reminders.rendering import fill, said_fields
from reminders.words import SAID, voicemail
from sessions_app.models import AnsweredBy, Response
from sessions_app.services import record_response

_KEYS = {"1": InboundKind.CONFIRM, "2": InboundKind.CALL_BACK, "9": InboundKind.STOP}
_CONFIRMABLE = (Purpose.REMINDER, Purpose.MOVED)


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said on the telephone, in which language, and whether a key may be pressed."""

    words: str
    language: str
    takes_keys: bool = False


def answer_call(*, attempt_id: UUID, call_id: str, answered_by: str, now: datetime) -> Speech | None:
    """What to say to whoever or whatever has answered; None for a call that is none of ours.

    Only who is known to be a person hears more than a name and a number, and only while the time
    that it speaks of still holds. The words are those that were committed with the attempt.
    """
    attempt = _call(attempt_id, call_id)
    if attempt is None:
        return None
    hear_call(
        attempt_id=attempt_id, provider_id=call_id, status="in-progress", answered_by=answered_by, now=now
    )
    language = _language(attempt.message)
    if answered_by == HUMAN and _holds(attempt.message):
        return Speech(attempt.body, language, takes_keys=True)
    may_leave = answered_by == HUMAN or (attempt.contact_point and attempt.contact_point.may_leave_word)
    practice = get_practice()
    return Speech(fill(voicemail(language), said_fields(practice)) if may_leave else "", language)


def press_key(*, attempt_id: UUID, call_id: str, digits: str, now: datetime) -> Speech | None:
    """Do what the key asks for, once for each call; None for a call that is none of ours.

    1 confirms, 2 asks the desk to call back, 9 ends all that goes out by itself.
    """
    attempt = _call(attempt_id, call_id)
    if attempt is None:
        return None
    language, kind = _language(attempt.message), _KEYS.get(digits)
    if kind is None:
        return Speech(_said(language, "unclear"), language)
    with acting("press_key", actor=None):
        pressed, is_new = InboundMessage.objects.get_or_create(
            provider_id=f"{call_id}-keys",
            defaults={
                "channel": Channel.VOICE,
                "from_address": attempt.address,
                "body": f"Pressed {digits}",
                "kind": kind,
                "received_at": now,
                "client": attempt.message.recipient,
                "participant": attempt.message.participant,
            },
        )
        if is_new:
            _obey(pressed, attempt.message, now)
            pressed.save()
    return Speech(_said(language, _answer_to(pressed)), language)


def _call(attempt_id: UUID, call_id: str) -> Attempt | None:
    """The attempt, unless it is known to be another call's."""
    known = Attempt.objects.filter(pk=attempt_id, channel=Channel.VOICE).select_related(
        "contact_point", "message__recipient", "message__participant", "message__session"
    )
    attempt = known.first()
    if attempt is None or attempt.provider_id not in (None, call_id):
        return None
    return attempt


def _holds(message: Message) -> bool:
    session, seat = message.session, message.participant
    if session is None or seat is None or session.version != message.subject_version:
        return False
    is_off = session.cancelled_at is not None or seat.cancelled_at is not None
    return is_off == (message.purpose == Purpose.CANCELLED)


def _obey(pressed: InboundMessage, message: Message, now: datetime) -> None:
    if pressed.kind == InboundKind.CONFIRM:
        _confirm(pressed, message, now)
    elif pressed.kind == InboundKind.STOP:
        suppress(
            address=pressed.from_address,
            channel=Channel.VOICE,
            reason=SuppressionReason.OPTED_OUT,
            actor=None,
            now=now,
        )
        pressed.resolved_at, pressed.resolution = now, "No more calls"


def _confirm(pressed: InboundMessage, message: Message, now: datetime) -> None:
    """Confirm what was said; one that no longer holds stays for a person to look at."""
    together = [message, *message.carries.filter(reason="combined").select_related("participant")]
    for told in together:
        if told.participant is None or told.purpose not in _CONFIRMABLE:
            continue
        with suppress_errors(ValidationError), transaction.atomic():
            record_response(
                participant=told.participant,
                response=Response.CONFIRMED,
                by=AnsweredBy.VOICE,
                version=told.subject_version,
                actor=None,
                now=now,
            )
            pressed.resolved_at, pressed.resolution = now, "Confirmed"


def _answer_to(pressed: InboundMessage) -> str:
    if pressed.kind == InboundKind.CONFIRM and pressed.resolution != "Confirmed":
        return "too_late"
    return str(pressed.kind)


def _language(message: Message) -> str:
    return message.recipient.language if message.recipient else "en"


def _said(language: str, key: str) -> str:
    return SAID.get((language, key)) or SAID["en", key]
