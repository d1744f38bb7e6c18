"""Everything that the page of a court's order shows, gathered for its reader."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.services import get_practice
from clients.disclosing import ATTENDANCE_ONLY, may_disclose, why_not
from clients.models import DisclosureBasis, DisclosurePart, Mandate
from dashboard.court.deadlines import when_due
from dashboard.court.forms import ReportingDateForm
from dashboard.pages import StaffRequest


@dataclass(frozen=True, slots=True)
class BasisLine:
    """A consent or an order on file, what it covers in words, and why it does not serve today."""

    basis: DisclosureBasis
    covers: str
    why_not: str


def show(
    request: StaffRequest, mandate: Mandate, *, refused: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """Draw the page; `refused` holds forms to be mended, by name, and makes it a 422."""
    today = get_practice().today(timezone.now())
    dates = list(mandate.reporting_dates.all())
    context: dict[str, Any] = {
        "mandate": mandate,
        "case": mandate.case,
        "expected": [(one, when_due(one.due_on, today)) for one in dates if one.settled_at is None],
        "settled": [one for one in dates if one.settled_at is not None],
        "date_form": ReportingDateForm(),
        "word": may_disclose(mandate, on=today),
        "bases": [_basis(basis, mandate, today) for basis in mandate.bases.all()],
        **(refused or {}),
    }
    return render(request, "court/mandate.html", context, status=422 if refused else 200)


def _basis(basis: DisclosureBasis, mandate: Mandate, today: date) -> BasisLine:
    covers = ", ".join(DisclosurePart(part).label for part in basis.covers)
    return BasisLine(basis, covers, why_not(basis, mandate, on=today, parts=ATTENDANCE_ONLY))
