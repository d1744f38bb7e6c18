"""What each kind of reply does, and what is said to it at once."""

from collections.abc import Callable
from contextlib import suppress as suppress_errors
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import get_practice
from clients.models import Channel, SuppressionReason
from clients.services import is_suppressed, lift_suppression, suppress
from reminders.models import InboundKind, InboundMessage, Message
from reminders.replies import FREE
from reminders.services.by_video import switch_to_video
from reminders.services.heard import (
    ABOUT_A_TIME,
    Heard,
    answer,
    answer_about_no_time,
    answer_once,
    heard_of_times_last,
    last_told,
    resolve,
    take_to_inbox,
    told_with,
)
from reminders.services.offering import choose_time, end_offer, offer_times
from reminders.services.which import ask_which, which_was_meant
from sessions_app.models import AnsweredBy, Participant, Response
from sessions_app.services import record_response

# Who says more than to stop is read by a person too.
SHORT_STOP = 40


def do_what_it_asks(heard: Heard) -> None:
    """Act on a text as far as it is clear; the rest waits in the inbox. The caller saves it."""
    if not _is_meant(heard):
        heard.inbound.kind = InboundKind.FREE
        heard = replace(heard, reading=FREE)
    _ACTIONS[heard.reading.kind](heard)


def _is_meant(heard: Heard) -> bool:
    """Plain wording answers what was last said: a reminder of a time on the day that it names.

    After a colleague's own words, "see you then" is an answer to those.
    """
    reading, client = heard.reading, heard.inbound.client
    if reading.kind not in ABOUT_A_TIME or reading.is_code or client is None:
        return True
    return bool(_meant(heard)) and heard_of_times_last(client)


def _meant(heard: Heard) -> list[Message]:
    """What told of the times that a text may be about, the nearest first.

    One text may have named several: then all of them, or those on the day that the answer names.
    """
    client = heard.inbound.client
    about = last_told(client, heard.now) if client else None
    if about is None:
        return []
    today = get_practice().today(heard.now)
    named = [one for one in (about, *told_with(about, heard.now)) if one.session and one.participant]
    fitting = [one for one in named if one.session and heard.reading.is_about(one.session.on, today=today)]
    return sorted(fitting, key=lambda one: one.session.starts_at if one.session else heard.now)


def _confirm(heard: Heard) -> None:
    inbound = heard.inbound
    meant = _meant(heard)
    if _recorded(heard, Response.CONFIRMED, meant[0] if meant else None):
        answer(heard, "confirmed")
        _confirm_what_it_named_too(meant[1:], heard.now)
        resolve(inbound, "Confirmed", heard.now)
        # A YES before it meant the same, and is done with.
        said_yes = InboundMessage.objects.filter(
            participant=inbound.participant, kind=InboundKind.START, resolved_at=None
        )
        said_yes.update(resolved_at=heard.now, resolution="Confirmed")


def _confirm_what_it_named_too(others: list[Message], now: datetime) -> None:
    """One text named several times of the week: a C is meant for all that still hold."""
    for other in others:
        if other.participant:
            with suppress_errors(ValidationError), transaction.atomic():
                _record(other.participant, Response.CONFIRMED, other.subject_version, now)


def _ask_to_move(heard: Heard) -> None:
    """Free times are offered; until one is chosen it stays in the inbox, as the desk's task."""
    inbound = heard.inbound
    if inbound.client and last_told(inbound.client, heard.now) is None:
        answer(heard, "asks_to_move")  # also after a cancellation
        return
    meant = _meant(heard)
    if len(meant) > 1:
        end_offer(inbound.from_address, heard.now)
        ask_which(heard, meant)
        return
    _move(heard, meant[0] if meant else None)


def _choose(heard: Heard) -> None:
    """A digit says which of their times they mean, or takes one of those that were offered."""
    meant = which_was_meant(heard)
    if meant is None:
        choose_time(heard)
        return
    # From here it is the R about that time.
    heard.inbound.kind = InboundKind.RESCHEDULE
    _move(heard, meant)


def _move(heard: Heard, about: Message | None) -> None:
    participant = _recorded(heard, Response.ASKS_TO_MOVE, about)
    if participant and not offer_times(heard, participant, key="offered"):
        answer(heard, "asks_to_move")


