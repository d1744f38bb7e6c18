"""What must be signed with a provider before anything about a client passes through it."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class AgreementKind(models.TextChoices):
    """Which agreement (45 CFR 164.504(e); 42 CFR 2.11 for addiction counselling)."""

    ASSOCIATE = "associate", _("Business associate agreement")
    QUALIFIED = "qualified", _("Qualified service organisation agreement")


@pghistory.track()
class ProviderAgreement(models.Model):
    """A signed agreement, as somebody recorded it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=AgreementKind)
    reference = models.CharField(max_length=120, help_text="With whom, and where the paper is.")
    signed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["kind"], condition=Q(ended_at=None), name="agreement_in_force_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.signed_on}"
