"""Who is in treatment together, with whom, and under which terms."""

import uuid
from datetime import date

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models.people import Client
from clients.querysets import CaseQuerySet


@pghistory.track()
class Case(models.Model):
    """Who is in treatment together; an individual is a case of one."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("Individual")
        COUPLE = "couple", _("Couple")
        FAMILY = "family", _("Family")
        GROUP = "group", _("Group")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external_id = models.CharField(max_length=64, null=True, blank=True, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(
        max_length=80, blank=True, help_text="For staff; groups need one. Never in a message."
    )
    is_addiction = models.BooleanField(
        default=False, help_text="Addiction counselling: the stricter disclosure rules apply."
    )
    presenting_issues = models.TextField(blank=True, help_text="Clinicians only.")
    goals = models.TextField(
        blank=True, db_default="", help_text="What they want in the long run. Clinicians only."
    )
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=200, blank=True, help_text="Clinicians only.")
    clients = models.ManyToManyField(Client, through="CaseMember", related_name="cases")
    clinicians = models.ManyToManyField(User, through="CaseClinician", related_name="cases")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(kind="group") | ~Q(title=""), name="group_case_has_a_title"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")),
                name="case_closed_after_opened",
            ),
        )

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} case"

    @property
    def is_joint(self) -> bool:
        """More than one person is in treatment together."""
        return self.kind != Case.Kind.INDIVIDUAL


@pghistory.track()
class CaseClinician(models.Model):
    """A clinician of a case: this is what a caseload is."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="case_clinicians")
    clinician = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_clinicians")
    is_lead = models.BooleanField(default=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "clinician"], name="clinician_once_per_case"),)

    def __str__(self) -> str:
        return f"clinician of case {self.case_id}"


class MemberRole(models.TextChoices):
    """What somebody is in a case."""

    CLIENT = "client", _("Client")
    PARTNER = "partner", _("Partner")
    FAMILY = "family", _("Family member")
    GROUP = "group", _("Group member")


class Engagement(models.TextChoices):
    """How far a member has come towards taking part (row 5.1)."""

    HESITANT = "hesitant", _("Hesitant")
    RESISTS = "resists", _("Resists")
    INVITED = "invited", _("Invited")
    JOINED = "joined", _("Joined")
    DECLINED = "declined", _("Declined")


@pghistory.track()
class CaseMember(models.Model):
    """One person's place in a case."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=8, choices=MemberRole, default=MemberRole.CLIENT)
    engagement = models.CharField(max_length=8, choices=Engagement, default=Engagement.JOINED)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["case", "client"],
                condition=Q(left_on=None),
                name="client_once_per_case",
            ),
        )

    def __str__(self) -> str:
        return f"member of case {self.case_id}"


@pghistory.track()
class EngagementChange(models.Model):
    """That somebody came nearer to taking part, or further from it: who noted it, and when."""

    member = models.ForeignKey(CaseMember, on_delete=models.CASCADE, related_name="engagement_changes")
    engagement = models.CharField(max_length=8, choices=Engagement)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-noted_at", "-pk")

    def __str__(self) -> str:
        return f"engagement of member {self.member_id}"


@pghistory.track()
class Mandate(models.Model):
    """A court's order for one client's treatment; the desk never sees it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="mandates")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="mandates")
    order_reference = models.CharField(max_length=80)
    terms = models.TextField(blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_details = models.CharField(max_length=200, blank=True)
    misses_before_alert = models.PositiveSmallIntegerField(default=2)
    ended_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"mandate {self.public_id}"

    @property
    def report_due_on(self) -> date | None:
        """The next day on which the court expects a report; free of queries where they are prefetched."""
        due = [one.due_on for one in self.reporting_dates.all() if one.settled_at is None]
        return min(due, default=None)
