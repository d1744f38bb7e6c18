"""Verbs on what sessions are booked into: places, rooms, services, hours, days on which a place is shut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.audit import acting
from accounts.models import User
from sessions_app.models import Availability, Closure, Location, Room, Service, TherapySession
from sessions_app.querysets import TherapySessionQuerySet


@dataclass(frozen=True, kw_only=True)
class PlaceDetails:
    """Where people meet; `timezone` is an IANA name."""

    name: str
    timezone: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceDetails:
    """What can be booked; the name never leaves the practice."""

    name: str
    kind: str
    minutes: int
    video_offered: bool


@dataclass(frozen=True, kw_only=True)
class Hours:
    """One weekly window in wall time; Monday is 0. Without a place it is for video and telephone."""

    weekday: int
    starts: time
    ends: time
    location: Location | None
    timezone: str


def add_place(*, details: PlaceDetails, actor: User) -> Location:
    """A new place; raises ValidationError naming the field."""
    with acting("add_place", actor=actor):
        place = Location(**vars(details))
        place.full_clean()
        place.save()
    return place


def change_place(*, place: Location, details: PlaceDetails, actor: User) -> Location:
    """A new name, address or zone. Sessions that are booked keep the wall time and zone they have."""
    with acting("change_place", actor=actor):
        locked = Location.objects.select_for_update().get(pk=place.pk)
        for field, value in vars(details).items():
            setattr(locked, field, value)
        locked.full_clean()
        locked.save()
    return locked


def retire_place(*, place: Location, actor: User, now: datetime) -> Location:
    """Nothing is booked there any more; refused while sessions or hours still name it."""
    with acting("retire_place", actor=actor):
        locked = Location.objects.select_for_update().get(pk=place.pk)
        _refuse_ahead(TherapySession.objects.filter(location=locked), now)
        if locked.availabilities.filter(clinician__is_active=True).exists():
            raise ValidationError(
                _("Somebody's weekly hours are still there. Change those first, under Hours.")
            )
        locked.is_active = False
        locked.save()
    return locked


def restore_place(*, place: Location, actor: User) -> Location:
    """The place can be booked again."""
    with acting("restore_place", actor=actor):
        locked = Location.objects.select_for_update().get(pk=place.pk)
        locked.is_active = True
        locked.save()
    return locked


def add_room(*, place: Location, name: str, actor: User) -> Room:
    """A new room; raises ValidationError if the place has one of that name."""
    with acting("add_room", actor=actor):
        room = Room(location=place, name=name.strip())
        _refuse_same_name(room)
        room.full_clean()
        room.save()
    return room


def rename_room(*, room: Room, name: str, actor: User) -> Room:
    """A new name for a room, unlike the others of its place."""
    with acting("rename_room", actor=actor):
        locked = Room.objects.select_for_update().get(pk=room.pk)
        locked.name = name.strip()
        _refuse_same_name(locked)
        locked.full_clean()
        locked.save()
    return locked


def retire_room(*, room: Room, actor: User, now: datetime) -> Room:
    """Nothing is booked into it any more; refused while sessions are still ahead in it."""
    with acting("retire_room", actor=actor):
        locked = Room.objects.select_for_update().get(pk=room.pk)
        _refuse_ahead(TherapySession.objects.filter(room=locked), now)
        locked.is_active = False
        locked.save()
    return locked


def restore_room(*, room: Room, actor: User) -> Room:
    """The room can be booked again."""
    with acting("restore_room", actor=actor):
        locked = Room.objects.select_for_update().get(pk=room.pk)
        locked.is_active = True
        locked.save()
    return locked


def add_service(*, details: ServiceDetails, actor: User) -> Service:
    """A new service; raises ValidationError naming the field."""
    with acting("add_service", actor=actor):
        service = Service(**vars(details))
        service.full_clean()
        service.save()
    return service


def change_service(*, service: Service, details: ServiceDetails, actor: User) -> Service:
    """Another name, kind or length. Sessions that are booked keep the minutes they have."""
    with acting("change_service", actor=actor):
        locked = Service.objects.select_for_update().get(pk=service.pk)
        for field, value in vars(details).items():
            setattr(locked, field, value)
        locked.full_clean()
        locked.save()
    return locked


def retire_service(*, service: Service, actor: User) -> Service:
    """No longer offered; what is booked takes place."""
    with acting("retire_service", actor=actor):
        locked = Service.objects.select_for_update().get(pk=service.pk)
        locked.is_active = False
        locked.save()
    return locked


def restore_service(*, service: Service, actor: User) -> Service:
    """Offered again."""
    with acting("restore_service", actor=actor):
        locked = Service.objects.select_for_update().get(pk=service.pk)
        locked.is_active = True
        locked.save()
    return locked


def add_hours(*, clinician: User, hours: Hours, actor: User) -> Availability:
    """One more weekly window; refused where it overlaps another of this clinician."""
    with acting("add_hours", actor=actor):
        _lock_hours(clinician)
        window = Availability(clinician=clinician, **vars(hours))
        _refuse_overlap(window)
        window.full_clean()
        window.save()
    return window


def add_week(*, clinician: User, week: Sequence[Hours], actor: User) -> list[Availability]:
    """Several weekly windows, all of them or none."""
    with acting("add_week", actor=actor):
        return [add_hours(clinician=clinician, hours=hours, actor=actor) for hours in week]


def change_hours(*, window: Availability, hours: Hours, actor: User) -> Availability:
    """Move a weekly window; sessions that are booked stay where they are."""
    with acting("change_hours", actor=actor):
        _lock_hours(window.clinician)
        locked = Availability.objects.get(pk=window.pk)
        for field, value in vars(hours).items():
            setattr(locked, field, value)
        _refuse_overlap(locked)
        locked.full_clean()
        locked.save()
    return locked


def remove_hours(*, window: Availability, actor: User) -> None:
    """Offer no more times in this window; sessions that are booked stay where they are."""
    with acting("remove_hours", actor=actor):
        Availability.objects.filter(pk=window.pk).delete()


def reopen_day(*, closure: Closure, actor: User) -> None:
    """The place is open that day after all; sessions that were called off stay so."""
    with acting("reopen_day", actor=actor):
        Closure.objects.filter(pk=closure.pk).delete()


def _refuse_ahead(sessions: TherapySessionQuerySet, now: datetime) -> None:
    count = sessions.upcoming(now).count()
    if count:
        raise ValidationError(
            ngettext(
                "%(count)d session is still ahead there. Move or cancel it first.",
                "%(count)d sessions are still ahead there. Move or cancel them first.",
                count,
            )
            % {"count": count}
        )


def _refuse_same_name(room: Room) -> None:
    others = Room.objects.filter(location=room.location, name__iexact=room.name).exclude(pk=room.pk)
    if others.exists():
        raise ValidationError({"name": _("This place has a room of that name.")})


def _lock_hours(clinician: User) -> None:
    """Two windows added at once must see one another."""
    User.objects.select_for_update().get(pk=clinician.pk)


def _refuse_overlap(window: Availability) -> None:
    if window.ends <= window.starts:
        raise ValidationError({"ends": _("The end comes after the beginning.")})
    same_day = Availability.objects.filter(clinician=window.clinician, weekday=window.weekday)
    overlapping = same_day.filter(starts__lt=window.ends, ends__gt=window.starts).exclude(pk=window.pk)
    if overlapping.exists():
        raise ValidationError(_("These hours overlap others of the same day."))
