"""When reminders go out, and the words that a practice put in place of ours."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from clients.models import Channel


@pghistory.track()
class MessageTemplate(models.Model):
    """A practice's own wording for one key, language and channel; ours ship in `words.py`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=30)
    language = models.CharField(max_length=5)
    channel = models.CharField(max_length=5, choices=Channel)
    subject = models.CharField(max_length=120, blank=True, help_text="Of an e-mail.")
    body = models.TextField()

    class Meta:
        ordering = ("key", "language", "channel")
        constraints = (
            models.UniqueConstraint(
                fields=["key", "language", "channel"], name="template_once_per_key_language_channel"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.language}, {self.channel})"


@pghistory.track()
class ReminderRule(models.Model):
    """A reminder so many days before, at the session's own wall-clock time."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=60)
    lead_days = models.PositiveSmallIntegerField(help_text="Days before, at the session's time of day.")
    template_key = models.CharField(max_length=30, default="reminder")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("-lead_days",)
        constraints = (
            models.CheckConstraint(condition=Q(lead_days__range=(1, 13)), name="rule_lead_possible"),
            # Two rules of one lead would be two texts at one time.
            models.UniqueConstraint(
                fields=["lead_days"], condition=Q(is_active=True), name="rule_in_force_once_per_lead"
            ),
        )

    def __str__(self) -> str:
        return self.name
