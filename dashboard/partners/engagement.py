"""How far one member has come towards taking part, and how that was noted before (row 5.1)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.engagement import changes_of, set_engagement
from dashboard.clients.sheet import case_sheet
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.partners.forms import EngagementForm
from dashboard.sheets import render_sheet


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def engagement(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Set by the case's own clinicians; the history stays."""
    member = access.get_treated_member(request.user, public_id)
    form = EngagementForm(request.POST or None, initial={"engagement": member.engagement})
    if accepted(
        form,
        lambda: set_engagement(
            member=member,
            engagement=form.cleaned_data["engagement"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved. What was before is kept."))
        return redirect("dashboard:case", member.case.public_id)
    sheet = case_sheet(
        member.case,
        heading=_("Does %(name)s take part?") % {"name": member.client.called},
        submit=_("Save"),
        intro=_("As you see it today. Whoever does not take part is not on the list for new sessions."),
        template="partners/engagement.html",
        more={"member": member, "changes": changes_of(member), "practice": get_practice()},
    )
    return render_sheet(request, form, sheet)
