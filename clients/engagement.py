"""How far each member has come towards taking part, as their clinicians see it (row 5.1)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from clients.models import Case, CaseMember, Engagement, EngagementChange


def refuse_who_does_not_treat(actor: User, case: Case) -> None:
    """What a couple's own clinicians decide is nobody else's, their supervisors included."""
    if not Case.objects.treated_by(actor).filter(pk=case.pk).exists():
        raise PermissionDenied


def set_engagement(*, member: CaseMember, engagement: str, actor: User, now: datetime) -> CaseMember:
    """Note how far somebody has come; the same once more changes nothing, and what was before is kept.

    Raises PermissionDenied for who does not treat the case, ValidationError for a member who has left.
    """
    refuse_who_does_not_treat(actor, member.case)
    with acting("set_engagement", actor=actor):
        locked = CaseMember.objects.select_for_update().get(pk=member.pk)
        if locked.left_on:
            raise ValidationError(_("They are no longer in this case."))
        if locked.engagement != engagement:
            locked.engagement = engagement
            locked.clean_fields(exclude=["case", "client"])
            locked.save()
            EngagementChange.objects.create(
                member=locked, engagement=engagement, noted_at=now, noted_by=actor
            )
    return locked


def changes_of(member: CaseMember) -> QuerySet[EngagementChange]:
    """What was noted of their taking part, the latest first; the caller treats the case."""
    return member.engagement_changes.select_related("noted_by")


def note_invited(*, member: CaseMember, actor: User, now: datetime) -> None:
    """An invitation is on its way to them; who takes part already stays so."""
    if member.engagement != Engagement.JOINED:
        set_engagement(member=member, engagement=Engagement.INVITED, actor=actor, now=now)
