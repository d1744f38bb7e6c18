"""What missing costs: the terms, who was told of them, and what a person decided (row 3.5)."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions_app.models import Participant


class FeeTerms(models.Model):
    """What a missed session costs in this practice, as clients are told; only followed by other terms (row 3.5)."""

    append_only = True

    missed_amount = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Empty: a missed session costs nothing.",
    )
    late_amount = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Empty: cancelling late costs nothing.",
    )
    currency = models.CharField(max_length=3, default="USD")
    free_absences = models.PositiveSmallIntegerField(
        default=1, help_text="So many in twelve months cost nothing."
    )
    words = models.CharField(
        max_length=400, blank=True, help_text="What clients read beforehand, in English."
    )
    words_es = models.CharField(max_length=400, blank=True)
    in_force_from = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-in_force_from", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(missed_amount=None, late_amount=None) | ~Q(words=""),
                name="fee_terms_say_what_it_costs",
            ),
            models.CheckConstraint(
                condition=(Q(missed_amount=None) | Q(missed_amount__gt=0))
                & (Q(late_amount=None) | Q(late_amount__gt=0)),
                name="fee_terms_amounts_possible",
            ),
        )
        triggers = (
            pgtrigger.Protect(name="fee_terms_are_immutable", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"fee terms from {self.in_force_from}"

    def words_in(self, language: str) -> str:
        """What a client reads; without Spanish words they read the English."""
        return self.words_es if language == "es" and self.words_es else self.words


@pghistory.track()
class TermsTold(models.Model):
    """Somebody told a client what a missed session costs; nobody pays what they were not told before."""

    class How(models.TextChoices):
        SIGNED = "signed", _("They signed it")
        SAID = "said", _("We talked about it")
        SENT = "sent", _("They have it in writing")

    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="fee_terms_told")
    terms = models.ForeignKey(FeeTerms, on_delete=models.PROTECT, related_name="told")
    how = models.CharField(max_length=6, choices=How)
    told_on = models.DateField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-told_on", "-pk")
        constraints = (models.UniqueConstraint(fields=["client", "terms"], name="terms_told_once_each"),)

    def __str__(self) -> str:
        return f"terms told {self.pk}"


@pghistory.track()
class FeeExemption(models.Model):
    """A client who is never charged, because whoever pays for them forbids it, or for another reason."""

    class Because(models.TextChoices):
        PAYER = "payer", _("Whoever pays for them forbids it")
        AGREED = "agreed", _("We agreed so with them")

    client = models.OneToOneField("clients.Client", on_delete=models.PROTECT, related_name="fee_exemption")
    because = models.CharField(max_length=6, choices=Because)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"fee exemption {self.pk}"


@pghistory.track()
class Fee(models.Model):
    """What a person decided on one absence: charged, or waived and why. Kept decides nothing."""

    class Decision(models.TextChoices):
        CHARGED = "charged", _("Charged")
        WAIVED = "waived", _("Waived")

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="fee")
    decision = models.CharField(max_length=7, choices=Decision)
    terms = models.ForeignKey(FeeTerms, null=True, blank=True, on_delete=models.PROTECT, related_name="fees")
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    because = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decision="charged", amount__gt=0, terms__isnull=False)
                | Q(decision="waived", amount=None, terms=None) & ~Q(because=""),
                name="fee_is_charged_by_terms_or_waived_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"fee of participant {self.participant_id}"
