"""What beat and a nudge ring: files that somebody asked to bring in, and old ones that go."""

from celery import shared_task
from django.utils import timezone

from importing.bringing import forget_old_files
from importing.refusals import ImportUnderWay
from importing.running import bring_in_asked


# A hundred thousand rows take minutes; should it break off, the next ring goes on.
@shared_task(soft_time_limit=3_000, time_limit=3_300)
def bring_in() -> None:
    """Try or bring in what was asked for, and let go of old files."""
    now = timezone.now()
    try:
        bring_in_asked(now=now)
    except ImportUnderWay:
        return  # beat rings again
    finally:
        forget_old_files(now=now)
