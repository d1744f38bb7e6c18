"""Settings: what can be booked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import May
from dashboard.pages import StaffRequest, accepted, staff_page, status_of
from dashboard.settings.forms import ServiceForm, service_as_typed
from sessions_app.access import all_services, get_service
from sessions_app.services import add_service, change_service, restore_service, retire_service

NEW = {"minutes": 50, "video_offered": True}


@staff_page(May.MANAGE_SETTINGS)
def service_list(request: StaffRequest) -> HttpResponse:
    """Everything that is or was offered."""
    context = {"section": "services", "services": all_services(request.user)}
    return render(request, "settings/services.html", context)


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def new_service(request: StaffRequest) -> HttpResponse:
    """Offer something new."""
    form = ServiceForm(request.POST or None, initial=NEW)
    if accepted(form, lambda: add_service(details=form.details(), actor=request.user)):
        messages.success(request, _("It can be booked from now on."))
        return redirect("dashboard:services")
    context = {"section": "services", "form": form, "title": _("A new service"), "back": "dashboard:services"}
    return render(request, "settings/form.html", context, status=status_of(form))


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def service_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change what a service is."""
    service = get_service(request.user, public_id)
    form = ServiceForm(request.POST or None, initial=service_as_typed(service))
    if accepted(form, lambda: change_service(service=service, details=form.details(), actor=request.user)):
        messages.success(request, _("The service is up to date."))
        return redirect("dashboard:services")
    context = {"section": "services", "form": form, "service": service}
    return render(request, "settings/service.html", context, status=status_of(form))


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def service_retirement(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Offer it no longer; what is booked takes place."""
    service = retire_service(service=get_service(request.user, public_id), actor=request.user)
    words = _("%(name)s is no longer offered. What is booked takes place.")
    messages.success(request, words % {"name": service.name})
    return redirect("dashboard:services")


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def service_restoration(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Offer it again."""
    service = restore_service(service=get_service(request.user, public_id), actor=request.user)
    messages.success(request, _("%(name)s is offered again.") % {"name": service.name})
    return redirect("dashboard:services")
