"""Somebody asks for a copy of the record: released by its clinician after review, never by Kept (row 1.7)."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models.cases import Case
from clients.models.people import Client


@pghistory.track()
class RecordRequest(models.Model):
    """One member of a case asks for its record; what became of it is its clinicians' to say."""

    class Decision(models.TextChoices):
        RELEASED = "released", _("Given out, after a review")
        KEPT_BACK = "kept_back", _("Not given out")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="record_requests")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="record_requests")
    asked_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=9, choices=Decision, blank=True)
    words = models.TextField(blank=True, help_text="What went, or why not. The case's clinicians only.")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(decision="", words="", decided_at=None, decided_by=None)
                | ~Q(decision="") & ~Q(words="") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="record_decision_says_who_when_and_what",
            ),
            models.UniqueConstraint(
                fields=["case", "client"], condition=Q(decision=""), name="record_asked_for_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"record request {self.public_id}"
