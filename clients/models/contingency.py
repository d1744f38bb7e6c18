"""What was agreed for the day when somebody cannot come, and for the weeks when they are away."""

import uuid
from dataclasses import dataclass
from datetime import time

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from clients.models.cases import Case
from clients.models.people import Client
from clients.querysets import ContingencyPlanQuerySet

MINUTES_OF_A_DAY = 24 * 60
MINUTES_OF_A_WEEK = 7 * MINUTES_OF_A_DAY


@dataclass(frozen=True, order=True)
class FallbackTime:
    """A time of the week, by the clock of the place; Monday is 0."""

    weekday: int
    at: time

    @property
    def minute_of_week(self) -> int:
        return self.weekday * MINUTES_OF_A_DAY + self.at.hour * 60 + self.at.minute

    @classmethod
    def of(cls, minute_of_week: int) -> "FallbackTime":
        weekday, minute = divmod(minute_of_week, MINUTES_OF_A_DAY)
        return cls(weekday, time(*divmod(minute, 60)))


@pghistory.track()
class ContingencyPlan(models.Model):
    """What was agreed for the day when somebody cannot come (row 2.11).

    How they would meet instead is not clinical; the support and the note are the clinician's. Of people
    treated together it holds once each of them has agreed, and only their clinicians see it.
    """

    public_id = models.UUIDField(
        default=uuid.uuid4, db_default=models.Func(function="gen_random_uuid"), unique=True, editable=False
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contingency_plans")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="contingency_plans")
    by_video = models.BooleanField(default=False, db_default=False)
    by_phone = models.BooleanField(default=False, db_default=False)
    minutes_of_week = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        db_default=[],
        help_text="Other times that suit them: minutes since Monday, 0:00, by the clock of the place.",
    )
    support = models.CharField(
        max_length=300, blank=True, db_default="", help_text="What else helps then. Clinicians only."
    )
    note = models.CharField(max_length=300, blank=True, help_text="Clinicians only.")
    agreed_on = models.DateField()
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Since when it holds no more.")

    objects = ContingencyPlanQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "client"], name="one_plan_per_member"),
            models.CheckConstraint(
                condition=Q(by_video=True)
                | Q(by_phone=True)
                | ~Q(minutes_of_week=[])
                | ~Q(support="")
                | Q(ended_at__isnull=False),
                name="plan_holds_something",
            ),
        )

    def __str__(self) -> str:
        return f"contingency plan {self.public_id}"

    @property
    def times(self) -> list[FallbackTime]:
        """The other times, from Monday on."""
        return [FallbackTime.of(minute) for minute in sorted(self.minutes_of_week)]


@pghistory.track()
class PlanAgreement(models.Model):
    """One of those treated together has agreed to a plan as it stands."""

    plan = models.ForeignKey(ContingencyPlan, on_delete=models.CASCADE, related_name="agreements")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    agreed_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "client"], name="agreed_once_to_a_plan"),)

    def __str__(self) -> str:
        return f"agreement to plan {self.plan_id}"


@pghistory.track()
class AwaySupport(models.Model):
    """Who is there for somebody while they are away; it greets the clinician when they are back."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="away_supports")
    words = models.CharField(max_length=500, help_text="Clinicians only.")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it was talked about and put away."
    )
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-entered_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["client"], condition=Q(settled_at=None), name="one_support_while_away"
            ),
        )

    def __str__(self) -> str:
        return f"support while away {self.public_id}"
