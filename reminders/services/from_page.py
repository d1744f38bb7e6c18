"""Verbs for what clients say on their own page: it reaches the same people as a text would."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from clients.models import ContactPoint
from clients.services import normal_address
from reminders.models import InboundKind, InboundMessage, InboundVia
from sessions_app.models import AnsweredBy, Participant, Response
from sessions_app.services import record_response

# The same words within so little time are one press that came twice.
SAME_PRESS = timedelta(minutes=10)


def say_from_page(*, participant: Participant, words: str, now: datetime) -> InboundMessage:
    """A worry, an obstacle, a question: to the inbox and the clinician's Today (row 2.6)."""
    if not words.strip():
        raise ValidationError({"words": _("Please write something first.")})
    with acting("say_from_page", actor=None):
        return _take_in(participant, InboundKind.FREE, words.strip(), now)


def ask_to_move(*, participant: Participant, words: str, version: int, now: datetime) -> InboundMessage:
    """Another time is wanted that they cannot choose alone: the desk's task, as after an R.

    Raises ValidationError (code "stale") where the session was changed since they looked.
    """
    with acting("ask_to_move", actor=None):
        record_response(
            participant=participant,
            response=Response.ASKS_TO_MOVE,
            by=AnsweredBy.LINK,
            version=version,
            actor=None,
            now=now,
        )
        return _take_in(participant, InboundKind.RESCHEDULE, words.strip(), now)


def ask_for_address(*, participant: Participant, address: str, now: datetime) -> InboundMessage:
    """They would be reached at another address. A person checks whose it is before it is used.

    Raises ValidationError naming the field for what is neither a number nor an e-mail.
    """
    kind = ContactPoint.Kind.EMAIL if "@" in address else ContactPoint.Kind.PHONE
    found = normal_address(kind=kind, address=address)
    with acting("ask_for_address", actor=None):
        words = f"Please reach me at {found}. (Asked for on their page: check it with them first.)"
        return _take_in(participant, InboundKind.FREE, words, now)


def _take_in(participant: Participant, kind: InboundKind, words: str, now: datetime) -> InboundMessage:
    """One message for what was pressed twice; presses on one page wait for each other."""
    Participant.objects.select_for_update().get(pk=participant.pk)
    same = participant.inbound_messages.filter(
        channel=InboundVia.PAGE, kind=kind, body=words, resolved_at=None
    )
    if said := same.filter(received_at__gt=now - SAME_PRESS).first():
        return said
    return InboundMessage.objects.create(
        provider_id=f"page:{uuid4()}",
        channel=InboundVia.PAGE,
        body=words,
        kind=kind,
        received_at=now,
        client_id=participant.client_id,
        participant=participant,
    )
