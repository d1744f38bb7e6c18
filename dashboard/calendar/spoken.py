"""A session's time as one says it."""

from datetime import date, time

from django.utils.formats import date_format

from accounts.clock import clock
from sessions_app.models import TherapySession


def spoken_time(session: TherapySession) -> str:
    """ "Tuesday 17 November, 9:25" on its own clock."""
    return spoken(session.on, session.at)


def spoken(on: date, at: time | None) -> str:
    """The same for a day and an hour that no session has yet."""
    day = date_format(on, "l j F")
    return f"{day}, {clock(at)}" if at else day
