"""How somebody is reached: their addresses, what they agreed to, and what is safe."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from clients import access
from clients.models import Channel
from clients.services import (
    add_contact_point,
    change_contact_point,
    end_contact_point,
    give_consent,
    order_ways,
    settle_safe_contact,
    ways_of,
    withdraw_consent,
)
from dashboard.clients.forms import ConsentForm, ContactForm, SafeContactForm, new_order, next_position
from dashboard.clients.page import safe_contact_of
from dashboard.clients.sheet import client_sheet
from dashboard.pages import StaffRequest, add_refusal, refused, staff_page
from dashboard.sheets import render_sheet


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def contact_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Add a number or an e-mail."""
    client = access.get_client(request.user, public_id, write=True)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            details = form.details_at(next_position(client))
            add_contact_point(client=client, details=details, actor=request.user)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Added. Now note what they agreed to."))
            return redirect("dashboard:client", client.public_id)
    sheet = client_sheet(
        client,
        heading=_("Add a way to reach %(name)s") % {"name": client.called},
        submit=_("Add"),
        optional=("label",),
        draft_key=f"contact-new-{client.public_id}",
    )
    return render_sheet(request, form, sheet)


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def contact(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change an address or what may be done with it."""
    contact = access.get_contact_point(request.user, public_id, write=True)
    form = ContactForm.of(contact, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            details = form.details_at(contact.position)
            change_contact_point(contact=contact, details=details, actor=request.user)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("dashboard:client", contact.client.public_id)
    sheet = client_sheet(
        contact.client,
        heading=_("A way to reach %(name)s") % {"name": contact.client.called},
        submit=_("Save"),
        intro=_("Another number or address is another agreement: consent is asked for anew."),
        template="clients/contact.html",
        more={"contact": contact},
        optional=("label",),
        draft_key=f"contact-{contact.public_id}",
    )
    return render_sheet(request, form, sheet)


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def ways(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """In which order somebody's addresses are tried, and whether a machine may call."""
    client = access.get_client(request.user, public_id, write=True)
    if request.method == "POST":
        order = new_order([way.key for way in ways_of(client)], request.POST)
        try:
            order_ways(client=client, order=order, actor=request.user)
        except ValidationError as error:
            return refused(" ".join(error.messages))
        return redirect("dashboard:ways", client.public_id)
    shown = ways_of(client)
    called = {way.contact.pk for way in shown if way.channel == Channel.VOICE}
    callable_ones = [
        way.contact
        for way in shown
        if way.channel == Channel.SMS and way.contact.may_call and way.contact.pk not in called
    ]
    context = {"section": "clients", "client": client, "ways": shown, "callable": callable_ones}
    return render(request, "clients/ways.html", context)


@staff_page(May.EDIT_CLIENTS, methods=("POST",))
def contact_ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The address is no longer theirs."""
    contact = access.get_contact_point(request.user, public_id, write=True)
    end_contact_point(contact=contact, actor=request.user, now=timezone.now())
    messages.success(request, _("Nothing goes there any more."))
    return redirect("dashboard:client", contact.client.public_id)


@staff_page(May.EDIT_CLIENTS, methods=("POST",))
def consents(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note a yes, or that it is taken back."""
    contact = access.get_contact_point(request.user, public_id, write=True)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return refused(_("Say what they agreed to, and how."))
    purpose, now = form.cleaned_data["purpose"], timezone.now()
    if form.cleaned_data["withdrawn"]:
        withdraw_consent(contact=contact, purpose=purpose, actor=request.user, now=now)
        messages.success(request, _("Noted: they no longer agree. Nothing of that kind goes there."))
    else:
        how = form.cleaned_data["how"]
        give_consent(contact=contact, purpose=purpose, how=how, actor=request.user, given_at=now)
        messages.success(request, _("Noted: they agree."))
    return redirect("dashboard:client", contact.client.public_id)


@staff_page(May.EDIT_CLIENTS, May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def safe_contact(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say how somebody may be reached safely; for their clinicians and supervisors."""
    client = access.get_client(request.user, public_id, write=True)
    if not access.may_read_words(request.user, client):
        raise PermissionDenied
    standing = safe_contact_of(client)
    initial = {"level": standing.level, "reason": standing.reason} if standing else {}
    form = SafeContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        settle_safe_contact(client=client, actor=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved. It holds for everything that is sent from now on."))
        return redirect("dashboard:client", client.public_id)
    sheet = client_sheet(
        client,
        heading=_("How %(name)s may be reached") % {"name": client.called},
        submit=_("Save"),
        optional=("reason",),
    )
    return render_sheet(request, form, sheet)
