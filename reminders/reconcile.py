"""Compares the sessions with the messages that they should have, in sets, and mends the difference."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

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
from reminders.needs_check_ins import CANCEL_CHECK_INS, PLAN_CHECK_INS
from reminders.news import Told, having_check_ins, sessions_ahead_of, take_news

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
# With news of so many, as after an import, everybody is looked at.
MANY = 500
# Compiling these questions takes longer than answering them. And before PostgreSQL has looked at a newly
# filled outbox it believes it nearly empty, and would walk through all of it for each session.
_FOR_A_PASS = (
    f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'; SET LOCAL jit = off; SET LOCAL enable_material = off"
)
_FORGET_NEWS = "DELETE FROM reminders_planningnews"


@dataclass(frozen=True, slots=True)
class Mended:
    """How many rows a pass wrote."""

    cancelled: int = 0
    returned: int = 0
    expired: int = 0
    notices: int = 0
    reminders: int = 0
    check_ins: int = 0

    @property
    def total(self) -> int:
        return self.cancelled + self.returned + self.expired + self.notices + self.reminders + self.check_ins


def reconcile(*, now: datetime) -> Mended:
    """Plan what is missing and cancel what no longer holds; a second pass changes nothing.

    Looks at everybody, and is the authority: whatever news was lost or never told is found here.
    """
    facts = facts_of(now)
    _run(_FORGET_NEWS, facts)  # before anything is read: what is told from now on is news
    mended = Mended(
        cancelled=_run(CANCEL_VOID, facts),
        returned=_run(RETURN_SUPPRESSED, facts) + _run(RETURN_CARRIED, facts),
        expired=_run(EXPIRE, facts),
        notices=_run(PLAN_NOTICES, facts),
        reminders=sum(_run(PLAN_REMINDERS, facts | day) for day in _days(now)),
        check_ins=_run(CANCEL_CHECK_INS, facts) + _run(PLAN_CHECK_INS, facts),
    )
    log_pass(kind=PassKind.RECONCILE, now=now, rows_count=mended.total)
    return mended


def reconcile_told(*, now: datetime) -> Mended:
    """Do the same for those of whom there is news, as a ring asks; the news is gone with what it led to."""
    try:
        with transaction.atomic():
            _take_turn()
            told = take_news()
            mended = _mend_few(told, now) if _are_few(told) else None
    except OperationalError:
        if connection.in_atomic_block:
            raise
        log.info("reconcile.gave_way")
        return Mended()
    return reconcile(now=now) if mended is None else mended


def _are_few(told: Told) -> bool:
    return None not in told and len(told) <= MANY


def _mend_few(told: Told, now: datetime) -> Mended:
    sessions, clients = sessions_ahead_of(told, now), having_check_ins(told)
    if not (sessions or clients):
        return Mended()
    facts = facts_of(now) | {
        "sessions": sessions, "clients": clients, "begins": now, "ends": now + HORIZON,
    }  # fmt: skip
    with connection.cursor() as cursor:
        mended = _mend_sessions(cursor, facts) if sessions else Mended()
        return replace(mended, check_ins=_mend_check_ins(cursor, facts)) if clients else mended


def _mend_sessions(cursor: CursorWrapper, facts: Facts) -> Mended:
    return Mended(
        cancelled=_write(cursor, CANCEL_VOID, facts),
        returned=_write(cursor, RETURN_SUPPRESSED, facts) + _write(cursor, RETURN_CARRIED, facts),
        notices=_write(cursor, PLAN_NOTICES, facts),
        reminders=_write(cursor, PLAN_REMINDERS, facts),
    )


def _mend_check_ins(cursor: CursorWrapper, facts: Facts) -> int:
    return _write(cursor, CANCEL_CHECK_INS, facts) + _write(cursor, PLAN_CHECK_INS, facts)


def facts_of(now: datetime) -> Facts:
    """What every statement of `needs` is told; of all sessions and clients, unless some are named."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT undo_minutes, timezone FROM accounts_practice")
        undo_minutes, zone = cursor.fetchone() or (0, "UTC")
        cursor.execute("SELECT (%s AT TIME ZONE %s)::date", [now, zone])
        (today,) = cursor.fetchone()
    return {
        "now": now,
        "today": today,
        "zone": zone,
        "undo": timedelta(minutes=undo_minutes),
        "since": now - NEWS,
        "least_lead": LEAST_LEAD,
        "sessions": None,
        "clients": None,
    }


def _days(now: datetime) -> list[Facts]:
    # A day at a time: no statement holds the sessions of a fortnight against the desk.
    day = timedelta(days=1)
    return [{"begins": now + n * day, "ends": now + (n + 1) * day} for n in range(HORIZON.days)]


def _run(statement: str, facts: Facts) -> int:
    """Rows written; 0 where a verb holds what we need, which the next pass sees."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            _take_turn()
            return _write(cursor, statement, facts)
    except OperationalError:
        if connection.in_atomic_block:
            raise
        log.info("reconcile.gave_way")
        return 0


def _take_turn() -> None:
    """Wait until nobody else plans, and from then on for no verb longer than a moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PLANNER_LOCK])
        cursor.execute(_FOR_A_PASS)


def _write(cursor: CursorWrapper, statement: str, facts: Facts) -> int:
    cursor.execute(statement, facts)
    return int(cursor.rowcount)
