"""Moving or lengthening one session, it and the later ones of its series, or all of them that lie ahead."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from sessions_app.models import Closure, Location, Room, Series, TherapySession
from sessions_app.occupancy import (
    Conflict,
    SlotTaken,
    client_key,
    conflicts_with,
    keep_open,
    lock_resources,
    resource_keys,
)
from sessions_app.services.changing import (
    SHIFT,
    Change,
    NewSetting,
    NewTime,
    because_settled,
    relocate_session,
)
from sessions_app.services.locking import OVER, refuse_stale
from sessions_app.wall_time import instants

# What one text can name; those after them are in their own reminders.
MOST_TOLD = 6
# Two years of weeks: a series has no end of its own.
MOST_SESSIONS = 104
EVERYBODY_HEARS = Change()


class Scope(TextChoices):
    """How much of a series a change is for."""

    THIS = "this", "Only this one"
    LATER = "later", "This one and the later ones"
    ALL = "all", "All that lie ahead"


@dataclass(frozen=True, kw_only=True)
class Shift:
    """Where one session goes, in wall time of its zone; the others of its series go with it."""

    on: date
    at: time
    minutes: int
    instead: tuple[User, User] | None = None  # whose place is taken, and by whom
    where: tuple[Location | None, Room | None] | None = None  # None keeps each one's own


@dataclass(frozen=True, kw_only=True)
class Shifting:
    """What becomes of one session; `because` says why its new time cannot be had."""

    session: TherapySession
    on: date
    at: time
    minutes: int
    setting: NewSetting
    conflicts: tuple[Conflict, ...] = ()
    because: str = ""
    # It was moved on its own before, and stays where it was put.
    is_its_own: bool = False

    @property
    def times(self) -> tuple[datetime, datetime]:
        """When it would begin and end."""
        zone = self.session.timezone
        return instants(on=self.on, at=self.at, timezone=zone, minutes=self.minutes)

    @property
    def changes(self) -> bool:
        """Whether it would be otherwise than it is."""
        one, to = self.session, self.setting
        as_it_is = (one.on, one.at, one.minutes, one.location, one.room, set(one.clinicians.all()))
        return as_it_is != (self.on, self.at, self.minutes, to.location, to.room, set(to.clinicians))

    @property
    def moves(self) -> bool:
        return self.changes and not self.because


@dataclass(frozen=True, kw_only=True)
class Shifted:
    """What a shift makes of the sessions that it is for: the one that was taken hold of, and the others by day."""

    this: Shifting
    others: tuple[Shifting, ...] = ()

    @property
    def moving(self) -> list[Shifting]:
        """Those that go, in the order of their new times."""
        every = [one for one in (self.this, *self.others) if one.moves]
        return sorted(every, key=lambda one: one.times)

    @property
    def told(self) -> list[Shifting]:
        """Those whose new time is in the one text that goes out; the others' is in their reminders."""
        return self.moving[:MOST_TOLD]

    @property
    def refused(self) -> list[Shifting]:
        return [one for one in self.others if one.because]


def series_ahead(session: TherapySession, *, actor: User, now: datetime) -> list[TherapySession]:
    """What still lies ahead of the series of this session, itself included, in order of time.

    As far as somebody may see it: who stands in for one session does not move a colleague's others.
    """
    if session.series is None:
        return [session]
    seen = TherapySession.objects.visible_to(actor)
    ahead = seen.filter(series=session.series, starts_at__gt=now, cancelled_at=None)
    loaded = ahead.select_related("location", "room", "series").prefetch_related(
        "clinicians", "participants__client"
    )
    return list(loaded.order_by("starts_at", "pk")[:MOST_SESSIONS])


def of_scope(session: TherapySession, ahead: Iterable[TherapySession], scope: str) -> list[TherapySession]:
    """The others of a series that a change to this one is for."""
    if scope == Scope.THIS:
        return []
    later_only = scope == Scope.LATER
    return [
        one
        for one in ahead
        if one.pk != session.pk and not (later_only and one.starts_at < session.starts_at)
    ]


def plan_shift(*, session: TherapySession, shift: Shift, scope: str, actor: User, now: datetime) -> Shifted:
    """What would become of each session, without changing anything: a page shows it before it asks.

    The others keep their own weeks: they go to the weekday and wall time of this one, as many weeks away
    as it goes. One that was moved on its own before stays; one that was lengthened on its own keeps its
    length. A constant number of queries for sessions that share their clinicians and room.
    """
    series = session.series
    others = of_scope(session, series_ahead(session, actor=actor, now=now), scope) if series else []
    this = _goes(session, shift, on=shift.on)
    rhythms = {_rhythm(session.on, session.at)}
    if series:
        rhythms.add(_rhythm(series.starts_on, series.at))
    steps = [this, *(_step(one, session, shift, rhythms) for one in others)]
    judged = _judged(steps, now)
    return Shifted(this=judged[0], others=tuple(judged[1:]))


