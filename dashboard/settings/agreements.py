"""Settings: the agreements that must be signed with the providers before anything is sent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from dashboard.pages import StaffRequest, accepted, staff_page, status_of
from dashboard.settings.forms import AgreementForm
from reminders.access import agreements, get_agreement
from reminders.agreements import needed_agreements, what_sending_waits_for
from reminders.services import end_agreement, record_agreement


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def agreement_list(request: StaffRequest) -> HttpResponse:
    """What is recorded, what is missing, and a form to record it."""
    form, now = AgreementForm(request.POST or None), timezone.now()
    if accepted(form, lambda: record_agreement(**form.cleaned_data, actor=request.user, now=now)):
        messages.success(request, _("The agreement is recorded."))
        return redirect("dashboard:agreements")
    context = {
        "section": "agreements",
        "form": form,
        "recorded": agreements(request.user),
        "needed": needed_agreements(),
        "waits_for": what_sending_waits_for(),
    }
    return render(request, "settings/agreements.html", context, status=status_of(form))


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def agreement_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It is in force no longer."""
    agreement = get_agreement(request.user, public_id)
    end_agreement(agreement=agreement, actor=request.user, now=timezone.now())
    messages.success(request, _("It is in force no longer."))
    return redirect("dashboard:agreements")
