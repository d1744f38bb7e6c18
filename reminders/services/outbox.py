"""Verbs of staff on messages that did not simply arrive."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from reminders.models import AttemptState, Message, ProviderState, State

_MAY_GO_AGAIN = (State.FAILED, State.SUPPRESSED, State.EXPIRED)


def resend_message(*, message: Message, actor: User, now: datetime) -> Message:
    """Try once more what certainly did not arrive; every rule is checked again when it goes.

    Raises ValidationError where it may have gone out, or is no longer useful.
    """
    with acting("resend_message", actor=actor):
        locked = _lock(message)
        if locked.state not in _MAY_GO_AGAIN:
            raise ValidationError(_("This message cannot be sent again."))
        if locked.attempts.exclude(state__in=[AttemptState.REFUSED, AttemptState.NEVER]).exists():
            raise ValidationError(_("This message may have arrived already. Please call instead."))
        _refuse_useless(locked, now)
        _plan(locked, now)
    return locked


def decide_held(*, message: Message, was_sent: bool, actor: User, now: datetime) -> Message:
    """Say what the provider's record does not: it went out, or it is to be sent again."""
    with acting("decide_held", actor=actor):
        locked = _lock(message)
        if locked.state != State.HELD:
            raise ValidationError(_("This message is not waiting for a decision any more."))
        if was_sent:
            locked.state, locked.reason, locked.settled_at = State.SENT, "", now
            locked.needs_call = False
            locked.save()
            return locked
        _refuse_useless(locked, now)
        _plan(locked, now)
    return locked


def dismiss_message(*, message: Message, actor: User, now: datetime) -> Message:
    """Take it off the list; one that still waits is not sent."""
    with acting("dismiss_message", actor=actor):
        locked = _lock(message)
        if locked.state == State.PLANNED:
            locked.state, locked.reason, locked.settled_at = State.CANCELLED, "dismissed", now
        locked.dismissed_at, locked.dismissed_by = now, actor
        locked.save()
    return locked


def mark_call_done(*, message: Message, actor: User, now: datetime) -> Message:
    """Somebody telephoned, as the notice could not be written. Marking twice keeps the first."""
    with acting("mark_call_done", actor=actor):
        locked = _lock(message)
        if locked.call_done_at is None:
            locked.call_done_at, locked.call_done_by = now, actor
            locked.dismissed_at, locked.dismissed_by = now, actor
            locked.save()
    return locked


def hold_gap(*, actor: User | None, now: datetime) -> int:
    """After a restored backup: whatever is due by now may have gone out since; a person decides.

    That holds for what was due before the backup as well: it was taken while sending went on.
    Returns how many messages are held.
    """
    with acting("hold_gap", actor=actor):
        waiting = Message.objects.filter(state=State.PLANNED, due_at__lte=now)
        return waiting.update(state=State.HELD, reason="restored", settled_at=now)


def resume_channel(*, channel: str, actor: User, now: datetime) -> None:
    """The setting is mended: messages go out this way again."""
    with acting("resume_channel", actor=actor):
        ProviderState.objects.filter(channel=channel).update(
            paused_at=None, paused_reason="", failures_running=0, open_until=None
        )
        waiting = Message.objects.filter(state=State.PLANNED, reason__in=["provider_paused", "provider_down"])
        waiting.update(not_before=Greatest("due_at", Value(now, DateTimeField())))


def set_sender_rate(*, channel: str, rate_per_second: float | None, burst: int, actor: User) -> None:
    """So many messages a second at most, after a burst of so many; None lets all go as they come.

    What is more waits as planned. Raises ValidationError for what would let nothing through.
    """
    if burst < 1 or (rate_per_second is not None and rate_per_second <= 0):
        raise ValidationError(_("A sender needs at least some messages a second, and a burst of one."))
    filled = {"rate_per_second": rate_per_second, "burst": burst, "tokens": burst, "filled_at": None}
    with acting("set_sender_rate", actor=actor):
        ProviderState.objects.update_or_create(channel=channel, defaults=filled)


def _lock(message: Message) -> Message:
    return Message.objects.select_for_update().get(pk=message.pk)


def _refuse_useless(message: Message, now: datetime) -> None:
    if now >= message.expires_at:
        raise ValidationError(_("It is too late for this message to help. Please call instead."))


def _plan(message: Message, now: datetime) -> None:
    message.state, message.reason, message.settled_at = State.PLANNED, "", None
    message.not_before = max(now, message.due_at)
    message.needs_call = False
    message.dismissed_at = message.dismissed_by = None
    message.save()
