"""Offering help with what gets in the way, and following each offer until it is resolved (row 2.9)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.roles import May
from clients.access import may_read_case_words
from clients.models import (
    Barrier,
    BarrierGroup,
    Case,
    Client,
    Referral,
    ReferralStep,
    Resource,
)
from clients.treatment import people_to_name, refuse_strangers

# When an offer is looked at again unless somebody names a day, and how far ahead that may be.
USUAL_REVISIT = timedelta(days=14)
LONGEST_REVISIT = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What is offered, for which barrier; `what` in place of a resource. Without an owner it is the desk's."""

    resource: Resource | None = None
    what: str = ""
    barrier: Barrier | None = None
    is_practical: bool = False
    revisit_on: date | None = None
    owner: User | None = None


@dataclass(frozen=True, kw_only=True)
class ReferralNews:
    """What became known of an offer, when to ask again, and whose it is from now on (None: the desk's)."""

    state: str
    owner: User | None
    note: str = ""
    revisit_on: date | None = None


def offer_help(
    *, case: Case, client: Client, offer: Offer, actor: User | None, now: datetime, today: date
) -> Referral:
    """Offer something to a client of a case. Offering what is still open there gives that one.

    Raises ValidationError for somebody who is not in treatment there, an empty offer, a day that is
    past or too far, and for an owner whose work it cannot be; PermissionDenied for a desk that offers
    what is not practical.
    """
    refuse_strangers(case, client)
    is_practical = _checked(offer, actor)
    revisit_on = offer.revisit_on or today + USUAL_REVISIT
    _check_day(revisit_on, today)
    with acting("offer_help", actor=actor):
        Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        what = "" if offer.resource else offer.what.strip()
        same = Referral.objects.open().filter(case=case, client=client, resource=offer.resource, what=what)
        known = same.first()
        if known:
            return known
        referral = Referral(
            case=case,
            client=client,
            resource=offer.resource,
            what=what,
            barrier=offer.barrier,
            is_practical=is_practical,
            revisit_on=revisit_on,
            owner=offer.owner,
            offered_at=now,
            offered_by=actor,
        )
        _refuse_owner(referral, offer.owner)
        referral.clean_fields(exclude=["case", "client", "resource", "barrier", "owner", "offered_by"])
        referral.save()
        _write_step(referral, "", actor=actor, now=now)
    return referral


def offer_at_once(
    *,
    case: Case,
    client: Client,
    resource: Resource,
    barrier: Barrier,
    actor: User,
    now: datetime,
    today: date,
) -> Referral:
    """The one press beside a barrier: this resource, asked about again in two weeks, and one's own.

    The desk's is whoever is at the desk's.
    """
    reads = may_read_case_words(actor, case)
    offer = Offer(
        resource=resource,
        barrier=barrier,
        is_practical=barrier.is_practical,
        owner=actor if reads else None,
    )
    return offer_help(case=case, client=client, offer=offer, actor=actor, now=now, today=today)


def note_on_referral(
    *, referral: Referral, news: ReferralNews, actor: User, now: datetime, today: date
) -> Referral:
    """Write down how it stands. One that had ended can be taken up again.

    Raises ValidationError for a day that is past or too far, and an owner whose work it cannot be.
    """
    _refuse_others(actor, referral)
    with acting("note_on_referral", actor=actor):
        locked = Referral.objects.select_for_update(of=("self",)).select_related("case").get(pk=referral.pk)
        locked.state = news.state
        locked.clean_fields(exclude=["case", "client", "resource", "barrier", "owner", "offered_by"])
        if locked.is_open:
            locked.revisit_on = news.revisit_on or today + USUAL_REVISIT
            _check_day(locked.revisit_on, today)
        else:
            locked.revisit_on = None
        _refuse_owner(locked, news.owner)
        locked.owner = news.owner
        locked.save()
        _write_step(locked, news.note, actor=actor, now=now)
    return locked


def _refuse_others(actor: User, referral: Referral) -> None:
    if not Referral.objects.visible_to(actor).filter(pk=referral.pk).exists():
        raise PermissionDenied


def _checked(offer: Offer, actor: User | None) -> bool:
    """Whether the desk may arrange it; what a clinician says, within what a desk may know."""
    if offer.resource is None and not offer.what.strip():
        raise ValidationError({"what": _("Choose from the directory, or say what you offer.")})
    emotional = offer.barrier is not None and offer.barrier.group == BarrierGroup.EMOTIONAL
    if offer.is_practical and emotional:
        raise ValidationError({"is_practical": _("This one is between them and their clinician.")})
    if actor is not None and not actor.may(May.SEE_CLINICAL_WORDS):
        if offer.barrier is not None and not offer.barrier.is_practical:
            raise PermissionDenied
        return True
    return offer.is_practical


def _refuse_owner(referral: Referral, owner: User | None) -> None:
    if owner is None and not referral.is_practical:
        raise ValidationError({"owner": _("This one needs a clinician.")})
    if owner is not None and owner not in people_to_name(referral.case):
        raise ValidationError({"owner": _("Choose one of the clinicians of this case.")})


def _check_day(day: date, today: date) -> None:
    if not today <= day <= today + LONGEST_REVISIT:
        raise ValidationError({"revisit_on": _("Choose a day within the next year.")})


def _write_step(referral: Referral, note: str, *, actor: User | None, now: datetime) -> None:
    ReferralStep.objects.create(
        referral=referral,
        state=referral.state,
        note=note.strip(),
        revisit_on=referral.revisit_on,
        at=now,
        by=actor,
    )
