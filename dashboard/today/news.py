"""What an open Today asks every few seconds: whether anything on it is new."""

from accounts.bell import latest_change
from accounts.models import User
from dashboard.board.answers import Moment
from dashboard.board.day import Seen, tag_of
from dashboard.board.looking import TODAY
from dashboard.today.day import sessions_of_today
from dashboard.today.following import digest_of_following


def seen_today(user: User, at: Moment) -> Seen:
    """How this person's day stands: its sessions, what is left to do, and the minute; four statements.

    The latest change told of is asked for first, and what is drawn is read after this: what comes
    between makes the next answer another one.
    """
    told = at.heard or latest_change()
    sessions = sessions_of_today(user, at).digest
    following = digest_of_following(user, at.practice, at.now)
    return Seen(tag=tag_of(f"{sessions}.{following}", at.now, look=TODAY), told=told)
