"""What goes to a court: a person writes and sends it; here they note it, and are told first whether it may go."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.roles import May
from clients import access
from clients.models import Mandate
from dashboard.court.forms import DisclosureForm, ExceptionForm
from dashboard.court.sheet import mandate_sheet
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.sheets import render_sheet
from followups.court import disclose, grant_exception, locks_on


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def disclosure_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Something goes to the court now."""
    mandate, now = access.get_mandate(request.user, public_id), timezone.now()
    form = DisclosureForm(mandate, request.POST or None)
    if accepted(form, lambda: disclose(mandate=mandate, report=form.report(), actor=request.user, now=now)):
        messages.success(request, _("Noted. The notice that goes along is below."))
        return redirect("dashboard:mandate", public_id)
    sheet = mandate_sheet(
        mandate,
        heading=_("Something goes to the court"),
        submit=_("Note that it goes"),
        intro=_(
            "Kept sends nothing. You write it and send it; here it is noted who sent what, and why it may go."
        ),
        optional=("parts", "reporting_date"),
        template="court/disclosure.html",
        more={"locks": [] if form.errors else locks_of(mandate, now=now)},
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_SUPERVISED, methods=("GET", "POST"))
def exception_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A supervisor answers for a notice that is due before the client was heard."""
    day = access.get_reporting_date(request.user, public_id)
    form = ExceptionForm(request.POST or None)
    if accepted(
        form,
        lambda: grant_exception(
            reporting_date=day,
            because=form.cleaned_data["because"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Noted under your name, for this day alone."))
        return redirect("dashboard:mandate", day.mandate.public_id)
    sheet = mandate_sheet(
        day.mandate,
        heading=_("Before %(name)s was heard") % {"name": day.mandate.client.called},
        submit=_("I answer for it"),
        intro=_(
            "A notice due on %(day)s may then go without their account. It stands in for no consent: "
            "without a valid one nobody can send."
        )
        % {"day": date_format(day.due_on, "j F Y")},
    )
    return render_sheet(request, form, sheet)


def locks_of(mandate: Mandate, *, now: datetime) -> list[dict[str, Any]]:
    """What is locked now, of the things that could go, with the sentence that says what opens it."""
    locks = locks_on(mandate, now=now)
    return [{"title": kind.label, "lock": lock} for kind, lock in locks.items() if lock]
