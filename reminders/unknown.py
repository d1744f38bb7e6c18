"""Finds out what became of attempts whose outcome nobody saw: asks, and never guesses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from clients.models import Channel
from reminders.health import log_pass
from reminders.models import NOTICES, Attempt, AttemptState, Message, PassKind, State
from reminders.owners import living_owners
from reminders.transports import Sent, sms, voice

# A provider's list lags: what it does not show before this has passed may still be on its way to it.
QUIET = timedelta(seconds=120)
# Their clock and ours.
SKEW = timedelta(seconds=60)
# A list that cannot be read for so long will not decide anything any more.
GIVE_UP_AFTER = timedelta(hours=24)
ASK_AT_ONCE = 50
ASKERS = 8
# A mail provider keeps no list to ask.
_LISTS = {Channel.SMS.value: sms.sent_to, Channel.VOICE.value: voice.sent_to}


def poll_unknown(*, now: datetime, quiet: timedelta = QUIET) -> int:
    """Take over from dead owners, then ask about what has been unknown for the quiet time.

    Returns how many rows moved. `quiet` is for proofs that shift the clock; never shorten it.
    """
    moved = _release_claims(now) + _bury_the_dead(now)
    due = list(
        Attempt.objects.filter(state=AttemptState.UNKNOWN, unknown_at__lte=now - quiet).order_by(
            "unknown_at"
        )[:ASK_AT_ONCE]
    )
    with ThreadPoolExecutor(ASKERS, thread_name_prefix="ask") as pool:
        answers = list(pool.map(_ask, due))
    for attempt, answer in zip(due, answers, strict=True):
        moved += _settle(attempt, answer, now)
    log_pass(kind=PassKind.UNKNOWN, now=now, rows_count=moved)
    return moved


def _release_claims(now: datetime) -> int:
    """A claim without an attempt has sent nothing: it simply goes back."""
    claimed = list(Message.objects.filter(state=State.CLAIMED).values_list("pk", "claimed_by"))
    if not claimed:
        return 0
    # The rows first, the locks after: an owner locks before it claims, so none is missed as dead.
    living = set(living_owners())
    orphans = [pk for pk, owner in claimed if owner not in living]
    return (
        Message.objects.filter(pk__in=orphans, state=State.CLAIMED)
        .exclude(claimed_by__in=living)
        .update(state=State.PLANNED, claimed_by=None, claimed_at=None)
    )


def _bury_the_dead(now: datetime) -> int:
    """An owner that is dead leaves its attempts unknown, from this first proof on."""
    pending = list(
        Attempt.objects.filter(state=AttemptState.PENDING).values_list("pk", "message_id", "owner")
    )
    if not pending:
        return 0
    living = set(living_owners())
    orphans = [(pk, message_id) for pk, message_id, owner in pending if owner not in living]
    with transaction.atomic():
        messages = Message.objects.select_for_update().order_by("pk")
        list(messages.filter(pk__in=[message_id for _, message_id in orphans]))
        attempts = Attempt.objects.select_for_update().order_by("pk").filter(state=AttemptState.PENDING)
        dead = list(attempts.filter(pk__in=[pk for pk, _ in orphans]))
        Attempt.objects.filter(pk__in=[a.pk for a in dead]).update(state=AttemptState.UNKNOWN, unknown_at=now)
        return Message.objects.filter(pk__in=[a.message_id for a in dead], state=State.SENDING).update(
            state=State.UNKNOWN
        )


def _ask(attempt: Attempt) -> list[Sent] | None:
    asked = _LISTS.get(attempt.channel)
    return asked(attempt.address) if asked else []


def _settle(asked: Attempt, answer: list[Sent] | None, now: datetime) -> int:
    """Re-read under lock that the question still stands, then write what the answer means."""
    with transaction.atomic(durable=True):
        message = Message.objects.select_for_update().get(pk=asked.message_id)
        attempt = Attempt.objects.select_for_update().get(pk=asked.pk)
        if not _still_asked(message, attempt):
            return 0
        if answer is None:
            return _give_up(message, attempt, now)
        found = _ours(attempt, answer)
        if attempt.channel not in _LISTS:
            return _hold(message, attempt, now, listed=None)
        if len(found) > 1:
            return _hold(message, attempt, now, listed=_listing(found, now))
        return _bind(message, attempt, found[0], now) if found else _plan_again(message, attempt, now)


def _still_asked(message: Message, attempt: Attempt) -> bool:
    """Whether nobody else has learnt the answer since, and the row waits for no newer attempt."""
    return attempt.state == AttemptState.UNKNOWN and message.state == State.UNKNOWN


def _ours(attempt: Attempt, answer: list[Sent]) -> list[Sent]:
    since = attempt.committed_at - SKEW
    # Of a call the provider keeps no words; that only one may be open to a number tells it apart.
    says_it = [sent for sent in answer if sent.body == attempt.body or attempt.channel == Channel.VOICE]
    alike = [sent for sent in says_it if sent.created_at >= since]
    ids = [sent.provider_id for sent in alike]
    others = Attempt.objects.filter(~Q(pk=attempt.pk), provider_id__in=ids)
    bound = set(others.values_list("provider_id", flat=True))
    return [sent for sent in alike if sent.provider_id not in bound]


def _bind(message: Message, attempt: Attempt, sent: Sent, now: datetime) -> int:
    attempt.state, attempt.resolved_at = AttemptState.ACCEPTED, now
    attempt.provider_id = sent.provider_id
    # Its real status comes by callback or not at all; a rank of its own would hide that.
    attempt.save()
    message.state, message.reason, message.settled_at = State.SENT, "", now
    message.save()
    return 1


def _plan_again(message: Message, attempt: Attempt, now: datetime) -> int:
    attempt.state, attempt.resolved_at = AttemptState.NOT_FOUND, now
    attempt.save()
    if now < message.expires_at:
        message.state, message.reason = State.PLANNED, "try_again"
        message.not_before = max(now, message.due_at)
    else:
        message.state, message.reason, message.settled_at = State.EXPIRED, "overtaken", now
    message.save()
    return 1


def _listing(found: list[Sent] | None, now: datetime) -> dict[str, object]:
    """The provider's story, for the person who decides; `found` is empty where its list could not be read."""
    listed: dict[str, object] = {"asked_at": now.isoformat()}
    if found is not None:
        listed["found"] = [
            {"id": sent.provider_id, "at": sent.created_at.isoformat(), "status": sent.status}
            for sent in found
        ]
    return listed


def _hold(message: Message, attempt: Attempt, now: datetime, *, listed: dict[str, object] | None) -> int:
    attempt.state, attempt.resolved_at, attempt.listed = AttemptState.HELD, now, listed
    attempt.save()
    message.state, message.reason, message.settled_at = State.HELD, "undecidable", now
    message.needs_call = message.purpose in NOTICES
    message.save()
    return 1


def _give_up(message: Message, attempt: Attempt, now: datetime) -> int:
    if attempt.unknown_at and now - attempt.unknown_at > GIVE_UP_AFTER:
        return _hold(message, attempt, now, listed=_listing(None, now))
    return 0
