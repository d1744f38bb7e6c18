"""The way from an invitation to sessions together, counted for each clinician's own cases (row 5.10)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from accounts.roles import May
from attendance.models import ATTENDED_OUTCOMES, AttendanceRecord
from clients.models import CaseClinician, CaseMember, Engagement, EngagementChange
from followups.models import Invitation


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """How many were invited, came to a session together since, and came to another one after that."""

    clinician: str
    invited: int
    held: int
    continued: int


def funnels_for(user: User) -> list[Funnel]:
    """One's own cases; for a supervisor those of each clinician under them, by name. Five
    queries.

    Somebody is counted once in a case, from the first time that they were noted as invited, or an
    invitation was on its way to them.
    """
    leading = _leading(user)
    invited_at = _invited_at({one.case_id for one in leading})
    members = list(CaseMember.objects.filter(pk__in=invited_at))
    together = _sessions_together({one.case_id for one in members})
    came = {
        member.pk: sum(at > invited_at[member.pk] for at in together[member.case_id, member.client_id])
        for member in members
    }
    return [
        _funnel(clinician, [came[one.pk] for one in members if one.case_id in cases])
        for clinician, cases in _cases_by_clinician(leading).items()
    ]


def _leading(user: User) -> list[CaseClinician]:
    """The cases that this person treats, and those that they supervise, with who leads them."""
    theirs = Q(pk__in=[])
    if user.may(May.SEE_OWN_CASELOAD):
        theirs |= Q(clinician=user)
    if user.may(May.SEE_SUPERVISED):
        theirs |= Q(clinician__supervisor=user)
    leading = CaseClinician.objects.filter(theirs, until_on=None).select_related("clinician")
    return list(leading.order_by("clinician__name", "pk"))


def _cases_by_clinician(leading: Iterable[CaseClinician]) -> dict[str, set[int]]:
    cases: dict[str, set[int]] = defaultdict(set)
    for one in leading:
        cases[one.clinician.name].add(one.case_id)
    return cases


def _invited_at(cases: set[int]) -> dict[int, datetime]:
    """When each member, by key, was first invited."""
    noted = EngagementChange.objects.filter(member__case__in=cases, engagement=Engagement.INVITED)
    given = Invitation.objects.filter(member__case__in=cases, given_at__isnull=False)
    found: dict[int, datetime] = {}
    for member, at in (
        *noted.order_by().values_list("member_id", "noted_at"),
        *given.order_by().values_list("member_id", "given_at"),
    ):
        if at is not None:
            found[member] = min(at, found.get(member, at))
    return found


def _sessions_together(cases: set[int]) -> dict[tuple[int, int], list[datetime]]:
    """For each case and client, by their keys: when they came and at least one other of the case did, too."""
    seen = AttendanceRecord.objects.filter(
        outcome__in=ATTENDED_OUTCOMES,
        participant__session__case__in=cases,
        participant__session__cancelled_at=None,
    ).values_list("participant__session_id", "participant__session__case_id", "client_id", "starts_at")
    sessions: dict[int, list[tuple[int, int, datetime]]] = defaultdict(list)
    for session, case, client, starts_at in seen.order_by():
        sessions[session].append((case, client, starts_at))
    together: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    for people in sessions.values():
        if len(people) > 1:
            for case, client, starts_at in people:
                together[case, client].append(starts_at)
    return together


def _funnel(clinician: str, came: list[int]) -> Funnel:
    return Funnel(
        clinician=clinician,
        invited=len(came),
        held=sum(times >= 1 for times in came),
        continued=sum(times > 1 for times in came),
    )
