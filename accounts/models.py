"""The people who sign in, the practice that they work for, and what they looked at."""

import uuid
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

import pghistory
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.roles import May, Role, permissions_of


def validate_zone(name: str) -> None:
    """Refuse a name that the IANA time-zone database does not know."""
    if name not in available_timezones():
        raise ValidationError(
            gettext("“%(name)s” is not a time zone. Try one such as America/Chicago."),
            params={"name": name},
        )


class Language(models.TextChoices):
    """What Kept speaks to staff. Each is called by its own name: who cannot read this page finds it."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Español")


class Density(models.TextChoices):
    """How much room stands between lines, for whoever scans and for whoever reads."""

    COMPACT = "compact", _("Compact")
    STANDARD = "standard", _("Standard")
    COMFORTABLE = "comfortable", _("Comfortable")


class UserAccounts(BaseUserManager["User"]):
    """Creates the accounts of staff; the e-mail is the sign-in name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A member of staff."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, help_text="As clients know them: Dr. Amara Okafor.")
    credentials = models.CharField(
        max_length=60, blank=True, help_text="For staff pages only; never in a message."
    )
    phone = PhoneNumberField(blank=True)
    video_link = models.URLField(
        blank=True, help_text="Their own video room: where a client may meet them by video instead."
    )
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list)
    supervisor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="supervisees"
    )
    language = models.CharField(
        max_length=5,
        choices=Language,
        blank=True,
        default="",
        db_default="",
        help_text="In which Kept speaks to them; empty: the practice's.",
    )
    density = models.CharField(
        max_length=11, choices=Density, default=Density.STANDARD, db_default=Density.STANDARD
    )
    away_from = models.DateField(null=True, blank=True, help_text="The first day on which they are away.")
    away_until = models.DateField(null=True, blank=True, help_text="The day on which they are back.")
    stands_in = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stands_in_for",
        help_text="Who sees to their follow-ups while they are away.",
    )
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    # Written by `accounts.access.signed_in`; None for somebody who was not loaded by it.
    lacks_second_factor: bool | None = None
    practice_timezone: str | None = None
    practice_language: str | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserAccounts] = UserAccounts()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_its_case"),
            models.CheckConstraint(
                condition=Q(roles__contained_by=[role.value for role in Role]),
                name="user_roles_are_known",
            ),
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None) | Q(away_until__gt=F("away_from")),
                name="user_away_in_order",
            ),
        )

    def is_away(self, day: date) -> bool:
        """Whether they said that they are away on this day of the practice's."""
        return bool(self.away_from and self.away_until and self.away_from <= day < self.away_until)

    def __str__(self) -> str:
        return self.name

    @cached_property
    def permissions(self) -> frozenset[May]:
        """What the roles of this person allow; nothing once deactivated."""
        return permissions_of(self.roles) if self.is_active else frozenset()

    def may(self, permission: May) -> bool:
        """Whether this person may do this at all; whose records is `access.py`'s question."""
        return permission in self.permissions

    @property
    def is_clinician(self) -> bool:
        return Role.CLINICIAN in self.roles


class FollowUpOwner(models.TextChoices):
    """Who telephones first after a single missed session."""

    CLINICIAN = "clinician", _("The clinician")
    DESK = "desk", _("The front desk")


class FirstStep(models.TextChoices):
    """What a new practice is asked for, in this order."""

    PRACTICE = "practice", "The practice"
    PLACE = "place", "A place"
    PEOPLE = "people", "Who works here"
    SERVICES = "services", "What is offered"
    HOURS = "hours", "Hours"
    REMINDERS = "reminders", "Reminders"
    CLIENT = "client", "The first client"


