"""The outbox: what should be said to whom, and each try at saying it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Channel, Client, ContactPoint
from reminders.models.inbound import InboundMessage
from reminders.models.rules import ReminderRule
from reminders.querysets import MessageQuerySet
from sessions_app.models import Participant, TherapySession


class Purpose(models.TextChoices):
    """Why something is said; a part of what makes a message the same message."""

    REMINDER = "reminder", _("Reminder")
    MOVED = "moved", _("New time")
    CANCELLED = "cancelled", _("Cancelled")
    ANSWER = "answer", _("Answer")
    OUTREACH = "outreach", _("A word after a missed session")
    STAFF = "staff", _("Written by staff")
    OFFER = "offer", _("A time that became free")
    CHECK_IN = "check_in", _("A check-in between sessions")


# What somebody must learn, if not in writing then by telephone.
NOTICES = (Purpose.MOVED, Purpose.CANCELLED)


class State(models.TextChoices):
    """Where an intent stands (docs/reminders.md has the picture)."""

    PLANNED = "planned", _("Planned")
    CLAIMED = "claimed", _("Being sent")
    SENDING = "sending", _("With the provider")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Not delivered")
    UNKNOWN = "unknown", _("Checking")
    HELD = "held", _("Please decide")
    EXPIRED = "expired", _("No longer useful")
    CANCELLED = "cancelled", _("Not needed")
    SUPPRESSED = "suppressed", _("May not be sent")


OPEN_STATES = (State.PLANNED, State.CLAIMED, State.SENDING, State.UNKNOWN, State.HELD)


class Message(models.Model):
    """An intent to say one thing to one person; address and channel belong to the attempt."""

    public_id = models.UUIDField(
        default=uuid.uuid4, db_default=models.Func(function="gen_random_uuid"), unique=True, editable=False
    )
    purpose = models.CharField(max_length=10, choices=Purpose)
    # Each state of a row is a new version of it, written to every index: there is none that nobody asks.
    rule = models.ForeignKey(
        ReminderRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # The subject: a participant, an inbound message, or a thing of a higher room (a follow-up step).
    subject_id = models.UUIDField(help_text="Public id of what it is about.")
    subject_version = models.PositiveIntegerField(default=1)
    recipient = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    session = models.ForeignKey(
        TherapySession,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
        db_index=False,
    )
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    inbound = models.ForeignKey(
        InboundMessage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers",
        db_index=False,
    )
    template_key = models.CharField(max_length=30, blank=True)
    words = models.TextField(blank=True, help_text="What a member of staff wrote themselves.")
    any_hour_because = models.CharField(
        max_length=200, blank=True, db_default="", help_text="Why a colleague sent it outside of hours."
    )
    written_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    is_correction = models.BooleanField(
        default=False, db_default=False, help_text="Something went out that no longer held."
    )
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    reason = models.CharField(
        max_length=30, blank=True, db_default="", help_text="Why it waits or ended so; see reasons.py."
    )
    priority = models.PositiveSmallIntegerField(
        help_text="0: somebody must know; 1: a reminder; 2: the rest."
    )
    due_at = models.DateTimeField()
    not_before = models.DateTimeField(help_text="Quiet hours and back-off move it; never before due_at.")
    expires_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.BigIntegerField(null=True, blank=True, help_text="The owner's advisory lock.")
    tries = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="Attempts that were begun.")
    settled_at = models.DateTimeField(null=True, blank=True, help_text="Since when the state is final.")
    carried_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        db_index=False,
        on_delete=models.PROTECT,
        related_name="carries",
        help_text="The message whose text names this time too.",
    )
    needs_call = models.BooleanField(
        default=False, db_default=False, help_text="A notice that cannot be written: please telephone."
    )
    call_done_at = models.DateTimeField(null=True, blank=True)
    call_done_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("-due_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["purpose", "rule", "subject_id", "subject_version", "recipient"],
                nulls_distinct=False,
                name="message_once_per_intent",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["reminder", "moved", "cancelled"], participant__isnull=False)
                & Q(session__isnull=False)
                & Q(recipient__isnull=False)
                | Q(purpose__in=["answer"], inbound__isnull=False)
                | Q(purpose__in=["outreach", "staff", "offer", "check_in"], recipient__isnull=False),
                name="message_names_its_subject",
            ),
            models.CheckConstraint(
                condition=Q(not_before__gte=F("due_at")), name="message_not_before_it_is_due"
            ),
            models.CheckConstraint(
                condition=~Q(state="claimed") | Q(claimed_by__isnull=False), name="claim_names_its_owner"
            ),
        )
        indexes = (
            # A claim never meets history: only what waits is in these indexes, in the order of a claim.
            models.Index(
                fields=["expires_at", "not_before"], condition=Q(state="planned"), name="message_next"
            ),
            models.Index(
                fields=["expires_at"], condition=Q(state="planned", priority=0), name="message_urgent"
            ),
            models.Index(fields=["not_before"], condition=Q(state="planned"), name="message_due"),
            models.Index(
                fields=["state", "claimed_at"],
                condition=Q(state__in=["claimed", "sending", "unknown", "held"]),
                name="message_in_flight",
            ),
            models.Index(fields=["recipient", "-due_at"], name="message_by_recipient"),
            models.Index(fields=["session"], name="message_by_session"),
            models.Index(fields=["inbound"], condition=Q(inbound__isnull=False), name="message_by_inbound"),
            models.Index(
                fields=["expires_at"],
                condition=Q(state="cancelled", reason="combined"),
                name="message_carried",
            ),
            models.Index(
                fields=["due_at"], condition=Q(needs_call=True, call_done_at=None), name="message_calls"
            ),
            models.Index(
                fields=["-due_at"],
                condition=Q(state__in=["failed", "held", "suppressed", "expired"], dismissed_at=None),
                name="message_needing_a_look",
            ),
        )

    def __str__(self) -> str:
        return f"message {self.public_id}"

    @property
    def is_notice(self) -> bool:
        return self.purpose in NOTICES


class AttemptState(models.TextChoices):
    """What became of one call to a provider."""

    PENDING = "pending", _("Under way")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    NEVER = "never", _("Not begun")
    UNKNOWN = "unknown", _("Not known")
    NOT_FOUND = "not_found", _("Did not arrive")
    HELD = "held", _("Cannot be decided")


UNRESOLVED = (AttemptState.PENDING, AttemptState.UNKNOWN)


class Attempt(models.Model):
    """One call to a provider, committed before the call is made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    channel = models.CharField(max_length=5, choices=Channel)
    address = models.CharField(max_length=254)
    contact_point = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=AttemptState, default=AttemptState.PENDING)
    owner = models.BigIntegerField(help_text="The advisory lock that its process holds.")
    committed_at = models.DateTimeField()
    unknown_at = models.DateTimeField(
        null=True, blank=True, help_text="When it became unknown, or its owner was first seen dead."
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    # None is unlike none: as many as have no id yet. Not unique=True, whose second index is for LIKE.
    provider_id = models.CharField(max_length=128, null=True, blank=True)  # noqa: DJ001
    provider_status = models.CharField(max_length=20, blank=True, db_default="")
    error_code = models.CharField(max_length=20, blank=True, db_default="")
    delivered_at = models.DateTimeField(null=True, blank=True)
    listed = models.JSONField(
        null=True,
        blank=True,
        help_text="What the provider's list held when nobody could tell: asked_at, and found or nothing.",
    )
    polls = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How often the provider was asked what became of it."
    )

    class Meta:
        ordering = ("committed_at",)
        constraints = (
            # Reminder bodies are often the same: two open questions about one number have no answer.
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(state__in=["pending", "unknown"]),
                name="one_unresolved_attempt_per_destination",
            ),
            models.UniqueConstraint(fields=["provider_id"], name="provider_id_binds_once"),
            models.CheckConstraint(
                condition=~Q(state="unknown") | Q(unknown_at__isnull=False),
                name="unknown_since_an_instant",
            ),
        )
        indexes = (
            models.Index(
                fields=["state", "unknown_at"],
                condition=Q(state__in=["pending", "unknown"]),
                name="attempt_unresolved",
            ),
            models.Index(
                fields=["resolved_at"],
                condition=Q(state="accepted", delivered_at=None, polls__lt=3),
                name="attempt_silent",
            ),
        )

    def __str__(self) -> str:
        return f"attempt {self.pk}"
