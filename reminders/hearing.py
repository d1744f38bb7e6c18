"""Takes a provider's later word about an attempt: only ever forward, however it comes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from clients.models import Channel, SuppressionReason
from clients.services import suppress
from reminders.codes import ARRIVED, LOST, RANKS, TWILIO, Meaning, Verdict
from reminders.models import Attempt, AttemptState, Message, State
from reminders.results import Standing, act_on, next_step

_ACCEPTED = Meaning(Verdict.ACCEPTED, "")
_NOT_DELIVERED = Meaning(Verdict.FAILED, "not_delivered")
_CAME_BACK = Meaning(Verdict.UNFIT, "next_address")
_MAIL_STATUS = {
    "queued": "queued",
    "sent": "sent",
    "delivered": "delivered",
    "bounced": "failed",
    "rejected": "failed",
    "failed": "failed",
}
_UNWANTED = {
    "bounced": SuppressionReason.BOUNCED,
    "complained": SuppressionReason.COMPLAINT,
    "unsubscribed": SuppressionReason.COMPLAINT,
}
HUMAN = "human"
_AGAIN = Meaning(Verdict.AGAIN, "not_delivered")
_CALL_MEANINGS = {
    "busy": _AGAIN,
    "no-answer": _AGAIN,
    "failed": _AGAIN,
    "canceled": _AGAIN,
    "machine": Meaning(Verdict.NEXT, "voicemail"),
}
# States in which the last word about the newest attempt still decides.
_OPEN = (State.PLANNED, State.CLAIMED, State.SENDING, State.UNKNOWN, State.HELD, State.SENT)


def hear_status(*, attempt_id: UUID, provider_id: str, status: str, code: str, now: datetime) -> bool:
    """Note a status callback; returns whether it told anything new.

    Late, doubled and shuffled callbacks end in the same state: a status of a lower or equal rank
    is old news. A callback also settles an attempt whose outcome was unknown.
    """
    if status not in RANKS:
        return False
    return _hear(attempt_id, provider_id, (status, code), _meaning(status, code), now)


def hear_mail(*, attempt_id: UUID, provider_id: str, event: str, address: str, now: datetime) -> bool:
    """Note what a mail provider tells, in anymail's words; returns whether it told anything new.

    Mail that came back, and mail that was marked as unwanted, suppress the address.
    """
    if event in _UNWANTED:
        suppress(address=address, channel=Channel.EMAIL, reason=_UNWANTED[event], actor=None, now=now)
    if event not in _MAIL_STATUS:
        return False
    status = _MAIL_STATUS[event]
    meaning = _CAME_BACK if status in LOST else _ACCEPTED
    return _hear(attempt_id, provider_id, (status, event if status in LOST else ""), meaning, now)


def hear_call(*, attempt_id: UUID, provider_id: str, status: str, answered_by: str, now: datetime) -> bool:
    """Note what became of a call; returns whether it told anything new.

    A machine heard only a name and a number, so that the message itself has not arrived.
    """
    if status == "completed":
        status = "delivered" if answered_by == HUMAN else "machine"
    if status not in RANKS:
        return False
    return _hear(attempt_id, provider_id, (status, ""), _CALL_MEANINGS.get(status, _ACCEPTED), now)


def _meaning(status: str, code: str) -> Meaning:
    if status not in LOST:
        return _ACCEPTED
    named = TWILIO.get(int(code)) if code.isascii() and code.isdigit() else None
    # A carrier that gives no reason leaves no doubt that the text was lost.
    return named if named and named.verdict != Verdict.UNKNOWN else _NOT_DELIVERED


def _hear(attempt_id: UUID, provider_id: str, said: tuple[str, str], meaning: Meaning, now: datetime) -> bool:
    status, code = said
    with transaction.atomic():
        message_id = Attempt.objects.filter(pk=attempt_id).values_list("message_id", flat=True).first()
        if message_id is None:
            return False
        message = Message.objects.select_for_update().get(pk=message_id)
        attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
        if not _is_news(attempt, provider_id, status):
            return False
        _write_attempt(attempt, provider_id, said, now)
        _write_message(message, attempt, status, meaning, now)
    if status in LOST:
        act_on(meaning.verdict, attempt.channel, attempt.address, code, now)
    return True


def _is_news(attempt: Attempt, provider_id: str, status: str) -> bool:
    if attempt.provider_id and attempt.provider_id != provider_id:
        return False
    if not attempt.provider_id and Attempt.objects.filter(provider_id=provider_id).exists():
        return False
    return RANKS[status] > RANKS.get(attempt.provider_status, 0)


def _write_attempt(attempt: Attempt, provider_id: str, said: tuple[str, str], now: datetime) -> None:
    status, code = said
    attempt.provider_id = provider_id
    attempt.provider_status = status
    attempt.error_code = code or attempt.error_code
    attempt.state = AttemptState.REFUSED if status in LOST else AttemptState.ACCEPTED
    attempt.resolved_at = attempt.resolved_at or now
    if status in ARRIVED:
        attempt.delivered_at = now
    attempt.save()


def _write_message(message: Message, attempt: Attempt, status: str, meaning: Meaning, now: datetime) -> None:
    newest = message.attempts.order_by("-committed_at").values_list("pk", flat=True).first()
    if message.state not in _OPEN or newest != attempt.pk:
        return
    if status in ARRIVED:
        message.state, message.reason, message.settled_at = State.DELIVERED, "", now
    elif status in LOST:
        _follow(message, attempt, meaning, now)
    elif message.state != State.SENT:
        message.state, message.reason, message.settled_at = State.SENT, "", now
    message.save()


def _follow(message: Message, attempt: Attempt, meaning: Meaning, now: datetime) -> None:
    here = message.attempts.filter(address=attempt.address, channel=attempt.channel)
    losses = here.filter(state=AttemptState.REFUSED, provider_status__in=LOST).count()
    standing = Standing(message.purpose, message.tries, message.expires_at, losses)
    step = next_step(meaning.verdict, meaning.reason, standing, now)
    message.state, message.reason, message.needs_call = step.state, step.reason, step.needs_call
    message.settled_at = None if step.state == State.PLANNED else now
    if step.not_before:
        message.not_before = max(step.not_before, message.due_at)