@pghistory.track()
class Practice(models.Model):
    """The one practice of this deployment and its policies."""

    name = models.CharField(max_length=120)
    display_name = models.CharField(
        max_length=40,
        help_text="What every text calls the practice: neutral, and the same for all clients.",
    )
    phone = PhoneNumberField()
    email = models.EmailField(blank=True)
    timezone = models.CharField(max_length=60, default="America/New_York", validators=[validate_zone])
    language = models.CharField(
        max_length=5,
        choices=Language,
        blank=True,
        default="",
        db_default="",
        help_text="In which Kept speaks to staff who chose none; empty: as their browser asks.",
    )
    country = models.CharField(max_length=2, default="US")
    emergency_number = models.CharField(max_length=20, default="911")
    crisis_line = models.CharField(max_length=60, default="988")
    live_from = models.DateField(
        null=True, blank=True, help_text="Sessions before this day open no follow-up."
    )
    sending_paused_at = models.DateTimeField(null=True, blank=True)
    sending_paused_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sending_paused_reason = models.CharField(max_length=200, blank=True)
    undo_minutes = models.PositiveSmallIntegerField(
        default=3, help_text="For so long after a change nobody is told and no slot is offered."
    )
    late_cancellation_hours = models.PositiveSmallIntegerField(default=24)
    late_policy = models.CharField(
        max_length=300, blank=True, help_text="Read by clients before they cancel late, in English."
    )
    late_policy_es = models.CharField(
        max_length=300, blank=True, help_text="The same in Spanish; without it they read the English."
    )
    waiting_minutes = models.PositiveSmallIntegerField(
        default=15, help_text="How long a session waits for the one who is not there yet."
    )
    texts_per_day = models.PositiveSmallIntegerField(
        default=1,
        db_default=1,
        validators=[MinValueValidator(1)],
        help_text="Reminders and the like that one person gets in a day; notices are not counted.",
    )
    texts_per_week = models.PositiveSmallIntegerField(
        default=3, db_default=3, validators=[MinValueValidator(1)]
    )
    follow_up_owner = models.CharField(max_length=12, choices=FollowUpOwner, default=FollowUpOwner.CLINICIAN)
    wellbeing_hours = models.PositiveSmallIntegerField(
        default=4,
        db_default=4,
        validators=[MinValueValidator(1)],
        help_text="Within so many hours, day and night, somebody takes a worry about a client's wellbeing.",
    )
    overdue_hours = models.PositiveSmallIntegerField(
        default=24,
        db_default=24,
        validators=[MinValueValidator(1)],
        help_text="A follow-up's step overdue for so many hours is shown to the supervisor.",
    )
    offer_lead_hours = models.PositiveSmallIntegerField(
        default=4, help_text="A freed time nearer than this is not offered to the waitlist."
    )
    offer_hold_minutes = models.PositiveSmallIntegerField(
        default=120, help_text="For so long a freed time is held for who is asked."
    )
    offer_batch = models.PositiveSmallIntegerField(
        default=1, help_text="How many on the waitlist are asked at once; the first answer wins."
    )
    mfa_required = models.BooleanField(default=False)
    segment_price = models.DecimalField(
        max_digits=6,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="What one segment of a text costs, in US dollars, as the provider bills it.",
    )
    hour_value = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="What an hour of sessions brings the practice; reports reckon lost hours with it.",
    )
    opens_at = models.TimeField(default="08:00", help_text="First hour that the board shows.")
    closes_at = models.TimeField(default="20:00")
    first_steps = ArrayField(
        models.CharField(max_length=12, choices=FirstStep),
        null=True,
        blank=True,
        help_text="The steps of its setting up that are done; empty once all of it is.",
    )

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="one_practice_in_a_deployment"),)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def today(self, now: datetime) -> date:
        """The calendar day at the practice."""
        return now.astimezone(self.zone).date()


class ViewLog(models.Model):
    """Who opened which record; append-only, held by the database's grants."""

    append_only = True

    at = models.DateTimeField(db_default=Now())
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, help_text="client, case, session, follow_up…")
    object_ids = ArrayField(models.UUIDField(), help_text="Public ids: one for a page, all for a list.")

    class Meta:
        indexes = (models.Index(fields=["kind", "-at"], name="view_log_by_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} seen by {self.user_id}"


@pghistory.track(exclude=["last_used_on"])
class ApiToken(models.Model):
    """A key for the API, bound to one member of staff and to what they may do."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key, in hex.")
    created_at = models.DateTimeField(db_default=Now())
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    # Written by `accounts.access.token_of_key`.
    lacks_second_factor: bool

    def __str__(self) -> str:
        return self.name


@pghistory.track(exclude=["data", "last_used_at"])
class SecondFactor(Authenticator):  # type: ignore[misc]  # allauth ships no types
    """allauth's authenticators under their own name, so that their coming and going is in the history."""

    class Meta:
        proxy = True
