"""What will go out in the coming days, hour by hour, from what is planned and what the rules will plan."""

# ruff: noqa: S608 - put together from our own constants; values go in as parameters

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from accounts.models import Practice
from reminders.hours import CLOSES, OPENS
from reminders.needs import REMINDERS_NEEDED
from reminders.reconcile import HORIZON, facts_of

DAYS = 7

# Beyond the horizon nothing is planned yet: there the rules say what will be.
_BY_HOUR = f"""
    WITH going AS (
        SELECT greatest(m.not_before, %(now)s) AS at FROM reminders_message m
        WHERE m.state = 'planned' AND m.not_before < %(until)s
        UNION ALL
        SELECT due_at FROM ({REMINDERS_NEEDED}) needed WHERE due_at < %(until)s
    ), wall AS (
        SELECT at AT TIME ZONE %(zone)s AS at FROM going
    ), awake AS (
        SELECT CASE WHEN at::time < %(opens)s THEN at::date + %(opens)s
                    WHEN at::time >= %(closes)s THEN at::date + 1 + %(opens)s ELSE at END AS at
        FROM wall
    )
    SELECT at::date, extract(hour FROM at)::int, count(*) FROM awake GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """One day at the practice: how many messages in each of its hours."""

    on: date
    by_hour: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.by_hour)


def forecast(*, practice: Practice, now: datetime) -> list[ForecastDay]:
    """Seven days from today in the practice's zone, in one statement.

    What would fall into the night is counted in the morning, as if everybody lived in that zone.
    """
    facts = facts_of(now) | {
        "begins": now + HORIZON,
        "ends": now + HORIZON + timedelta(days=DAYS),
        "until": now + timedelta(days=DAYS),
        "zone": practice.timezone,
        "opens": OPENS,
        "closes": CLOSES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_HOUR, facts)
        counts = {(on, hour): count for on, hour, count in cursor.fetchall()}
    first = practice.today(now)
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return [ForecastDay(on, tuple(counts.get((on, hour), 0) for hour in range(24))) for on in days]
