"""One session of one person as a mark: what became of it, in icon, word and colour."""

from dataclasses import dataclass
from datetime import datetime

from attendance.board import participant_status
from sessions_app.models import Participant


@dataclass(frozen=True)
class Mark:
    """One session of this person, and how they stand."""

    participant: Participant
    status: str
    detail: str


def mark_of(participant: Participant, *, now: datetime) -> Mark:
    """Of a participant loaded with its session and attendance."""
    record = getattr(participant, "attendance", None)
    status = participant_status(participant, outcome=record.outcome if record else "", now=now)
    minutes = record.late_minutes or record.left_early_minutes if record else None
    return Mark(participant, status, f"{minutes} min" if minutes else "")
