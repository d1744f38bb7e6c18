"""A text that came in: whom and which time it may be about, and how it is answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.services import get_practice
from clients.models import Client
from reminders.models import InboundKind, InboundMessage, Message, Purpose, State
from reminders.replies import Reading
from sessions_app.models import Participant

# An answer later than this answers nothing any more.
ANSWER_WITHIN = timedelta(hours=1)
# Who writes five texts in a row needs to hear once that nobody is watching.
ONCE_IN = timedelta(hours=1)
# Whoever shares a number, so many of them are looked at.
MOST_HOLDERS = 12
# What they have read, or may have.
_OUT = (State.SENDING, State.SENT, State.DELIVERED, State.UNKNOWN, State.HELD)
ABOUT_A_TIME = (InboundKind.CONFIRM, InboundKind.RESCHEDULE, InboundKind.VIDEO, InboundKind.CHOICE)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A text as the provider delivers it."""

    provider_id: str
    from_address: str
    to_address: str
    body: str
    # The carrier's own answer to STOP, START and HELP has gone out: a second one would be one too many.
    carrier_answered: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """A text that has come in, with what it says."""

    inbound: InboundMessage
    reading: Reading
    reply: Reply
    now: datetime


def writer_of(address: str, reading: Reading, now: datetime) -> Client | None:
    """Who wrote from this address; None for one that nobody has, or that several people share.

    An answer to a reminder is theirs of the several who alone was reminded of a time. That holds
    for this one text: the number itself is remembered for nobody.
    """
    holders = holders_of(address)
    if len(holders) > 1 and reading.kind in ABOUT_A_TIME:
        holders = [one for one in holders if last_told(one, now)]
    return holders[0] if len(holders) == 1 else None


def heard_of_times_last(client: Client) -> bool:
    """Whether a time was the last thing that we wrote to them of ourselves."""
    return _wrote_last(client) in (Purpose.REMINDER, Purpose.MOVED)


def _heard_a_check_in_last(client: Client) -> bool:
    """Whether a check-in was the last thing that we wrote to them of ourselves."""
    return _wrote_last(client) == Purpose.CHECK_IN


def _wrote_last(client: Client) -> str:
    told = Message.objects.filter(recipient=client, tries__gt=0).exclude(purpose=Purpose.ANSWER)
    return told.order_by("-due_at", "-pk").values_list("purpose", flat=True).first() or ""


def holders_of(address: str) -> list[Client]:
    """Whoever has this address: a family may share one."""
    having = Client.objects.filter(
        contact_points__address=address, contact_points__ended_at=None, died_on=None
    )
    return list(having.distinct()[:MOST_HOLDERS])


def last_told(client: Client, now: datetime) -> Message | None:
    """The latest message about the next session of which this person was told."""
    standing = told(client, now).filter(session__cancelled_at=None, participant__cancelled_at=None)
    return standing.order_by("session__starts_at", "-subject_version", "-due_at").first()


def told(client: Client, now: datetime) -> QuerySet[Message]:
    """What this person has heard about sessions that are not over, called off or not."""
    own = Q(state__in=_OUT)
    carried = Q(reason="combined", carried_by__state__in=_OUT)
    return Message.objects.filter(
        own | carried,
        recipient=client,
        purpose__in=[Purpose.REMINDER, Purpose.MOVED],
        session__ends_at__gt=now,
    ).select_related("participant", "session")


def told_with(about: Message, now: datetime) -> QuerySet[Message]:
    """The other times that the same text named, as far as they still hold."""
    text = about.carried_by_id or about.pk
    named = Q(pk=text) | Q(carried_by=text, reason="combined")
    standing = told(about.recipient, now).filter(named).exclude(pk=about.pk) if about.recipient else None
    if standing is None:
        return Message.objects.none()
    return standing.filter(session__cancelled_at=None, participant__cancelled_at=None)


def hears_alone(participant: Participant, writer: Client, now: datetime) -> bool:
    """Whether whoever wrote is all who hears of this session: of two guardians the other hears too."""
    if participant.client_id == writer.pk:
        return True
    today = get_practice().today(now)
    standing = participant.client.guardianships.filter(may_receive=True).exclude(until__lte=today)
    return not standing.exclude(guardian=writer).exists()


def answer_about_no_time(heard: Heard) -> None:
    """A C crossed with a calling-off, or came from a number with which more than one may be meant."""
    client = heard.inbound.client
    if client and told(client, heard.now).exists():
        answer(heard, "too_late")
    elif client is None and len(holders_of(heard.inbound.from_address)) > 1:
        answer_once(heard, "to_be_sure")
    else:
        take_to_inbox(heard)


def take_to_inbox(heard: Heard) -> None:
    """A person reads it; said at once that nobody watches around the clock, and whom to call."""
    inbound = heard.inbound
    if inbound.kind == InboundKind.FREE and inbound.client and _heard_a_check_in_last(inbound.client):
        # How somebody is, is for who treats them: the desk does not read it.
        inbound.kind = InboundKind.CHECK_IN
    answer_once(heard, "not_watched")


def answer_once(heard: Heard, key: str) -> None:
    """Say it, unless it was said to this number within the hour."""
    said = Message.objects.filter(
        purpose=Purpose.ANSWER,
        template_key=key,
        inbound__from_address=heard.inbound.from_address,
        inbound__received_at__gt=heard.now - ONCE_IN,
    )
    if not said.exists():
        answer(heard, key)


def answer(heard: Heard, key: str, *, words: str = "") -> None:
    """Plan the answer, once for each text: it goes out at any hour, and at once or not at all."""
    inbound, now = heard.inbound, heard.now
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
            "words": words,
            "priority": 0,
            "due_at": now,
            "not_before": now,
            "expires_at": now + ANSWER_WITHIN,
        },
    )


def resolve(inbound: InboundMessage, resolution: str, now: datetime) -> None:
    """Nobody has to look at it any more."""
    inbound.resolved_at, inbound.resolution = now, resolution
