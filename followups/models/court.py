"""What a client wants a court to know, what went to it, and the exceptions that a supervisor answers for."""

import uuid
from functools import reduce
from operator import or_

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import DisclosureBasis, DisclosurePart, Mandate, ReportingDate
from followups.imprint import imprint_of
from followups.models.follow_ups import ContactAttempt


@pghistory.track()
class CourtTalk(models.Model):
    """What a talk under a court's order held besides the client's own words, which are for their care.

    Only `court_words` are for the court, and only once the client has approved them (row 4.7).
    """

    attempt = models.OneToOneField(ContactAttempt, on_delete=models.CASCADE, related_name="court_talk")
    said_what_goes = models.BooleanField(default=False, help_text="What is reported, and what is not.")
    said_what_follows = models.BooleanField(default=False, help_text="What the order says may follow.")
    help_offered = models.CharField(max_length=300, blank=True)
    plan = models.TextField(blank=True, help_text="What was planned together for what gets in the way.")
    court_words = models.TextField(blank=True, help_text="What the client wants the court to know.")
    is_approved = models.BooleanField(default=False, help_text="The client approved these words.")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(is_approved=False) | ~Q(court_words=""), name="only_words_are_approved"
            ),
        )

    def __str__(self) -> str:
        return f"court talk of attempt {self.attempt_id}"


class ReportKind(models.TextChoices):
    """What a word to the court amounts to; only the last is locked until the client was heard (row 4.3)."""

    ROUTINE = "routine", _("A routine report")
    FAVOURABLE = "favourable", _("Good news")
    NOTICE = "notice", _("A notice of non-compliance")


class ReportException(models.Model):
    """A supervisor answers for a notice that is legally due before the client was heard."""

    append_only = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reporting_date = models.ForeignKey(ReportingDate, on_delete=models.PROTECT, related_name="exceptions")
    because = models.CharField(max_length=300)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ("granted_at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(because=""), name="exception_says_why"),)
        triggers = (
            pgtrigger.Protect(
                name="report_exception_is_immutable", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"report exception {self.public_id}"


class Disclosure(models.Model):
    """One word that went to a court: when, by whom, what it held and on what basis; never changed."""

    append_only = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="disclosures")
    basis = models.ForeignKey(DisclosureBasis, on_delete=models.PROTECT, related_name="disclosures")
    reporting_date = models.ForeignKey(
        ReportingDate, null=True, blank=True, on_delete=models.PROTECT, related_name="disclosures"
    )
    exception = models.ForeignKey(
        ReportException, null=True, blank=True, on_delete=models.PROTECT, related_name="disclosures"
    )
    kind = models.CharField(max_length=10, choices=ReportKind)
    parts = ArrayField(models.CharField(max_length=10, choices=DisclosurePart))
    is_approved = models.BooleanField(
        default=False, help_text="The client approved what goes beyond attendance."
    )
    recipient = models.CharField(max_length=200, help_text="As the basis named them then.")
    notice = models.TextField(help_text="The notice on redistribution that went along.")
    disclosed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    disclosed_at = models.DateTimeField()

    class Meta:
        ordering = ("-disclosed_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(parts=["attendance"]) | Q(is_approved=True),
                name="beyond_attendance_is_approved",
            ),
        )
        triggers = (
            pgtrigger.Protect(name="disclosure_is_immutable", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"disclosure {self.public_id}"


# What a signature stands under, and what nobody changes afterwards.
SIGNED = ("kind", "parts", "since_on", "until_on", "account", "barriers", "plan", "holds")
_is_signed = pgtrigger.Q(old__signed_at__isnull=False)
_is_rewritten = reduce(
    or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in SIGNED)
)


@pghistory.track()
class CourtReport(models.Model):
    """A report to the court on paper: written, approved by the client, signed by the clinician, then noted as gone.

    What goes beyond attendance is written for the court; no word that was said for care is in it (row 4.7).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="reports")
    reporting_date = models.ForeignKey(
        ReportingDate, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    kind = models.CharField(max_length=10, choices=ReportKind)
    parts = ArrayField(models.CharField(max_length=10, choices=DisclosurePart))
    since_on = models.DateField()
    until_on = models.DateField()
    account = models.TextField(blank=True)
    barriers = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who notes that the client read and approved it.",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    holds = models.JSONField(null=True, blank=True, help_text="The paper as it was signed.")
    disclosure = models.OneToOneField(
        Disclosure, null=True, blank=True, on_delete=models.PROTECT, related_name="report"
    )

    class Meta:
        ordering = ("-written_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(since_on__lte=F("until_on")), name="report_begins_before_its_end"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None, holds=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False, holds__isnull=False),
                name="signed_report_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(parts=["attendance"]) | Q(approved_at__isnull=False),
                name="signed_beyond_attendance_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(disclosure=None) | Q(signed_at__isnull=False), name="only_a_signed_report_goes"
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="signed_report_stays", operation=pgtrigger.Update, condition=_is_signed & _is_rewritten
            ),
            pgtrigger.Protect(name="signed_report_is_kept", operation=pgtrigger.Delete, condition=_is_signed),
        )

    def __str__(self) -> str:
        return f"court report {self.public_id}"

    @property
    def imprint(self) -> str:
        """Of what is approved and signed: what kind it is, of which days, and every word in it."""
        return imprint_of(
            self.kind, *self.parts, self.since_on, self.until_on, self.account, self.barriers, self.plan
        )

    @property
    def is_beyond_attendance(self) -> bool:
        return self.parts != [DisclosurePart.ATTENDANCE]
