"""Moving a session, and changing how, where and with whom it is held."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from dashboard.calendar.forms import RescheduleForm, SettingForm, looking_on
from dashboard.calendar.in_the_way import what_is_in_the_way, who_is_elsewhere
from dashboard.calendar.meanwhile import refuse
from dashboard.calendar.slot_picker import offers_for
from dashboard.calendar.spoken import spoken_time
from dashboard.calendar.telling import hearers_of
from dashboard.calendar.way_back import back_to, said_of
from dashboard.pages import StaffRequest, staff_page, status_of
from dashboard.toasts import say_on_next_page
from sessions_app.access import get_session
from sessions_app.models import TherapySession
from sessions_app.occupancy import SlotTaken
from sessions_app.services import Change, change_session, reschedule_session
from sessions_app.wall_time import instants


@staff_page(May.BOOK, methods=("GET", "POST"))
def rescheduling(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Find another time for a session."""
    session, now = get_session(request.user, public_id, write=True), timezone.now()
    if request.method == "GET":
        return _picker(request, RescheduleForm(session, _as_it_is(session), now=now).forgiven(), now=now)
    if "show" in request.POST:
        return _picker(
            request, RescheduleForm(session, looking_on(request.POST), now=now).forgiven(), now=now
        )
    form = RescheduleForm(session, request.POST, now=now)
    if form.is_valid() and _move(request, form, now=now):
        return back_to(request, session)
    return _picker(request, form, now=now)


def _as_it_is(session: TherapySession) -> QueryDict:
    typed = QueryDict(mutable=True)
    typed.update({"seen_version": str(session.version), "tell_clients": "on", "when": "any"})
    return typed


def _picker(request: StaffRequest, form: RescheduleForm, *, now: datetime) -> HttpResponse:
    practice = get_practice()
    today = practice.today(now)
    context = {
        "form": form,
        "session": form.session,
        "offers": offers_for(form.wish(today), now=now),
        "today": today,
        "hearers": hearers_of([form.session], today=today),
        "undo_minutes": practice.undo_minutes,
    }
    template = "calendar/_slots.html" if request.htmx else "calendar/rescheduling.html"
    return render(request, template, context, status=status_of(form))


def _move(request: StaffRequest, form: RescheduleForm, *, now: datetime) -> bool:
    """Move the session; says on the form what is in the way."""
    session, to = form.session, form.new_time()
    if (to.on, to.at) == (session.on, session.at):
        messages.info(request, _("Nothing was changed."))
        return True
    elsewhere = _elsewhere(form)
    if elsewhere and not form.cleaned_data["overlap_ok"]:
        form.add_error("overlap_ok", elsewhere)
        return False
    change = Change(
        seen_version=form.cleaned_data["seen_version"],
        tell_clients=form.cleaned_data["tell_clients"],
        has_way_back=True,
    )
    try:
        moved = reschedule_session(session=session, to=to, actor=request.user, now=now, change=change)
    except SlotTaken as error:
        _say_what_is_in_the_way(form, error)
    except ValidationError as error:
        refuse(form, error, session=form.session)
    else:
        words = _("Moved to %(when)s.") % {"when": spoken_time(moved)}
        say_on_next_page(request, said_of(request, moved, words, version=moved.version))
        return True
    return False


def _elsewhere(form: RescheduleForm) -> str:
    session, to = form.session, form.new_time()
    people = [one.client for one in session.participants.filter(cancelled_at=None).select_related("client")]
    times = instants(on=to.on, at=to.at, timezone=session.timezone, minutes=session.minutes)
    return who_is_elsewhere(people, [times], besides=[session])


def _say_what_is_in_the_way(form: RescheduleForm, error: SlotTaken) -> None:
    clinicians, room = form.session.clinicians.all(), form.session.room
    for sentence in what_is_in_the_way(error, clinicians=clinicians, room=room, zone=form.zone()):
        form.add_error("slot", sentence)
    form.cleaned_data["first"] = form.cleaned_data["on"]


@staff_page(May.BOOK, methods=("GET", "POST"))
def setting(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change room, place, mode, video link or clinicians."""
    session, now = get_session(request.user, public_id, write=True), timezone.now()
    form = SettingForm(session, request.POST or None)
    if request.method == "POST" and form.is_valid() and _change(request, form, now=now):
        return back_to(request, session)
    practice = get_practice()
    context = {
        "form": form,
        "session": session,
        "hearers": hearers_of([session], today=practice.today(now)),
        "undo_minutes": practice.undo_minutes,
    }
    return render(request, "calendar/setting.html", context, status=status_of(form))


def _change(request: StaffRequest, form: SettingForm, *, now: datetime) -> bool:
    """Change the setting; says on the form what is in the way."""
    if not form.changes_anything:
        messages.info(request, _("Nothing was changed."))
        return True
    to = form.new_setting()
    change = Change(
        seen_version=form.cleaned_data["seen_version"],
        tell_clients=form.cleaned_data["tell_clients"],
        has_way_back=True,
    )
    try:
        changed = change_session(session=form.session, to=to, actor=request.user, now=now, change=change)
    except SlotTaken as error:
        for sentence in what_is_in_the_way(
            error, clinicians=to.clinicians, room=to.room, zone=form.session.zone
        ):
            form.add_error(None, sentence)
    except ValidationError as error:
        refuse(form, error, session=form.session)
    else:
        say_on_next_page(request, said_of(request, changed, _("Changed."), version=changed.version))
        return True
    return False
