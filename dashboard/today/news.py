"""What an open Today asks every few seconds: whether anything on it is new."""

from datetime import datetime

from accounts.bell import latest_change
from accounts.models import User
from dashboard.board.answers import Moment
from dashboard.board.day import Seen
from dashboard.board.looking import TODAY
from dashboard.today.day import sessions_of_today
from dashboard.today.following import digest_of_following


def seen_today(user: User, at: Moment) -> Seen:
    """How this person's day stands: its sessions, what is left to do, and the minute; four statements.

    The latest change told of is asked for first, and what is drawn is read after this: what comes
    between makes the next answer another one.
    """
    told = latest_change()
    sessions = sessions_of_today(user, at).digest
    following = digest_of_following(user, at.practice, at.now)
    return Seen(tag=f"{sessions}.{following}-{_minute(at.now)}-{TODAY}", told=told)


def is_quiet(seen: Seen, now: datetime) -> bool:
    """Whether nothing was told since, in this minute; one question to the cache, none to the facts."""
    return bool(seen.told) and seen.facts.endswith(f"-{_minute(now)}") and latest_change() == seen.told


def _minute(now: datetime) -> str:
    return f"{now:%d%H%M}"
