"""The time of day as staff read it, in Python; templates write it with G:i."""

from datetime import datetime, time


def clock(at: datetime | time) -> str:
    """ "9:25", "15:40": the wall time that is passed, in whatever zone it is in."""
    return f"{at.hour}:{at.minute:02d}"
