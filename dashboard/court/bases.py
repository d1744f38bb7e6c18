"""What permits a word to the court: consents on file, sufficient orders, and how they end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.disclosing import end_basis, record_basis
from dashboard.court.forms import (
    BasisEndingForm,
    BasisForm,
    OrderForm,
    Part2ConsentForm,
    Part2OrderForm,
)
from dashboard.court.sheet import mandate_sheet
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.sheets import render_sheet


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def consent_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The client has signed what may be said, to whom and until when."""
    mandate = access.get_mandate(request.user, public_id)
    form_class = Part2ConsentForm if mandate.case.is_addiction else BasisForm
    return _put_on_file(
        request,
        public_id,
        form_class,
        _("A signed consent"),
        _("Copy from the paper what it says. Without a valid one nothing goes to the court."),
    )


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def order_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A court has ordered the disclosure itself."""
    mandate = access.get_mandate(request.user, public_id)
    form_class = Part2OrderForm if mandate.case.is_addiction else OrderForm
    return _put_on_file(
        request,
        public_id,
        form_class,
        _("A sufficient court order"),
        _("One that orders the disclosure itself; the order to attend treatment is not one."),
    )


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def basis_ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Revoked, come to its event, or set aside."""
    basis = access.get_disclosure_basis(request.user, public_id)
    form = BasisEndingForm(basis, request.POST or None)
    if request.method == "POST" and form.is_valid():
        on = get_practice().today(timezone.now())
        end_basis(basis=basis, how=form.cleaned_data["how"], on=on, actor=request.user)
        messages.success(request, _("Noted. Nothing more goes to the court on it."))
        return redirect("dashboard:mandate", basis.mandate.public_id)
    sheet = mandate_sheet(
        basis.mandate,
        heading=_("It has ended"),
        submit=_("Note it"),
        intro=_("It takes effect at once, for everybody. What went before stays noted."),
    )
    return render_sheet(request, form, sheet)


def _put_on_file(
    request: StaffRequest, public_id: UUID, form_class: type[BasisForm], heading: str, intro: str
) -> HttpResponse:
    mandate, practice = access.get_mandate(request.user, public_id), get_practice()
    known = {"discloser": practice.name, "recipient": mandate.contact_name}
    form = form_class(request.POST or None, initial=known)
    if accepted(
        form,
        lambda: record_basis(mandate=mandate, details=form.details(), actor=request.user, now=timezone.now()),
    ):
        messages.success(request, _("It is on file."))
        return redirect("dashboard:mandate", public_id)
    sheet = mandate_sheet(
        mandate,
        heading=heading,
        submit=_("Put it on file"),
        intro=intro,
        optional=("expires_on", "expires_when", "reference"),
    )
    return render_sheet(request, form, sheet)
