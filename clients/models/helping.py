"""What was done about what gets in the way: help offered, strategies agreed on, what missing costs them."""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models.cases import Case
from clients.models.help import Barrier, Resource, Strategy
from clients.models.people import Client
from clients.querysets import AgreedStrategyQuerySet, ConsequenceQuerySet, ReferralQuerySet


class ReferralState(models.TextChoices):
    """How far an offer of help has come."""

    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("They want it")
    IN_CONTACT = "in_contact", _("In contact")
    DECLINED = "declined", _("Rather not")
    HELPED = "helped", _("Resolved: it helped")
    NOT_HELPED = "not_helped", _("Resolved: it did not help")


# Somebody still looks after it.
OPEN_STATES = (ReferralState.OFFERED, ReferralState.ACCEPTED, ReferralState.IN_CONTACT)


@pghistory.track()
class Referral(models.Model):
    """Help offered to one client of a case, followed until it is resolved (row 2.9)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="referrals")
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    what = models.CharField(max_length=200, blank=True, help_text="Help that is in no directory.")
    barrier = models.ForeignKey(
        Barrier, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="From which."
    )
    is_practical = models.BooleanField(
        default=False, help_text="The desk may arrange it; everything else is for clinicians."
    )
    state = models.CharField(max_length=10, choices=ReferralState, default=ReferralState.OFFERED)
    revisit_on = models.DateField(null=True, blank=True, help_text="When to ask again; empty once it ended.")
    owner = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="referrals",
        help_text="Whose it is; empty: the desk's.",
    )
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ("-offered_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(resource__isnull=False) | ~Q(what=""), name="referral_says_to_what"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, revisit_on__isnull=False)
                | ~Q(state__in=OPEN_STATES) & Q(revisit_on=None),
                name="open_referral_has_a_revisit_day",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(is_practical=True), name="desk_has_practical_referrals"
            ),
        )
        indexes = (
            models.Index(
                fields=["owner", "revisit_on"],
                condition=Q(revisit_on__isnull=False),
                name="referral_to_revisit",
            ),
            models.Index(fields=["client", "-offered_at"], name="referral_by_client"),
        )

    def __str__(self) -> str:
        return f"referral {self.public_id}"

    @property
    def name(self) -> str:
        """What was offered."""
        return self.resource.name if self.resource else self.what

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


@pghistory.track()
class ReferralStep(models.Model):
    """One thing that became known of a referral."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=ReferralState)
    note = models.TextField(blank=True, help_text="Clinicians only; the desk may write it.")
    revisit_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"step of referral {self.referral_id}"


@pghistory.track()
class AgreedStrategy(models.Model):
    """What was agreed on with a client so that coming is easier (row 2.13); clinicians only."""

    class Timing(models.TextChoices):
        PREVENTIVE = "preventive", _("Before anything was missed")
        AFTER = "after", _("After a session was missed")

    class AgreedBy(models.TextChoices):
        CLIENT = "client", _("They themselves")
        GUARDIAN = "guardian", _("A parent or guardian")
        TOGETHER = "together", _("Everybody in this case, together")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreed_strategies")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="agreed_strategies")
    strategy = models.ForeignKey(Strategy, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200, blank=True, help_text="What exactly was agreed.")
    timing = models.CharField(max_length=10, choices=Timing)
    agreed_by = models.CharField(max_length=8, choices=AgreedBy, default=AgreedBy.CLIENT)
    client_words = models.TextField(blank=True, help_text="As the client put it.")
    agreed_on = models.DateField()
    noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)

    objects = AgreedStrategyQuerySet.as_manager()

    class Meta:
        ordering = ("-agreed_on", "-pk")
        verbose_name_plural = "agreed strategies"
        constraints = (
            models.CheckConstraint(
                condition=Q(strategy__isnull=False) | ~Q(what=""), name="agreed_strategy_says_what"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_because="") | Q(ended_on__gte=F("agreed_on")),
                name="agreed_strategy_ended_after_it_began",
            ),
        )
        indexes = (models.Index(fields=["client", "-agreed_on"], name="agreed_by_client"),)

    def __str__(self) -> str:
        return f"agreed strategy {self.public_id}"

    @property
    def name(self) -> str:
        return self.strategy.name if self.strategy else self.what


@pghistory.track()
class Consequence(models.Model):
    """What missing sessions costs a client, as a clinician sees it (row 2.3)."""

    class Kind(models.TextChoices):
        CONTINUITY = "continuity", _("The thread is lost")
        PROGRESS = "impeded_progress", _("Progress is held up")
        ALLIANCE = "strained_alliance", _("Trust between us is strained")
        STAGNATION = "stagnation_or_regression", _("Standing still, or slipping back")
        SYMPTOMS = "symptoms", _("Symptoms come up again")
        ISOLATION = "isolation_or_hopelessness", _("Isolation or hopelessness")
        DISCONNECTION = "disconnection", _("Out of touch with treatment")
        RESOURCES = "resource_strain", _("It strains their time or money")
        SUPPORT = "delayed_support", _("Support comes late")
        AVOIDANCE = "avoidance_cycle", _("Staying away makes coming back harder")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consequences")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="consequences")
    kind = models.CharField(max_length=25, choices=Kind)
    words = models.TextField(blank=True, help_text="The case's clinicians and their supervisors only.")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ConsequenceQuerySet.as_manager()

    class Meta:
        ordering = ("-noted_at", "-pk")
        indexes = (models.Index(fields=["client", "-noted_at"], name="consequence_by_client"),)

    def __str__(self) -> str:
        return f"consequence {self.public_id}"
