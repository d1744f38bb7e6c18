"""Addresses that a provider found unfit: each is a small task, until there is another or it works again."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from clients.access import get_contact_point, unfit_contacts
from clients.models import ContactPoint
from clients.services import mark_fit
from dashboard.messages.frame import frame_of
from dashboard.pages import StaffRequest, staff_page
from reminders.reasons import unfit_words

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One address, and what is wrong with it."""

    contact: ContactPoint
    why: str


@never_cache
@staff_page(May.ANSWER_MESSAGES)
def numbers(request: StaffRequest) -> HttpResponse:
    """Whom to ask for another number or address, the newest first."""
    practice, now = get_practice(), timezone.now()
    found = unfit_contacts(request.user).select_related("client").order_by("-unfit_at", "pk")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    log_view(user=request.user, kind="client", public_ids=[one.client.public_id for one in page.object_list])
    context = {
        "frame": frame_of(request.user, practice=practice, now=now),
        "lines": [Line(contact, unfit_words(contact.unfit_reason)) for contact in page.object_list],
        "page": page,
    }
    with timezone.override(practice.zone):
        return render(request, "messages/numbers.html", context)


@staff_page(May.ANSWER_MESSAGES, May.EDIT_CLIENTS, methods=("POST",))
def number_mended(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody has checked it: it is tried again."""
    contact = get_contact_point(request.user, public_id, write=True)
    mark_fit(contact=contact, actor=request.user)
    messages.success(request, _("It is tried again from now on."))
    return redirect("dashboard:numbers")
