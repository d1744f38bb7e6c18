"""What missing costs one client: told beforehand, decided one by one by who treats them (row 3.5)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.models import Client
from dashboard.clients.fee_forms import ExemptionForm, TermsToldForm, WaiverForm
from dashboard.clients.sheet import client_sheet
from dashboard.pages import StaffRequest, accepted, sentence_of, staff_page, status_of
from dashboard.sheets import render_sheet
from followups.fee_rules import absences_seen_by
from followups.fees import (
    all_terms,
    charge,
    end_exemption,
    exempt,
    note_terms_told,
    terms_for,
    waive,
)
from sessions_app.access import get_participant


@staff_page(May.EDIT_CLIENTS)
def fees(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What they were told, whether they are exempt, and each absence with what was decided."""
    return _page(request, access.get_client(request.user, public_id), WaiverForm())


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def terms_told(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note that somebody told them what a missed session costs."""
    client = access.get_client(request.user, public_id, write=True)
    now = timezone.now()
    form = TermsToldForm(all_terms(), get_practice().today(now), request.POST or None)
    if accepted(
        form, lambda: note_terms_told(client=client, actor=request.user, now=now, **form.cleaned_data)
    ):
        messages.success(request, _("Noted."))
        return redirect("dashboard:fees", client.public_id)
    sheet = client_sheet(
        client,
        heading=_("What %(name)s was told about fees") % {"name": client.called},
        submit=_("Note it"),
        intro=_("Nobody pays what they were not told before."),
    )
    return render_sheet(request, form, sheet)


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def exemption(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Never charge this client."""
    client = access.get_client(request.user, public_id, write=True)
    form = ExemptionForm(request.POST or None)
    if accepted(
        form, lambda: exempt(client=client, actor=request.user, now=timezone.now(), **form.cleaned_data)
    ):
        messages.success(request, _("Saved. Nothing is charged from now on."))
        return redirect("dashboard:fees", client.public_id)
    sheet = client_sheet(
        client, heading=_("Never charge %(name)s") % {"name": client.called}, submit=_("Save")
    )
    return render_sheet(request, form, sheet)


@staff_page(May.EDIT_CLIENTS, methods=("POST",))
def exemption_ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The terms hold for them again."""
    client = access.get_client(request.user, public_id, write=True)
    end_exemption(client=client, actor=request.user)
    messages.success(request, _("The practice's terms hold for them again."))
    return redirect("dashboard:fees", client.public_id)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def fee_charge(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A person charges one absence."""
    participant = get_participant(request.user, public_id)
    try:
        charge(participant=participant, actor=request.user, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        messages.success(request, _("Charged. You can waive it at any time."))
    return redirect("dashboard:fees", participant.client.public_id)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def fee_waiver(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A person charges nothing for one absence, and says why."""
    participant = get_participant(request.user, public_id)
    form = WaiverForm(request.POST)
    if accepted(
        form,
        lambda: waive(participant=participant, actor=request.user, now=timezone.now(), **form.cleaned_data),
    ):
        messages.success(request, _("Waived."))
        return redirect("dashboard:fees", participant.client.public_id)
    return _page(request, participant.client, form, refused=participant.public_id)


def _page(
    request: StaffRequest, client: Client, form: WaiverForm, *, refused: UUID | None = None
) -> HttpResponse:
    context = {
        "client": client,
        "terms": terms_for(client, get_practice().today(timezone.now())),
        "has_terms": all_terms().exists(),
        "told": client.fee_terms_told.select_related("terms", "noted_by"),
        "exemption": getattr(client, "fee_exemption", None),
        "absences": absences_seen_by(request.user, client),
        "form": form,
        "refused": refused,
    }
    return render(request, "clients/fees.html", context, status=status_of(form))
