"""What a court expects, and when."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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


class DisclosurePart(models.TextChoices):
    """What a report to the court can hold; attendance is what it holds by default (row 4.7)."""

    ATTENDANCE = "attendance", _("Attendance")
    OUTREACH = "outreach", _("How we tried to reach them")
    ACCOUNT = "account", _("Their own account")
    BARRIERS = "barriers", _("What got in the way")
    PLAN = "plan", _("The plan")


@pghistory.track()
class DisclosureBasis(models.Model):
    """What permits a word to the court: a signed consent on file, or a sufficient court order.

    A consent carries the elements of 45 CFR 164.508(c), and where the case is addiction counselling
    those of 42 CFR 2.31; an order then has to be one under 42 CFR 2.61 to 2.67.
    """

    class Kind(models.TextChoices):
        CONSENT = "consent", _("Signed consent")
        ORDER = "order", _("Sufficient court order")

    class Ending(models.TextChoices):
        REVOKED = "revoked", _("Revoked by the client")
        EVENT = "event", _("The event it named has come")
        SET_ASIDE = "set_aside", _("Replaced or set aside")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="bases")
    kind = models.CharField(max_length=7, choices=Kind)
    reference = models.CharField(max_length=80, blank=True, help_text="Where the paper is, or its number.")
    discloser = models.CharField(max_length=120, help_text="Who may disclose.")
    recipient = models.CharField(max_length=200, help_text="To whom.")
    covers = ArrayField(models.CharField(max_length=10, choices=DisclosurePart), help_text="What.")
    purpose = models.CharField(max_length=200)
    signed_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    expires_when = models.CharField(max_length=200, blank=True, help_text="An event, in place of a day.")
    says_how_to_revoke = models.BooleanField(default=False)
    says_redisclosure = models.BooleanField(default=False)
    names_substance_use = models.BooleanField(default=False)
    is_under_part_2 = models.BooleanField(default=False, help_text="An order under 42 CFR 2.61 to 2.67.")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_how = models.CharField(max_length=9, choices=Ending, blank=True)

    class Meta:
        ordering = ("-signed_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="consent") | Q(expires_on__isnull=False) | ~Q(expires_when=""),
                name="consent_names_its_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_how="") | Q(ended_on__isnull=False) & ~Q(ended_how=""),
                name="ended_basis_says_how",
            ),
            models.CheckConstraint(
                condition=Q(covers__contains=["attendance"]), name="basis_covers_attendance"
            ),
        )

    def __str__(self) -> str:
        return f"disclosure basis {self.public_id}"

    @property
    def is_consent(self) -> bool:
        return self.kind == DisclosureBasis.Kind.CONSENT
