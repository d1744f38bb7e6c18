"""Settings: what counts as missed several times, and how soon somebody looks after a worry."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import change_practice, get_practice
from dashboard.pages import StaffRequest, accepted, sentence_of, staff_page, status_of
from dashboard.settings.following_forms import PatternForm, WellbeingForm
from followups.access import get_pattern
from followups.patterns import add_pattern, change_pattern, patterns_of_repeated, remove_pattern

SECTION = "following"


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def following(request: StaffRequest) -> HttpResponse:
    """The patterns, and the hours within which a worry is taken."""
    practice = get_practice()
    form = WellbeingForm(request.POST or None, initial=vars(practice))
    if accepted(form, lambda: change_practice(changes=form.cleaned_data, actor=request.user)):
        messages.success(request, _("Saved. For worries it holds from the next one on."))
        return redirect("dashboard:following")
    context = {"section": SECTION, "form": form, "patterns": patterns_of_repeated()}
    return render(request, "settings/following.html", context, status=status_of(form))


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def new_pattern(request: StaffRequest) -> HttpResponse:
    """One more way in which misses make a pattern."""
    form = PatternForm(request.POST or None)
    if accepted(form, lambda: add_pattern(details=form.details(), actor=request.user)):
        return _saved(request)
    return _page(request, form, _("Another pattern"))


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def pattern_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change one."""
    pattern = get_pattern(request.user, public_id)
    form = PatternForm(request.POST or None, initial=vars(pattern))
    if accepted(form, lambda: change_pattern(pattern=pattern, details=form.details(), actor=request.user)):
        return _saved(request)
    return _page(request, form, _("Change a pattern"))


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def pattern_removal(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take one away; the last one stays."""
    try:
        remove_pattern(pattern=get_pattern(request.user, public_id), actor=request.user)
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        messages.success(request, _("Taken away. Within ten minutes follow-ups go by what is left."))
    return redirect("dashboard:following")


def _saved(request: StaffRequest) -> HttpResponse:
    messages.success(request, _("Saved. Within ten minutes the last thirty days are read by it."))
    return redirect("dashboard:following")


def _page(request: StaffRequest, form: PatternForm, title: str) -> HttpResponse:
    context = {"section": SECTION, "form": form, "title": title, "back": "dashboard:following"}
    return render(request, "settings/pattern.html", context, status=status_of(form))
