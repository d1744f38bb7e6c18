"""What a court expects, and when."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from accounts.models import User
from clients.models.cases import Mandate
from clients.querysets import ReportingDateQuerySet


@pghistory.track()
class ReportingDate(models.Model):
    """A day by which the court expects a report; settled once it went, or is not expected any more."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="reporting_dates")
    due_on = models.DateField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_because = models.CharField(max_length=200, blank=True)

    objects = ReportingDateQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=["mandate", "due_on"], name="reporting_date_once_per_mandate"),
            models.CheckConstraint(
                condition=Q(settled_at=None) | ~Q(settled_because=""), name="settled_reporting_date_says_why"
            ),
        )
        indexes = (
            models.Index(fields=["due_on"], condition=Q(settled_at=None), name="reporting_dates_open"),
        )

    def __str__(self) -> str:
        return f"reporting date {self.public_id}"
