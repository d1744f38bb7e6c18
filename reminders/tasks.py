"""What beat rings: each task looks at the database and does what is due there."""

from celery import shared_task
from django.utils import timezone

from reminders import dispatch as sending
from reminders import lagging, unknown
from reminders import reconcile as planning
from reminders.offering import offer_freed_times
from reminders.trials import send_trials


@shared_task
def dispatch() -> None:
    """Send what is due, and what staff want to see for themselves."""
    sending.dispatch(now=timezone.now())
    send_trials(now=timezone.now())


@shared_task
def reconcile() -> None:
    """Offer what was freed, and plan what should be sent."""
    now = timezone.now()
    offer_freed_times(now=now)
    planning.reconcile(now=now)


@shared_task
def poll_unknown() -> None:
    """Ask about the unknown, and about what fell silent."""
    now = timezone.now()
    unknown.poll_unknown(now=now)
    lagging.poll_lagging(now=now)
