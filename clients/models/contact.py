"""Addresses of people: what may be sent there, who agreed, and what stops it."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models.people import Client


class Channel(models.TextChoices):
    """A way to reach somebody."""

    SMS = "sms", _("Text")
    EMAIL = "email", _("E-mail")
    VOICE = "voice", _("Call")


@pghistory.track()
class ContactPoint(models.Model):
    """One address of one person: a phone number in E.164, or an e-mail address."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=Kind)
    address = models.CharField(max_length=254, help_text="E.164, or an e-mail in lower case.")
    label = models.CharField(max_length=40, blank=True, help_text="Mobile, work, shared with…")
    position = models.PositiveSmallIntegerField(default=0, help_text="Tried in this order.")
    call_position = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Where a call by machine to this number stands in that order; empty: none is made.",
    )
    may_text = models.BooleanField(default=True)
    may_call = models.BooleanField(default=True)
    may_leave_word = models.BooleanField(default=False)
    is_private = models.BooleanField(
        default=False, help_text="Nobody else reads it: calendar files may go there."
    )
    is_discreet = models.BooleanField(default=False, help_text="Ask before saying who calls.")
    unfit_at = models.DateTimeField(null=True, blank=True)
    unfit_reason = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="No longer theirs.")

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="phone", address__regex=r"^\+[1-9][0-9]{6,14}$")
                | Q(kind="email", address__regex=r"^[^@[:space:][:upper:]]+@[^@[:space:][:upper:]]+$"),
                name="contact_address_is_e164_or_email",
            ),
            models.UniqueConstraint(
                fields=["client", "address"],
                condition=Q(ended_at=None),
                name="contact_address_once_per_person",
            ),
        )
        indexes = (
            models.Index(fields=["address"], condition=Q(ended_at=None), name="contact_by_address"),
            models.Index(
                fields=["-unfit_at"], condition=Q(ended_at=None, unfit_at__isnull=False), name="contact_unfit"
            ),
        )

    def __str__(self) -> str:
        return f"contact point {self.public_id}"


class ConsentPurpose(models.TextChoices):
    """What somebody agreed to be written to about."""

    APPOINTMENTS = "appointments", _("Appointments: reminders and changes")
    CHECK_INS = "check_ins", _("Check-ins between sessions")
    OUTREACH = "outreach", _("A word after a missed session")
    OFFERS = "offers", _("Other times that become free")


@pghistory.track()
class Consent(models.Model):
    """A recorded yes, per address and purpose: when, how and by whom."""

    class How(models.TextChoices):
        SIGNED = "signed", _("Signed form")
        VERBAL = "verbal", _("Said to staff")
        TEXT = "text", _("By text")
        IMPORTED = "imported", _("Came with the import")

    contact_point = models.ForeignKey(ContactPoint, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=ConsentPurpose)
    given_at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["contact_point", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_in_force_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} consent"


class SuppressionReason(models.TextChoices):
    """Why nothing goes to an address."""

    OPTED_OUT = "opted_out", _("They asked us to stop")
    WRONG_PERSON = "wrong_person", _("Belongs to somebody else")
    BOUNCED = "bounced", _("Mail came back")
    COMPLAINT = "complaint", _("Marked as unwanted")
    UNSAFE = "unsafe", _("Not safe to use")


@pghistory.track()
class Suppression(models.Model):
    """An address to which nothing goes on a channel, whoever it belongs to."""

    address = models.CharField(max_length=254)
    channel = models.CharField(max_length=5, choices=Channel)
    reason = models.CharField(max_length=14, choices=SuppressionReason)
    since_at = models.DateTimeField(db_default=Now())
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["address", "channel"],
                condition=Q(lifted_at=None),
                name="suppression_in_force_once",
            ),
        )

    def __str__(self) -> str:
        return f"suppression {self.pk}"


@pghistory.track()
class SafeContact(models.Model):
    """A person or an address that is not safe to reach; the strictest wins, the reason is walled off."""

    class Level(models.TextChoices):
        DISCREET = "discreet", _("Discreet: say only a name and a number")
        CALL_ONLY = "call_only", _("Telephone only, nothing in writing")
        DO_NOT_CONTACT = "do_not_contact", _("Do not contact")

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="safe_contacts")
    contact_point = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.CASCADE, related_name="safe_contacts"
    )
    level = models.CharField(max_length=14, choices=Level)
    reason = models.TextField(blank=True, help_text="Read by the person's clinicians only.")
    since_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"safe contact {self.pk}"
