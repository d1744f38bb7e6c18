"""Pauses all sending, as after a restored backup; staff start it again from the settings page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.models import Practice
from accounts.services import pause_sending


class Command(BaseCommand):
    help = "Pause every message to clients until a practice admin starts sending again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reason", default="Paused from the command line.")

    def handle(self, *args: Any, reason: str, **options: Any) -> None:
        if not Practice.objects.exists():
            self.stdout.write("There is no practice yet, so nothing is sent.")
            return
        practice = pause_sending(actor=None, reason=reason, now=timezone.now())
        self.stdout.write(
            f"Sending is paused since {practice.sending_paused_at:%Y-%m-%d %H:%M} UTC: {reason}"
        )
