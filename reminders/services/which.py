"""An R to a text that named several times is asked back about: nobody's nearest time is moved by a guess."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from reminders.models import Message, WhichAsked
from reminders.services.heard import Heard, answer, resolve
from reminders.services.numbering import numbered_times

# A digit answers for so long.
STANDS_FOR = timedelta(hours=24)
MOST_ASKED = 3


def ask_which(heard: Heard, named: Sequence[Message]) -> None:
    """Ask which of the times they mean; beyond three of them a person calls. The R stays in the inbox."""
    inbound, now = heard.inbound, heard.now
    end_question(inbound.from_address, now)
    if len(named) > MOST_ASKED or inbound.client is None:
        answer(heard, "to_be_sure")
        return
    inbound.save()
    sessions = [message.session for message in named if message.session]
    WhichAsked.objects.create(
        address=inbound.from_address,
        recipient=inbound.client,
        inbound=inbound,
        message_ids=[message.pk for message in named],
        asked_at=now,
        expires_at=min(now + STANDS_FOR, sessions[0].starts_at),
    )
    answer(heard, "which_time", words=numbered_times(sessions, inbound.client))


def which_was_meant(heard: Heard) -> Message | None:
    """What told of the time that a digit names; None where nothing was asked, or too long ago.

    The R that began it is seen to: what they answer takes its place in the inbox.
    """
    question = _live(heard.inbound.from_address)
    if question is None or question.expires_at <= heard.now:
        return None
    if heard.reading.choice > len(question.message_ids):
        return None
    end_question(question.address, heard.now)
    heard.inbound.client = question.recipient
    resolve(question.inbound, "Said which time they meant", heard.now)
    question.inbound.save()
    told = Message.objects.select_related("participant", "session")
    return told.get(pk=question.message_ids[heard.reading.choice - 1])


def end_question(address: str, now: datetime) -> None:
    """A digit has one meaning at a time."""
    WhichAsked.objects.filter(address=address, ended_at=None).update(ended_at=now)


def _live(address: str) -> WhichAsked | None:
    standing = WhichAsked.objects.select_for_update(of=("self",)).filter(address=address, ended_at=None)
    return standing.select_related("recipient", "inbound").first()
