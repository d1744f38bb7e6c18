"""What one person's safety asks for: their answers, asked alone, and orders that protect them; never the couple's."""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models.people import Client


@pghistory.track()
class CoercionScreen(models.Model):
    """One answer of one person, taken without anybody else there; the latest counts (row 5.2)."""

    class Result(models.TextChoices):
        SAFE = "safe", _("Safe")
        UNSURE = "unsure", _("Not sure: counts as not safe")
        UNSAFE = "unsafe", _("Not safe")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="coercion_screens")
    result = models.CharField(max_length=6, choices=Result)
    words = models.TextField(blank=True, help_text="Read by the person's own clinicians only.")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-taken_at", "-pk")
        indexes = (models.Index(fields=["client", "-taken_at"], name="screens_of_a_client"),)

    def __str__(self) -> str:
        return f"coercion screen {self.public_id}"


@pghistory.track()
class ProtectiveOrder(models.Model):
    """A court keeps somebody away from this person; it stands in the record of the one it protects.

    Whichever of the two asks, nobody books them together while it stands.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="protective_orders")
    other = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+", help_text="Kept away.")
    reference = models.CharField(max_length=200, blank=True, help_text="Where the paper is, or its number.")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-noted_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["client", "other"], condition=Q(ended_at=None), name="protective_order_stands_once"
            ),
            models.CheckConstraint(condition=~Q(client=F("other")), name="protective_order_between_two"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_protective_order_says_who",
            ),
        )

    def __str__(self) -> str:
        return f"protective order {self.public_id}"
