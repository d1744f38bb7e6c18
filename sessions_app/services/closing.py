"""Verbs for a day on which a place is shut or a clinician is not there."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from sessions_app.models import CancelledBy, Closure, Location, Occupancy, TherapySession, TimeOff
from sessions_app.occupancy import clinician_key, lock_resources, shut_place
from sessions_app.querysets import TherapySessionQuerySet, day_bounds
from sessions_app.services.cancelling import cancel_session


@dataclass(frozen=True)
class DayOff:
    """What a closed or absent day did: the sessions called off, and those that had begun."""

    cancelled: list[TherapySession]
    left_alone: list[TherapySession]


def sessions_of_closure(*, location: Location, on: date, now: datetime) -> TherapySessionQuerySet:
    """The preview of a closure: what is still ahead at this place on this day."""
    day = TherapySession.objects.on_day(on, ZoneInfo(location.timezone), location)
    return day.upcoming(now).with_people()


def sessions_of_absence(
    *, clinician: User, on: date, zone: ZoneInfo, now: datetime
) -> TherapySessionQuerySet:
    """The preview of an absent day: what this clinician still has ahead on it."""
    return TherapySession.objects.on_day(on, zone).led_by(clinician).upcoming(now).with_people()


def close_day(*, location: Location, on: date, reason: str, actor: User | None, now: datetime) -> DayOff:
    """Shut a place for a day: its sessions are called off by the practice, each told once."""
    with acting("close_day", actor=actor):
        shut_place(location)
        Closure.objects.get_or_create(location=location, on=on, defaults={"reason": reason})
        return _call_off(sessions_of_closure(location=location, on=on, now=now), reason, actor=actor, now=now)


def absent_day(
    *, clinician: User, on: date, zone: ZoneInfo, reason: str, actor: User | None, now: datetime
) -> DayOff:
    """A clinician is not there for a day: their sessions are called off, the day is taken.

    A session of two clinicians goes on with the other one, and is left alone.
    """
    with acting("absent_day", actor=actor):
        lock_resources([clinician_key(clinician)])
        sessions = sessions_of_absence(clinician=clinician, on=on, zone=zone, now=now)
        result = _call_off(sessions, reason, actor=actor, now=now, spare_cotherapy=True)
        _take_off(clinician, on, zone, reason, now)
    return result


def _call_off(
    sessions: TherapySessionQuerySet,
    reason: str,
    *,
    actor: User | None,
    now: datetime,
    spare_cotherapy: bool = False,
) -> DayOff:
    result = DayOff([], [])
    # Rows only, in one order: calling off frees time and takes none, so no calendar is locked here.
    # Locking them session by session made two days off wait for one another.
    for session in sessions.order_by("pk"):
        if spare_cotherapy and len(session.session_clinicians.all()) > 1:
            result.left_alone.append(session)
            continue
        result.cancelled.append(
            cancel_session(session=session, by=CancelledBy.PRACTICE, reason=reason, actor=actor, now=now)
        )
    return result


def _take_off(clinician: User, on: date, zone: ZoneInfo, reason: str, now: datetime) -> None:
    """Occupy what is left of the day, around sessions that go on."""
    begins, ends = day_bounds(on, zone)
    key = clinician_key(clinician)
    _let_go_of_holds(key, begins, ends, now)
    going_on = Occupancy.objects.filter(
        resource=key, released_at=None, during__overlap=DateTimeTZRange(begins, ends)
    ).order_by("during")
    free_from = begins
    for occupancy in going_on:
        _occupy_time_off(clinician, key, free_from, occupancy.during.lower, reason)
        free_from = max(free_from, occupancy.during.upper)
    _occupy_time_off(clinician, key, free_from, ends, reason)


def _let_go_of_holds(key: str, begins: datetime, ends: datetime, now: datetime) -> None:
    """A time held for the waitlist is not one that goes on."""
    held = Occupancy.objects.filter(
        resource=key, released_at=None, during__overlap=DateTimeTZRange(begins, ends)
    )
    held.exclude(vacancy=None).update(released_at=now)


def _occupy_time_off(clinician: User, key: str, starts_at: datetime, ends_at: datetime, reason: str) -> None:
    if starts_at >= ends_at:
        return
    time_off = TimeOff.objects.create(
        clinician=clinician, starts_at=starts_at, ends_at=ends_at, reason=reason
    )
    Occupancy.objects.create(resource=key, during=DateTimeTZRange(starts_at, ends_at), time_off=time_off)


def cancel_time_off(*, time_off: TimeOff, actor: User | None, now: datetime) -> None:
    """They are there after all; sessions that were called off stay so."""
    if time_off.ends_at <= now:
        raise ValidationError(_("This time off is over."))
    with acting("cancel_time_off", actor=actor):
        time_off.occupancies.filter(released_at=None).update(released_at=now)
