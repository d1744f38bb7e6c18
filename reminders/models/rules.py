"""When reminders go out, and the words that a practice put in place of ours."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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


class Audience(models.TextChoices):
    """Whom a rule is for; `needs.FOR_WHOM` is the same in SQL."""

    ALL = "all", _("Everybody")
    FIRST_SESSION = "first_session", _("People who come for the first time")
    TELEHEALTH = "telehealth", _("Sessions by video or telephone")
    AFTER_MISS = "after_miss", _("People who missed their last session")
    HIGH_NEED = "high_need", _("People marked for more reminders, or who miss often")


@pghistory.track()
class ReminderRule(models.Model):
    """A reminder so many days before, at the session's own wall-clock time, and so many hours before that."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=60)
    lead_days = models.PositiveSmallIntegerField(help_text="Days before, at the session's time of day.")
    lead_hours = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Hours before that time, or before the session with no days."
    )
    audience = models.CharField(
        max_length=15, choices=Audience, default=Audience.ALL, db_default=Audience.ALL.value
    )
    channels = ArrayField(
        models.CharField(max_length=5, choices=Channel),
        default=list,
        db_default=[],
        blank=True,
        help_text="Tried in this order; empty: as each person wants it.",
    )
    template_key = models.CharField(max_length=30, default="reminder")
    effective_at = models.DateTimeField(
        null=True, blank=True, help_text="What fell due before is not made up for; empty: always in force."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("-lead_days", "-lead_hours", "audience", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(lead_days__range=(0, 13), lead_hours__range=(0, 23))
                & (Q(lead_days__gte=1) | Q(lead_hours__gte=3)),
                name="rule_lead_possible",
            ),
            # Two rules of one lead for the same people would be two texts at one time.
            models.UniqueConstraint(
                fields=["lead_days", "lead_hours", "audience"],
                condition=Q(is_active=True),
                name="rule_in_force_once_per_lead",
            ),
        )

    def __str__(self) -> str:
        return self.name
