"""The calendar entry that goes with a mail to a private address: neutral, in UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from icalendar import Calendar, Event

# Only makes the entry's id unlike the record's; it is no secret.
_NAMESPACE = UUID("5b8f1c1e-4a53-4f6e-9a0b-0d3d1b4e7a11")


@dataclass(frozen=True, slots=True)
class Entry:
    """One participant's place in one session, the same through all its changes."""

    subject_id: UUID
    version: int
    starts_at: datetime
    ends_at: datetime


def calendar_file(*, entries: list[Entry], summary: str, cancelled: bool) -> tuple[bytes, str]:
    """The file and its method, with an entry for each time that the mail names."""
    calendar = Calendar()
    method = "CANCEL" if cancelled else "PUBLISH"
    calendar.add("prodid", "-//Kept//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(_event(entry, summary=summary, cancelled=cancelled))
    return calendar.to_ical(), method


def _event(entry: Entry, *, summary: str, cancelled: bool) -> Event:
    """Its SEQUENCE is the session's version; calling off takes the next number."""
    event = Event()
    event.add("uid", f"{uuid5(_NAMESPACE, str(entry.subject_id))}@kept")
    event.add("sequence", entry.version + 1 if cancelled else entry.version)
    event.add("dtstamp", entry.starts_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", summary)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event
