"""Coming together, for one case: who takes part, what to offer next, and what comes later."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.models import Case, CaseMember, Engagement
from clients.screening import is_safe_for_each, last_asked_of
from dashboard.pages import StaffRequest, staff_page


@dataclass(frozen=True, kw_only=True)
class MemberShown:
    """One member: how far they have come, and when they were last asked alone; never what they said."""

    member: CaseMember
    asked_at: datetime | None

    @property
    def takes_part(self) -> bool:
        return self.member.engagement == Engagement.JOINED


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
    asked = last_asked_of(case)
    shown = [MemberShown(member=one, asked_at=asked[one.client_id]) for one in members]
    return {
        "case": case,
        "practice": get_practice(),
        "members": shown,
        "not_joined": [one for one in shown if not one.takes_part],
        "is_safe": is_safe_for_each(case),
    }