def shift_sessions(
    *,
    session: TherapySession,
    shift: Shift,
    scope: str,
    actor: User,
    now: datetime,
    change: Change = EVERYBODY_HEARS,
) -> Shifted:
    """Do what `plan_shift` shows, in one transaction; one text names the first of the new times.

    Raises SlotTaken or ValidationError, as `relocate_session` does, where the one that was taken hold of
    cannot have its time: then nothing changes. Others that cannot stay where they are, and that is said.
    """
    with acting("shift_sessions", actor=actor, **{SHIFT: str(session.public_id)}):
        planned = plan_shift(session=fresh_copy(session), shift=shift, scope=scope, actor=actor, now=now)
        lock_steps([planned.this, *planned.others])
        fresh = fresh_copy(session)
        planned = plan_shift(session=fresh, shift=shift, scope=scope, actor=actor, now=now)
        if planned.this.conflicts:
            raise SlotTaken(planned.this.conflicts)
        told = {one.session.pk for one in planned.told} if change.tell_clients else set()
        if not planned.this.changes:
            _refuse_unchanged(fresh, change, now)
        done = {}
        for step in _in_turn(planned, fresh):
            its_change = replace(change, tell_clients=step.session.pk in told, seen_version=None)
            if step is planned.this:
                take_step(step, replace(its_change, seen_version=change.seen_version), actor=actor, now=now)
            else:
                done[step.session.pk] = _try(step, its_change, actor=actor, now=now)
        result = replace(planned, others=tuple(done.get(one.session.pk, one) for one in planned.others))
        _follow_series(fresh, shift, scope, result)
    return result


def _rhythm(on: date, at: time | None) -> tuple[int, time | None]:
    return on.weekday(), at


def _step(
    one: TherapySession, session: TherapySession, shift: Shift, rhythms: set[tuple[int, time | None]]
) -> Shifting:
    """The same weekday and time in this one's own week, as many weeks away."""
    if _rhythm(one.on, one.at) not in rhythms:
        return replace(
            _goes(one, shift, on=one.on),
            at=one.at or shift.at,
            minutes=one.minutes,
            setting=_setting(one),
            is_its_own=True,
        )
    minutes = shift.minutes if one.minutes == session.minutes else one.minutes
    weeks = (_monday(shift.on) - _monday(session.on)).days // 7
    on = _monday(one.on) + timedelta(weeks=weeks, days=shift.on.weekday())
    return replace(_goes(one, shift, on=on), minutes=minutes)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _goes(one: TherapySession, shift: Shift, *, on: date) -> Shifting:
    return Shifting(session=one, on=on, at=shift.at, minutes=shift.minutes, setting=_setting(one, shift))


def _setting(one: TherapySession, shift: Shift | None = None) -> NewSetting:
    """How and where it is held as it is, but for who leads and where."""
    leaders = list(one.clinicians.all())
    location, room = one.location, one.room
    if shift and shift.instead:
        before, after = shift.instead
        leaders = list(dict.fromkeys(after if who == before else who for who in leaders))
    if shift and shift.where:
        location, room = shift.where
    return NewSetting(
        modality=one.modality,
        location=location,
        room=room,
        video_link=one.video_link,
        clinicians=tuple(leaders),
    )


def _keys(step: Shifting) -> tuple[str, ...]:
    return tuple(resource_keys(step.setting.clinicians, step.setting.room))


def _keys_of(session: TherapySession) -> list[str]:
    return resource_keys(session.clinicians.all(), session.room)


def _judged(steps: Sequence[Shifting], now: datetime) -> list[Shifting]:
    """With what stands against each: taken time, a closed day, an hour that is past."""
    moving = [one for one in steps if one.changes]
    going = [one.session for one in moving]
    groups: dict[tuple[str, ...], list[Shifting]] = {}
    for step in moving:
        groups.setdefault(_keys(step), []).append(step)
    taken = {
        keys: conflicts_with(keys, [step.times for step in group], besides=going) if keys else {}
        for keys, group in groups.items()
    }
    closed = _closed(moving)
    judged = [
        _with_reason(step, taken[_keys(step)].get(step.times, []), closed, now) if step.changes else step
        for step in steps
    ]
    return _with_those_that_stay(judged)


def _with_those_that_stay(steps: Sequence[Shifting]) -> list[Shifting]:
    """What has to stay keeps its time from another of them, which then stays as well, and so on."""
    found = {one.session.pk: one for one in steps}
    staying = [one for one in steps if one.because]
    while staying:
        behind = [(one, _time_of(staying, one)) for one in found.values() if one.moves]
        staying = [_refused(one, conflicts) for one, conflicts in behind if conflicts]
        found |= {one.session.pk: one for one in staying}
    return [found[one.session.pk] for one in steps]


