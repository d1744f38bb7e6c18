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
SENDER_RATE = "sender_rate"
# Why a way out is shut, and when a message stops waiting for it to open.
SHUT = ("provider_paused", "provider_down")
LAST_CHANCE = timedelta(hours=1)

_FAILED = """
    INSERT INTO reminders_providerstate (channel, failures_running, open_until, paused_reason, burst, tokens)
    VALUES (%(channel)s, %(count)s,
        CASE WHEN %(count)s >= %(opens_after)s THEN %(open_until)s::timestamptz END, '', 50, 50)
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


# A statement of its own, before any session is locked: a bucket held any longer would make senders
# wait for one another, and in a circle with those who write results down.
_TAKE_TOKENS = """
    UPDATE reminders_providerstate bucket
    SET tokens = filled.level - filled.taken, filled_at = greatest(bucket.filled_at, %(now)s)
    FROM (
        SELECT id, level, least(floor(level), %(wanted)s) AS taken FROM (
            SELECT id, least(burst, tokens + rate_per_second * greatest(0, coalesce(
                extract(epoch FROM %(now)s - filled_at), 0))) AS level
            FROM reminders_providerstate WHERE rate_per_second IS NOT NULL ORDER BY channel FOR UPDATE
        ) found
    ) filled
    WHERE bucket.id = filled.id RETURNING bucket.channel, filled.taken::int
"""
_GIVE_BACK = """
    UPDATE reminders_providerstate SET tokens = least(burst, tokens + %s)
    WHERE channel = %s AND rate_per_second IS NOT NULL
"""


def take_tokens(wanted: int, now: datetime) -> dict[str, int]:
    """As many tokens as there are, at most so many, of each channel that has a rate."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_TOKENS, {"wanted": wanted, "now": now})
        return dict(cursor.fetchall())


class Gate:
    """What the providers allow at one moment, for one batch."""

    def __init__(self, states: Iterable[ProviderState], tokens: dict[str, int], now: datetime) -> None:
        self._now = now
        self._states = {state.channel: state for state in states}
        self._tokens = tokens

    @classmethod
    def read(cls, tokens: dict[str, int], now: datetime) -> "Gate":
        """Read the states; a channel with a rate lets as many through as tokens were taken for it."""
        return cls(ProviderState.objects.all(), dict(tokens), now)

    def pass_through(self, go: Go, *, expires_at: datetime) -> Go | Wait:
        """Let it pass and take a token, or say how long it waits.

        A way that is shut is waited for, until the message would be of no use: then the next one is taken.
        """
        verdict = self._pass_one(go)
        if isinstance(verdict, Go) or verdict.reason not in SHUT or expires_at - self._now > LAST_CHANCE:
            return verdict
        ways = (self._pass_one(Go(contact)) for contact in go.others if contact.channel != go.contact.channel)
        return next((way for way in ways if isinstance(way, Go)), verdict)

    def _pass_one(self, go: Go) -> Go | Wait:
        state = self._states.get(go.contact.channel)
        if state is None:
            return go
        if state.paused_at:
            return Wait(self._now + LOOK_AGAIN, "provider_paused")
        if state.open_until and not self._tries(state, state.open_until):
            return Wait(max(state.open_until, self._now + BREATH), "provider_down")
        return go if self._has_token(state.channel) else Wait(self._now + BREATH, SENDER_RATE)

    def _tries(self, state: ProviderState, open_until: datetime) -> bool:
        """Half open: the first one is the trial, the rest waits for its answer."""
        if self._now < open_until:
            return False
        state.open_until = self._now + OPEN_FOR
        # Of several dispatchers, the one that still finds it as it was.
        found = ProviderState.objects.filter(pk=state.pk, open_until=open_until)
        return bool(found.update(open_until=state.open_until))

    def _has_token(self, channel: str) -> bool:
        if channel not in self._tokens:
            return True
        self._tokens[channel] -= 1
        return self._tokens[channel] >= 0

    def give_back(self) -> None:
        """Return what was taken for messages that did not go."""
        with connection.cursor() as cursor:
            for channel, left in sorted(self._tokens.items()):
                if left > 0:
                    cursor.execute(_GIVE_BACK, [left, channel])


def foreseen_way(go: Go, *, expires_at: datetime, now: datetime) -> Go | Wait:
    """What `Gate.pass_through` would say of one message, for who only asks: nothing is taken or tried."""
    states = channel_states()
    reason = _shut_because(states[go.contact.channel], now)
    if not reason:
        return go
    if expires_at - now <= LAST_CHANCE:
        ways = (contact for contact in go.others if contact.channel != go.contact.channel)
        for contact in ways:
            if not _shut_because(states[contact.channel], now):
                return Go(contact)
    until = states[go.contact.channel].open_until
    return Wait(until if reason == "provider_down" and until else now, reason)


def _shut_because(state: ProviderState, now: datetime) -> str:
    return {"paused": "provider_paused", "open": "provider_down"}.get(state.standing(now), "")


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
    return {channel: known.get(channel) or ProviderState(channel=channel) for channel in Channel.values}
