"""Away for a while: who of the staff is, until when, and who sees to their follow-ups meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.audit import acting
from accounts.models import User
from accounts.roles import May, Role
from clients.models import CaseClinician
from followups.models import FollowUp
from followups.querysets import days_off

LONGEST = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Absence:
    """From when, which day they are back, and who stands in; without anybody it is their supervisor, or the desk."""

    away_from: date
    away_until: date
    stands_in: User | None = None


def possible_stand_ins(person: User) -> QuerySet[User]:
    """Who may read all that this person's follow-ups are about.

    For who treats somebody: clinicians and supervisors of each of their open cases. For the desk: the desk.
    """
    others = User.objects.filter(is_active=True).exclude(pk=person.pk).order_by("name", "pk")
    if not person.may(May.SEE_CLINICAL_WORDS):
        return others.filter(roles__contains=[Role.FRONT_DESK])
    theirs = Q(clinician=OuterRef(OuterRef("pk"))) | Q(clinician__supervisor=OuterRef(OuterRef("pk")))
    reads = CaseClinician.objects.filter(theirs, case=OuterRef("case"), until_on=None)
    unread = CaseClinician.objects.filter(
        ~Exists(reads), clinician=person, until_on=None, case__closed_on=None
    )
    clinical = others.filter(roles__overlap=[Role.CLINICIAN, Role.SUPERVISOR])
    return clinical.filter(~Exists(unread))


def be_away(*, person: User, absence: Absence, actor: User, today: date) -> User:
    """Say it of oneself; what was said before is replaced.

    Raises PermissionDenied for somebody else; ValidationError for days that are over or in the wrong order, and for a stand-in who may not
    read what the follow-ups are about.
    """
    _refuse_others(person, actor)
    if absence.away_until <= max(absence.away_from, today):
        raise ValidationError(
            {"away_until": _("The day you are back comes after the first day away, and is ahead.")}
        )
    if absence.away_until > today + LONGEST:
        raise ValidationError({"away_until": _("Choose a day within the next year.")})
    if absence.stands_in and not possible_stand_ins(person).filter(pk=absence.stands_in.pk).exists():
        raise ValidationError({"stands_in": _("They may not read what your follow-ups are about.")})
    return _write("be_away", person, actor, **vars(absence))


def be_back(*, person: User, actor: User) -> User:
    """Here again: what is theirs is theirs alone. Being here already changes nothing."""
    _refuse_others(person, actor)
    return _write("be_back", person, actor, away_from=None, away_until=None, stands_in=None)


def back_on(reader: User, follow_ups: Iterable[FollowUp], *, today: date, zone: ZoneInfo) -> dict[int, date]:
    """Of the other owners who are away on this day, when they are back, by primary key. One query at most.

    `owner` is loaded. A day on which the calendar has them off counts as well.
    """
    owners = {one.owner.pk: one.owner for one in follow_ups if one.owner and one.owner != reader}
    if not owners:
        return {}
    off = days_off(today, zone).filter(clinician__in=list(owners))
    found = {clinician: today + timedelta(days=1) for clinician in off.values_list("clinician_id", flat=True)}
    said = {pk: owner.away_until for pk, owner in owners.items() if owner.away_until and owner.is_away(today)}
    return found | said


def _refuse_others(person: User, actor: User) -> None:
    require(actor, May.FOLLOW_UP)
    if actor.pk != person.pk:
        raise PermissionDenied


def _write(verb: str, person: User, actor: User, **facts: object) -> User:
    with acting(verb, actor=actor):
        locked = User.objects.select_for_update().get(pk=person.pk)
        for name, value in facts.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(facts))
    return locked
