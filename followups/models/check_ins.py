"""Check-ins between sessions that a person makes by telephone."""

import uuid

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import CheckInPlan


class CheckInResult(models.TextChoices):
    """What became of a call."""

    REACHED = "reached", _("We talked")
    LEFT_WORD = "left_word", _("Left word")
    NO_ANSWER = "no_answer", _("No answer")


@pghistory.track()
class CheckInCall(models.Model):
    """One call that was due by an agreement; what is still to be called is asked of the agreement itself."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(CheckInPlan, on_delete=models.CASCADE, related_name="calls")
    due_on = models.DateField()
    result = models.CharField(max_length=9, choices=CheckInResult)
    words = models.CharField(max_length=500, blank=True, help_text="Clinicians only.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-due_on", "-pk")
        constraints = (models.UniqueConstraint(fields=["plan", "due_on"], name="check_in_call_once_a_day"),)

    def __str__(self) -> str:
        return f"check-in call {self.public_id}"
