"""What somebody said, asked alone, on whether talking together is safe; theirs, and never the couple's."""

import uuid

import pghistory
from django.db import models

from accounts.models import User
from clients.models.people import Client


@pghistory.track()
class CoercionScreen(models.Model):
    """One answer of one person, taken without anybody else there; the latest counts (row 5.2)."""

    class Result(models.TextChoices):
        SAFE = "safe", "Safe"
        UNSURE = "unsure", "Not sure: counts as not safe"
        UNSAFE = "unsafe", "Not safe"

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
