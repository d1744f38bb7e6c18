"""A session's time as one says it."""

from accounts.clock import clock
from sessions_app.models import TherapySession


def spoken_time(session: TherapySession) -> str:
    """ "Tuesday 17 November, 9:25" on its own clock."""
    day = f"{session.on:%A} {session.on.day} {session.on:%B}"
    return f"{day}, {clock(session.at)}" if session.at else day
