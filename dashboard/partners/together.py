"""Coming together, for one case: who takes part, what to offer next, and what comes later."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from attendance.together import courses_of, joint_parts_of, sessions_together
from clients import access
from clients.models import Case, CaseMember, Engagement
from clients.screening import is_safe_for_each, last_asked_of
from dashboard.pages import StaffRequest, staff_page
from dashboard.partners.picture import pictures_of
from followups.invitations import latest_invitations
from followups.later_options import options_of
from followups.models import Invitation, LaterOption

# The latest sessions together that are listed, each with its record.
SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class MemberShown:
    """One member: how far they have come, and when they were last asked alone; never what they said."""

    member: CaseMember
    asked_at: datetime | None
    invitation: Invitation | None  # the one in hand, or the last that went

    @property
    def takes_part(self) -> bool:
        return self.member.engagement == Engagement.JOINED


@dataclass(frozen=True, kw_only=True)
class Way:
    """One of the other ways, with what was noted of it and for whom it can be."""

    kind: str
    icon: str
    note: str
    members: list[CaseMember]
    options: list[LaterOption]

    @property
    def label(self) -> str:
        return str(LaterOption.Kind(self.kind).label)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def together(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """For the case's own clinicians; nothing on it invites anybody until the screen allows it."""
    case = access.get_treated_case(request.user, public_id)
    log_view(user=request.user, kind="case", public_ids=[case.public_id])
    context = together_context(request.user, case, now=timezone.now())
    return render(request, "partners/together.html", context)


def together_context(user: User, case: Case, *, now: datetime) -> dict[str, Any]:
    """The template's context; the caller asked who may read it."""
    members = list(case.members.filter(left_on=None).select_related("client"))
    is_safe = is_safe_for_each(case)
    asked = last_asked_of(case)
    written = latest_invitations(case) if is_safe else {}
    shown = [
        MemberShown(member=one, asked_at=asked[one.client_id], invitation=written.get(one.pk))
        for one in members
    ]
    return {
        "case": case,
        "practice": get_practice(),
        "members": shown,
        "not_joined": [one for one in shown if not one.takes_part],
        "is_safe": is_safe,
        "later": later_ways(case, members, is_safe=is_safe),
        "pictures": pictures_of(courses_of(joint_parts_of(case))),
        "sessions": sessions_together(case, now=now)[:SHOWN],
    }


def later_ways(case: Case, members: list[CaseMember], *, is_safe: bool) -> list[Way]:
    """The other ways in the order in which they are recommended; none is locked (row 5.3)."""
    noted = list(options_of(case))
    joined = [one for one in members if one.engagement == Engagement.JOINED]
    own = _("It opens at once when they ask for it.")
    # Where the screen speaks against talking together, alone is right for as long as it takes.
    alone = _("No long-term plan: one person's change unsettles both.") if is_safe else ""
    ways = (
        (LaterOption.Kind.OWN_THERAPY, "user-check", own, members),
        (LaterOption.Kind.SUPPORT_GROUP, "users-group", "", joined),
        (LaterOption.Kind.ALONE, "user", alone, joined),
    )
    return [
        Way(
            kind=kind,
            icon=icon,
            note=note,
            members=for_whom,
            options=[one for one in noted if one.kind == kind],
        )
        for kind, icon, note, for_whom in ways
        if is_safe or kind != LaterOption.Kind.SUPPORT_GROUP
    ]
