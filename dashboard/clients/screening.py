"""Asking one person, alone, whether it is safe: their own record, and nobody else's (row 5.2)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.protection import orders_of
from clients.screening import may_screen, screens_of, take_screen
from dashboard.clients.forms import ScreenForm
from dashboard.clients.sheet import client_sheet
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.sheets import render_sheet
from sessions_app.access import sessions_together_with_kept_away


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def safety(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """For who treats this person; supervisors and the desk are refused."""
    client = access.get_client(request.user, public_id)
    if not may_screen(request.user, client):
        raise PermissionDenied
    form = ScreenForm(request.POST or None)
    if accepted(
        form, lambda: take_screen(client=client, actor=request.user, now=timezone.now(), **form.cleaned_data)
    ):
        messages.success(request, _("Saved. It stays with them."))
        return redirect("dashboard:safety", client.public_id)
    sheet = client_sheet(
        client,
        heading=_("Is it safe for %(name)s?") % {"name": client.called},
        submit=_("Save"),
        intro=_(
            "Not yet asked counts as not safe: then nothing invites them or their partner to talk together."
        ),
        template="clients/safety.html",
        optional=("words",),
        more={
            "client": client,
            "screens": screens_of(client),
            "orders": orders_of(client),
            "ahead": sessions_together_with_kept_away(request.user, client, now=timezone.now()),
            "practice": get_practice(),
        },
    )
    return render_sheet(request, form, sheet)
