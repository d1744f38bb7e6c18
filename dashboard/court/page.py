"""Everything that the page of a court's order shows, gathered for its reader."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from clients.disclosing import ATTENDANCE_ONLY, may_disclose, why_not
from clients.models import DisclosureBasis, Mandate
from dashboard.court.deadlines import when_due
from dashboard.court.forms import ReportingDateForm
from dashboard.court.words import labels_of
from dashboard.pages import StaffRequest
from followups.access import disclosures_of, exceptions_of, follow_ups_visible_to, reports_of
from followups.gates import account_comes_before_a_report
from followups.lapses import ground_since, lapsed_since
from followups.models import Disclosure


@dataclass(frozen=True, slots=True)
class BasisLine:
    """A consent or an order on file, what it covers in words, and why it does not serve today."""

    basis: DisclosureBasis
    covers: str
    why_not: str


@dataclass(frozen=True, slots=True)
class DisclosureLine:
    """One word that went to the court, and what it held in words."""

    one: Disclosure
    parts: str


def show(
    request: StaffRequest, mandate: Mandate, *, refused: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """Draw the page; `refused` holds forms to be mended, by name, and makes it a 422."""
    practice, now = get_practice(), timezone.now()
    today = practice.today(now)
    dates = list(mandate.reporting_dates.all())
    context: dict[str, Any] = {
        "mandate": mandate,
        "case": mandate.case,
        "expected": [(one, when_due(one.due_on, today)) for one in dates if one.settled_at is None],
        "settled": [one for one in dates if one.settled_at is not None],
        "date_form": ReportingDateForm(),
        "word": may_disclose(mandate, on=today),
        "bases": [_basis(basis, mandate, today) for basis in mandate.bases.all()],
        **_ladder(request.user, mandate),
        **(refused or {}),
    }
    with timezone.override(practice.zone):
        return render(request, "court/mandate.html", context, status=422 if refused else 200)


def _ladder(user: User, mandate: Mandate) -> dict[str, Any]:
    """What waits for the client's account, who may answer for an exception, and what went."""
    since = lapsed_since(mandate.client, mandate.case)
    ground = ground_since(mandate.client, mandate.case, since)
    exceptions = list(exceptions_of(mandate))
    open_ones = follow_ups_visible_to(user).of(mandate.client).open()
    return {
        "lapsed_since": since,
        "lock": account_comes_before_a_report(ground) if since else "",
        "follow_up": open_ones.filter(case=mandate.case).first(),
        "may_except": user.may(May.SEE_SUPERVISED),
        "exceptions": exceptions,
        "reports": list(reports_of(mandate)),
        "excepted": {one.reporting_date_id for one in exceptions},
        "disclosures": [DisclosureLine(one, labels_of(one.parts)) for one in disclosures_of(mandate)],
    }


def _basis(basis: DisclosureBasis, mandate: Mandate, today: date) -> BasisLine:
    return BasisLine(basis, labels_of(basis.covers), why_not(basis, mandate, on=today, parts=ATTENDANCE_ONLY))
