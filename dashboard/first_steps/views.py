"""The guided path of a new practice: seven short steps, each saved, to be left and taken up again."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import FirstStep, Practice
from accounts.roles import May
from accounts.services import get_practice, pass_first_step
from dashboard.first_steps.steps import STEPS, Step
from dashboard.pages import StaffRequest, accepted, staff_page, status_of
from dashboard.shell import EVERYDAY


@staff_page(May.MANAGE_SETTINGS, May.MANAGE_STAFF)
def first_steps(request: StaffRequest) -> HttpResponse:
    """On with the step that comes next; once all are done, the settings."""
    practice = get_practice()
    if practice.first_steps is None:
        return redirect("dashboard:settings")
    return redirect("dashboard:first-step", _next_of(practice))


def _next_of(practice: Practice) -> str:
    passed = practice.first_steps or []
    return next((code for code in STEPS if code not in passed), FirstStep.CLIENT)


@staff_page(May.MANAGE_SETTINGS, May.MANAGE_STAFF, methods=("GET", "POST"))
def step_page(request: StaffRequest, code: str) -> HttpResponse:
    """One step: saved and on, saved and once more, or passed by."""
    step, now = STEPS.get(code), timezone.now()
    if step is None:
        raise Http404
    passes = request.method == "POST" and "pass" in request.POST
    if passes and (step.skip or (step.there(request) and not step.is_asked)):
        return _on(request, step)
    form = step.form(request, request.POST if request.method == "POST" and not passes else None, now)
    if form and accepted(form, lambda: _save(request, step, form, now)):
        if "again" in request.POST:
            return redirect("dashboard:first-step", code)
        return _on(request, step)
    return _shown(request, step, form)


def _save(request: StaffRequest, step: Step, form: BaseForm, now: datetime) -> None:
    """What the step asks is saved whole, or not at all."""
    with transaction.atomic():
        step.save(request, form, now)


def _on(request: StaffRequest, step: Step) -> HttpResponse:
    """The next step that is left; after the last of them the practice is set up."""
    if get_practice().first_steps is None:  # opened once more, later
        return redirect("dashboard:settings")
    practice = pass_first_step(step=step.code, actor=request.user)
    if step.code == FirstStep.CLIENT and request.POST.get("pass") == "import":
        return redirect("dashboard:imports")
    if practice.first_steps is not None:
        return redirect("dashboard:first-step", _next_of(practice))
    messages.success(request, _("Your practice is set up. Everything can be changed under Settings."))
    # Read anew: the roles may have changed on the way.
    return redirect("dashboard:board" if EVERYDAY & request.user.permissions else "dashboard:settings")


def _shown(request: StaffRequest, step: Step, form: BaseForm | None) -> HttpResponse:
    practice = get_practice()
    passed = set(practice.first_steps if practice.first_steps is not None else STEPS)
    context: dict[str, Any] = {
        "step": step,
        "form": form,
        "there": step.there(request),
        "steps": [(one, one.code in passed) for one in STEPS.values()],
        "number": list(STEPS).index(step.code) + 1,
        "practice": practice,
    }
    return render(request, "first_steps/step.html", context, status=status_of(form) if form else 200)
