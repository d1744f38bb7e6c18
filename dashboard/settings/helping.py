"""Settings: what gets in the way, what helps with it, and where help is to be had."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import May
from clients.access import all_resources, all_strategies, get_own_barrier, get_resource, get_strategy
from clients.catalogue import barriers_with_help, write_barrier, write_resource, write_strategy
from dashboard.pages import StaffRequest, staff_page, status_of
from dashboard.settings.forms import accepted
from dashboard.settings.help_forms import BarrierForm, ResourceForm, StrategyForm, as_typed


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
    form = ResourceForm(request.POST or None)
    return _sheet(
        request,
        form,
        _("A new resource"),
        lambda: write_resource(resource=None, details=form.details_typed()),
    )


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def resource_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change an entry, or put it out of use; who was referred there stays so."""
    resource = get_resource(request.user, public_id)
    form = ResourceForm(request.POST or None, initial=as_typed(resource))
    return _sheet(
        request, form, resource.name, lambda: write_resource(resource=resource, details=form.details_typed())
    )


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def new_strategy(request: StaffRequest) -> HttpResponse:
    """Add a strategy of the practice's own."""
    form = StrategyForm(request.POST or None)
    return _sheet(
        request,
        form,
        _("A new strategy"),
        lambda: write_strategy(strategy=None, details=form.details_typed()),
    )


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def strategy_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change a strategy's words, what it helps with, or put it out of use."""
    strategy = get_strategy(request.user, public_id)
    form = StrategyForm(request.POST or None, initial=as_typed(strategy))
    return _sheet(
        request, form, strategy.name, lambda: write_strategy(strategy=strategy, details=form.details_typed())
    )


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def new_barrier(request: StaffRequest) -> HttpResponse:
    """Add something that gets in the way here."""
    form = BarrierForm(request.POST or None)
    return _sheet(
        request,
        form,
        _("What gets in the way"),
        lambda: write_barrier(barrier=None, details=form.details_typed()),
    )


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def barrier_page(request: StaffRequest, code: str) -> HttpResponse:
    """Change one of the practice's own."""
    barrier = get_own_barrier(request.user, code)
    form = BarrierForm(request.POST or None, initial=as_typed(barrier))
    return _sheet(
        request, form, barrier.label, lambda: write_barrier(barrier=barrier, details=form.details_typed())
    )


def _sheet(request: StaffRequest, form: forms.Form, title: str, verb: Callable[[], Any]) -> HttpResponse:
    if accepted(form, verb):
        messages.success(request, _("Saved. It is suggested from now on where it fits."))
        return redirect("dashboard:help-settings")
    context = {"section": "help", "form": form, "title": title, "back": "dashboard:help-settings"}
    return render(request, "settings/form.html", context, status=status_of(form))
