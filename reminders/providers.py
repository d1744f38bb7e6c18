"""The gates before the ways out: pauses, circuit breakers and token buckets, in the database."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from clients.models import Channel
from reminders.judging import Go, Wait
from reminders.models import ProviderState

OPENS_AFTER = 10  # failures in a row
OPEN_FOR = timedelta(seconds=60)
BREATH = timedelta(seconds=1)
LOOK_AGAIN = timedelta(minutes=2)

_FAILED = """
    INSERT INTO reminders_providerstate (channel, failures_running, paused_reason, burst, tokens)
    VALUES (%(channel)s, %(count)s, '', 50, 50)
    ON CONFLICT (channel) DO UPDATE SET
        failures_running = least(1000, reminders_providerstate.failures_running + %(count)s),
        open_until = CASE WHEN reminders_providerstate.failures_running + %(count)s >= %(opens_after)s
            THEN %(open_until)s ELSE reminders_providerstate.open_until END
"""
_ANSWERED = """
    UPDATE reminders_providerstate SET failures_running = 0, open_until = NULL
    WHERE channel = %s AND (failures_running > 0 OR open_until IS NOT NULL)
"""
_PAUSE = """
    INSERT INTO reminders_providerstate (channel, failures_running, paused_at, paused_reason, burst, tokens)
    VALUES (%(channel)s, 0, %(now)s, %(reason)s, 50, 50)
    ON CONFLICT (channel) DO UPDATE SET
        paused_at = coalesce(reminders_providerstate.paused_at, excluded.paused_at),
        paused_reason = excluded.paused_reason
"""


class Gate:
    """What the providers allow at one moment, for one batch."""

    def __init__(self, states: Iterable[ProviderState], now: datetime) -> None:
        self._now = now
        self._states = {state.channel: state for state in states}
        self._left = {channel: _allowance(state, now) for channel, state in self._states.items()}

    @classmethod
    def read(cls, now: datetime) -> "Gate":
        """Read the states; those with a rate are locked, so that senders share one bucket."""
        states = list(ProviderState.objects.all())
        if any(state.rate_per_second for state in states):
            states = list(ProviderState.objects.select_for_update().order_by("channel"))
        return cls(states, now)

    def pass_through(self, go: Go) -> Go | Wait:
        """Let it pass and take a token, or say how long it waits."""
        channel = go.contact.channel
        state = self._states.get(channel)
        if state is None:
            return go
        if state.paused_at:
            return Wait(self._now + LOOK_AGAIN, "provider_paused")
        if self._left[channel] >= 1:
            self._left[channel] -= 1
            self._take(state)
            return go
        if state.open_until:
            return Wait(max(state.open_until, self._now + timedelta(seconds=1)), "provider_down")
        return Wait(self._now + BREATH, "back_off")

    def _take(self, state: ProviderState) -> None:
        if state.open_until:
            # Half open: this one is the trial, the rest waits for its answer.
            ProviderState.objects.filter(pk=state.pk).update(open_until=self._now + OPEN_FOR)
        elif state.rate_per_second:
            ProviderState.objects.filter(pk=state.pk).update(
                tokens=self._left[state.channel], filled_at=self._now
            )


def _allowance(state: ProviderState, now: datetime) -> float:
    if state.open_until:
        return 1 if now >= state.open_until else 0
    if not state.rate_per_second:
        return float("inf")
    seconds = (now - state.filled_at).total_seconds() if state.filled_at else 0.0
    return min(float(state.burst), state.tokens + max(0.0, seconds) * state.rate_per_second)


def note_answers(*, answered: set[str], failed: Counter[str], now: datetime) -> None:
    """Close the breakers of channels that answered; count the failures of the others."""
    with connection.cursor() as cursor:
        for channel in sorted(answered):
            cursor.execute(_ANSWERED, [channel])
        for channel, count in sorted(failed.items()):
            if channel not in answered:
                facts: dict[str, str | int | datetime] = {
                    "channel": channel,
                    "count": count,
                    "opens_after": OPENS_AFTER,
                    "open_until": now + OPEN_FOR,
                }
                cursor.execute(_FAILED, facts)


def pause_channel(*, channel: str, reason: str, now: datetime) -> None:
    """A setting is wrong: the channel rests until a person resumes it."""
    with connection.cursor() as cursor:
        cursor.execute(_PAUSE, {"channel": channel, "reason": reason, "now": now})


def channel_states() -> dict[str, ProviderState]:
    """The state of each way out, by channel; those never used are as new."""
    known = {state.channel: state for state in ProviderState.objects.all()}
    return {
        channel: known.get(channel) or ProviderState(channel=channel)
        for channel in (Channel.SMS.value, Channel.EMAIL.value)
    }
