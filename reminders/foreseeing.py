"""What would become of a message if it went now: asked while it is written, before anybody relies on it."""

from datetime import datetime

from accounts.services import get_practice
from reminders.facts import read_unlocked
from reminders.judging import Judgement, judge
from reminders.models import Message


def foresee(message: Message, *, now: datetime) -> Judgement:
    """By the very rules by which the sender judges again when it goes."""
    practice = get_practice()
    facts = read_unlocked(message.pk, today=practice.today(now), now=now)
    return judge(facts, now=now, practice_zone=practice.timezone)
