"""The only door from a page or the API to messages, replies, rules and words."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import May, Role
from clients.models import Case, Client
from reminders.models import InboundMessage, Message, MessageTemplate, ProviderAgreement, ReminderRule, Trial
from reminders.querysets import InboundQuerySet, MessageQuerySet
from reminders.segments import Size, size_of
from reminders.words import KEYS, SHIPPED


def messages_visible_to(user: User) -> MessageQuerySet:
    """The outbox: all for the desk, their own people's for clinicians."""
    return Message.objects.visible_to(user)


def inbox_visible_to(user: User) -> InboundQuerySet:
    """What came in: all for the desk, their own people's for clinicians."""
    return InboundMessage.objects.visible_to(user)


def get_message(user: User, public_id: UUID, *, write: bool = False) -> Message:
    """One message; 404 if invisible, 403 if visible and not this person's to change."""
    message = messages_visible_to(user).with_people().filter(public_id=public_id).first()
    if message is None:
        raise Http404
    if write:
        require(user, May.ANSWER_MESSAGES)
    return message


def get_inbound(user: User, public_id: UUID, *, write: bool = False) -> InboundMessage:
    """One reply; 404 if invisible, 403 if visible and not this person's to answer."""
    inbound = inbox_visible_to(user).with_people().filter(public_id=public_id).first()
    if inbound is None:
        raise Http404
    if write:
        require(user, May.ANSWER_MESSAGES)
    return inbound


def possible_takers(message: Message) -> QuerySet[User]:
    """Colleagues into whose hands it can be put: the desk, the clinicians concerned, and their supervisors."""
    if message.session_id:
        cases = Case.objects.filter(sessions=message.session_id)
    else:
        people = Client.objects.filter(messages=message)
        cases = Case.objects.filter(
            Q(members__client__in=people) | Q(members__client__guardianships__guardian__in=people)
        )
    clinicians = User.objects.filter(case_clinicians__case__in=cases, case_clinicians__until_on=None)
    theirs = Q(pk__in=clinicians.values("pk"), roles__contains=[Role.CLINICIAN])
    theirs |= Q(pk__in=clinicians.values("supervisor"), roles__contains=[Role.SUPERVISOR])
    theirs |= Q(roles__contains=[Role.FRONT_DESK])
    return User.objects.filter(theirs, is_active=True).order_by("name", "pk")


def messages_to(user: User, client: Client) -> MessageQuerySet:
    """What went to one person, newest first."""
    return messages_visible_to(user).filter(recipient=client).with_people()


def replies_of(user: User, client: Client) -> InboundQuerySet:
    """What one person wrote, newest first."""
    return inbox_visible_to(user).filter(client=client).with_people()


def rules(user: User) -> QuerySet[ReminderRule]:
    """Every reminder rule, the longest lead first; for who manages settings."""
    require(user, May.MANAGE_SETTINGS)
    return ReminderRule.objects.all()


def get_rule(user: User, public_id: UUID) -> ReminderRule:
    """One rule; 404 if there is none, 403 for who does not manage settings."""
    rule = rules(user).filter(public_id=public_id).first()
    if rule is None:
        raise Http404
    return rule


@dataclass(frozen=True, slots=True)
class Wording:
    """The words in force for one message, and what they cost as a text."""

    key: str
    label: str
    language: str
    channel: str
    subject: str
    body: str
    is_own: bool
    size: Size


def wordings(user: User) -> list[Wording]:
    """The words in force for every message, ours or the practice's; for who manages settings."""
    require(user, May.MANAGE_SETTINGS)
    own = {(row.key, row.language, row.channel): row for row in MessageTemplate.objects.all()}
    found = []
    for (key, language, channel), shipped in SHIPPED.items():
        words = own.get((key, language, channel), shipped)
        found.append(
            Wording(
                key, str(KEYS[key][0]), language, channel, words.subject, words.body,
                (key, language, channel) in own, size_of(words.body),
            )
        )  # fmt: skip
    return found


def get_wording(user: User, key: str, language: str, channel: str) -> Wording:
    """One of them; 404 if there is none."""
    for wording in wordings(user):
        if (wording.key, wording.language, wording.channel) == (key, language, channel):
            return wording
    raise Http404


def trials(user: User) -> QuerySet[Trial]:
    """What this person sent to themselves, newest first."""
    require(user, May.MANAGE_SETTINGS)
    return Trial.objects.filter(asked_by=user)


def get_trial(user: User, public_id: UUID) -> Trial:
    """One of one's own trials; 404 for anybody else's."""
    trial = trials(user).filter(public_id=public_id).first()
    if trial is None:
        raise Http404
    return trial


def agreements(user: User) -> QuerySet[ProviderAgreement]:
    """Those in force, with who recorded them; for who manages settings."""
    require(user, May.MANAGE_SETTINGS)
    return ProviderAgreement.objects.filter(ended_at=None).select_related("recorded_by")


def get_agreement(user: User, public_id: UUID) -> ProviderAgreement:
    """One in force; 404 if there is none."""
    agreement = agreements(user).filter(public_id=public_id).first()
    if agreement is None:
        raise Http404
    return agreement
