"""Which step of a contingency plan was taken when somebody was missing."""

import uuid

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions_app.models import Participant, TherapySession


class FallbackStep(models.TextChoices):
    """What was agreed for the day when somebody cannot come, as one step (row 2.11)."""

    VIDEO = "video", _("By video")
    PHONE = "phone", _("By telephone")
    OTHER_TIME = "other_time", _("Another time")


@pghistory.track()
class FallbackUse(models.Model):
    """One step of a contingency plan that was taken when somebody was missing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="fallback_uses")
    step = models.CharField(max_length=10, choices=FallbackStep)
    used_at = models.DateTimeField()
    used_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    session_version = models.PositiveIntegerField(help_text="What the session became by it.")
    was_on = models.DateField(help_text="Its day before.")
    was_at = models.TimeField(help_text="Its time before.")
    booked = models.ForeignKey(
        TherapySession,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Booked in its place, where it was missed already or somebody else had come.",
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-used_at", "-pk")

    def __str__(self) -> str:
        return f"fallback {self.public_id}"

    @property
    def is_another_time(self) -> bool:
        return self.step == FallbackStep.OTHER_TIME
