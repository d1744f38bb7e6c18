"""Records what became of attempts, and what follows for their messages."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from clients.models import Channel, SuppressionReason
from clients.services import mark_unfit, suppress
from reminders.codes import AGAIN_AFTER, Verdict
from reminders.models import NOTICES, AttemptState, Purpose, State
from reminders.providers import note_answers, pause_channel
from reminders.transports import Parcel, Result

FIRST_BACK_OFF_SECONDS = 2.0
MOST_BACK_OFF_SECONDS = 300.0

_LOCK_MESSAGES = """
    SELECT id, purpose, tries, expires_at FROM reminders_message WHERE id = ANY(%s) ORDER BY id FOR UPDATE
"""
_LOCK_ATTEMPTS = "SELECT id, state FROM reminders_attempt WHERE id = ANY(%s::uuid[]) ORDER BY id FOR UPDATE"
_SETTLE_ATTEMPTS = """
    UPDATE reminders_attempt a SET state = v.state, provider_id = coalesce(v.provider_id, a.provider_id),
        provider_status = v.status, error_code = v.code, resolved_at = v.resolved_at,
        unknown_at = coalesce(v.unknown_at, a.unknown_at)
    FROM (VALUES {rows}) AS v (id, state, provider_id, status, code, resolved_at, unknown_at)
    WHERE a.id = v.id
"""
_ATTEMPT_ROW = "(%s::uuid, %s, %s::varchar, %s, %s, %s::timestamptz, %s::timestamptz)"
_SETTLE_MESSAGES = """
    UPDATE reminders_message m SET state = v.state, reason = v.reason, needs_call = v.needs_call,
        tries = greatest(0, m.tries - v.untried), settled_at = v.settled_at,
        not_before = coalesce(greatest(v.not_before, m.due_at), m.not_before),
        claimed_by = NULL, claimed_at = NULL
    FROM (VALUES {rows}) AS v (id, state, reason, needs_call, untried, settled_at, not_before)
    WHERE m.id = v.id AND m.state IN ('sending', 'unknown')
"""
_MESSAGE_ROW = "(%s::bigint, %s, %s, %s::boolean, %s::int, %s::timestamptz, %s::timestamptz)"

_ATTEMPT_STATES = {
    Verdict.ACCEPTED: AttemptState.ACCEPTED,
    Verdict.UNKNOWN: AttemptState.UNKNOWN,
    Verdict.NEVER: AttemptState.NEVER,
}


_ENDS = {Verdict.EXPIRED: State.EXPIRED, Verdict.OPTED_OUT: State.SUPPRESSED}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a message is, as far as its next step depends on it."""

    purpose: str
    tries: int
    expires_at: datetime
    # How often it was lost on the way to the address in question; every try, where that is not known.
    losses: int | None = None

    @property
    def is_lost_again(self) -> bool:
        return (self.tries if self.losses is None else self.losses) >= 2

    @property
    def is_notice(self) -> bool:
        return self.purpose in NOTICES

    @property
    def has_other_addresses(self) -> bool:
        """An answer goes to where the question came from, or nowhere."""
        return self.purpose != Purpose.ANSWER


@dataclass(frozen=True, slots=True)
class Next:
    """Where a message goes from here."""

    state: State
    reason: str = ""
    not_before: datetime | None = None
    needs_call: bool = False


def next_step(verdict: Verdict, reason: str, standing: Standing, now: datetime) -> Next:
    """What follows from a provider's answer (the table of codes in docs/reminders.md)."""
    if verdict in (Verdict.ACCEPTED, Verdict.UNKNOWN):
        return Next(State.SENT if verdict == Verdict.ACCEPTED else State.UNKNOWN)
    if verdict == Verdict.NEVER:
        return Next(State.PLANNED, reason, now)
    if verdict == Verdict.AGAIN and not standing.is_lost_again and now + AGAIN_AFTER < standing.expires_at:
        return Next(State.PLANNED, "try_again", now + AGAIN_AFTER)
    if verdict in (Verdict.UNFIT, Verdict.NEXT, Verdict.AGAIN) and standing.has_other_addresses:
        # Whether there is another one is judged when it goes.
        return Next(State.PLANNED, "next_address" if verdict == Verdict.AGAIN else reason, now)
    if verdict == Verdict.THROTTLED:
        return _back(standing, reason, now + back_off(standing.tries))
    if verdict == Verdict.CONFIGURATION:
        return _back(standing, reason, now + timedelta(seconds=MOST_BACK_OFF_SECONDS))
    return Next(_ENDS.get(verdict, State.FAILED), reason, needs_call=standing.is_notice)


