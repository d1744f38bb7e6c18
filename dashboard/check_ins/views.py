"""Agreeing on check-ins, letting them rest, marking a period of stress, and the calls themselves."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.check_ins import (
    agree_on_check_ins,
    end_check_ins,
    end_stress,
    mark_stress,
    pause_check_ins,
    resume_check_ins,
    standing_plan,
)
from clients.models import CheckInPlan
from dashboard.check_ins.forms import CallForm, CheckInForm, StressForm, begun_with
from dashboard.clients.sheet import client_sheet
from dashboard.pages import StaffRequest, accepted, sentence_of, staff_page
from dashboard.sheets import render_sheet
from followups.check_in_calls import get_call_plan, log_check_in_call


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def check_ins(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Agree with one member of a case on hearing from one another between sessions."""
    member, now = access.get_member(request.user, public_id, write=True), timezone.now()
    access.require_treating(request.user, member.case)
    today, plan = get_practice().today(now), standing_plan(member)
    begun = (
        begun_with(plan) if plan else {"starts_on": today, "at": "10:00", "agreed_on": today, "way": "sms"}
    )
    form = CheckInForm(request.POST or None, initial=begun)
    if accepted(
        form,
        lambda: agree_on_check_ins(member=member, terms=form.terms, actor=request.user, today=today, now=now),
    ):
        messages.success(request, _("Agreed. Answers reach you on Today and in the inbox."))
        return redirect("dashboard:client", member.client.public_id)
    sheet = client_sheet(
        member.client,
        heading=_("Check-ins with %(name)s") % {"name": member.client.called},
        submit=_("Save"),
        intro=_(
            "Short and kind, with whom to call in danger. Nothing about why somebody comes is ever in it."
        ),
        optional=("until_on",),
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def pausing(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They rest, or go on."""
    plan, now = access.get_check_in_plan(request.user, public_id), timezone.now()
    if plan.paused_at:
        resume_check_ins(plan=plan, actor=request.user, now=now)
        messages.success(request, _("They go on. Nothing is made up for."))
    else:
        pause_check_ins(plan=plan, actor=request.user, now=now)
        messages.success(request, _("They rest until you go on."))
    return _back(plan)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """No more of them."""
    plan = access.get_check_in_plan(request.user, public_id)
    end_check_ins(plan=plan, actor=request.user, now=timezone.now())
    messages.success(request, _("No more check-ins."))
    return _back(plan)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def stress_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A period of stress: they are asked more often."""
    plan, today = access.get_check_in_plan(request.user, public_id), get_practice().today(timezone.now())
    form = StressForm(request.POST or None, initial={"from_on": today})
    if accepted(form, lambda: mark_stress(plan=plan, stress=form.stress, actor=request.user)):
        messages.success(request, _("Marked. They are asked more often then."))
        return _back(plan)
    sheet = client_sheet(
        plan.client,
        heading=_("A harder time for %(name)s") % {"name": plan.client.called},
        submit=_("Mark it"),
        optional=("words",),
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def stress_ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It is over."""
    period = access.get_stress_period(request.user, public_id)
    end_stress(period=period, actor=request.user, today=get_practice().today(timezone.now()))
    messages.success(request, _("Over. From now on as agreed before."))
    return _back(period.plan)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def call(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What became of a check-in by telephone."""
    plan, now = get_call_plan(request.user, public_id), timezone.now()
    form = CallForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say what became of the call."))
    else:
        try:
            log_check_in_call(
                plan=plan, actor=request.user, today=get_practice().today(now), now=now, **form.cleaned_data
            )
        except ValidationError as error:
            messages.warning(request, sentence_of(error))
        else:
            messages.success(request, _("Noted. Thank you."))
    return redirect("dashboard:calls" if request.POST.get("back") == "calls" else "dashboard:today")


def _back(plan: CheckInPlan) -> HttpResponse:
    return redirect("dashboard:client", plan.client.public_id)
