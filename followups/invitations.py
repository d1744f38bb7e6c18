"""Inviting somebody to come together: in the client's own words, approved in writing, handed over by them (row 5.4).

Kept sends nothing. Before each step the screen is asked again: whatever was said since counts.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from clients.engagement import note_invited, refuse_who_does_not_treat
from clients.models import Case, CaseMember, Client, Engagement, SafeContact
from clients.screening import is_safe_for_each
from followups.gates import UNTIL_EACH_IS_SAFE
from followups.imprint import refuse_changed, refuse_overwriting
from followups.models import (
    Approval,
    AttemptChannel,
    AttemptResult,
    FollowUp,
    GoesTo,
    Invitation,
    ProtocolCode,
)
from followups.services import AttemptDetails, log_attempt, open_follow_up
from reminders.wording_check import refuse_unfit_words

CHANNELS = {GoesTo.LETTER: AttemptChannel.LETTER, GoesTo.EMAIL: AttemptChannel.EMAIL}


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What is written, and where it goes."""

    words: str
    goes_to: str = GoesTo.BY_HAND
    address: str = ""


def invitations_in(case: Case) -> QuerySet[Invitation]:
    """Everything written to invite somebody in this case, the latest first; the caller treats it."""
    return Invitation.objects.filter(member__case=case).select_related("member", "asker")


def latest_invitations(case: Case) -> dict[int, Invitation]:
    """For each member, by key, the words in hand or those that went last; the caller treats the case."""
    standing = Invitation.objects.filter(member__case=case, replaced_at=None).order_by("written_at", "pk")
    return {one.member_id: one for one in standing}


def may_be_invited(member: CaseMember) -> bool:
    """In an open case, not taking part yet, and nothing stands against talking together."""
    return (
        member.left_on is None
        and member.case.closed_on is None
        and member.engagement != Engagement.JOINED
        and is_safe_for_each(member.case)
    )


def write_invitation(
    *, member: CaseMember, asker: Client, language: str, wording: Wording, actor: User, now: datetime
) -> Invitation:
    """A draft, to be read and changed together with who invites; another one in hand makes way for it.

    Raises ValidationError where the screen holds it, for somebody who takes part already, for an
    asker who does not, and for words that tell others why somebody comes here or that press;
    PermissionDenied for who does not treat the case.
    """
    _refuse(member, actor)
    if (
        not member.case.members.filter(client=asker, engagement=Engagement.JOINED, left_on=None)
        .exclude(pk=member.pk)
        .exists()
    ):
        raise ValidationError({"asker": _("Choose who invites them: somebody who takes part.")})
    with acting("write_invitation", actor=actor):
        CaseMember.objects.select_for_update().get(pk=member.pk)
        member.invitations.filter(replaced_at=None, given_at=None).update(replaced_at=now)
        invitation = Invitation(
            member=member, asker=asker, language=language, written_by=actor, written_at=now
        )
        return _worded(invitation, wording)


def change_invitation(
    *, invitation: Invitation, wording: Wording, read: str | None = None, actor: User, now: datetime
) -> Invitation:
    """Other words. A draft is changed; approved words stay, and new ones begin that need a new approval.

    `read` is the imprint of the words that these take the place of, those of `invitation` unless given.
    Raises as `write_invitation` does, and where a colleague has written since (code "stale").
    """
    _refuse(invitation.member, actor)
    with acting("change_invitation", actor=actor):
        locked = _lock(invitation)
        refuse_overwriting(locked.imprint, invitation.imprint if read is None else read)
        if locked.is_approved:
            return write_invitation(
                member=locked.member,
                asker=locked.asker,
                language=locked.language,
                wording=wording,
                actor=actor,
                now=now,
            )
        locked.written_by, locked.written_at = actor, now
        return _worded(locked, wording)


