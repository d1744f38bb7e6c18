"""Settings: places, their rooms, and the days on which they are shut."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from dashboard.pages import StaffRequest, accepted, sentence_of, staff_page, status_of
from dashboard.settings.forms import PlaceForm, RoomForm, place_as_typed
from sessions_app.access import all_places, closures_ahead, get_closure, get_place, get_room
from sessions_app.models import Location
from sessions_app.services import (
    add_place,
    add_room,
    change_place,
    rename_room,
    reopen_day,
    restore_place,
    restore_room,
    retire_place,
    retire_room,
)


@staff_page(May.MANAGE_SETTINGS)
def place_list(request: StaffRequest) -> HttpResponse:
    """Every place, and the days on which one is shut."""
    context = {
        "section": "places",
        "places": all_places(request.user),
        "closures": closures_ahead(request.user, get_practice().today(timezone.now())),
    }
    return render(request, "settings/places.html", context)


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def new_place(request: StaffRequest) -> HttpResponse:
    """Add a place."""
    form = PlaceForm(request.POST or None, initial={"timezone": get_practice().timezone})
    if accepted(form, lambda: add_place(details=form.details(), actor=request.user)):
        messages.success(request, _("The place is there. Give it its rooms next."))
        return redirect("dashboard:places")
    context = {"section": "places", "form": form, "title": _("A new place"), "back": "dashboard:places"}
    return render(request, "settings/form.html", context, status=status_of(form))


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def place_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One place and its rooms."""
    place = get_place(request.user, public_id)
    form = PlaceForm(request.POST or None, initial=place_as_typed(place))
    if accepted(form, lambda: change_place(place=place, details=form.details(), actor=request.user)):
        messages.success(request, _("The place is up to date."))
        return redirect("dashboard:places")
    return _place(request, place, form, RoomForm())


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def new_room(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Add a room to a place."""
    place = get_place(request.user, public_id)
    form = RoomForm(request.POST)
    if accepted(form, lambda: add_room(place=place, name=form.cleaned_data["name"], actor=request.user)):
        messages.success(request, _("The room is there."))
        return redirect("dashboard:place", public_id)
    return _place(request, place, PlaceForm(initial=place_as_typed(place)), form)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def place_retirement(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Book nothing there any more."""
    place = get_place(request.user, public_id)
    _try(
        request,
        lambda: retire_place(place=place, actor=request.user, now=timezone.now()),
        _("Nothing is booked there any more."),
    )
    return redirect("dashboard:place", public_id)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def place_restoration(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let it be booked again."""
    restore_place(place=get_place(request.user, public_id), actor=request.user)
    messages.success(request, _("It can be booked again."))
    return redirect("dashboard:place", public_id)


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def room_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Rename a room."""
    room = get_room(request.user, public_id)
    form = RoomForm(request.POST or None, initial={"name": room.name})
    if accepted(form, lambda: rename_room(room=room, name=form.cleaned_data["name"], actor=request.user)):
        messages.success(request, _("The room has its new name."))
        return redirect("dashboard:place", room.location.public_id)
    title = _("%(room)s, %(place)s") % {"room": room.name, "place": room.location.name}
    context = {"section": "places", "form": form, "title": title, "back": "dashboard:places"}
    return render(request, "settings/form.html", context, status=status_of(form))


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def room_retirement(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Book nothing into it any more."""
    room = get_room(request.user, public_id)
    _try(
        request,
        lambda: retire_room(room=room, actor=request.user, now=timezone.now()),
        _("Nothing is booked into %(room)s any more.") % {"room": room.name},
    )
    return redirect("dashboard:place", room.location.public_id)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def room_restoration(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let it be booked again."""
    room = restore_room(room=get_room(request.user, public_id), actor=request.user)
    messages.success(request, _("%(room)s can be booked again.") % {"room": room.name})
    return redirect("dashboard:place", room.location.public_id)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def reopening(request: StaffRequest, public_id: UUID, day: str) -> HttpResponse:
    """The place is open on that day after all."""
    reopen_day(closure=get_closure(request.user, public_id, _day(day)), actor=request.user)
    messages.success(request, _("That day can be booked again. Sessions that were called off stay so."))
    return redirect("dashboard:places")


def _day(words: str) -> date:
    try:
        day = parse_date(words)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day


def _try(request: StaffRequest, verb: Callable[[], object], done: str) -> None:
    try:
        verb()
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        messages.success(request, done)


def _place(request: StaffRequest, place: Location, form: PlaceForm, room_form: RoomForm) -> HttpResponse:
    ahead = closures_ahead(request.user, get_practice().today(timezone.now()))
    context = {
        "section": "places",
        "place": place,
        "form": form,
        "room_form": room_form,
        "closures": ahead.filter(location=place),
    }
    status = max(status_of(form), status_of(room_form))
    return render(request, "settings/place.html", context, status=status)
