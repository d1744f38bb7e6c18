"""Settings: when each clinician sees people, week by week, and when they are away."""

from datetime import time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from dashboard.pages import StaffRequest, accepted, sentence_of, staff_page, status_of
from dashboard.settings.forms import HoursForm, hours_as_typed
from dashboard.weeks import days_of_the_week
from sessions_app.access import (
    clinicians_with_hours,
    get_clinician,
    get_hours,
    get_time_off,
    locations,
    time_off_ahead,
)
from sessions_app.models import TimeOff
from sessions_app.services import add_hours, cancel_time_off, change_hours, remove_hours

NEW = {"starts": "09:00", "ends": "17:00"}


@staff_page(May.MANAGE_SETTINGS)
def hours_list(request: StaffRequest) -> HttpResponse:
    """Everybody's week at a glance, and who is away when."""
    people = [(clinician, _week(clinician)) for clinician in clinicians_with_hours(request.user)]
    zone = get_practice().zone
    away = [(off, _when(off, zone)) for off in time_off_ahead(request.user, timezone.now())]
    context = {"section": "hours", "people": people, "away": away}
    return render(request, "settings/hours.html", context)


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def clinician_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One clinician's week, and a form for one more window."""
    clinician = get_clinician(request.user, public_id)
    form = HoursForm(request.POST or None, initial=NEW, places=locations(), practice=get_practice())
    if accepted(form, lambda: add_hours(clinician=clinician, hours=form.hours(), actor=request.user)):
        messages.success(request, _("Those hours can be booked."))
        return redirect("dashboard:clinician-hours", public_id)
    context = {"section": "hours", "clinician": clinician, "week": _week(clinician), "form": form}
    return render(request, "settings/clinician.html", context, status=status_of(form))


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def window_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Move one weekly window."""
    window = get_hours(request.user, public_id)
    typed = hours_as_typed(window)
    form = HoursForm(request.POST or None, initial=typed, places=locations(), practice=get_practice())
    if accepted(form, lambda: change_hours(window=window, hours=form.hours(), actor=request.user)):
        messages.success(request, _("The hours are up to date. Booked sessions stay where they are."))
        return redirect("dashboard:clinician-hours", window.clinician.public_id)
    title = _("Hours of %(name)s") % {"name": window.clinician.name}
    context = {"section": "hours", "form": form, "title": title, "back": "dashboard:hours"}
    return render(request, "settings/form.html", context, status=status_of(form))


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def window_removal(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Offer no more times in this window."""
    window = get_hours(request.user, public_id)
    remove_hours(window=window, actor=request.user)
    messages.success(request, _("Those hours are no longer offered. Booked sessions stay where they are."))
    return redirect("dashboard:clinician-hours", window.clinician.public_id)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def time_off_cancellation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They are there after all."""
    now = timezone.now()
    try:
        cancel_time_off(time_off=get_time_off(request.user, public_id, now), actor=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        messages.success(request, _("That time can be booked again. Sessions that were called off stay so."))
    return redirect("dashboard:hours")


def _when(off: TimeOff, zone: ZoneInfo) -> str:
    """From when to when; whole days without their midnights, the last one included."""
    begins, ends = off.starts_at.astimezone(zone), off.ends_at.astimezone(zone)
    if begins.time() != time.min or ends.time() != time.min:
        return f"{date_format(begins, 'D j M, G:i')} \u2013 {date_format(ends, 'D j M, G:i')}"
    first, last = begins.date(), ends.date() - timedelta(days=1)
    return " \u2013 ".join(date_format(day, "D j M") for day in dict.fromkeys((first, last)))


def _week(clinician: User) -> list[tuple[str, list[object]]]:
    """Each weekday with its windows; the caller has fetched them."""
    windows = list(clinician.availabilities.all())
    return [(str(name), [w for w in windows if w.weekday == number]) for number, name in days_of_the_week()]
