"""A person known to the practice, and who stands in for a minor."""

import uuid
from datetime import date
from zoneinfo import ZoneInfo

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_zone
from clients.querysets import ClientQuerySet


class AwayReason(models.TextChoices):
    """Why somebody is away; clinicians see it, the desk sees only until when."""

    TRAVEL = "travel", _("Travelling")
    HOSPITAL = "hospital", _("In hospital")
    JAIL = "jail", _("In custody")
    OTHER = "other", _("Away")


def is_minor(day: date, *, born_on: date | None, birth_year: int | None) -> bool:
    """Under 18; with only the birth year known, until the year of the 18th birthday ends."""
    if born_on:
        return (day.year - born_on.year) - ((day.month, day.day) < (born_on.month, born_on.day)) < 18
    return birth_year is not None and day.year - birth_year <= 18


@pghistory.track()
class Client(models.Model):
    """A person known to the practice: someone in treatment, or a minor's guardian."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external_id = models.CharField(
        max_length=64, null=True, blank=True, unique=True, help_text="Id in the system before Kept."
    )
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80, blank=True)
    name_used = models.CharField(
        max_length=80, blank=True, help_text="What they like to be called, if not the given name."
    )
    pronouns = models.CharField(max_length=30, blank=True)
    born_on = models.DateField(null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Tells two people of one name apart."
    )
    language = models.CharField(
        max_length=5, choices=[("en", _("English")), ("es", _("Spanish"))], default="en"
    )
    timezone = models.CharField(
        max_length=60, blank=True, validators=[validate_zone], help_text="Empty while unknown."
    )
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True, help_text="The first day back.")
    away_reason = models.CharField(max_length=10, choices=AwayReason, blank=True)
    left_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    needs_more_reminders = models.BooleanField(
        default=False, db_default=False, help_text="Set by staff: rules for high need reach them."
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
        help_text="The record that stands for this one: they are the same person.",
    )
    created_at = models.DateTimeField(db_default=Now())
    # Everything a desk types to find somebody, folded for trigram search.
    search_text = models.GeneratedField(
        expression=Lower(
            Concat(
                F("name_used"),
                Value(" "),
                F("given_name"),
                Value(" "),
                F("family_name"),
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = ClientQuerySet.as_manager()

    class Meta:
        ordering = ("family_name", "given_name", "pk")
        indexes = (
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="client_search"),
            models.Index(fields=["family_name", "given_name", "id"], name="client_by_name"),
            # Whose records may be one person's (clients/doubles.py).
            models.Index(Lower("family_name"), Lower("given_name"), name="client_by_folded_name"),
            models.Index(fields=["born_on"], name="client_by_birth"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__range=(1890, 2100)),
                name="client_birth_year_possible",
            ),
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None)
                | Q(away_from__isnull=False) & (Q(away_until=None) | Q(away_until__gte=F("away_from"))),
                name="client_away_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name used with the family name, as staff read it."""
        return f"{self.name_used or self.given_name} {self.family_name}".strip()

    @property
    def called(self) -> str:
        """How one speaks to them."""
        return self.name_used or self.given_name

    @property
    def zone(self) -> ZoneInfo | None:
        """Their own zone; None while unknown."""
        return ZoneInfo(self.timezone) if self.timezone else None

    def is_away(self, day: date) -> bool:
        """Away on this day: reminders, follow-ups and check-ins rest."""
        if self.away_from is None or day < self.away_from:
            return False
        return self.away_until is None or day < self.away_until

    @property
    def is_silent(self) -> bool:
        """Nothing goes out to them any more."""
        return self.died_on is not None or self.left_on is not None

    def is_minor(self, day: date) -> bool:
        return is_minor(day, born_on=self.born_on, birth_year=self.birth_year)


@pghistory.track()
class Guardianship(models.Model):
    """An adult who stands in for a minor; not membership of a case."""

    guardian = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="wards")
    minor = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="guardianships")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    relation = models.CharField(max_length=40, blank=True, help_text="Mother, foster father…")
    may_receive = models.BooleanField(default=False, help_text="Gets the minor's messages.")
    may_consent = models.BooleanField(default=False)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["guardian", "minor"], name="guardian_once_per_minor"),
            models.CheckConstraint(condition=~Q(guardian=F("minor")), name="nobody_is_their_own_guardian"),
        )

    def __str__(self) -> str:
        return f"guardianship {self.public_id}"
