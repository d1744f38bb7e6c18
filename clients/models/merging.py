"""That two records were one person's: what became of it, so that it can be undone."""

import uuid
from datetime import datetime, timedelta

import pghistory
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from clients.models.people import Client

UNDOABLE_DAYS = 30


# The journal repeats what the rows' own histories hold.
@pghistory.track(exclude=["journal"])
class ClientMerge(models.Model):
    """One record taken into another; `journal` says what moved and what changed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kept = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    journal = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-merged_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two_records"),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="gone_into_one_record_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"merge {self.public_id}"

    @property
    def undoable_until(self) -> datetime:
        return self.merged_at + timedelta(days=UNDOABLE_DAYS)
