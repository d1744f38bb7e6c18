"""Verbs that move a session or change how and where it is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from clients.models import Client
from clients.protection import refuse_together
from sessions_app.models import Closure, Location, Occupancy, Room, SessionClinician, TherapySession
from sessions_app.occupancy import occupy, refuse_conflicts, resource_keys
from sessions_app.services.freeing import note_freed_time
from sessions_app.services.locking import lock_with_calendar, people_expected, refuse_over, refuse_stale
from sessions_app.wall_time import instants

# In the history of every row that a move or change writes: which session was taken hold of. By it the rows are found
# again that are put back together (services/putting_back.py).
SHIFT = "shift"


@dataclass(frozen=True, kw_only=True)
class NewTime:
    """Where a session moves to: wall time in its own zone."""

    on: date
    at: time
    minutes: int | None = None  # None keeps its length


@dataclass(frozen=True, kw_only=True)
class NewSetting:
    """How and where a session is held, and by whom."""

    modality: str
    location: Location | None
    room: Room | None
    video_link: str
    clinicians: tuple[User, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a page has decided about a change: what it saw, and whether clients hear of it."""

    seen_version: int | None = None
    tell_clients: bool = True
    # Of those who are told otherwise: whom staff chose to leave out.
    not_told: tuple[Client, ...] = ()
    # Of people seen together one has come: it is held otherwise for who has not, and stays where it is.
    although_here: bool = False
    # The page offers an Undo, so the history says what belongs together. Never within another verb.
    has_way_back: bool = False

    def marks(self, session: TherapySession) -> dict[str, str]:
        """What the history says of each row that changes."""
        return {SHIFT: str(session.public_id)} if self.has_way_back else {}


def reschedule_session(
    *,
    session: TherapySession,
    to: NewTime,
    actor: User | None,
    now: datetime,
    change: Change = Change(),
) -> TherapySession:
    """Move a session. Its version rises, so that answers and messages about the old time are void.

    Raises SlotTaken where the new time is not free; ValidationError where the session or the new
    time is over, it was called off, or was changed meanwhile.
    """
    with acting("reschedule_session", actor=actor, **change.marks(session)):
        locked, keys = lock_with_calendar(session)
        _refuse_settled(locked, now)
        refuse_stale(locked, change.seen_version)
        _refuse_closed(locked.location, to.on)
        refuse_together(people_expected(locked))
        was = (locked.starts_at, locked.ends_at)
        _set_time(locked, to)
        refuse_over(locked.ends_at, now)
        refuse_conflicts(keys, locked, besides=locked)
        if not _overlaps(locked, was):
            note_freed_time(session=locked, freed_at=now)
        _save_change(locked, now, change)
        _follow_time(locked)
    return locked


def change_session(
    *,
    session: TherapySession,
    to: NewSetting,
    actor: User | None,
    now: datetime,
    change: Change = Change(),
) -> TherapySession:
    """Change room, place, mode or clinicians; the version rises as with a move."""
    with acting("change_session", actor=actor, **change.marks(session)):
        keys = resource_keys(to.clinicians, to.room)
        locked, had = lock_with_calendar(session, also=keys, at=to.location)
        _refuse_settled(locked, now, although_here=change.although_here)
        refuse_stale(locked, change.seen_version)
        if to.location != locked.location:
            _refuse_closed(to.location, locked.on)
        refuse_conflicts(keys, locked, besides=locked)
        if not set(had) & set(keys):
            note_freed_time(session=locked, freed_at=now)
        _set_setting(locked, to)
        _save_change(locked, now, change)
        _replace_clinicians(locked, to.clinicians)
        Occupancy.objects.filter(session=locked, released_at=None).delete()
        occupy([locked], keys)
    return locked


