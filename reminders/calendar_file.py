"""The calendar entry that goes with a mail to a private address: neutral, in UTC."""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from icalendar import Calendar, Event

# Only makes the entry's id unlike the record's; it is no secret.
_NAMESPACE = UUID("5b8f1c1e-4a53-4f6e-9a0b-0d3d1b4e7a11")


def calendar_file(
    *, subject_id: UUID, version: int, starts_at: datetime, ends_at: datetime, summary: str, cancelled: bool
) -> tuple[bytes, str]:
    """The file and its method: one entry for each participant through all changes.

    Its SEQUENCE is the session's version; calling off takes the next number.
    """
    calendar, event = Calendar(), Event()
    method = "CANCEL" if cancelled else "PUBLISH"
    calendar.add("prodid", "-//Kept//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event.add("uid", f"{uuid5(_NAMESPACE, str(subject_id))}@kept")
    event.add("sequence", version + 1 if cancelled else version)
    event.add("dtstamp", starts_at.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", summary)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    calendar.add_component(event)
    return calendar.to_ical(), method