def approve_invitation(
    *,
    invitation: Invitation,
    how: str,
    approved_as: str,
    read: str | None = None,
    actor: User,
    now: datetime,
) -> Invitation:
    """Who invites has approved these words and this address, in writing; from here on they stay as they are.

    Approving twice keeps the first. `read` is the imprint of what lay before them, that of `invitation`
    unless given. Raises ValidationError without a name, for words that have changed since (code "stale"),
    and as above.
    """
    _refuse(invitation.member, actor)
    if not approved_as.strip():
        raise ValidationError({"approved_as": _("Write the name that stands under it.")})
    with acting("approve_invitation", actor=actor):
        locked = _lock(invitation)
        refuse_changed(locked.imprint, invitation.imprint if read is None else read)
        if not locked.is_approved:
            locked.approved_at, locked.approved_how = now, Approval(how)
            locked.approved_as, locked.approval_noted_by = approved_as.strip(), actor
            locked.save()
    return locked


def give_invitation(*, invitation: Invitation, actor: User, now: datetime) -> Invitation:
    """It is on its way: handed over by who invites, or taken to the post by a person. Twice is once.

    What went to an address is an attempt to reach them, in their own follow-up. Raises
    ValidationError before the approval, and where they are not to be contacted.
    """
    _refuse(invitation.member, actor)
    with acting("give_invitation", actor=actor):
        locked = _lock(invitation)
        if not locked.is_approved:
            raise ValidationError(_("First who invites approves the words, in writing."))
        if locked.given_at:
            return locked
        if locked.goes_to != GoesTo.BY_HAND:
            _refuse_not_to_be_contacted(locked.member.client)
            _log(locked, actor=actor, now=now)
        locked.given_at, locked.given_by = now, actor
        locked.save()
        note_invited(member=locked.member, actor=actor, now=now)
    return locked


def refuse_locked(invitation: Invitation) -> None:
    """Raise ValidationError where the screen holds it now: then nobody reads or prints its words either."""
    if not is_safe_for_each(invitation.member.case):
        raise ValidationError(_(UNTIL_EACH_IS_SAFE))


def _refuse(member: CaseMember, actor: User) -> None:
    refuse_who_does_not_treat(actor, member.case)
    if not is_safe_for_each(member.case):
        raise ValidationError(_(UNTIL_EACH_IS_SAFE))
    if not may_be_invited(member):
        raise ValidationError(_("They take part already, or are no longer in this case."))


def _worded(invitation: Invitation, wording: Wording) -> Invitation:
    words, address = wording.words.replace("\r\n", "\n").strip(), wording.address.strip()
    if not words:
        raise ValidationError({"words": _("Write the words first.")})
    refuse_unfit_words(words=words)
    if wording.goes_to == GoesTo.BY_HAND:
        address = ""
    elif not address:
        raise ValidationError({"address": _("Write the address that they approve.")})
    invitation.words, invitation.goes_to, invitation.address = words, wording.goes_to, address
    invitation.clean_fields(exclude=["member", "asker", "written_by", "approval_noted_by", "given_by"])
    invitation.save()
    return invitation


def _refuse_not_to_be_contacted(client: Client) -> None:
    level = SafeContact.Level.DO_NOT_CONTACT
    if client.safe_contacts.filter(level=level, contact_point=None, ended_at=None).exists():
        raise ValidationError(_("Please do not contact them. Who invites can hand it over."))


def _log(invitation: Invitation, *, actor: User, now: datetime) -> None:
    """An attempt in the follow-up of who is invited; one begins where there is none."""
    client, case = invitation.member.client, invitation.member.case
    follow_up = FollowUp.objects.open().filter(client=client, case=case).first()
    if follow_up is None:
        code = ProtocolCode.RELUCTANT_PARTNER
        follow_up = open_follow_up(client=client, case=case, protocol_code=code, actor=actor, now=now)
    channel = CHANNELS[GoesTo(invitation.goes_to)]
    sent = AttemptDetails(channel=channel, result=AttemptResult.LEFT_WORD)
    log_attempt(follow_up=follow_up, attempt=sent, actor=actor, now=now)


def _lock(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    locked.member = CaseMember.objects.select_related("case", "client").get(pk=locked.member_id)
    if locked.replaced_at:
        raise ValidationError(_("Other words have taken its place. Look at those."))
    return locked
