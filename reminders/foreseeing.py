"""What would become of a message if it went now: asked while it is written, before anybody relies on it."""

from datetime import datetime

from django.db import transaction

from accounts.models import Practice
from accounts.services import get_practice
from reminders.agreements import missing_agreements
from reminders.caps import Allowance, too_late
from reminders.facts import Facts, read_unlocked
from reminders.judging import Go, Judgement, Wait, judge
from reminders.models import Message
from reminders.providers import foreseen_way


def foresee(message: Message, *, now: datetime) -> Judgement:
    """By the very rules by which the sender judges again when it goes, with what holds all messages back.

    A `Wait` for a person (a pause, an agreement, a stopped way) knows no time: its `until` is `now`.
    """
    practice = get_practice()
    facts = read_unlocked(message.pk, today=practice.today(now), now=now)
    judged = judge(facts, now=now, practice_zone=practice.timezone)
    if isinstance(judged, Go):
        judged = _within_caps(facts, judged, practice, now)
    if isinstance(judged, Go):
        judged = foreseen_way(judged, expires_at=facts.expires_at, now=now)
    return _unless_stopped(judged, practice, now)


def _within_caps(facts: Facts, go: Go, practice: Practice, now: datetime) -> Judgement:
    with transaction.atomic():
        verdict = Allowance.read([facts], practice, now).pass_through(facts, go)
    if isinstance(verdict, Wait):
        return too_late([(facts, verdict)]).get(facts.message_id, verdict)
    return verdict


def _unless_stopped(judged: Judgement, practice: Practice, now: datetime) -> Judgement:
    """Whatever could go or would wait, waits for the person who stopped everything."""
    if not isinstance(judged, Go | Wait):
        return judged
    if practice.sending_paused_at:
        return Wait(now, "paused")
    return Wait(now, "agreement") if missing_agreements() else judged