def relocate_session(
    *,
    session: TherapySession,
    to: NewTime,
    timezone: str,
    setting: NewSetting,
    actor: User | None,
    now: datetime,
    change: Change = Change(),
) -> TherapySession:
    """Move a session to another time and setting in one, as into a time that was freed.

    One new version, so that participants hear once; refused, neither is changed. Raises as
    `reschedule_session` does.
    """
    with acting("relocate_session", actor=actor):
        keys = resource_keys(setting.clinicians, setting.room)
        locked, had = lock_with_calendar(session, also=keys, at=setting.location)
        _refuse_settled(locked, now)
        refuse_stale(locked, change.seen_version)
        _refuse_closed(setting.location, to.on)
        refuse_together(people_expected(locked))
        was = (locked.starts_at, locked.ends_at)
        locked.timezone = timezone
        _set_time(locked, to)
        refuse_over(locked.ends_at, now)
        refuse_conflicts(keys, locked, besides=locked)
        if not (_overlaps(locked, was) and set(had) & set(keys)):
            note_freed_time(session=locked, freed_at=now)
        _set_setting(locked, setting)
        _save_change(locked, now, change)
        _replace_clinicians(locked, setting.clinicians)
        Occupancy.objects.filter(session=locked, released_at=None).delete()
        _follow_time(locked)
        occupy([locked], keys)
    return locked


def _set_setting(session: TherapySession, to: NewSetting) -> None:
    for field in ("modality", "location", "room", "video_link"):
        setattr(session, field, getattr(to, field))


def because_settled(session: TherapySession, now: datetime, *, although_here: bool = False) -> str:
    """Why nothing of it can be changed any more; empty where it can. Its participants may be loaded already."""
    if session.is_cancelled:
        return _("This session was called off. Book a new one instead.")
    # Moved, it would never be recorded how it went.
    if now >= session.ends_at:
        return _("This session is over. Note how it went, and book a new one.")
    people = session.participants.all()
    if any(one.recorded_at or (one.arrived_at and not although_here) for one in people):
        return _("Somebody has already come to this session. Undo that first.")
    return ""


def _refuse_settled(session: TherapySession, now: datetime, *, although_here: bool = False) -> None:
    if because := because_settled(session, now, although_here=although_here):
        raise ValidationError(because)


def _refuse_closed(location: Location | None, on: date) -> None:
    if location and Closure.objects.filter(location=location, on=on).exists():
        raise ValidationError({"on": _("%(name)s is closed that day.") % {"name": location.name}})


def _set_time(session: TherapySession, to: NewTime) -> None:
    session.on, session.at = to.on, to.at
    session.minutes = to.minutes or session.minutes
    session.starts_at, session.ends_at = instants(
        on=to.on, at=to.at, timezone=session.timezone, minutes=session.minutes
    )


def _overlaps(session: TherapySession, was: tuple[datetime, datetime]) -> bool:
    """Whether some of the time that it had is still its own."""
    return session.starts_at < was[1] and was[0] < session.ends_at


def _save_change(session: TherapySession, now: datetime, change: Change) -> None:
    session.version += 1
    session.changed_at = now
    session.tell_clients = change.tell_clients
    session.save()
    if change.not_told:
        left_out = session.participants.filter(client__in=change.not_told)
        left_out.update(untold_version=session.version)


def _follow_time(session: TherapySession) -> None:
    """What copies the session's time follows it."""
    session.participants.update(starts_at=session.starts_at)
    session.session_clinicians.update(starts_at=session.starts_at)
    Occupancy.objects.filter(session=session, released_at=None).update(
        during=DateTimeTZRange(session.starts_at, session.ends_at)
    )


def _replace_clinicians(session: TherapySession, clinicians: Sequence[User]) -> None:
    if not clinicians:
        raise ValidationError({"clinicians": _("Choose who leads the session.")})
    session.session_clinicians.exclude(clinician__in=clinicians).delete()
    SessionClinician.objects.bulk_create(
        [
            SessionClinician(session=session, clinician=clinician, starts_at=session.starts_at)
            for clinician in clinicians
        ],
        ignore_conflicts=True,
    )
