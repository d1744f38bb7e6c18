"""What people write to the practice."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Channel, Client
from reminders.querysets import InboundQuerySet
from sessions_app.models import Participant


class InboundKind(models.TextChoices):
    """What a reply asks for."""

    CONFIRM = "confirm", _("Confirms")
    RESCHEDULE = "reschedule", _("Asks for another time")
    VIDEO = "video", _("Asks to meet by video")
    CHOICE = "choice", _("Chooses an offered time")
    STOP = "stop", _("No more texts")
    START = "start", _("Texts again")
    HELP = "help", _("Asks for help")
    CALL_BACK = "call_back", _("Asks to be called back")
    WRONG = "wrong", _("Says it is the wrong number")
    CHECK_IN = "check_in", _("Answers a check-in")
    FREE = "free", _("A message")


class InboundVia(models.TextChoices):
    """Which way something came in."""

    SMS = Channel.SMS
    EMAIL = Channel.EMAIL
    VOICE = Channel.VOICE
    PAGE = "page", _("Their page")


class InboundMessage(models.Model):
    """One message from outside; unresolved ones are the inbox."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider_id = models.CharField(
        max_length=64, unique=True, help_text="A repeated delivery is one message."
    )
    channel = models.CharField(max_length=5, choices=InboundVia, default=InboundVia.SMS)
    from_address = models.CharField(max_length=254, blank=True, help_text="Empty for their page.")
    to_address = models.CharField(max_length=254, blank=True)
    body = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=InboundKind)
    received_at = models.DateTimeField()
    # Empty for a number that nobody has, and for one that several people share: never guessed.
    client = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.SET_NULL, related_name="inbound_messages"
    )
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="inbound_messages"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    resolution = models.CharField(max_length=200, blank=True)

    objects = InboundQuerySet.as_manager()

    class Meta:
        ordering = ("-received_at", "-pk")
        indexes = (
            models.Index(fields=["received_at"], condition=Q(resolved_at=None), name="inbound_unresolved"),
            models.Index(fields=["client", "-received_at"], name="inbound_by_client"),
            models.Index(fields=["from_address", "-received_at"], name="inbound_by_sender"),
        )

    def __str__(self) -> str:
        return f"inbound {self.public_id}"
