"""Verbs on reminder rules and on the practice's own words."""

from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError

from accounts.audit import acting
from accounts.models import User
from reminders.models import MessageTemplate, ReminderRule
from reminders.rendering import fields_in
from reminders.wording_check import refuse_unfit_words
from reminders.words import FIELDS, KEYS, SHIPPED

# A provider refuses a text of more than 1,600 characters; what is filled in needs room too.
LONGEST_BODY = {"sms": 1_200, "voice": 1_200, "email": 5_000}
LONGEST_SUBJECT = 120


@dataclass(frozen=True, kw_only=True)
class RuleDetails:
    """A reminder rule as a settings page has it."""

    name: str
    lead_days: int
    is_active: bool = True


def ensure_default_rules() -> None:
    """Three days and one day before, unless there is any rule already."""
    if not ReminderRule.objects.exists():
        ReminderRule.objects.create(name="Three days before", lead_days=3)
        ReminderRule.objects.create(name="One day before", lead_days=1)


def add_rule(*, details: RuleDetails, actor: User) -> ReminderRule:
    """A further reminder; raises ValidationError for a second one of the same lead."""
    with acting("add_rule", actor=actor):
        return _save_rule(ReminderRule(), details)


def change_rule(*, rule: ReminderRule, details: RuleDetails, actor: User) -> ReminderRule:
    """Change when a reminder goes out; what is planned follows with the next pass."""
    with acting("change_rule", actor=actor):
        return _save_rule(ReminderRule.objects.select_for_update().get(pk=rule.pk), details)


def _save_rule(rule: ReminderRule, details: RuleDetails) -> ReminderRule:
    rule.name, rule.lead_days, rule.is_active = details.name, details.lead_days, details.is_active
    if not 1 <= rule.lead_days <= 13:
        raise ValidationError({"lead_days": "Choose between 1 and 13 days before."})
    twin = ReminderRule.objects.filter(lead_days=rule.lead_days, is_active=True).exclude(pk=rule.pk)
    if rule.is_active and twin.exists():
        raise ValidationError({"lead_days": "There is already a reminder that many days before."})
    rule.save()
    return rule


def check_template(
    *, key: str, language: str, channel: str, body: str, subject: str = "", keep_flagged: bool = False
) -> None:
    """Raise all that `change_template` would refuse, by field, and change nothing."""
    if (key, language, channel) not in SHIPPED:
        raise ValidationError("There is no such message.")
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
    missing = set(KEYS[key][1]) - _check_fields(body, "body")
    if missing:
        names = ", ".join(f"{{{name}}}" for name in sorted(missing))
        raise ValidationError({"body": f"Please keep {names} in the text."})
    longest = LONGEST_BODY[channel]
    if len(body) > longest:
        raise ValidationError({"body": f"At most {longest} characters, please."})


def _check_subject(subject: str) -> None:
    _check_fields(subject, "subject")
    if len(subject) > LONGEST_SUBJECT or any(ord(character) < 32 for character in subject):
        raise ValidationError({"subject": f"One line of at most {LONGEST_SUBJECT} characters, please."})


def _check_fields(words: str, field: str) -> set[str]:
    try:
        named = fields_in(words)
    except ValueError as error:
        raise ValidationError({field: "A brace { or } stands alone. Fields look like {when}."}) from error
    if unknown := named - set(FIELDS):
        raise ValidationError({field: f"There is no field {{{min(unknown)}}}."})
    return named
