"""What can help with what was named, beside the form in which it is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import User
from attendance.access import barriers_readable_by
from clients.access import barriers, may_read_case_words, referrals_visible_to, resources
from clients.catalogue import Suggestion, what_helps
from clients.models import Barrier, Case, Client, Referral, Resource
from followups.models import FollowUp
from sessions_app.access import participants_visible_to
from sessions_app.models import Participant

REFERRALS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """One entry of the directory, and the open offer of it, if there is one."""

    resource: Resource
    barrier: Barrier
    offered: Referral | None


@dataclass(frozen=True, slots=True)
class HelpLine:
    """What can help with one barrier, for one client."""

    suggestion: Suggestion
    resources: tuple[ResourceLine, ...]


@dataclass(frozen=True, slots=True)
class Helping:
    """Everything that a page shows beside what was named."""

    client: Client
    case: Case
    lines: list[HelpLine]
    reads: bool


def helping_with(user: User, case: Case, client: Client, named: Iterable[Barrier]) -> Helping:
    """What can help this client with these barriers; for the desk what a desk can offer.

    At most six queries.
    """
    reads = may_read_case_words(user, case)
    known = [barrier for barrier in named if reads or barrier.is_practical]
    suggestions = what_helps(known) if known else []
    offered = _offered(user, case, client) if suggestions else {}
    lines = [HelpLine(one, _resources(one, offered)) for one in suggestions]
    return Helping(client, case, lines, reads)


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """One absence, and what was named of it as far as this person may read it."""

    participant: Participant
    barriers: list[Barrier]


def absences_of(user: User, follow_up: FollowUp) -> list[AbsenceLine]:
    """The absences that a follow-up is about, the latest first. Two queries."""
    standing = participants_visible_to(user).filter(
        follow_up_causes__follow_up=follow_up, follow_up_causes__withdrawn_at=None
    )
    lines = {
        one.pk: AbsenceLine(one, [])
        for one in standing.select_related("session").order_by("-starts_at").distinct()
    }
    named = barriers_readable_by(user).filter(participant__in=lines)
    for one in named.select_related("barrier").order_by("barrier__position", "pk"):
        lines[one.participant_id].barriers.append(one.barrier)
    return list(lines.values())


def help_on_follow_up(user: User, follow_up: FollowUp, chosen: Iterable[str]) -> dict[str, Any]:
    """What the page of a follow-up shows: for what is chosen now, and for what was named of its absences."""
    absences = absences_of(user, follow_up)
    named = [barrier for line in absences for barrier in line.barriers]
    codes = {*chosen, *(barrier.code for barrier in named)}
    known = barriers_chosen(codes) if codes else []
    return {
        "absences": absences,
        "helping": helping_with(user, follow_up.case, follow_up.client, known),
        "referrals": list(
            referrals_visible_to(user)
            .open()
            .filter(case=follow_up.case, client=follow_up.client)[:REFERRALS_SHOWN]
        ),
        "offer_url": reverse("dashboard:follow-up-offers", args=[follow_up.public_id]),
    }


def barriers_chosen(codes: Iterable[str]) -> list[Barrier]:
    """Those of the list with these codes."""
    return list(barriers().filter(code__in=list(codes)))


def offer_read(sent: str) -> tuple[Resource, Barrier] | None:
    """What a button beside a barrier names: a resource of the directory and the barrier."""
    code, _colon, public_id = sent.partition(":")
    barrier = barriers().filter(code=code).first()
    resource = next(
        (one for one in resources().filter(barriers=barrier) if str(one.public_id) == public_id), None
    )
    return (resource, barrier) if resource and barrier else None


def _offered(user: User, case: Case, client: Client) -> dict[int | None, Referral]:
    open_ones = referrals_visible_to(user).open().filter(case=case, client=client)
    return {one.resource_id: one for one in open_ones}


def _resources(suggestion: Suggestion, offered: dict[int | None, Referral]) -> tuple[ResourceLine, ...]:
    return tuple(
        ResourceLine(resource, suggestion.barrier, offered.get(resource.pk))
        for resource in suggestion.resources
    )
