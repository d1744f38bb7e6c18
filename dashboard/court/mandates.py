"""A court's order: its page, what it says, its dates. For the case's clinicians and their supervisors."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.mandates import (
    add_reporting_date,
    change_mandate,
    end_mandate,
    record_mandate,
    reopen_reporting_date,
    settle_reporting_date,
    take_up_mandate,
)
from dashboard.clients.sheet import case_sheet
from dashboard.court.forms import MandateForm, NewMandateForm, ReportingDateForm, SettlingForm
from dashboard.court.page import show
from dashboard.court.sheet import mandate_sheet
from dashboard.pages import StaffRequest, accepted, add_refusal, staff_page
from dashboard.sheets import render_sheet


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def mandate_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the court ordered, what it expects when, and what may be said to it."""
    mandate = access.get_mandate(request.user, public_id)
    log_view(user=request.user, kind="mandate", public_ids=[public_id])
    return show(request, mandate)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def mandate_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A court has ordered treatment for somebody in this case."""
    case = access.get_case(request.user, public_id, write=True)
    access.require_clinical(request.user, case)
    form = NewMandateForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            mandate = record_mandate(
                case=case,
                client=form.cleaned_data["client"],
                details=form.details(),
                due_on=form.due_on(),
                actor=request.user,
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The order is noted. The desk does not see it."))
            return redirect("dashboard:mandate", mandate.public_id)
    sheet = case_sheet(
        case,
        heading=_("A court's order"),
        submit=_("Note it"),
        intro=_("Read by the case's clinicians and their supervisors only."),
        optional=("terms", "contact_name", "contact_details", "first_due_on", "second_due_on"),
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def mandate_details(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the order says now."""
    mandate = access.get_mandate(request.user, public_id)
    form = MandateForm(request.POST or None, initial=MandateForm.facts_of(mandate))
    if accepted(form, lambda: change_mandate(mandate=mandate, details=form.details(), actor=request.user)):
        messages.success(request, _("Saved."))
        return redirect("dashboard:mandate", public_id)
    sheet = mandate_sheet(
        mandate,
        heading=_("What the order says"),
        submit=_("Save"),
        intro=_("What it said before stays in the history."),
        optional=("terms", "contact_name", "contact_details"),
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def mandate_ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The order is over."""
    mandate = access.get_mandate(request.user, public_id)
    end_mandate(mandate=mandate, on=get_practice().today(timezone.now()), actor=request.user)
    messages.success(request, _("The order has ended. Its dates rest."))
    return redirect("dashboard:mandate", public_id)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def mandate_taking_up(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The order stands after all."""
    mandate = access.get_mandate(request.user, public_id)
    take_up_mandate(mandate=mandate, actor=request.user)
    messages.success(request, _("The order stands again."))
    return redirect("dashboard:mandate", public_id)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def reporting_dates(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One more day on which the court expects a report."""
    mandate = access.get_mandate(request.user, public_id)
    form = ReportingDateForm(request.POST)
    if accepted(
        form,
        lambda: add_reporting_date(mandate=mandate, due_on=form.cleaned_data["due_on"], actor=request.user),
    ):
        messages.success(request, _("Noted. It is shown on Today when it comes near."))
        return redirect("dashboard:mandate", public_id)
    return show(request, mandate, refused={"date_form": form})


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def settling(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """No report is owed for this day any more: it went, or the court does not expect it."""
    day = access.get_reporting_date(request.user, public_id)
    form = SettlingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        settle_reporting_date(
            reporting_date=day, because=form.cleaned_data["because"], actor=request.user, now=timezone.now()
        )
        messages.success(request, _("Settled. Thank you."))
        return redirect("dashboard:mandate", day.mandate.public_id)
    sheet = mandate_sheet(
        day.mandate,
        heading=_("The report due %(day)s") % {"day": date_format(day.due_on, "j F Y")},
        submit=_("It is settled"),
        intro=_("Say how: it went by post, the hearing was moved, the court no longer asks for it."),
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def unsettling(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The court still expects it."""
    day = access.get_reporting_date(request.user, public_id)
    reopen_reporting_date(reporting_date=day, actor=request.user)
    messages.success(request, _("The court expects it again."))
    return redirect("dashboard:mandate", day.mandate.public_id)
