"""Verbs for what is written to clients outside of the plan: staff's own words, and a word after a miss."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from accounts.audit import acting
from accounts.models import User
from clients.models import Client
from reminders.models import Message, Purpose
from reminders.wording_check import refuse_unfit_words
from sessions_app.models import Participant

STAFF_WORDS_WITHIN = timedelta(days=2)


def write_to_client(
    *, client: Client, words: str, actor: User, now: datetime, keep_flagged: bool = False
) -> Message:
    """A text in a colleague's own words, under the same rules of consent and hours.

    Raises ValidationError for words that reveal why somebody comes, and for words that blame
    unless a person has seen them flagged and keeps them.
    """
    if not words.strip():
        raise ValidationError({"words": "Please write something first."})
    refuse_unfit_words(keep_flagged=keep_flagged, words=words)
    with acting("write_to_client", actor=actor):
        return Message.objects.create(
            purpose=Purpose.STAFF,
            subject_id=uuid4(),
            recipient=client,
            words=words.strip(),
            written_by=actor,
            priority=2,
            due_at=now,
            not_before=now,
            expires_at=now + STAFF_WORDS_WITHIN,
        )


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
