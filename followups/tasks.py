"""Rings for follow-ups."""

from celery import shared_task
from django.utils import timezone

from followups.queued import open_queued
from followups.reconcile import reconcile as reconcile_follow_ups
from followups.wellbeing import escalate_untaken


@shared_task(name="followups.tasks.reconcile")
def reconcile() -> None:
    """Open, add to and close follow-ups as the attendance facts ask, open what was queued, ask on."""
    now = timezone.now()
    reconcile_follow_ups(now=now)
    open_queued(now=now)
    escalate_untaken(now=now)
