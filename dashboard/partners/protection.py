"""A court's order that protects one person: in their own record, noted by who treats them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.roles import May
from clients import access
from clients.protection import end_order, note_order, others_of
from clients.screening import may_screen
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.partners.forms import ProtectiveOrderForm
from dashboard.sheets import Sheet, render_sheet


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def protective_order_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """From now on nobody books the two together."""
    client = access.get_client(request.user, public_id)
    if not may_screen(request.user, client):
        raise PermissionDenied
    form = ProtectiveOrderForm(others_of(request.user, client), request.POST or None)
    if accepted(
        form, lambda: note_order(client=client, actor=request.user, now=timezone.now(), **form.cleaned_data)
    ):
        messages.success(request, _("Noted. They are not booked together while it stands."))
        return redirect("dashboard:safety", client.public_id)
    sheet = Sheet(
        heading=_("A court order protects %(name)s") % {"name": client.called},
        submit=_("Note it"),
        back_url=reverse("dashboard:safety", args=[client.public_id]),
        back_label=client.display_name,
        intro=_(
            "It stands in their record alone. Whoever books is told to ask you, and never why; "
            "what is booked already stays until you call it off."
        ),
        optional=("reference",),
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def protective_order_ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It stands no longer; it stays in the record as ended."""
    order = access.get_protective_order(request.user, public_id)
    end_order(order=order, actor=request.user, now=timezone.now())
    messages.success(request, _("Noted. It stays in their record as ended."))
    return redirect("dashboard:safety", order.client.public_id)
