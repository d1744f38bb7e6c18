"""Somebody asks for a copy of the record: noted by whoever hears it, decided by the case's clinicians."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from clients import access
from clients.record_requests import ask_for_record, decide_on_record
from dashboard.clients.forms import RecordDecisionForm, RecordRequestForm
from dashboard.clients.sheet import case_sheet
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.sheets import render_sheet


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def record_request_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note who asks; their clinician is told on Today."""
    case = access.get_case(request.user, public_id, write=True)
    form = RecordRequestForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_for_record(case=case, client=form.cleaned_data["client"], actor=request.user, now=timezone.now())
        messages.success(request, _("Noted. Their clinician decides what goes, after a review."))
        return redirect("dashboard:case", case.public_id)
    sheet = case_sheet(
        case,
        heading=_("Somebody asks for the record"),
        submit=_("Tell their clinician"),
        intro=_("Kept gives no copy to one of them by itself: what another said stays theirs."),
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def record_request(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Decide on it; for the case's clinicians alone."""
    asked = access.get_record_request(request.user, public_id)
    form = RecordDecisionForm(request.POST or None)
    if accepted(
        form,
        lambda: decide_on_record(asked=asked, actor=request.user, now=timezone.now(), **form.cleaned_data),
    ):
        messages.success(request, _("Noted, with your name."))
        return redirect("dashboard:case", asked.case.public_id)
    sheet = case_sheet(
        asked.case,
        heading=_("%(name)s asks for the record") % {"name": asked.client.called},
        submit=_("Note it"),
        intro=_("Read it through first. What another said without them is not theirs to have."),
    )
    return render_sheet(request, form, sheet)
