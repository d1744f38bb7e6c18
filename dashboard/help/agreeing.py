"""What was agreed on with a client, and what missing sessions costs them; for clinicians."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from accounts.shipped_words import as_shipped
from attendance.before_since import before_and_since
from clients import access
from clients.agreeing import agree_on_strategy, end_strategy, take_up_strategy
from clients.models import Consequence
from dashboard.clients.sheet import client_sheet
from dashboard.help.forms import AgreementForm, ConsequencesForm, StrategyEndingForm
from dashboard.help.referrals import cases_of
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.sheets import render_sheet
from followups.consequences import note_consequences


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def agreement_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hold what was agreed on."""
    client = access.get_client(request.user, public_id)
    now = timezone.now()
    today = get_practice().today(now)
    begun = {
        "agreed_on": today,
        "case": request.GET.get("case", ""),
        "strategy": request.GET.get("strategy", ""),
    }
    form = AgreementForm(cases_of(request.user, client), request.POST or None, initial=begun)
    if accepted(
        form,
        lambda: agree_on_strategy(
            case=form.cleaned_data["case"],
            client=client,
            agreement=form.agreement(),
            actor=request.user,
            now=now,
            today=today,
        ),
    ):
        messages.success(request, _("Held. Their page shows how it goes since."))
        return redirect("dashboard:client", client.public_id)
    sheet = client_sheet(
        client,
        heading=_("Agreed with %(name)s") % {"name": client.called},
        submit=_("We agreed on it"),
        intro=_("It is for their growth and wellbeing, and theirs to change at any time."),
        template="help/private_sheet.html",
        optional=AgreementForm.OPTIONAL,
    )
    return render_sheet(request, form, sheet)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def agreement(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One agreement, with attendance before and since; it can be ended here."""
    agreed, now = access.get_agreed_strategy(request.user, public_id), timezone.now()
    practice = get_practice()
    today = practice.today(now)
    form = StrategyEndingForm(request.POST or None, initial={"ended_on": today})
    if accepted(
        form,
        lambda: end_strategy(
            agreed=agreed,
            on=form.cleaned_data["ended_on"],
            because=form.cleaned_data["because"],
            actor=request.user,
            today=today,
        ),
    ):
        messages.success(request, _("Noted. What was agreed stays on their page."))
        return redirect("dashboard:agreement", public_id)
    log_view(user=request.user, kind="agreed_strategy", public_ids=[public_id])
    sheet = client_sheet(
        agreed.client,
        heading=as_shipped(agreed.name),
        submit=_("It does not hold any more"),
        ends=True,
        template="help/agreement.html",
        optional=StrategyEndingForm.OPTIONAL,
        more={
            "agreed": agreed,
            "measured": before_and_since([agreed], now=now, zone=practice.zone)[agreed.pk],
        },
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def agreement_taking_up(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It holds after all."""
    agreed = access.get_agreed_strategy(request.user, public_id)
    take_up_strategy(agreed=agreed, actor=request.user)
    messages.success(request, _("It holds again."))
    return redirect("dashboard:agreement", public_id)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def consequences_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note what missing sessions costs somebody; isolation calls for a check at once."""
    client = access.get_client(request.user, public_id)
    form = ConsequencesForm(cases_of(request.user, client), request.POST or None)
    if accepted(
        form,
        lambda: note_consequences(client=client, actor=request.user, now=timezone.now(), **form.cleaned_data),
    ):
        if Consequence.Kind.ISOLATION in form.cleaned_data["kinds"]:
            text = _("Noted. A check on %(name)s's wellbeing is open, and due today.") % {
                "name": client.called
            }
        else:
            text = _("Noted.")
        messages.success(request, text)
        return redirect("dashboard:client", client.public_id)
    sheet = client_sheet(
        client,
        heading=_("What missing sessions costs %(name)s") % {"name": client.called},
        submit=_("Note it"),
        intro=_("Isolation or hopelessness opens a wellbeing check at once."),
        template="help/private_sheet.html",
        optional=ConsequencesForm.OPTIONAL,
    )
    return render_sheet(request, form, sheet)
