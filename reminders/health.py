"""Whether messages get out, read from the database: not whether a process is up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reminders.agreements import missing_agreements, what_sending_waits_for
from reminders.models import Message, PassKind, PassLog, ProviderState
from reminders.providers import channel_states

# Beat rings every 10 s; a row may wait for its number, its provider's breath or a retry.
LAST_PASS_WITHIN = timedelta(minutes=2)
OLDEST_DUE_WITHIN = timedelta(minutes=15)
# Planning and asking are rung every 30 s, and one pass of either may take its time.
SWEEPS_WITHIN = {
    PassKind.DISPATCH: LAST_PASS_WITHIN,
    PassKind.RECONCILE: timedelta(minutes=5),
    PassKind.UNKNOWN: timedelta(minutes=5),
}

_NOTE = """
    INSERT INTO reminders_passlog (kind, ended_at, rows_count) VALUES (%s, %s, %s)
    ON CONFLICT (kind) DO UPDATE SET
        ended_at = greatest(reminders_passlog.ended_at, excluded.ended_at), rows_count = excluded.rows_count
"""
# Each part by its own partial index: a long history is never read through.
_QUEUE = """
    SELECT CASE WHEN due_at <= %(now)s THEN 'waiting' ELSE 'to_come' END, '', count(*)
        FROM reminders_message WHERE state = 'planned' GROUP BY 1
    UNION ALL SELECT state, '', count(*) FROM reminders_message
        WHERE state IN ('claimed', 'sending', 'unknown', 'held') GROUP BY state
    UNION ALL SELECT state, '', count(*) FROM reminders_message
        WHERE state IN ('failed', 'suppressed', 'expired') AND dismissed_at IS NULL GROUP BY state
    UNION ALL SELECT 'because', reason, count(*) FROM reminders_message
        WHERE state = 'planned' AND due_at <= %(now)s GROUP BY reason
"""
# What waits to be seen to, in the order in which it would be read.
QUEUE = (
    "to_come", "waiting", "claimed", "sending", "unknown", "held", "failed", "suppressed", "expired"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sweep:
    """When one of the passes last ended, and whether that is in time."""

    kind: PassKind
    ended_at: datetime | None
    rows_count: int
    seconds_ago: float | None

    @property
    def is_late(self) -> bool:
        """Late too if it never passed."""
        within = SWEEPS_WITHIN[self.kind].total_seconds()
        return self.seconds_ago is None or self.seconds_ago > within


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How sending is doing at one moment; no word or number of any client in it."""

    sweeps: tuple[Sweep, ...]
    oldest_due_seconds: float
    is_paused: bool  # by a person, or as an agreement is missing
    waits_for: str  # the agreement, in one sentence
    channels: tuple[ProviderState, ...]
    queue: Mapping[str, int]  # by QUEUE
    waiting_because: Mapping[str, int]  # what is due and still here, by reason

    @property
    def is_ready(self) -> bool:
        return not any(sweep.is_late for sweep in self.sweeps) and not self.is_stuck

    @property
    def is_stuck(self) -> bool:
        """Due messages pile up, though nobody has stopped sending."""
        return not self.is_paused and self.oldest_due_seconds > OLDEST_DUE_WITHIN.total_seconds()


def log_pass(*, kind: PassKind, now: datetime, rows_count: int) -> None:
    """Note that a sweep has passed, and how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [kind.value, now, rows_count])


def last_passes() -> dict[str, PassLog]:
    """The last pass of each sweep, by kind."""
    return {row.kind: row for row in PassLog.objects.all()}


def oldest_due_seconds(now: datetime) -> float:
    """How long the oldest row that may go has been waiting; 0 with none."""
    oldest = Message.objects.filter(state="planned", not_before__lte=now).order_by("not_before")
    first = oldest.values_list("not_before", flat=True).first()
    return (now - first).total_seconds() if first else 0.0


def read_health(now: datetime) -> Health:
    """The health of sending, in a constant number of statements by partial indexes."""
    passes = last_passes()
    queue, because = _queue(now)
    return Health(
        sweeps=tuple(_sweep(kind, passes.get(kind), now) for kind in SWEEPS_WITHIN),
        oldest_due_seconds=oldest_due_seconds(now),
        is_paused=is_paused(),
        waits_for=what_sending_waits_for(),
        channels=tuple(channel_states().values()),
        queue=queue,
        waiting_because=because,
    )


def _sweep(kind: PassKind, passed: PassLog | None, now: datetime) -> Sweep:
    if passed is None:
        return Sweep(kind, None, 0, None)
    return Sweep(kind, passed.ended_at, passed.rows_count, (now - passed.ended_at).total_seconds())


def _queue(now: datetime) -> tuple[dict[str, int], dict[str, int]]:
    queue, because = dict.fromkeys(QUEUE, 0), {}
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE, {"now": now})
        for part, reason, count in cursor.fetchall():
            if part == "because":
                because[reason] = count
            else:
                queue[part] = count
    return queue, because


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """503 while a sweep does not pass, or due messages pile up though sending is on."""
    health = read_health(timezone.now())
    since = {sweep.kind.value: sweep.seconds_ago for sweep in health.sweeps}
    facts = {
        "ready": health.is_ready,
        "late": [sweep.kind.value for sweep in health.sweeps if sweep.is_late],
        "paused": health.is_paused,
        "sending_waits_for": health.waits_for,
        "oldest_due_seconds": health.oldest_due_seconds,
        "last_dispatch_seconds": since[PassKind.DISPATCH],
        "last_pass_seconds": since,
        "channels": {state.channel: state.standing(timezone.now()) for state in health.channels},
        "queue": health.queue,
    }
    return JsonResponse(facts, status=200 if health.is_ready else 503)


def is_paused() -> bool:
    """Whether a person has stopped all sending, or an agreement with the providers is missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sending_paused_at IS NOT NULL FROM accounts_practice")
        row = cursor.fetchone()
    return bool(row and row[0]) or bool(missing_agreements())
