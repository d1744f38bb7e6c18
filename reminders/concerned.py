"""How many sessions a reminder rule would reach, while somebody is still writing it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from reminders.needs import COUNT_CONCERNED
from reminders.reconcile import HORIZON, facts_of


@dataclass(frozen=True, slots=True)
class Concerned:
    """Sessions of the coming fortnight: all, those that the rule is for, and of these whose hour is ahead."""

    of_all: int
    count: int
    ahead: int


def sessions_concerned(*, audience: str, lead_days: int, lead_hours: int, now: datetime) -> Concerned:
    """Count in one statement; a session counts once, however many people come."""
    rule = {"audience": audience, "lead_days": lead_days, "lead_hours": lead_hours}
    with connection.cursor() as cursor:
        cursor.execute(COUNT_CONCERNED, facts_of(now) | rule | {"begins": now, "ends": now + HORIZON})
        return Concerned(*cursor.fetchone())
