"""A wording that a member of staff sends to themselves."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Channel


class TrialState(models.TextChoices):
    """How far a trial came."""

    WAITING = "waiting", _("On its way")
    SENDING = "sending", _("With the provider")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    UNKNOWN = "unknown", _("It may have gone out")


class Trial(models.Model):
    """Words with made-up facts, to staff only; begun at most once, whatever happens to the worker."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    key = models.CharField(max_length=30)
    channel = models.CharField(max_length=5, choices=Channel)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=TrialState, default=TrialState.WAITING)
    code = models.CharField(max_length=20, blank=True, help_text="The provider's, where it refused.")
    begun_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(fields=["asked_at"], condition=Q(state="waiting"), name="trial_waiting"),
            models.Index(fields=["asked_by", "-asked_at"], name="trial_by_person"),
        )

    def __str__(self) -> str:
        return f"trial {self.public_id}"
