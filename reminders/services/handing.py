"""Verbs that put a message of the outbox into a colleague's hands."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from accounts.audit import acting
from accounts.models import User
from accounts.roles import May
from reminders.models import Handover, Message


def hand_message(*, message: Message, colleague: User, actor: User, now: datetime) -> Handover:
    """Give it to a colleague, who finds it on their own page; whoever had it before has it no longer.

    Raises ValidationError where nothing is left to do, and for who may not see it or write to clients.
    """
    with acting("hand_message", actor=actor):
        locked = Message.objects.select_for_update().get(pk=message.pk)
        if not Message.objects.to_see_to().filter(pk=locked.pk).exists():
            raise ValidationError(gettext("There is nothing left to do about this message."))
        _refuse_colleague(locked, colleague)
        handover, _ = Handover.objects.update_or_create(
            message=locked, defaults={"colleague": colleague, "handed_by": actor, "handed_at": now}
        )
    return handover


def take_back_message(*, message: Message, actor: User) -> None:
    """It is nobody's in particular again. Taking back twice changes nothing."""
    with acting("take_back_message", actor=actor):
        locked = Message.objects.select_for_update().get(pk=message.pk)
        Handover.objects.filter(message=locked).delete()


def _refuse_colleague(message: Message, colleague: User) -> None:
    seen = Message.objects.visible_to(colleague).filter(pk=message.pk).exists()
    if not seen or not colleague.may(May.ANSWER_MESSAGES):
        raise ValidationError({"colleague": gettext("This colleague cannot open this message.")})
