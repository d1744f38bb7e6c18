"""Whether somebody is here: away for a while, gone for good, or dead."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.contingency import arrange_support, support_of
from clients.models import Client
from clients.services import come_back, mark_for_more_reminders, set_away
from dashboard.clients.forms import AwayForm, DepartureForm
from dashboard.clients.page import upcoming_of
from dashboard.clients.sheet import client_sheet
from dashboard.pages import StaffRequest, add_refusal, staff_page
from dashboard.sheets import render_sheet
from sessions_app.services import leave_practice, record_death, return_to_practice


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def away(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Away for a while: reminders, follow-ups and check-ins rest, sessions stay."""
    client, now = access.get_client(request.user, public_id, write=True), timezone.now()
    arranged = _arranged(client) if access.may_read_words(request.user, client) else None
    form = AwayForm.of(client, get_practice().today(now), request.POST or None, arranged)
    if request.method == "POST" and form.is_valid():
        support = form.cleaned_data.pop("support", None)
        try:
            set_away(client=client, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            if support is not None:
                arrange_support(client=client, words=support, actor=request.user, now=now)
            messages.success(request, _("Noted. Reminders and follow-ups rest until they are back."))
            return redirect("dashboard:client", client.public_id)
    sheet = client_sheet(
        client,
        heading=_("%(name)s is away") % {"name": client.called},
        submit=_("Save"),
        intro=_("Reminders, follow-ups and check-ins rest. Sessions stay as they are booked."),
        optional=("away_until", "support"),
    )
    return render_sheet(request, form, sheet)


def _arranged(client: Client) -> str:
    standing = support_of(client)
    return standing.words if standing else ""


@staff_page(May.EDIT_CLIENTS, methods=("POST",))
def coming_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They are back."""
    client = access.get_client(request.user, public_id, write=True)
    come_back(client=client, actor=request.user)
    messages.success(
        request, _("Welcome back to %(name)s. Reminders go out again.") % {"name": client.called}
    )
    return redirect("dashboard:client", client.public_id)


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def leaving(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They leave the practice: what lies ahead is shown, then freed."""
    client, now = access.get_client(request.user, public_id, write=True), timezone.now()
    form = DepartureForm(get_practice().today(now), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            freed = leave_practice(client=client, on=form.cleaned_data["on"], actor=request.user, now=now)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _freed(len(freed)))
            return redirect("dashboard:client", client.public_id)
    sheet = client_sheet(
        client,
        heading=_("%(name)s leaves the practice") % {"name": client.display_name},
        submit=_("Yes, they leave"),
        template="clients/departure.html",
        more={"client": client, "ahead": upcoming_of(request.user, client, now=now), "is_death": False},
    )
    return render_sheet(request, form, sheet)


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def death(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Record that somebody has died: everything to them falls silent at once."""
    client, now = access.get_client(request.user, public_id, write=True), timezone.now()
    form = DepartureForm(get_practice().today(now), request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_death(client=client, on=form.cleaned_data["on"], actor=request.user, now=now)
        messages.success(request, _("It is recorded. Nothing will be sent to them any more."))
        return redirect("dashboard:client", client.public_id)
    sheet = client_sheet(
        client,
        heading=_("%(name)s has died") % {"name": client.display_name},
        submit=_("Record it"),
        template="clients/departure.html",
        more={"client": client, "ahead": upcoming_of(request.user, client, now=now), "is_death": True},
    )
    return render_sheet(request, form, sheet)


@staff_page(May.EDIT_CLIENTS, methods=("POST",))
def returning(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They are back, or it was entered by mistake."""
    client = access.get_client(request.user, public_id, write=True)
    return_to_practice(client=client, actor=request.user)
    messages.success(request, _("Noted. Times that were freed have to be booked again."))
    return redirect("dashboard:client", client.public_id)


def _freed(count: int) -> str:
    if not count:
        return _("Noted. Nothing lay ahead.")
    return ngettext(
        "Noted. %(count)d time is free again.", "Noted. %(count)d times are free again.", count
    ) % {"count": count}


@staff_page(May.EDIT_CLIENTS, methods=("POST",))
def more_reminders(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Rules for high need reach them from now on, or no longer."""
    client = access.get_client(request.user, public_id, write=True)
    more = request.POST.get("more") == "yes"
    mark_for_more_reminders(client=client, more=more, actor=request.user)
    words = _("%(name)s is reminded more often.") if more else _("%(name)s is reminded as everybody is.")
    messages.success(request, words % {"name": client.called})
    return redirect("dashboard:client", client.public_id)
