"""Carries out trials: staff see their own words arrive, no client does."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.services import get_practice
from reminders.codes import Verdict
from reminders.health import is_paused
from reminders.models import Trial, TrialState
from reminders.transports import Parcel, Result, send

BATCH = 5
# Whoever asked has gone on by then.
WAITS_AT_MOST = timedelta(minutes=30)
VALIDITY_SECONDS = 600
_STATES = {Verdict.ACCEPTED: TrialState.SENT, Verdict.UNKNOWN: TrialState.UNKNOWN}


def send_trials(*, now: datetime) -> int:
    """Send what staff asked for; returns how many. A trial is begun once: an unknown end stays unknown."""
    if is_paused():
        return 0
    begun = _begin(now)
    for trial in begun:
        result = send(_parcel(trial, get_practice().display_name))
        state = _STATES.get(result.meaning.verdict, TrialState.FAILED)
        Trial.objects.filter(pk=trial.pk).update(state=state, code=_code(result))
    return len(begun)


def _begin(now: datetime) -> list[Trial]:
    with transaction.atomic(durable=True):
        waiting = Trial.objects.filter(state=TrialState.WAITING)
        waiting.filter(asked_at__lt=now - WAITS_AT_MOST).update(state=TrialState.FAILED, code="too late")
        rows = list(waiting.select_for_update(skip_locked=True).order_by("asked_at")[:BATCH])
        Trial.objects.filter(pk__in=[row.pk for row in rows]).update(state=TrialState.SENDING, begun_at=now)
    return rows


def _parcel(trial: Trial, sender: str) -> Parcel:
    return Parcel(
        attempt_id=trial.public_id,
        message_id=0,
        channel=trial.channel,
        address=trial.address,
        subject=trial.subject,
        body=trial.body,
        validity_seconds=VALIDITY_SECONDS,
        sender=sender,
    )


def _code(result: Result) -> str:
    return result.code[:20] if result.meaning.verdict is not Verdict.ACCEPTED else ""