def _by_video(heard: Heard) -> None:
    """One of several times is not chosen for them: a person asks which."""
    if len(_meant(heard)) > 1:
        answer_once(heard, "to_be_sure")
        return
    switch_to_video(heard)


def _recorded(heard: Heard, response: Response, about: Message | None) -> Participant | None:
    """Whose answer was noted; None, and answered, where there was nothing to note it for."""
    inbound = heard.inbound
    if about is None or about.participant is None:
        answer_about_no_time(heard)
        return None
    try:
        with transaction.atomic():
            _record(about.participant, response, about.subject_version, heard.now)
    except ValidationError:
        # It answered a time that no longer holds: nothing is confirmed, and a person looks.
        answer(heard, "too_late")
        return None
    inbound.participant = about.participant
    return about.participant


def _record(participant: Participant, response: Response, version: int, now: datetime) -> None:
    record_response(
        participant=participant, response=response, by=AnsweredBy.SMS, version=version, actor=None, now=now
    )


def _stop(heard: Heard) -> None:
    inbound, now = heard.inbound, heard.now
    suppress(
        address=inbound.from_address,
        channel=Channel.SMS,
        reason=SuppressionReason.OPTED_OUT,
        actor=None,
        now=now,
    )
    if not heard.reply.carrier_answered:
        answer_once(heard, "opted_out")
    if _may_mean_a_session(inbound):
        _note_session(heard)
    elif len(inbound.body) <= SHORT_STOP:
        resolve(inbound, "No more texts", now)


def _may_mean_a_session(inbound: InboundMessage) -> bool:
    """CANCEL ends texts at the carrier; whoever wrote it may have meant the session."""
    return inbound.body.strip(" .!").lower() == "cancel"


def _start(heard: Heard) -> None:
    inbound = heard.inbound
    lifted = _lift(heard, Channel.SMS)
    # The key 9 pressed at this number is taken back too; a YES is about texts alone.
    if inbound.body.strip(" .!").lower() in ("start", "unstop"):
        lifted += _lift(heard, Channel.VOICE)
    if not lifted and inbound.body.strip(" .!").lower() == "yes":
        # To the carrier it opts in; from somebody who never opted out it is an answer to us.
        _hear_yes(heard)
        return
    if is_suppressed(address=inbound.from_address, channel=Channel.SMS):
        # Somebody else's number, or not safe: a person decides, and nothing is answered.
        return
    if not heard.reply.carrier_answered:
        answer(heard, "opted_in")
    resolve(inbound, "Texts again", heard.now)


def _lift(heard: Heard, channel: Channel) -> int:
    """End what they had asked for themselves; returns how many.

    What stands for another reason (another person's number, not safe) is not theirs to start.
    """
    return lift_suppression(
        address=heard.inbound.from_address,
        channel=channel,
        reason=SuppressionReason.OPTED_OUT,
        actor=None,
        now=heard.now,
    )


def _hear_yes(heard: Heard) -> None:
    _note_session(heard)
    if heard.inbound.participant:
        answer_once(heard, "say_c")
    else:
        take_to_inbox(heard)


def _note_session(heard: Heard) -> None:
    """For the desk: which time they may have meant, if a reminder was the last that they heard."""
    client = heard.inbound.client
    about = last_told(client, heard.now) if client and heard_of_times_last(client) else None
    heard.inbound.participant = about.participant if about else None


def _help(heard: Heard) -> None:
    if not heard.reply.carrier_answered:
        answer(heard, "help")
    # HELP may be more than a question about texts; a person reads it.
    if heard.inbound.body.strip(" .!").lower() == "info":
        resolve(heard.inbound, "Told how it works", heard.now)


def _wrong(heard: Heard) -> None:
    """Nothing goes to that number any more, not even an answer; the desk checks with the person."""
    suppress(
        address=heard.inbound.from_address,
        channel=Channel.SMS,
        reason=SuppressionReason.WRONG_PERSON,
        actor=None,
        now=heard.now,
    )


_ACTIONS: dict[InboundKind, Callable[[Heard], None]] = {
    InboundKind.CONFIRM: _confirm,
    InboundKind.RESCHEDULE: _ask_to_move,
    InboundKind.VIDEO: _by_video,
    InboundKind.CHOICE: _choose,
    InboundKind.STOP: _stop,
    InboundKind.START: _start,
    InboundKind.HELP: _help,
    InboundKind.WRONG: _wrong,
    InboundKind.FREE: take_to_inbox,
}
