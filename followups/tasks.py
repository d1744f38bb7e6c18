"""Rings for follow-ups."""

from celery import shared_task
from django.utils import timezone

from followups.queued import open_queued
from followups.reconcile import reconcile as reconcile_follow_ups


@shared_task(name="followups.tasks.reconcile")
def reconcile() -> None:
    """Open, add to and close follow-ups as the attendance facts ask, and open what was queued."""
    now = timezone.now()
    reconcile_follow_ups(now=now)
    open_queued(now=now)
