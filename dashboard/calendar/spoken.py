"""A session's time as one says it."""

from django.utils.formats import date_format

from accounts.clock import clock
from sessions_app.models import TherapySession


def spoken_time(session: TherapySession) -> str:
    """ "Tuesday 17 November, 9:25" on its own clock."""
    day = date_format(session.on, "l j F")
    return f"{day}, {clock(session.at)}" if session.at else day
