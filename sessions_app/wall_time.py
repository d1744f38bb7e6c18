"""From wall time and zone to instants, and back."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import WEEKLY, rrule


def instants(*, on: date, at: time, timezone: str, minutes: int) -> tuple[datetime, datetime]:
    """When a session of so many minutes begins and ends.

    A wall time that a clock change skips shifts forward by the length of the change; one
    that happens twice is the first (messaging rules, "Wall-clock rules").
    """
    starts_at = datetime.combine(on, at, tzinfo=ZoneInfo(timezone)).astimezone(UTC)
    return starts_at, starts_at + timedelta(minutes=minutes)


def weekly_rule(*, every_weeks: int, count: int) -> str:
    """The iCalendar rule of a series."""
    return f"FREQ=WEEKLY;INTERVAL={every_weeks};COUNT={count}"


def weekly_days(*, first: date, every_weeks: int, count: int) -> list[date]:
    """The local days of a series, the first included."""
    start = datetime.combine(first, time.min)
    return [day.date() for day in rrule(WEEKLY, dtstart=start, interval=every_weeks, count=count)]
