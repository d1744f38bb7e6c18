"""Verbs for what clients write to the practice, and what is written to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.audit import acting
from accounts.models import User
from clients.models import Channel, Client, SuppressionReason
from clients.services import lift_suppression, suppress
from reminders.models import InboundKind, InboundMessage, Message, Purpose, State
from reminders.replies import kind_of
from sessions_app.models import AnsweredBy, Participant, Response
from sessions_app.services import record_response

# An answer later than this answers nothing any more.
ANSWER_WITHIN = timedelta(hours=1)
# Who writes five texts in a row needs to hear once that nobody is watching.
NOT_WATCHED_ONCE_IN = timedelta(hours=1)
STAFF_WORDS_WITHIN = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A text as the provider delivers it."""

    provider_id: str
    from_address: str
    to_address: str
    body: str
    # The carrier's own answer to STOP, START and HELP has gone out: a second one would be one too many.
    carrier_answered: bool = False


def receive_inbound(*, reply: Reply, now: datetime) -> InboundMessage:
    """Take in a text: do what it asks, answer it, and leave to a person what needs one.

    The same text delivered twice is one. A number that nobody has, or that several people share,
    is never guessed about: it goes to the inbox.
    """
    with acting("receive_inbound", actor=None):
        inbound, is_new = InboundMessage.objects.get_or_create(
            provider_id=reply.provider_id,
            defaults={
                "from_address": reply.from_address,
                "to_address": reply.to_address,
                "body": reply.body,
                "kind": kind_of(reply.body),
                "received_at": now,
                "client": _who_has(reply.from_address),
            },
        )
        if is_new:
            _ACTIONS[InboundKind(inbound.kind)](inbound, reply, now)
            inbound.save()
    return inbound


def resolve_inbound(
    *, inbound: InboundMessage, resolution: str = "", actor: User, now: datetime
) -> InboundMessage:
    """A person has seen to it. Resolving twice keeps the first."""
    with acting("resolve_inbound", actor=actor):
        locked = InboundMessage.objects.select_for_update().get(pk=inbound.pk)
        if locked.resolved_at is None:
            locked.resolved_at, locked.resolved_by, locked.resolution = now, actor, resolution
            locked.save()
    return locked


def assign_inbound(*, inbound: InboundMessage, client: Client, actor: User) -> InboundMessage:
    """Say whose text this is; the number itself is remembered for nobody."""
    with acting("assign_inbound", actor=actor):
        locked = InboundMessage.objects.select_for_update().get(pk=inbound.pk)
        locked.client = client
        locked.save()
    return locked


def write_to_client(*, client: Client, words: str, actor: User, now: datetime) -> Message:
    """A text in a colleague's own words, under the same rules of consent and hours."""
    if not words.strip():
        raise ValidationError({"words": "Please write something first."})
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


def _who_has(address: str) -> Client | None:
    holders = Client.objects.filter(
        contact_points__address=address, contact_points__ended_at=None, died_on=None
    ).distinct()[:2]
    return holders[0] if len(holders) == 1 else None


def _confirm(inbound: InboundMessage, reply: Reply, now: datetime) -> None:
    _respond(inbound, Response.CONFIRMED, "confirmed", now)
    if inbound.participant:
        _resolve(inbound, "Confirmed", now)


def _ask_to_move(inbound: InboundMessage, reply: Reply, now: datetime) -> None:
    # Stays in the inbox: finding another time is the desk's task, also after a cancellation.
    if inbound.client and _last_told(inbound.client, now) is None:
        _answer(inbound, "asks_to_move", now)
    else:
        _respond(inbound, Response.ASKS_TO_MOVE, "asks_to_move", now)


def _respond(inbound: InboundMessage, response: Response, answer: str, now: datetime) -> None:
    about = _last_told(inbound.client, now) if inbound.client else None
    if about is None or about.participant is None:
        _answer_about_no_time(inbound, now)
        return
    try:
        with transaction.atomic():
            record_response(
                participant=about.participant,
                response=response,
                by=AnsweredBy.SMS,
                version=about.subject_version,
                actor=None,
                now=now,
            )
    except ValidationError:
        # It answered a time that no longer holds: nothing is confirmed, and a person looks.
        _answer(inbound, "too_late", now)
        return
    inbound.participant = about.participant
    _answer(inbound, answer, now)