def _time_of(staying: Sequence[Shifting], step: Shifting) -> list[Conflict]:
    """What this one would need of the time that these keep."""
    begins, ends = step.times
    kept = [one.session for one in staying if one.session.starts_at < ends and begins < one.session.ends_at]
    return [
        Conflict(resource=key, starts_at=one.starts_at, ends_at=one.ends_at, is_time_off=False)
        for one in kept
        for key in _keys_of(one)
        if key in _keys(step)
    ]


def _closed(steps: Sequence[Shifting]) -> set[tuple[int, date]]:
    places = {step.setting.location.pk for step in steps if step.setting.location}
    closures = Closure.objects.filter(location__in=places, on__in={step.on for step in steps})
    return set(closures.values_list("location_id", "on"))


def _with_reason(
    step: Shifting, conflicts: Sequence[Conflict], closed: set[tuple[int, date]], now: datetime
) -> Shifting:
    place = step.setting.location
    if because := because_settled(step.session, now):
        return replace(step, because=because)
    if step.times[1] <= now:
        return replace(step, because=_(OVER))
    if place and (place.pk, step.on) in closed:
        return replace(step, because=_("%(name)s is closed that day.") % {"name": place.name})
    return _refused(step, conflicts) if conflicts else step


def _refused(step: Shifting, conflicts: Sequence[Conflict]) -> Shifting:
    return replace(step, conflicts=tuple(conflicts), because=" ".join(SlotTaken(conflicts).messages))


def fresh_copy(session: TherapySession) -> TherapySession:
    """As it stands now: what is here already is not asked of the page's own copy."""
    loaded = TherapySession.objects.select_related("series", "location", "room")
    return loaded.prefetch_related("clinicians", "participants__client").get(pk=session.pk)


def lock_steps(steps: Sequence[Shifting]) -> None:
    """Everybody, every room and every place that any step concerns, at once and in the one order."""
    keys: set[str] = set()
    places: dict[int, Location] = {}
    for step in steps:
        one = step.session
        keys.update(_keys(step), _keys_of(one))
        keys.update(client_key(person.client_id) for person in one.participants.all())
        places |= {place.pk: place for place in (one.location, step.setting.location) if place}
    lock_resources(keys)
    for _pk, place in sorted(places.items()):
        keep_open(place)


def _in_turn(planned: Shifted, session: TherapySession) -> list[Shifting]:
    """So that each takes a time that the one before it has left: later ones first where they go later."""
    # This one also where it cannot: then it says why, and nothing changes.
    this = [planned.this] if planned.this.changes else []
    going = [*this, *(one for one in planned.others if one.moves)]
    goes_later = planned.this.times[0] > session.starts_at
    return sorted(going, key=lambda one: one.session.starts_at, reverse=goes_later)


def _refuse_unchanged(session: TherapySession, change: Change, now: datetime) -> None:
    """It stays as it is, so no verb has looked whether it may be changed at all."""
    refuse_stale(session, change.seen_version)
    if because := because_settled(session, now):
        raise ValidationError(because)


def _try(step: Shifting, change: Change, *, actor: User, now: datetime) -> Shifting:
    """One that cannot have its new time says why, and stays as it was."""
    try:
        take_step(step, change, actor=actor, now=now)
    except ValidationError as refusal:
        return replace(step, because=" ".join(refusal.messages))
    return step


def take_step(step: Shifting, change: Change, *, actor: User, now: datetime) -> TherapySession:
    """Put one session where its step says; raises as `relocate_session` does."""
    return relocate_session(
        session=step.session,
        to=NewTime(on=step.on, at=step.at, minutes=step.minutes),
        timezone=step.session.timezone,
        setting=step.setting,
        actor=actor,
        now=now,
        change=change,
    )


def _follow_series(session: TherapySession, shift: Shift, scope: str, done: Shifted) -> None:
    """Those that go on at another time are a series of their own, so that they can be changed as one again.

    What stays where it was stays in the series that it was in.
    """
    old = session.series
    moved = [one for one in done.others if one.moves]
    is_elsewhere = any((one.on, one.at) != (one.session.on, one.session.at) for one in moved)
    if old is None or scope == Scope.THIS or not is_elsewhere:
        return
    together = [done.this, *moved]
    new = Series.objects.create(
        case_id=session.case_id,
        rule=re.sub(r"COUNT=\d+", f"COUNT={len(together)}", old.rule),
        starts_on=_monday(min(one.on for one in together)) + timedelta(days=shift.on.weekday()),
        at=shift.at,
        timezone=session.timezone,
    )
    TherapySession.objects.filter(pk__in=[one.session.pk for one in together]).update(series=new)
    if not old.sessions.filter(starts_at__gte=session.starts_at, cancelled_at=None).exists():
        Series.objects.filter(pk=old.pk, ended_on=None).update(ended_on=session.on)
