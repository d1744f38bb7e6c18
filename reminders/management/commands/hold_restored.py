"""After a restored backup: holds what may have gone out since it was taken."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import Practice
from reminders.reconcile import reconcile
from reminders.services import hold_gap


class Command(BaseCommand):
    help = "Hold every message that is due by now, for a person to decide about."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Practice.objects.exists():
            return
        now = timezone.now()
        # Planned first: what the backup had not planned yet may have been sent since, too.
        reconcile(now=now)
        count = hold_gap(actor=None, now=now)
        self.stdout.write(f"{count} messages that may have gone out are held: see Messages.")
