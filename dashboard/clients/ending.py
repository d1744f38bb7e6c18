"""Closing a case: a clinician's own act, with what still stands in the way said first."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from clients import access
from dashboard.clients.forms import CaseClosingForm
from dashboard.clients.sheet import case_sheet
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.sheets import render_sheet
from followups.ending import close_case, reopen_case, what_stands_in_the_way


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def closing(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Treatment ends: why, in a few words."""
    case, now = access.get_case(request.user, public_id, write=True), timezone.now()
    access.require_clinical(request.user, case)
    form = CaseClosingForm(request.POST or None)
    if accepted(
        form, lambda: close_case(case=case, because=form.cleaned_data["because"], actor=request.user, now=now)
    ):
        messages.success(request, _("The case is closed. It can be opened again on its page."))
        return redirect("dashboard:case", case.public_id)
    sheet = case_sheet(
        case,
        heading=_("Close this case"),
        submit=_("Close the case"),
        intro=_("Nothing can be booked for it any more. Its record stays, and it can be opened again."),
        template="clients/case_closing.html",
        more={"standing": [] if form.errors else what_stands_in_the_way(case=case, now=now)},
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def reopening(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Treatment goes on."""
    case = access.get_case(request.user, public_id, write=True)
    reopen_case(case=case, actor=request.user)
    messages.success(request, _("The case is open again."))
    return redirect("dashboard:case", case.public_id)
