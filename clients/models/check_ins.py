"""What was agreed on hearing from one another between sessions, and when it is to be more often (row 2.12)."""

import uuid
from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models.cases import Case
from clients.models.people import Client
from clients.querysets import CheckInPlanQuerySet


class CheckInWay(models.TextChoices):
    """How somebody is asked how they are: in writing by Kept, or by a person's call."""

    SMS = "sms", _("By text")
    EMAIL = "email", _("By e-mail")
    CALL = "call", _("By a call")


class Cadence(models.IntegerChoices):
    """Every so many days."""

    DAILY = 1, _("Every day")
    EVERY_OTHER_DAY = 2, _("Every other day")
    TWICE_A_WEEK = 3, _("Every three days")
    WEEKLY = 7, _("Every week")
    FORTNIGHTLY = 14, _("Every two weeks")


class Caller(models.TextChoices):
    """Whose call it is."""

    CLINICIAN = "clinician", _("Their clinician")
    DESK = "desk", _("The front desk")


@pghistory.track()
class CheckInPlan(models.Model):
    """One member of a case is asked between sessions how they are; rests while paused, and ends once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="check_in_plans")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="check_in_plans")
    way = models.CharField(max_length=5, choices=CheckInWay)
    every_days = models.PositiveSmallIntegerField(choices=Cadence, default=Cadence.WEEKLY)
    starts_on = models.DateField(help_text="The first one; the others are counted from here.")
    at = models.TimeField(help_text="By the clock where they are.")
    until_on = models.DateField(null=True, blank=True, help_text="The last day.")
    caller = models.CharField(max_length=9, choices=Caller, default=Caller.CLINICIAN)
    agreed_on = models.DateField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())
    effective_at = models.DateTimeField(help_text="Nothing due before is made up for.")
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CheckInPlanQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "client"], condition=Q(ended_at=None), name="one_check_in_plan_per_member"
            ),
            models.CheckConstraint(condition=Q(every_days__gte=1), name="check_in_every_so_often"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("starts_on")), name="check_ins_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"check-ins {self.public_id}"

    @property
    def is_call(self) -> bool:
        return self.way == CheckInWay.CALL

    def is_due_on(self, day: date, periods: "list[StressPeriod]") -> bool:
        """Whether the agreement names this day; a period of stress has a cadence of its own."""
        if day < self.starts_on or (self.until_on and day > self.until_on):
            return False
        period = next((one for one in periods if one.from_on <= day <= one.until_on), None)
        begins, every = (period.from_on, period.every_days) if period else (self.starts_on, self.every_days)
        return (day - begins).days % every == 0


@pghistory.track()
class StressPeriod(models.Model):
    """A stretch of days in which somebody is asked more often."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(CheckInPlan, on_delete=models.CASCADE, related_name="stress_periods")
    from_on = models.DateField()
    until_on = models.DateField(help_text="The last day.")
    every_days = models.PositiveSmallIntegerField(choices=Cadence, default=Cadence.EVERY_OTHER_DAY)
    words = models.CharField(max_length=200, blank=True, help_text="Clinicians only.")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("from_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="stress_period_in_order"),
            models.CheckConstraint(condition=Q(every_days__gte=1), name="stress_period_every_so_often"),
        )

    def __str__(self) -> str:
        return f"stress period {self.public_id}"
