"""Rings for follow-ups."""

from celery import shared_task
from django.utils import timezone

from followups.reconcile import reconcile as reconcile_follow_ups


@shared_task(name="followups.tasks.reconcile")
def reconcile() -> None:
    """Open, add to and close follow-ups as the attendance facts ask."""
    reconcile_follow_ups(now=timezone.now())
