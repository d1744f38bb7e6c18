"""What beat rings in this room."""

from celery import shared_task

from clients import doubles


@shared_task
def look_for_doubles() -> None:
    """Compare the records of a large practice, so that nobody waits for it."""
    doubles.look_for_doubles()
