"""Asks about what was sent and of which nothing more was heard: a callback may be lost on its way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from clients.models import Channel
from reminders.hearing import hear_call, hear_status
from reminders.models import Attempt, AttemptState
from reminders.transports import Sent, sms, voice

# So long after it was accepted it is asked about, three times; "sent" may be the carrier's last word.
WAITS = (timedelta(minutes=15), timedelta(hours=2), timedelta(hours=24))
ASK_AT_ONCE = 50
ASKERS = 8


def poll_lagging(*, now: datetime) -> int:
    """Ask the provider about those; returns how many had news."""
    due = _take(now)
    with ThreadPoolExecutor(ASKERS, thread_name_prefix="lag") as pool:
        answers = list(pool.map(_ask, due))
    return sum(
        _hear(attempt, answer, now)
        for attempt, answer in zip(due, answers, strict=True)
        if answer is not None
    )


def _take(now: datetime) -> list[Attempt]:
    """Those whose turn it is; each turn is taken once, by whichever worker comes first."""
    turns = Q()
    for turn, wait in enumerate(WAITS):
        turns |= Q(polls=turn, resolved_at__lte=now - wait)
    silent = Attempt.objects.filter(
        turns,
        state=AttemptState.ACCEPTED,
        delivered_at=None,
        polls__lt=len(WAITS),
        channel__in=[Channel.SMS, Channel.VOICE],
        provider_id__isnull=False,
    )
    with transaction.atomic():
        due = list(silent.select_for_update(skip_locked=True).order_by("resolved_at")[:ASK_AT_ONCE])
        Attempt.objects.filter(pk__in=[attempt.pk for attempt in due]).update(polls=F("polls") + 1)
    return due


def _ask(attempt: Attempt) -> Sent | None:
    fetch = voice.fetched if attempt.channel == Channel.VOICE else sms.fetched
    return fetch(attempt.provider_id or "")


def _hear(attempt: Attempt, answer: Sent, now: datetime) -> bool:
    number, sid, status = attempt.pk, answer.provider_id, answer.status
    if attempt.channel == Channel.VOICE:
        by = answer.answered_by
        return hear_call(attempt_id=number, provider_id=sid, status=status, answered_by=by, now=now)
    return hear_status(attempt_id=number, provider_id=sid, status=status, code=answer.code, now=now)
