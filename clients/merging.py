"""Two records of one person: why some are not, and what of them is this room's."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clients.models import Case, CaseMember, Client, Consent, ContactPoint, Guardianship, ProtectiveOrder
from clients.moving import Journal
from clients.protection import ASK_THE_CLINICIAN

FACTS = {
    "given_name": gettext_lazy("First name"),
    "family_name": gettext_lazy("Last name"),
    "name_used": gettext_lazy("Name that they go by"),
    "pronouns": gettext_lazy("Pronouns"),
    "born_on": gettext_lazy("Date of birth"),
    "birth_year": gettext_lazy("Year of birth"),
    "language": gettext_lazy("Language"),
    "timezone": gettext_lazy("Time zone"),
}


def reasons_against(gone: Client, kept: Client) -> list[str]:
    """Why this room cannot take the two for one person; nothing walled off is given away."""
    both = {"names": f"{gone.display_name}, {kept.display_name}"}
    found = []
    if gone.merged_into_id or kept.merged_into_id:
        found.append(_("One of the two is merged with another record already."))
    cases = CaseMember.objects.filter(client=kept).values("case")
    if CaseMember.objects.filter(client=gone, case__in=cases).exists():
        found.append(_("Both are in one case, so they are two people: %(names)s.") % both)
    if _stands_for(gone, kept) or _stands_for(kept, gone):
        found.append(_("One of them is the other's guardian."))
    if ProtectiveOrder.objects.filter(Q(client=gone, other=kept) | Q(client=kept, other=gone)).exists():
        # In the words of a refused booking: that there is an order is the clinicians' to know.
        found.append(_(ASK_THE_CLINICIAN))
    if bool(gone.died_on) != bool(kept.died_on):
        found.append(_("One of them has died, as it stands here. Correct that first."))
    return found


def _stands_for(guardian: Client, minor: Client) -> bool:
    return Guardianship.objects.filter(guardian=guardian, minor=minor).exists()


def differing(gone: Client, kept: Client) -> list[str]:
    """The facts that both state and state differently: a person chooses."""
    pairs = ((name, _stated(gone, name), _stated(kept, name)) for name in FACTS)
    found = [name for name, theirs, ours in pairs if theirs and ours and theirs != ours]
    return [name for name in found if name != "birth_year" or "born_on" not in found]


def _stated(client: Client, fact: str) -> Any:
    """A fact as the record states it; a date of birth states the year, too."""
    if fact == "birth_year" and client.born_on:
        return client.born_on.year
    return getattr(client, fact)


def take_facts(*, gone: Client, kept: Client, chosen: Iterable[str], journal: Journal) -> None:
    """What the kept record lacks is filled in; `chosen` are the facts that are taken from the other.

    Who is reminded more often still is; who is away stays away longest; and who is still here in
    one of the two has not left.
    """
    apart = differing(gone, kept)
    chosen = [name for name in chosen if name in apart]
    taken = {name: _stated(gone, name) for name in FACTS if name in chosen or not getattr(kept, name)}
    if "birth_year" in apart:
        # One states a day and the other another year: whoever's year is chosen, their day is, too.
        taken["born_on"] = gone.born_on if "birth_year" in chosen else kept.born_on
    elif born_on := taken.get("born_on"):
        taken["birth_year"] = born_on.year
    taken["needs_more_reminders"] = gone.needs_more_reminders or kept.needs_more_reminders
    if not (gone.left_on and kept.left_on):
        taken["left_on"] = None
    if gone.away_from and not kept.away_from:
        taken |= {name: getattr(gone, name) for name in ("away_from", "away_until", "away_reason")}
    journal.change(kept, **taken)


def join_addresses(*, gone: Client, kept: Client, now: datetime, journal: Journal) -> None:
    """An address that both have becomes one, as strict as the stricter; the others follow in their order."""
    ours = {one.address: one for one in kept.contact_points.filter(ended_at=None)}
    place = max((one.position for one in ours.values()), default=-1)
    for theirs in gone.contact_points.filter(ended_at=None):
        if theirs.address in ours:
            _join(theirs, ours[theirs.address], now, journal)
        else:
            place += 1
            journal.change(theirs, position=place)


def _join(theirs: ContactPoint, ours: ContactPoint, now: datetime, journal: Journal) -> None:
    journal.change(
        ours,
        may_text=ours.may_text and theirs.may_text,
        may_call=ours.may_call and theirs.may_call,
        may_leave_word=ours.may_leave_word and theirs.may_leave_word,
        is_private=ours.is_private and theirs.is_private,
        is_discreet=ours.is_discreet or theirs.is_discreet,
        call_position=None if theirs.call_position is None else ours.call_position,
        unfit_at=ours.unfit_at or theirs.unfit_at,
        unfit_reason=ours.unfit_reason or theirs.unfit_reason,
    )
    refused = _withdrawn([ours]) | _withdrawn([theirs])
    _withdraw([ours, theirs], refused, now, journal)
    standing = set(ours.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))
    for consent in theirs.consents.filter(withdrawn_at=None).exclude(purpose__in=standing):
        journal.change(consent, contact_point=ours)
    for limit in theirs.safe_contacts.all():
        journal.change(limit, contact_point=ours)
    journal.change(theirs, ended_at=now)


def keep_refusals(*, gone: Client, kept: Client, now: datetime, journal: Journal) -> None:
    """What one of the two records refused altogether, the person refused: a no always wins."""
    theirs, ours = (list(one.contact_points.all()) for one in (gone, kept))
    _withdraw([*theirs, *ours], _withdrawn(theirs) | _withdrawn(ours), now, journal)


def _withdrawn(contacts: list[ContactPoint]) -> set[str]:
    """Purposes that were agreed to once and are agreed to nowhere any more."""
    said = Consent.objects.filter(contact_point__in=contacts)
    standing = set(said.filter(withdrawn_at=None).values_list("purpose", flat=True))
    return set(said.exclude(withdrawn_at=None).values_list("purpose", flat=True)) - standing


def _withdraw(contacts: list[ContactPoint], purposes: set[str], now: datetime, journal: Journal) -> None:
    for consent in Consent.objects.filter(
        contact_point__in=contacts, purpose__in=purposes, withdrawn_at=None
    ):
        journal.change(consent, withdrawn_at=now)


def join_guardianships(*, gone: Client, kept: Client, journal: Journal) -> None:
    """Where both have one guardian, or one ward: what either forbids is forbidden."""
    for mine, theirs in (("minor", "guardian"), ("guardian", "minor")):
        ours = {getattr(one, f"{theirs}_id"): one for one in Guardianship.objects.filter(**{mine: kept})}
        for double in Guardianship.objects.filter(**{mine: gone}):
            if one := ours.get(getattr(double, f"{theirs}_id")):
                untils = [until for until in (one.until, double.until) if until]
                journal.change(
                    one,
                    may_receive=one.may_receive and double.may_receive,
                    may_consent=one.may_consent and double.may_consent,
                    until=min(untils, default=None),
                )


def cases_that_go_back(journal: Journal, kept: Client) -> list[int]:
    """The cases that came with the other record, unless this one has come into them by itself since."""
    came = journal.moved.get("clients.casemember.client", [])
    cases = set(CaseMember.objects.filter(pk__in=came, client=kept).values_list("case", flat=True))
    own = CaseMember.objects.filter(client=kept, case__in=cases).exclude(pk__in=came)
    return sorted(cases - set(own.values_list("case", flat=True)))


def lasting(client: Client) -> Client:
    """The record that stands for this one, through however many merges."""
    while client.merged_into:
        client = client.merged_into
    return client


def summary(client: Client, user: User) -> dict[str, Any]:
    """What a preview shows of one record from this room."""
    return {
        "contacts": list(client.contact_points.filter(ended_at=None)),
        "cases": list(Case.objects.visible_to(user).filter(members__client=client).distinct().with_people()),
        "guardians": client.guardianships.filter(until=None).count()
        + client.wards.filter(until=None).count(),
    }
