"""Verbs on reminder rules and on the practice's own words."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from accounts.audit import acting
from accounts.models import User
from clients.models import Channel
from reminders.day_words import relative_day
from reminders.models import Audience, MessageTemplate, ReminderRule
from reminders.rendering import fields_in
from reminders.wording_check import refuse_unfit_words
from reminders.words import FIELDS, REMINDERS, SHIPPED, needed_fields

# A provider refuses a text of more than 1,600 characters; what is filled in needs room too.
LONGEST_BODY = {"sms": 1_200, "voice": 1_200, "email": 5_000}
LONGEST_SUBJECT = 120


@dataclass(frozen=True, kw_only=True)
class RuleDetails:
    """A reminder rule as a settings page has it."""

    name: str
    lead_days: int
    lead_hours: int = 0
    audience: str = Audience.ALL
    channels: tuple[str, ...] = ()
    template_key: str = "reminder"
    is_active: bool = True


def ensure_default_rules() -> None:
    """Three days and one day before, unless there is any rule already."""
    if not ReminderRule.objects.exists():
        ReminderRule.objects.create(name="Three days before", lead_days=3)
        ReminderRule.objects.create(name="One day before", lead_days=1)


def add_rule(*, details: RuleDetails, actor: User, now: datetime) -> ReminderRule:
    """A further reminder, for hours that are still ahead; raises ValidationError for a twin."""
    with acting("add_rule", actor=actor):
        return _save_rule(ReminderRule(), details, now)


def change_rule(*, rule: ReminderRule, details: RuleDetails, actor: User, now: datetime) -> ReminderRule:
    """Change a rule; what is planned and was never tried follows with the next pass."""
    with acting("change_rule", actor=actor):
        return _save_rule(ReminderRule.objects.select_for_update().get(pk=rule.pk), details, now)


def _save_rule(rule: ReminderRule, details: RuleDetails, now: datetime) -> ReminderRule:
    _check_rule(rule, details)
    before = (rule.lead_days, rule.lead_hours, rule.audience, rule.is_active)
    for field, value in vars(details).items():
        setattr(rule, field, list(value) if field == "channels" else value)
    if rule.pk is None or before != (rule.lead_days, rule.lead_hours, rule.audience, rule.is_active):
        rule.effective_at = now
    rule.save()
    return rule


def _check_rule(rule: ReminderRule, details: RuleDetails) -> None:
    problems: dict[str, str] = {}
    if not (0 <= details.lead_days <= 13 and 0 <= details.lead_hours <= 23):
        problems["lead_days"] = gettext("Choose at most 13 days and 23 hours before.")
    elif details.lead_days == 0 and details.lead_hours < 3:
        problems["lead_hours"] = gettext(
            "Choose a day, or at least 3 hours before: later helps nobody to come."
        )
    if details.audience not in Audience.values:
        problems["audience"] = gettext("Choose whom it is for.")
    if details.template_key not in REMINDERS:
        problems["template_key"] = gettext("Choose one of the reminders.")
    if not set(details.channels) <= set(Channel.values):
        problems["channels"] = gettext("Choose the ways from the list.")
    if not problems and details.is_active and _twin(rule, details):
        problems["lead_days"] = gettext("There is already a reminder at that time for the same people.")
    if problems:
        raise ValidationError(problems)


def _twin(rule: ReminderRule, details: RuleDetails) -> bool:
    same = ReminderRule.objects.filter(
        lead_days=details.lead_days,
        lead_hours=details.lead_hours,
        audience=details.audience,
        is_active=True,
    )
    return same.exclude(pk=rule.pk).exists()


def check_template(
    *, key: str, language: str, channel: str, body: str, subject: str = "", keep_flagged: bool = False
) -> None:
    """Raise all that `change_template` would refuse, by field, and change nothing."""
    if (key, language, channel) not in SHIPPED:
        raise ValidationError(gettext("There is no such message."))
    problems: dict[str, list[ValidationError]] = {}
    for check in (
        partial(_check_words, key, channel, body),
        partial(_check_subject, subject),
        partial(refuse_unfit_words, keep_flagged=keep_flagged, body=body, subject=subject),
    ):
        try:
            check()
        except ValidationError as error:
            error.update_error_dict(problems)
    if problems:
        raise ValidationError(problems)


def change_template(
    *,
    key: str,
    language: str,
    channel: str,
    body: str,
    subject: str = "",
    actor: User,
    keep_flagged: bool = False,
) -> MessageTemplate:
    """Put the practice's own words in the place of ours.

    Raises ValidationError for an unknown field, braces that do not close, a missing part that the
    message cannot do without, such as the time, and for words that reveal why somebody comes; for
    words that blame too, unless a person has seen them flagged and keeps them.
    """
    check_template(
        key=key, language=language, channel=channel, body=body, subject=subject, keep_flagged=keep_flagged
    )
    with acting("change_template", actor=actor):
        template, _ = MessageTemplate.objects.update_or_create(
            key=key, language=language, channel=channel, defaults={"body": body, "subject": subject}
        )
    return template


def restore_template(*, key: str, language: str, channel: str, actor: User) -> None:
    """Go back to the words that ship."""
    with acting("restore_template", actor=actor):
        MessageTemplate.objects.filter(key=key, language=language, channel=channel).delete()


def _check_words(key: str, channel: str, body: str) -> None:
    missing = needed_fields(key, channel) - _check_fields(body, "body")
    if missing:
        names = ", ".join(f"{{{name}}}" for name in sorted(missing))
        raise ValidationError({"body": gettext("Please keep %(names)s in the text.") % {"names": names}})
    longest = LONGEST_BODY[channel]
    if len(body) > longest:
        raise ValidationError(
            {"body": gettext("At most %(longest)s characters, please.") % {"longest": longest}}
        )


def _check_subject(subject: str) -> None:
    _check_fields(subject, "subject")
    if len(subject) > LONGEST_SUBJECT or any(ord(character) < 32 for character in subject):
        raise ValidationError(
            {
                "subject": gettext("One line of at most %(longest_subject)s characters, please.")
                % {"longest_subject": LONGEST_SUBJECT}
            }
        )


def _check_fields(words: str, field: str) -> set[str]:
    try:
        named = fields_in(words)
    except ValueError as error:
        raise ValidationError(
            {field: gettext("A brace { or } stands alone. Fields look like {when}.")}
        ) from error
    if word := relative_day(words):
        raise ValidationError(
            {
                field: gettext(
                    "Please name the day with {when}: the text may arrive on another one than “%(word)s”."
                )
                % {"word": word}
            }
        )
    if unknown := named - set(FIELDS):
        raise ValidationError({field: gettext("There is no field {%(min)s}.") % {"min": min(unknown)}})
    return named
