"""When something falls due, and when it is put off to, in words."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.clock import clock

MORNING = time(9)
LATE_AFTERNOON = time(17)


def due_words(due_at: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """By when, as one says it: "2 hours overdue", "today by 20:00", "Monday"."""
    if due_at is None:
        return "nothing due"
    if due_at < now:
        return _overdue(due_at, now, zone)
    local = due_at.astimezone(zone)
    days = (local.date() - now.astimezone(zone).date()).days
    if days == 0:
        return f"today by {clock(local)}"
    if days == 1:
        return f"tomorrow by {clock(local)}"
    return f"{local:%A} by {clock(local)}" if days < 7 else f"{local:%-d %B}"


def _overdue(due_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    days = (now.astimezone(zone).date() - due_at.astimezone(zone).date()).days
    if days == 1:
        return "since yesterday"
    if days > 1:
        return f"{days} days overdue"
    minutes = int((now - due_at).total_seconds() // 60)
    if minutes < 60:
        return "just overdue" if minutes < 10 else f"{minutes} minutes overdue"
    hours = minutes // 60
    return "an hour overdue" if hours == 1 else f"{hours} hours overdue"


@dataclass(frozen=True, slots=True)
class Later:
    """One time to put a call off to, for a button."""

    words: str
    at: datetime

    @property
    def typed(self) -> str:
        """As a field of date and time has it, in the zone that the page is drawn in."""
        return f"{self.at:%Y-%m-%dT%H:%M}"


def times_to_put_off_to(now: datetime, zone: ZoneInfo) -> list[Later]:
    """In an hour, late this afternoon, tomorrow, the next working day."""
    local = now.astimezone(zone)
    soon = _to_next_quarter(local + timedelta(hours=1))
    choices = [Later(f"In an hour, {clock(soon)}", soon)] if soon.date() == local.date() else []
    if local.time() < time(15):
        choices.append(Later("At 17:00", datetime.combine(local.date(), LATE_AFTERNOON, zone)))
    tomorrow = datetime.combine(local.date() + timedelta(days=1), MORNING, zone)
    choices.append(Later("Tomorrow, 9:00", tomorrow))
    monday = tomorrow + timedelta(days=(7 - tomorrow.weekday()) % 7)
    if monday.date() != tomorrow.date():
        choices.append(Later(f"{monday:%A}, 9:00", monday))
    return choices


def _to_next_quarter(moment: datetime) -> datetime:
    minutes = -moment.minute % 15
    return (moment + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
