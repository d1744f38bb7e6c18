"""Verbs for what is written to clients outside of the plan: staff's own words, and a word after a miss."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from clients.models import Client
from reminders.day_words import relative_day
from reminders.foreseeing import foresee
from reminders.judging import End
from reminders.models import Message, Purpose
from reminders.reasons import reason_words
from reminders.wording_check import refuse_unfit_words
from sessions_app.models import Participant

STAFF_WORDS_WITHIN = timedelta(days=2)
# The code of a refusal for a minor: a guardian may be written to instead.
FOR_GUARDIANS = "for_guardians"
# The provider takes no longer text.
MOST_WORDS = 1600


@dataclass(frozen=True, kw_only=True)
class Leave:
    """What a person has seen and decided about a text of their own."""

    keep_flagged: bool = False  # words that may sound like blame stay
    any_hour_because: str = ""  # why it cannot wait for the morning
    once_for: UUID | None = None  # pressed twice with the same one, it is one text


# What holds unless somebody has decided otherwise.
AS_USUAL = Leave()


def write_to_client(
    *, client: Client, words: str, actor: User, now: datetime, leave: Leave = AS_USUAL
) -> Message:
    """A text in a colleague's own words, under the same rules as everything else.

    Raises ValidationError for words that reveal why somebody comes, for words that blame unless a
    person keeps them, and (code "stopped") where nothing may be written to this person: then
    nothing is kept back to go later by itself.
    """
    with acting("write_to_client", actor=actor):
        return _write(Purpose.STAFF, client, words, actor, now, leave)


def write_after_miss(
    *, client: Client, words: str, actor: User, now: datetime, leave: Leave = AS_USUAL
) -> Message:
    """A word after a missed session that a person sends: the same, where they agreed to such words."""
    with acting("write_after_miss", actor=actor):
        return _write(Purpose.OUTREACH, client, words, actor, now, leave)


def _useful_until(words: str, client: Client, now: datetime) -> datetime:
    """Two days; what speaks of today or tomorrow is true only until their day is over."""
    if not relative_day(words):
        return now + STAFF_WORDS_WITHIN
    zone = client.zone or get_practice().zone
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=zone)


def plan_outreach(
    *, subject_id: UUID, participant: Participant, template_key: str, due_at: datetime, expires_at: datetime
) -> Message:
    """A word after a missed session, once for each `subject_id` (a follow-up's step).

    The caller is in its own transaction; consent, safety and hours are judged when it goes.
    """
    message, _ = Message.objects.get_or_create(
        purpose=Purpose.OUTREACH,
        rule=None,
        subject_id=subject_id,
        subject_version=1,
        recipient_id=participant.client_id,
        defaults={
            "participant": participant,
            "session_id": participant.session_id,
            "template_key": template_key,
            "priority": 2,
            "due_at": due_at,
            "not_before": due_at,
            "expires_at": expires_at,
        },
    )
    return message


def _write(purpose: Purpose, client: Client, words: str, actor: User, now: datetime, leave: Leave) -> Message:
    _refuse_words(words, leave)
    _refuse_minor(client, now)
    message, is_new = Message.objects.get_or_create(
        purpose=purpose,
        rule=None,
        subject_id=leave.once_for or uuid4(),
        subject_version=1,
        recipient=client,
        defaults={
            "words": words.strip(),
            "any_hour_because": leave.any_hour_because.strip(),
            "written_by": actor,
            "priority": 2,
            "due_at": now,
            "not_before": now,
            "expires_at": _useful_until(words, client, now),
        },
    )
    if is_new:
        _refuse_stopped(message, client, now)
    return message


def _refuse_words(words: str, leave: Leave) -> None:
    if not words.strip():
        raise ValidationError({"words": gettext("Please write something first.")})
    if len(words) > MOST_WORDS:
        raise ValidationError(
            {"words": gettext("A text holds %(most_words)s letters at most.") % {"most_words": MOST_WORDS}}
        )
    refuse_unfit_words(keep_flagged=leave.keep_flagged, words=words)


def _refuse_minor(client: Client, now: datetime) -> None:
    if client.is_minor(get_practice().today(now)):
        raise ValidationError(
            gettext("%(name)s is a minor. Please write to whoever receives their messages.")
            % {"name": client.called},
            code=FOR_GUARDIANS,
        )


def _refuse_stopped(message: Message, client: Client, now: datetime) -> None:
    judgement = foresee(message, now=now)
    if isinstance(judgement, End):
        why = reason_words(judgement.reason)
        raise ValidationError(
            gettext("Nothing can be written to %(name)s just now. %(why)s.")
            % {"name": client.called, "why": why},
            code="stopped",
        )
