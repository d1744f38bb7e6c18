"""Rings for attendance."""

from celery import shared_task
from django.utils import timezone

from attendance.reconcile import settle_ended


@shared_task(name="attendance.tasks.settle_ended")
def settle() -> None:
    """Turn arrivals into attendance once sessions are over."""
    settle_ended(now=timezone.now())