def _answer_about_no_time(inbound: InboundMessage, now: datetime) -> None:
    """A C crossed with a calling-off: said to whoever was told of a time that no longer holds."""
    if inbound.client and _told(inbound.client, now).exists():
        _answer(inbound, "too_late", now)
    else:
        _take_to_inbox(inbound, None, now)


def _last_told(client: Client, now: datetime) -> Message | None:
    """The latest message about the next session of which this person was told."""
    standing = _told(client, now).filter(session__cancelled_at=None, participant__cancelled_at=None)
    return standing.order_by("session__starts_at", "-subject_version", "-due_at").first()


def _told(client: Client, now: datetime) -> QuerySet[Message]:
    """What this person has heard about sessions that are not over, called off or not."""
    return Message.objects.filter(
        recipient=client,
        purpose__in=[Purpose.REMINDER, Purpose.MOVED],
        state__in=[State.SENDING, State.SENT, State.DELIVERED, State.UNKNOWN, State.HELD],
        session__ends_at__gt=now,
    ).select_related("participant", "session")


def _stop(inbound: InboundMessage, reply: Reply, now: datetime) -> None:
    suppress(
        address=inbound.from_address,
        channel=Channel.SMS,
        reason=SuppressionReason.OPTED_OUT,
        actor=None,
        now=now,
    )
    if not reply.carrier_answered and not _answered_lately(inbound, "opted_out", now):
        _answer(inbound, "opted_out", now)
    _resolve(inbound, "No more texts", now)


def _start(inbound: InboundMessage, reply: Reply, now: datetime) -> None:
    lifted = lift_suppression(address=inbound.from_address, channel=Channel.SMS, actor=None, now=now)
    if not lifted and inbound.body.strip().lower() == "yes":
        # To the carrier it opts in; from somebody who never opted out it is an answer to us.
        _take_to_inbox(inbound, None, now)
        return
    if not reply.carrier_answered:
        _answer(inbound, "opted_in", now)
    _resolve(inbound, "Texts again", now)


def _help(inbound: InboundMessage, reply: Reply, now: datetime) -> None:
    if not reply.carrier_answered:
        _answer(inbound, "help", now)
    _resolve(inbound, "Told how it works", now)


def _take_to_inbox(inbound: InboundMessage, reply: Reply | None, now: datetime) -> None:
    if not _answered_lately(inbound, "not_watched", now):
        _answer(inbound, "not_watched", now)


_ACTIONS = {
    InboundKind.CONFIRM: _confirm,
    InboundKind.RESCHEDULE: _ask_to_move,
    InboundKind.STOP: _stop,
    InboundKind.START: _start,
    InboundKind.HELP: _help,
    InboundKind.FREE: _take_to_inbox,
}


def _answered_lately(inbound: InboundMessage, key: str, now: datetime) -> bool:
    return Message.objects.filter(
        purpose=Purpose.ANSWER,
        template_key=key,
        inbound__from_address=inbound.from_address,
        inbound__received_at__gt=now - NOT_WATCHED_ONCE_IN,
    ).exists()


def _answer(inbound: InboundMessage, key: str, now: datetime) -> None:
    participant = inbound.participant
    Message.objects.get_or_create(
        purpose=Purpose.ANSWER,
        rule=None,
        subject_id=inbound.public_id,
        subject_version=1,
        recipient=inbound.client,
        defaults={
            "inbound": inbound,
            "participant": participant,
            "session": participant.session if participant else None,
            "template_key": key,
            "priority": 0,
            "due_at": now,
            "not_before": now,
            "expires_at": now + ANSWER_WITHIN,
        },
    )


def _resolve(inbound: InboundMessage, resolution: str, now: datetime) -> None:
    inbound.resolved_at, inbound.resolution = now, resolution
