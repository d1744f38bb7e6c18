"""What the worker does when the bell rings: every app reconciles from the facts, in order."""

from celery import shared_task
from django.utils import timezone

from accounts import bell
from attendance.reconcile import settle_ended
from followups.queued import open_queued
from followups.reconcile import reconcile as mend_follow_ups
from followups.wellbeing import escalate_untaken
from reminders.dispatch import dispatch
from reminders.offering import offer_freed_times
from reminders.reconcile import reconcile_told as mend_messages
from reminders.trials import send_trials


@shared_task(name=bell.TASK)
def answer_bell() -> None:
    """Settle what ended, mend the follow-ups, the offers and the messages, send what is due."""
    bell.answered()
    now = timezone.now()
    settle_ended(now=now)
    mend_follow_ups(now=now)
    open_queued(now=now)
    escalate_untaken(now=now)
    offer_freed_times(now=now)
    mend_messages(now=now)
    dispatch(now=now)
    send_trials(now=now)
