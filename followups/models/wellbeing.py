"""A worry about somebody's wellbeing: who is asked by name, by when, and who has taken it (row 3.4)."""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from clients.models import Case, Client
from followups.models.follow_ups import FollowUp
from sessions_app.models import TherapySession


@pghistory.track()
class WellbeingConcern(models.Model):
    """Somebody on the staff worries about a client; it stays until a named person has seen to it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="wellbeing_concerns")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="wellbeing_concerns")
    session = models.ForeignKey(
        TherapySession, null=True, blank=True, on_delete=models.PROTECT, related_name="wellbeing_concerns"
    )
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="wellbeing_concerns")
    words = models.TextField(
        help_text="What gives rise to it. The desk may write it and cannot read it back."
    )
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="wellbeing_asked", help_text="Who is asked by name."
    )
    due_at = models.DateTimeField(help_text="By when it is taken; day and night.")
    escalated_at = models.DateTimeField(null=True, blank=True)
    escalated_to = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="wellbeing_escalated"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(blank=True, help_text="What was done, and how they are.")

    class Meta:
        ordering = ("due_at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="concern_says_what"),
            models.CheckConstraint(condition=Q(due_at__gt=F("raised_at")), name="concern_due_after_raised"),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="concern_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, outcome="")
                | Q(done_at__isnull=False, done_by__isnull=False) & ~Q(outcome=""),
                name="concern_done_says_by_whom_and_how",
            ),
            models.UniqueConstraint(
                fields=["client", "case"],
                condition=Q(done_at=None),
                name="one_open_concern_per_client_and_case",
            ),
        )
        indexes = (
            models.Index(
                fields=["due_at"],
                condition=Q(taken_at=None, escalated_at=None, done_at=None),
                name="concern_waiting_by_due",
            ),
        )

    def __str__(self) -> str:
        return f"concern {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None

    @property
    def state(self) -> str:
        """For pages: waiting, escalated, taken or done."""
        if self.done_at:
            return "done"
        if self.taken_at:
            return "taken"
        return "escalated" if self.escalated_at else "waiting"
