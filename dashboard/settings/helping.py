"""Settings: what gets in the way, what helps with it, and where help is to be had."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import May
from clients.access import all_resources, all_strategies, get_own_barrier, get_resource, get_strategy
from clients.catalogue import barriers_with_help, write_barrier, write_resource, write_strategy
from clients.models import Barrier, Resource, Strategy
from dashboard.pages import StaffRequest, accepted, staff_page, status_of
from dashboard.settings.help_forms import BarrierForm, ResourceForm, StrategyForm, as_typed


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """One of the three things that are kept here, and how one of it is written; None adds one."""

    title_of_new: Promise
    form: type[ResourceForm | StrategyForm | BarrierForm]
    write: Callable[[Any, Any], object]


RESOURCE = _Kind(
    title_of_new=gettext_lazy("A new resource"),
    form=ResourceForm,
    write=lambda one, details: write_resource(resource=one, details=details),
)
STRATEGY = _Kind(
    title_of_new=gettext_lazy("A new strategy"),
    form=StrategyForm,
    write=lambda one, details: write_strategy(strategy=one, details=details),
)
BARRIER = _Kind(
    title_of_new=gettext_lazy("What gets in the way"),
    form=BarrierForm,
    write=lambda one, details: write_barrier(barrier=one, details=details),
)


@staff_page(May.MANAGE_SETTINGS)
def help_list(request: StaffRequest) -> HttpResponse:
    """The map from what gets in the way to what can help, and both lists."""
    context = {
        "section": "help",
        "barriers": barriers_with_help(),
        "resources": all_resources(request.user),
        "strategies": all_strategies(request.user),
    }
    return render(request, "settings/help.html", context)


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def new_resource(request: StaffRequest) -> HttpResponse:
    """Add to the directory."""
    return _sheet(request, RESOURCE, None)


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def resource_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change an entry, or put it out of use; who was referred there stays so."""
    return _sheet(request, RESOURCE, get_resource(request.user, public_id))


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def new_strategy(request: StaffRequest) -> HttpResponse:
    """Add a strategy of the practice's own."""
    return _sheet(request, STRATEGY, None)


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def strategy_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change a strategy's words, what it helps with, or put it out of use."""
    return _sheet(request, STRATEGY, get_strategy(request.user, public_id))


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def new_barrier(request: StaffRequest) -> HttpResponse:
    """Add something that gets in the way here."""
    return _sheet(request, BARRIER, None)


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def barrier_page(request: StaffRequest, code: str) -> HttpResponse:
    """Change one of the practice's own."""
    return _sheet(request, BARRIER, get_own_barrier(request.user, code))


def _sheet(request: StaffRequest, kind: _Kind, one: Resource | Strategy | Barrier | None) -> HttpResponse:
    form = kind.form(request.POST or None, initial=as_typed(one) if one else None)
    if accepted(form, lambda: kind.write(one, form.details_typed())):
        messages.success(request, _("Saved. It is suggested from now on where it fits."))
        return redirect("dashboard:help-settings")
    title = str(one or kind.title_of_new)
    context = {"section": "help", "form": form, "title": title, "back": "dashboard:help-settings"}
    return render(request, "settings/form.html", context, status=status_of(form))
