"""Times with a number each, as a text asks about them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from clients.models import Client
from reminders.rendering import when_words
from sessions_app.models import Modality, TherapySession


def numbered(times: Iterable[datetime], session: TherapySession, reader: Client) -> str:
    """1 Thu Nov 26, 3:00 PM; 2 ...: on the clock of the place, or for a screen on their own."""
    return _joined(_when(at, session, reader) for at in times)


def numbered_times(sessions: Sequence[TherapySession], reader: Client) -> str:
    """The same of several sessions, each on its own clock."""
    return _joined(_when(session.starts_at, session, reader) for session in sessions)


def _joined(words: Iterable[str]) -> str:
    return "; ".join(f"{number} {one}" for number, one in enumerate(words, start=1))


def _when(at: datetime, session: TherapySession, reader: Client) -> str:
    theirs = session.timezone if session.modality == Modality.IN_PERSON else reader.timezone
    is_elsewhere = bool(reader.timezone) and reader.timezone != session.timezone
    return when_words(at, theirs or session.timezone, reader.language, name_zone=is_elsewhere)
