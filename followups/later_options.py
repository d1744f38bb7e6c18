"""The other ways, in the order in which they are recommended, each with a day to look again (rows 5.3, 5.11).

None is ever locked: what somebody asks for opens at once.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from clients.engagement import refuse_who_does_not_treat
from clients.models import Case, CaseMember
from followups.models import LaterOption


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What is noted of one of the other ways."""

    revisit_on: date
    words: str = ""
    was_asked_for: bool = False


def options_of(case: Case) -> QuerySet[LaterOption]:
    """What was noted for this case, the earliest to be looked at first; the caller treats it."""
    return LaterOption.objects.filter(case=case).select_related("member__client", "noted_by")


def options_to_revisit(user: User, today: date) -> QuerySet[LaterOption]:
    """What this clinician meant to look at again by today, in the cases that they treat."""
    treated = Case.objects.treated_by(user).open()
    due = LaterOption.objects.filter(
        state=LaterOption.State.IN_VIEW,
        revisit_on__lte=today,
        case__in=treated.order_by(),
        member__left_on=None,
    )
    return due.select_related("member__client", "case").order_by("revisit_on", "pk")


def note_option(
    *, member: CaseMember, kind: str, noted: Noted, today: date, actor: User, now: datetime
) -> LaterOption:
    """Keep one in view until a day; noted again, it gets the new day.

    Raises PermissionDenied for who does not treat the case, ValidationError for a day that is past.
    """
    refuse_who_does_not_treat(actor, member.case)
    with acting("note_option", actor=actor):
        CaseMember.objects.select_for_update().get(pk=member.pk)
        standing = member.later_options.filter(kind=kind, state=LaterOption.State.IN_VIEW).first()
        option = standing or LaterOption(case=member.case, member=member, kind=kind)
        return _written(option, noted, today=today, actor=actor, now=now)


def look_again(*, option: LaterOption, noted: Noted, today: date, actor: User, now: datetime) -> LaterOption:
    """Looked at, and kept in view until another day."""
    refuse_who_does_not_treat(actor, option.case)
    with acting("look_again", actor=actor):
        return _written(_lock(option), noted, today=today, actor=actor, now=now)


def settle_option(*, option: LaterOption, state: str, actor: User, now: datetime) -> LaterOption:
    """Taken up, or let go; in view again where that is what it becomes."""
    refuse_who_does_not_treat(actor, option.case)
    with acting("settle_option", actor=actor):
        locked = _lock(option)
        if state == LaterOption.State.IN_VIEW:
            _refuse_second(locked)
        locked.state = state
        locked.settled_at = None if state == LaterOption.State.IN_VIEW else now
        locked.clean_fields(exclude=["case", "member", "noted_by"])
        locked.save()
    return locked


def _written(option: LaterOption, noted: Noted, *, today: date, actor: User, now: datetime) -> LaterOption:
    if noted.revisit_on <= today:
        raise ValidationError({"revisit_on": _("Choose a day that lies ahead.")})
    _refuse_second(option)
    option.revisit_on, option.words = noted.revisit_on, noted.words.strip()
    option.was_asked_for = noted.was_asked_for
    option.noted_at, option.noted_by = now, actor
    option.state, option.settled_at = LaterOption.State.IN_VIEW, None
    option.clean_fields(exclude=["case", "member", "noted_by"])
    option.save()
    return option


def _refuse_second(option: LaterOption) -> None:
    """One of a kind is in view for each: what was noted anew has taken its place."""
    others = LaterOption.objects.filter(
        member=option.member, kind=option.kind, state=LaterOption.State.IN_VIEW
    ).exclude(pk=option.pk)
    if others.exists():
        raise ValidationError(_("This was noted again since, and is in view. Go on there."))


def _lock(option: LaterOption) -> LaterOption:
    return (
        LaterOption.objects.select_for_update(of=("self",)).select_related("case", "member").get(pk=option.pk)
    )
