"""Compares the sessions with the messages that they should have, in sets, and mends the difference."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import OperationalError, connection, transaction

from reminders.health import log_pass
from reminders.models import PassKind
from reminders.needs import (
    CANCEL_VOID,
    EXPIRE,
    PLAN_NOTICES,
    PLAN_REMINDERS,
    RETURN_CARRIED,
    RETURN_SUPPRESSED,
)

Facts = dict[str, Any]

log = structlog.get_logger(__name__)

HORIZON = timedelta(days=14)
# A reminder nearer to the session than this no longer helps anybody to come.
LEAST_LEAD = timedelta(hours=2)
# Facts older than this were told, or their time has gone.
NEWS = timedelta(days=14)
PLANNER_LOCK = 7_031_947
# Shorter than PostgreSQL's deadlock_timeout (1 s): should planning and a verb ever wait for one
# another, it is the planner that gives way, never the person at the desk.
LOCK_TIMEOUT = "500ms"


@dataclass(frozen=True, slots=True)
class Mended:
    """How many rows a pass wrote."""

    cancelled: int
    returned: int
    expired: int
    notices: int
    reminders: int

    @property
    def total(self) -> int:
        return self.cancelled + self.returned + self.expired + self.notices + self.reminders


def reconcile(*, now: datetime) -> Mended:
    """Plan what is missing and cancel what no longer holds; a second pass changes nothing."""
    facts = facts_of(now)
    mended = Mended(
        cancelled=_run(CANCEL_VOID, facts),
        returned=_run(RETURN_SUPPRESSED, facts) + _run(RETURN_CARRIED, facts),
        expired=_run(EXPIRE, facts),
        notices=_run(PLAN_NOTICES, facts),
        reminders=sum(_run(PLAN_REMINDERS, facts | day) for day in _days(now)),
    )
    log_pass(kind=PassKind.RECONCILE, now=now, rows_count=mended.total)
    return mended


def facts_of(now: datetime) -> Facts:
    """What every statement of `needs` is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT undo_minutes, timezone FROM accounts_practice")
        undo_minutes, zone = cursor.fetchone() or (0, "UTC")
        cursor.execute("SELECT (%s AT TIME ZONE %s)::date", [now, zone])
        (today,) = cursor.fetchone()
    return {
        "now": now,
        "today": today,
        "undo": timedelta(minutes=undo_minutes),
        "since": now - NEWS,
        "least_lead": LEAST_LEAD,
    }


def _days(now: datetime) -> list[Facts]:
    # A day at a time: no statement holds the sessions of a fortnight against the desk.
    day = timedelta(days=1)
    return [{"begins": now + n * day, "ends": now + (n + 1) * day} for n in range(HORIZON.days)]


def _run(statement: str, facts: Facts) -> int:
    """Rows written; 0 where a verb holds what we need, which the next pass sees."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PLANNER_LOCK])
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            cursor.execute(statement, facts)
            return int(cursor.rowcount)
    except OperationalError:
        if connection.in_atomic_block:
            raise
        log.info("reconcile.gave_way")
        return 0