def _back(standing: Standing, reason: str, at: datetime) -> Next:
    if at >= standing.expires_at:
        return Next(State.FAILED, reason, needs_call=standing.is_notice)
    return Next(State.PLANNED, reason, at)


def back_off(tries: int) -> timedelta:
    """Longer each time, with jitter, so that a crowd does not return all at once."""
    most = min(MOST_BACK_OFF_SECONDS, FIRST_BACK_OFF_SECONDS * 2 ** max(0, tries - 1))
    return timedelta(seconds=most * (0.5 + secrets.randbelow(1000) / 2000))


def record(outcomes: Iterable[tuple[Parcel, Result]], *, now: datetime) -> None:
    """Write the results of a few calls in one transaction, then what follows for the addresses.

    An attempt that a callback has settled meanwhile stays as the callback said.
    """
    pairs = list(outcomes)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_LOCK_MESSAGES, [[parcel.message_id for parcel, _ in pairs]])
        standings = {row[0]: Standing(row[1], row[2], row[3]) for row in cursor.fetchall()}
        cursor.execute(_LOCK_ATTEMPTS, [[parcel.attempt_id for parcel, _ in pairs]])
        open_ids = {row[0] for row in cursor.fetchall() if row[1] in ("pending", "unknown")}
        settled = [(parcel, result) for parcel, result in pairs if parcel.attempt_id in open_ids]
        _settle(settled, standings, now)
        _note(settled, now)
    for parcel, result in settled:
        act_on(result.meaning.verdict, parcel.channel, parcel.address, result.code, now)


def act_on(verdict: Verdict, channel: str, address: str, code: str, now: datetime) -> None:
    """What an answer says about the address or the channel, beyond the one message."""
    if verdict == Verdict.UNFIT:
        mark_unfit(address=address, reason=f"{channel} {code}", now=now)
    elif verdict == Verdict.OPTED_OUT:
        suppress(
            address=address,
            channel=Channel.SMS,
            reason=SuppressionReason.OPTED_OUT,
            actor=None,
            now=now,
        )
    elif verdict == Verdict.CONFIGURATION:
        pause_channel(channel=channel, reason=f"Error {code}", now=now)


def _settle(settled: list[tuple[Parcel, Result]], standings: dict[int, Standing], now: datetime) -> None:
    if not settled:
        return
    attempts: list[Any] = []
    messages: list[Any] = []
    for parcel, result in settled:
        verdict = result.meaning.verdict
        attempts += _attempt_row(parcel.attempt_id, result, now)
        step = next_step(verdict, result.meaning.reason, standings[parcel.message_id], now)
        final = step.state not in (State.PLANNED, State.UNKNOWN)
        messages += [parcel.message_id, step.state.value, step.reason, step.needs_call]
        messages += [int(verdict == Verdict.NEVER), now if final else None, step.not_before]
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE_ATTEMPTS.format(rows=", ".join([_ATTEMPT_ROW] * len(settled))), attempts)
        cursor.execute(_SETTLE_MESSAGES.format(rows=", ".join([_MESSAGE_ROW] * len(settled))), messages)


def _attempt_row(attempt_id: UUID, result: Result, now: datetime) -> list[Any]:
    verdict = result.meaning.verdict
    state = _ATTEMPT_STATES.get(verdict, AttemptState.REFUSED)
    unknown = verdict == Verdict.UNKNOWN
    resolved_at, unknown_at = (None, now) if unknown else (now, None)
    return [attempt_id, state.value, result.provider_id, result.status, result.code, resolved_at, unknown_at]


def _note(settled: list[tuple[Parcel, Result]], now: datetime) -> None:
    answered: set[str] = set()
    failed: Counter[str] = Counter()
    for parcel, result in settled:
        verdict, reason = result.meaning.verdict, result.meaning.reason
        if verdict == Verdict.UNKNOWN or reason == "provider_down":
            failed[parcel.channel] += 1
        elif verdict != Verdict.NEVER:
            answered.add(parcel.channel)
    note_answers(answered=answered, failed=failed, now=now)
