"""Offers of help: the list, a new one, and one of them followed to its end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.helping import USUAL_REVISIT, note_on_referral, offer_help
from clients.models import Case, Client
from dashboard.clients.sheet import client_sheet
from dashboard.help.forms import OfferForm, ReferralForm
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.sheets import render_sheet

MOST_SHOWN = 200


@never_cache
@staff_page(May.FOLLOW_UP)
def referral_list(request: StaffRequest) -> HttpResponse:
    """What was offered and is not resolved, what is to be asked about first on top."""
    user, today = request.user, get_practice().today(timezone.now())
    mine = request.GET.get("whose") != "all"
    found = access.referrals_visible_to(user).open()
    if mine:
        found = found.of(user)
    shown = list(found.order_by("revisit_on", "pk")[:MOST_SHOWN])
    log_view(user=user, kind="referral", public_ids=[one.public_id for one in shown])
    context = {"referrals": shown, "today": today, "mine": mine}
    return render(request, "help/list.html", context)


@staff_page(May.FOLLOW_UP, methods=("GET", "POST"))
def referral_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Offer somebody something."""
    client = access.get_client(request.user, public_id)
    now = timezone.now()
    today = get_practice().today(now)
    cases, reads = cases_of(request.user, client), access.may_read_words(request.user, client)
    begun = {
        "revisit_on": today + USUAL_REVISIT,
        "case": request.GET.get("case", ""),
        "barrier": request.GET.get("barrier", ""),
    }
    form = OfferForm(request.user, cases, request.POST or None, initial=begun, reads=reads)
    if accepted(
        form,
        lambda: offer_help(
            case=form.cleaned_data["case"],
            client=client,
            offer=form.offer(),
            actor=request.user,
            now=now,
            today=today,
        ),
    ):
        messages.success(request, _("Offered. It comes back on its day, until it is resolved."))
        return redirect("dashboard:client", client.public_id)
    sheet = client_sheet(
        client,
        heading=_("Offer %(name)s help") % {"name": client.called},
        submit=_("Offer it"),
        optional=OfferForm.OPTIONAL,
    )
    return render_sheet(request, form, sheet)


@never_cache
@staff_page(May.FOLLOW_UP, methods=("GET", "POST"))
def referral(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One offer: how it stands, what was heard, and what comes next."""
    one, now = access.get_referral(request.user, public_id, write=True), timezone.now()
    today = get_practice().today(now)
    form = ReferralForm(one, request.POST or None)
    if accepted(
        form,
        lambda: note_on_referral(referral=one, news=form.news(), actor=request.user, now=now, today=today),
    ):
        messages.success(request, _("Noted. Thank you."))
        return redirect("dashboard:referral", one.public_id)
    log_view(user=request.user, kind="referral", public_ids=[public_id])
    more: dict[str, Any] = {
        "referral": one,
        "reads": access.may_read_case_words(request.user, one.case),
        "steps": list(one.steps.select_related("by")),
        "practice": get_practice(),
    }
    sheet = client_sheet(
        one.client,
        heading=one.name,
        submit=_("Note it"),
        template="help/referral.html",
        optional=ReferralForm.OPTIONAL,
        more=more,
    )
    return render_sheet(request, form, sheet)


def cases_of(user: User, client: Client) -> list[Case]:
    """The open cases that this client is in now, as far as this person may see them."""
    theirs = access.cases_visible_to(user).open()
    return list(theirs.filter(members__client=client, members__left_on=None).distinct())
