"""Settings of the practice as a whole, and the switch that pauses all sending."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Practice
from accounts.roles import May
from accounts.services import change_practice, get_practice, pause_sending, resume_sending
from dashboard.pages import StaffRequest, accepted, staff_page, status_of
from dashboard.settings.forms import PauseForm, PracticeForm
from reminders.agreements import what_sending_waits_for
from reminders.wording_check import Names, revealing_in


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def practice_page(request: StaffRequest) -> HttpResponse:
    """Names, numbers, times and policies."""
    form = PracticeForm(request.POST or None, instance=get_practice())
    if accepted(form, lambda: change_practice(changes=form.cleaned_data, actor=request.user)):
        messages.success(request, _("The practice is up to date."))
        return redirect("dashboard:settings")
    return _page(request, form, PauseForm())


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def sending_pause(request: StaffRequest) -> HttpResponse:
    """Stop every message to clients, with a reason that colleagues see."""
    form = PauseForm(request.POST)
    if form.is_valid():
        pause_sending(actor=request.user, reason=form.cleaned_data["reason"], now=timezone.now())
        messages.success(request, _("Sending is paused. Nothing goes out until you resume."))
        return redirect("dashboard:settings")
    return _page(request, PracticeForm(instance=get_practice()), form)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def sending_resumption(request: StaffRequest) -> HttpResponse:
    """Let messages go again."""
    try:
        resume_sending(actor=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Messages go out again; what is no longer useful stays back."))
    return redirect("dashboard:settings")


def _page(request: StaffRequest, form: PracticeForm, pause_form: PauseForm) -> HttpResponse:
    # Read anew: a refused form has written what was typed into its own copy.
    practice = get_practice()
    context = {
        "section": "settings",
        "form": form,
        "pause_form": pause_form,
        "practice": practice,
        "waits_for": what_sending_waits_for(),
        "telling": revealing_in(_seen_by_clients(practice), Names.load()),
    }
    status = max(status_of(form), status_of(pause_form))
    return render(request, "settings/practice.html", context, status=status)


def _seen_by_clients(practice: Practice) -> str:
    """What stands in every message: the alias, and the addresses of links and mail."""
    addresses = f"{settings.KEPT_PUBLIC_BASE_URL} {settings.DEFAULT_FROM_EMAIL}"
    return f"{practice.display_name} {practice.crisis_line} {addresses}"
