"""Everything that a case's page shows, gathered for its reader."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from attendance.access import parts_readable_by
from attendance.board import SessionRow, session_rows
from attendance.in_part import held_counts, held_measures
from clients.access import may_read_case_words, may_treat_case, policy_of
from clients.models import Case, CaseMember, Mandate
from dashboard.clients.contingency import plan_lines
from dashboard.help.showing import help_in
from followups.lapses import Lapse, lapses_in
from sessions_app.access import sessions_visible_to

AHEAD = 8
PAST = 12


@dataclass(frozen=True)
class MemberLine:
    """One member, and how they stood at each of the case's latest sessions; nothing where they were not expected."""

    member: CaseMember
    marks: list[tuple[SessionRow, str | None]]


@dataclass(frozen=True)
class MandateLine:
    """A court's order, and its client's lapses, the latest first."""

    mandate: Mandate
    lapses: list[Lapse]


def case_context(user: User, case: Case, *, now: datetime) -> dict[str, Any]:
    """The template's context; mandates and presenting issues only for who may read them."""
    practice = get_practice()
    sessions = sessions_visible_to(user).filter(case=case)
    reads_words = user.may(May.SEE_CLINICAL_WORDS) and may_read_case_words(user, case)
    past = session_rows(
        sessions.filter(starts_at__lte=now).order_by("-starts_at")[:PAST], now=now, practice=practice
    )
    members = member_lines(case, past)
    return {
        "case": case,
        "practice": practice,
        "treats": may_treat_case(user, case),
        "record_requests": list(case.record_requests.select_related("client")),
        "reads_words": reads_words,
        "mandates": mandates_of(case, practice.zone) if reads_words else [],
        "policy": policy_of(case) if reads_words and case.is_joint else None,
        "members": members,
        "plans": plan_lines(user, [line.member for line in members]) if not case.closed_on else [],
        "clinicians": list(case.case_clinicians.filter(until_on=None).select_related("clinician")),
        "upcoming": session_rows(sessions.upcoming(now)[:AHEAD], now=now, practice=practice),
        "past": past,
        **help_in(user, case, practice=practice, now=now),
        "held": held_counts(sessions.filter(starts_at__lte=now)) if case.is_joint else None,
        "measures": held_measures(parts_readable_by(user).filter(participant__session__case=case))
        if reads_words and case.is_joint
        else None,
    }


def mandates_of(case: Case, zone: ZoneInfo) -> list[MandateLine]:
    """The orders in force, each with how long it took until its client was back."""
    orders = case.mandates.filter(ended_on=None).select_related("client").prefetch_related("reporting_dates")
    lapses = lapses_in(case, [order.client_id for order in orders], zone) if orders else {}
    return [MandateLine(order, lapses.get(order.client_id, [])) for order in orders]


def member_lines(case: Case, past: list[SessionRow]) -> list[MemberLine]:
    """The members of today; everybody's marks are of the same sessions, oldest first, so that they line up."""
    members = case.members.filter(left_on=None).select_related("client", "case")
    stood = {
        (session.public_id, person.client_public_id): person.status
        for session in past
        for person in session.participants
    }
    return [MemberLine(member, _marks(member, past, stood)) for member in members]


def _marks(
    member: CaseMember, past: list[SessionRow], stood: dict[tuple[str, str], str]
) -> list[tuple[SessionRow, str | None]]:
    person = str(member.client.public_id)
    return [(session, stood.get((session.public_id, person))) for session in reversed(past)]
