"""Whether messages get out, read from the database: not whether a process is up."""

from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reminders.agreements import missing_agreements, what_sending_waits_for
from reminders.models import Message, PassKind, PassLog

# Beat rings every 10 s; a row may wait for its number, its provider's breath or a retry.
LAST_PASS_WITHIN = timedelta(minutes=2)
OLDEST_DUE_WITHIN = timedelta(minutes=15)

_NOTE = """
    INSERT INTO reminders_passlog (kind, ended_at, rows_count) VALUES (%s, %s, %s)
    ON CONFLICT (kind) DO UPDATE SET
        ended_at = greatest(reminders_passlog.ended_at, excluded.ended_at), rows_count = excluded.rows_count
"""


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


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """503 while the dispatcher does not pass, or due messages pile up though sending is on."""
    now = timezone.now()
    passed = last_passes().get(PassKind.DISPATCH)
    since = (now - passed.ended_at).total_seconds() if passed else None
    oldest = oldest_due_seconds(now)
    paused = is_paused()
    ready = since is not None and since <= LAST_PASS_WITHIN.total_seconds()
    ready = ready and (paused or oldest <= OLDEST_DUE_WITHIN.total_seconds())
    facts = {
        "ready": ready,
        "paused": paused,
        "sending_waits_for": what_sending_waits_for(),
        "oldest_due_seconds": oldest,
        "last_dispatch_seconds": since,
    }
    return JsonResponse(facts, status=200 if ready else 503)


def is_paused() -> bool:
    """Whether a person has stopped all sending, or an agreement with the providers is missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sending_paused_at IS NOT NULL FROM accounts_practice")
        row = cursor.fetchone()
    return bool(row and row[0]) or bool(missing_agreements())
