"""What a couple or family signed about confidentiality: its words, its limits, and every earlier wording."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.confidentiality import Signed, enter_policy, entries_of
from dashboard.clients.forms import ConfidentialityForm
from dashboard.clients.sheet import case_sheet
from dashboard.pages import StaffRequest, add_refusal, staff_page
from dashboard.sheets import render_sheet


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def confidentiality(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Read by the case's clinicians and their supervisors; written by its clinicians alone."""
    case, now = access.get_case(request.user, public_id, write=True), timezone.now()
    access.require_clinical(request.user, case)
    practice, policy = get_practice(), access.policy_of(case)
    form = ConfidentialityForm(request.POST or None, policy=policy)
    if request.method == "POST":
        access.require_treating(request.user, case)
        if form.is_valid():
            try:
                signed, today = Signed(**form.cleaned_data), practice.today(now)
                enter_policy(case=case, signed=signed, actor=request.user, today=today, now=now)
            except ValidationError as error:
                add_refusal(form, error)
            else:
                messages.success(request, _("Saved. The earlier wording is kept."))
                return redirect("dashboard:case", case.public_id)
    sheet = case_sheet(
        case,
        heading=_("What stays private"),
        submit=_("Save"),
        intro=_("As they both signed it. It is read out when one of them comes alone."),
        template="clients/confidentiality.html",
        more={"entries": entries_of(policy) if policy else [], "practice": practice},
    )
    return render_sheet(request, form, sheet)
