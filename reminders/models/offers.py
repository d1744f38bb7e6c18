"""What was asked by text, to be answered with 1, 2 or 3: which free time, or which of several of theirs."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from reminders.models.inbound import InboundMessage
from sessions_app.models import Participant


class OfferEnd(models.TextChoices):
    """How an offer ended."""

    CHOSEN = "chosen", _("A time was chosen")
    GONE = "gone", _("The time chosen had just been taken")
    REPLACED = "replaced", _("Others were offered")
    EXPIRED = "expired", _("Too long ago")
    VOID = "void", _("The session had changed")


class SlotOffer(models.Model):
    """Up to three times for one session. Nothing is held: the first answer takes a time."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.CharField(max_length=254, help_text="Where it went; a digit from there answers it.")
    recipient = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="slot_offers")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="slot_offers")
    session_version = models.PositiveIntegerField(help_text="Of the session that would be moved.")
    inbound = models.ForeignKey(
        InboundMessage, on_delete=models.PROTECT, related_name="offers", help_text="What asked for it."
    )
    times = ArrayField(models.DateTimeField(), help_text="In the order of their numbers.")
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=8, choices=OfferEnd, blank=True)

    class Meta:
        ordering = ("-offered_at", "-pk")
        constraints = (
            # A digit has one meaning at a time.
            models.UniqueConstraint(
                fields=["address"], condition=Q(ended_at=None), name="one_live_offer_per_address"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
                name="offer_ended_somehow",
            ),
        )

    def __str__(self) -> str:
        return f"offer {self.public_id}"


class WhichAsked(models.Model):
    """An R to a text that named several times: which of them, asked back. Nothing is moved before they say."""

    address = models.CharField(max_length=254, help_text="Where it went; a digit from there answers it.")
    recipient = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    inbound = models.ForeignKey(
        InboundMessage, on_delete=models.PROTECT, related_name="questions", help_text="The R."
    )
    message_ids = ArrayField(
        models.BigIntegerField(), help_text="What told of each time, in the order of their numbers."
    )
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["address"], condition=Q(ended_at=None), name="one_live_question_per_address"
            ),
        )

    def __str__(self) -> str:
        return f"which of {len(self.message_ids)} times"
