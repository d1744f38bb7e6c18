"""Who of the team sees to a message of the outbox."""

import pghistory
from django.db import models

from accounts.models import User
from reminders.models.outbox import Message


@pghistory.track()
class Handover(models.Model):
    """One message in one colleague's hands; a row of its own, so that the outbox's rows stay narrow."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="handover")
    colleague = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages_in_hand")
    handed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    handed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"message {self.message_id} in hand"
