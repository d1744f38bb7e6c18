"""How much one person is written to by itself: at most so often a day and so often a week."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from accounts.models import Practice
from reminders.facts import Facts
from reminders.hours import next_open, zones_of
from reminders.judging import End, Go, Wait
from reminders.models import Purpose, State

# What goes out by itself. Notices, corrections, answers and a colleague's own words are not counted.
CAPPED = (Purpose.REMINDER, Purpose.OUTREACH, Purpose.CHECK_IN)
WEEK = timedelta(days=7)
# The first of the two numbers of PostgreSQL's advisory locks: "written to by itself".
_LOCK_SPACE = 7_031

# By number, so that two dispatchers wait for one another in one order and never deadlock.
_LOCK = """
    SELECT pg_advisory_xact_lock(%(space)s, id)
    FROM (SELECT DISTINCT unnest(%(recipients)s::int[]) AS id ORDER BY id) person
"""
# A text that certainly did not arrive has cost nobody's patience.
_WRITTEN = """
    SELECT m.recipient_id, max(a.committed_at)
    FROM reminders_message m JOIN reminders_attempt a ON a.message_id = m.id
    WHERE m.recipient_id = ANY(%(recipients)s) AND m.purpose IN ('reminder', 'outreach', 'check_in')
      AND m.due_at > %(since)s::timestamptz - interval '14 days' AND m.id <> ALL(%(ids)s)
      AND a.committed_at > %(since)s AND a.state IN ('pending', 'accepted', 'unknown', 'held')
    GROUP BY m.recipient_id, m.id
"""
_TOLD = """
    SELECT m.id FROM reminders_message m
    WHERE m.id = ANY(%s) AND EXISTS (
        SELECT FROM reminders_message told
        WHERE told.session_id = m.session_id AND told.recipient_id = m.recipient_id AND told.id <> m.id
          AND told.subject_id = m.subject_id AND told.subject_version = m.subject_version
          AND (told.state IN ('sent', 'delivered') OR told.reason = 'combined'))
"""


@dataclass(slots=True)
class Allowance:
    """What each recipient of one batch may still be sent by itself."""

    practice: Practice
    now: datetime
    _written: dict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, batch: Iterable[Facts], practice: Practice, now: datetime) -> "Allowance":
        """Count for a whole batch in one statement, under locks that hold until it is committed."""
        allowance = cls(practice, now)
        capped = [row for row in batch if row.purpose in CAPPED]
        if capped:
            allowance._count(capped)
        return allowance

    def _count(self, capped: list[Facts]) -> None:
        recipients = [row.recipient_id for row in capped]
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, {"space": _LOCK_SPACE, "recipients": recipients})
            # A statement of its own, so that its snapshot is younger than the locks.
            since = self.now - WEEK - timedelta(days=1)
            ids = [row.message_id for row in capped]
            cursor.execute(_WRITTEN, {"recipients": recipients, "since": since, "ids": ids})
            for recipient_id, written_at in cursor.fetchall():
                self._written[recipient_id].append(written_at)

    def pass_through(self, row: Facts, go: Go) -> Go | Wait:
        """Let it pass, or say until when it waits: the next morning on which there is room."""
        if row.purpose not in CAPPED or row.recipient_id is None:
            return go
        zone = ZoneInfo(row.recipient_zone or self.practice.timezone)
        reason, opens_at = self._full_until(self._written.get(row.recipient_id, []), zone)
        if not reason:
            return go
        zones = zones_of(row.recipient_zone, self.practice.timezone, go.contact.address)
        return Wait(next_open(opens_at, zones), reason)

    def note(self, row: Facts) -> None:
        """One more has gone."""
        if row.purpose in CAPPED and row.recipient_id is not None:
            self._written[row.recipient_id].append(self.now)

    def _full_until(self, written: list[datetime], zone: ZoneInfo) -> tuple[str, datetime]:
        today = self.now.astimezone(zone).date()
        days = sorted(at.astimezone(zone).date() for at in written)
        week = [day for day in days if day > today - WEEK]
        per_day, per_week = self.practice.texts_per_day, self.practice.texts_per_week
        if len(week) >= per_week:
            # There is room again when so many of them lie more than a week back.
            reason, on = "cap_week", week[len(week) - per_week] + WEEK
        elif days.count(today) >= per_day:
            reason, on = "cap_day", today + timedelta(days=1)
        else:
            return "", self.now
        return reason, datetime.combine(on, time(), tzinfo=zone)


def too_late(waits: list[tuple[Facts, Wait]]) -> dict[int, End]:
    """How those end whose turn would come too late: collapsed if the time was told, else seen by staff."""
    late = {row.message_id: wait for row, wait in waits if wait.until >= row.expires_at}
    if not late:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, [list(late)])
        told = {row[0] for row in cursor.fetchall()}
    return {
        number: End(State.CANCELLED, "cap_told") if number in told else End(State.EXPIRED, wait.reason)
        for number, wait in late.items()
    }
