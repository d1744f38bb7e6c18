"""Settings: when reminders go out, to whom and in which words."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.roles import May
from accounts.shipped_words import as_shipped
from dashboard.pages import StaffRequest, accepted, staff_page, status_of
from dashboard.settings.forms import ReachForm, RuleForm
from reminders.access import get_rule, rules
from reminders.services import add_rule, change_rule


@staff_page(May.MANAGE_SETTINGS)
def rule_list(request: StaffRequest) -> HttpResponse:
    """The rules, the longest lead first."""
    context = {"section": "reminders", "rules": rules(request.user)}
    return render(request, "settings/reminders.html", context)


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def new_rule(request: StaffRequest) -> HttpResponse:
    """One more reminder."""
    form, now = RuleForm(request.POST or None), timezone.now()
    if accepted(form, lambda: add_rule(details=form.details(), actor=request.user, now=now)):
        messages.success(request, _("The reminder is there; booked sessions whose hour is ahead get it too."))
        return redirect("dashboard:reminder-rules")
    return _page(request, form, _("A further reminder"))


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def rule_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change a rule, or switch it off."""
    rule, now = get_rule(request.user, public_id), timezone.now()
    form = RuleForm.of(rule, request.POST or None)
    if accepted(form, lambda: change_rule(rule=rule, details=form.details(), actor=request.user, now=now)):
        messages.success(request, _("The reminder is up to date; what is planned follows."))
        return redirect("dashboard:reminder-rules")
    return _page(request, form, as_shipped(rule.name))


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
@never_cache
def rule_reach(request: StaffRequest) -> HttpResponse:
    """How many sessions a rule would reach, as it is being written."""
    context = {"reach": ReachForm(request.POST).reach(timezone.now())}
    return render(request, "settings/_rule_reach.html", context)


def _page(request: StaffRequest, form: RuleForm, title: str) -> HttpResponse:
    typed = form.data if form.is_bound else {field.name: field.value() for field in form}
    reach = ReachForm(typed).reach(timezone.now())
    context = {"section": "reminders", "form": form, "title": title, "reach": reach}
    return render(request, "settings/rule.html", context, status=status_of(form))
