"""How the ways out are doing, and when the sweeps last passed."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Channel


class ProviderState(models.Model):
    """One way out: its token bucket, its circuit breaker, and whether it is paused."""

    channel = models.CharField(max_length=5, choices=Channel, unique=True)
    # Set by errors that only a person can mend (a wrong key, an unregistered sender).
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_reason = models.CharField(max_length=120, blank=True)
    # The circuit breaker: open until then; after it one message goes as a trial.
    failures_running = models.PositiveSmallIntegerField(default=0)
    open_until = models.DateTimeField(null=True, blank=True)
    # The token bucket; without a rate nothing is held back.
    rate_per_second = models.FloatField(null=True, blank=True)
    burst = models.PositiveIntegerField(default=50)
    tokens = models.FloatField(default=50)
    filled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(rate_per_second=None) | Q(rate_per_second__gt=0), name="provider_rate_possible"
            ),
        )

    def __str__(self) -> str:
        return f"provider of {self.channel}"

    def standing(self, now: datetime) -> str:
        """`paused` until a person resumes it, `open` while its breaker rests it, `trying` with one, or `well`."""
        if self.paused_at:
            return "paused"
        if self.open_until is None:
            return "well"
        return "open" if now < self.open_until else "trying"


class PassKind(models.TextChoices):
    """The sweeps whose last pass tells health."""

    DISPATCH = "dispatch", _("Sending")
    RECONCILE = "reconcile", _("Planning")
    UNKNOWN = "unknown", _("Asking about the unknown")


class PassLog(models.Model):
    """When a sweep last passed, and how much it found to do."""

    kind = models.CharField(max_length=10, choices=PassKind, unique=True)
    ended_at = models.DateTimeField()
    rows_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"last pass of {self.kind}"
