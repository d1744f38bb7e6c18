"""Settings: when reminders go out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import May
from dashboard.pages import StaffRequest, staff_page, status_of
from dashboard.settings.forms import RuleForm, accepted
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
    form = RuleForm(request.POST or None)
    if accepted(form, lambda: add_rule(details=form.details(), actor=request.user)):
        messages.success(request, _("The reminder is there; sessions already booked get it too."))
        return redirect("dashboard:reminder-rules")
    title = _("A further reminder")
    context = {"section": "reminders", "form": form, "title": title, "back": "dashboard:reminder-rules"}
    return render(request, "settings/form.html", context, status=status_of(form))


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def rule_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change when a reminder goes out, or whether."""
    rule = get_rule(request.user, public_id)
    typed = {"name": rule.name, "lead_days": rule.lead_days, "is_active": rule.is_active}
    form = RuleForm(request.POST or None, initial=typed)
    if accepted(form, lambda: change_rule(rule=rule, details=form.details(), actor=request.user)):
        messages.success(request, _("The reminder is up to date; what is planned follows."))
        return redirect("dashboard:reminder-rules")
    context = {"section": "reminders", "form": form, "title": rule.name, "back": "dashboard:reminder-rules"}
    return render(request, "settings/form.html", context, status=status_of(form))
