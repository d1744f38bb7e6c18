"""The verb that lets staff see a wording arrive."""

from datetime import datetime, timedelta

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from clients.models import Channel, ContactPoint
from reminders.models import Trial
from reminders.rehearsal import Draft, rehearse
from reminders.services.settings import check_template

MARK = "TEST: "
MAIL_MARK = "TEST: you sent this to yourself from Kept's settings. No client gets it.\n\n"
IN_A_DAY = 20


def ask_trial(*, draft: Draft, phone: str = "", actor: User, now: datetime) -> Trial:
    """Send words with made-up facts to the one who writes them: to their own e-mail, or a phone of theirs.

    Raises ValidationError for words that could not be saved, a client's number, while sending is
    paused, and past twenty a day.
    """
    check_template(
        key=draft.key, language=draft.language, channel=draft.channel, body=draft.body, subject=draft.subject
    )
    practice = get_practice()
    if practice.sending_paused_at:
        raise ValidationError(_("Sending is paused. Resume it first, or look at the preview."))
    _refuse_many(actor, now)
    address = actor.email if draft.channel == Channel.EMAIL else _own_phone(phone, practice.country)
    reading = rehearse(draft, practice=practice, now=now)[0]
    with acting("ask_trial", actor=actor):
        return Trial.objects.create(
            asked_by=actor,
            asked_at=now,
            key=draft.key,
            # The words of a call come as a text: it is they that are tried.
            channel=Channel.SMS if draft.channel == Channel.VOICE else draft.channel,
            address=address,
            subject=MARK + reading.subject if draft.channel == Channel.EMAIL else "",
            body=(MAIL_MARK if draft.channel == Channel.EMAIL else MARK) + reading.body,
        )


def _refuse_many(actor: User, now: datetime) -> None:
    asked = Trial.objects.filter(asked_by=actor, asked_at__gt=now - timedelta(days=1))
    if asked.count() >= IN_A_DAY:
        raise ValidationError(
            _("That was %(in_a_day)s trials in a day. The preview shows the same words.")
            % {"in_a_day": IN_A_DAY}
        )


def _own_phone(typed: str, country: str) -> str:
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException as error:
        raise ValidationError({"phone": _("Type your own mobile number.")}) from error
    if not phonenumbers.is_valid_number(number):
        raise ValidationError({"phone": _("This is not a number that can be texted.")})
    address = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if ContactPoint.objects.filter(address=address, ended_at=None).exists():
        raise ValidationError({"phone": _("This number is a client's. A trial goes to staff only.")})
    return address
