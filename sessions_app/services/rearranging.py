"""A case's sessions from now on, brought to what was agreed: how often, when and how, in one step (row 3.10)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from accounts.audit import acting
from accounts.models import User
from clients.models import Case
from sessions_app.models import (
    CancelledBy,
    Location,
    Modality,
    Room,
    Series,
    TherapySession,
)
from sessions_app.occupancy import SlotTaken, case_key, client_key, lock_resources, resource_keys
from sessions_app.services.booking import book_session, booking_like
from sessions_app.services.cancelling import cancel_session
from sessions_app.services.changing import Change, NewSetting, NewTime, relocate_session
from sessions_app.wall_time import weekly_days, weekly_rule

MOST_SESSIONS = 30
NO_ROOM = gettext_lazy("Choose a place for meeting in person.")


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """What was agreed: wall time in the zone of the sessions, every so many weeks."""

    every_weeks: int
    weekday: int  # Monday is 0
    at: time
    modality: str
    video_link: str = ""
    location: Location | None = None
    room: Room | None = None
    count: int | None = None  # how many ahead; as far as they are booked now, without


@dataclass(frozen=True, kw_only=True)
class Step:
    """What becomes of one session, or of one day."""

    on: date
    at: time
    session: TherapySession | None = None  # None: a new one
    kind: str = "stays"  # stays, changes, books, calls_off
    because: str = ""  # why a day could not be had


@dataclass(frozen=True, kw_only=True)
class Rearranged:
    """What a new rhythm makes of the sessions ahead, by day."""

    steps: tuple[Step, ...]

    def of(self, kind: str) -> list[Step]:
        return [step for step in self.steps if step.kind == kind]

    @property
    def refused(self) -> list[Step]:
        return [step for step in self.steps if step.because]


def sessions_ahead(case: Case, now: datetime) -> list[TherapySession]:
    """What a new rhythm would change: everything still expected of this case, the next first."""
    ahead = TherapySession.objects.filter(case=case, starts_at__gt=now, cancelled_at=None, is_history=False)
    loaded = ahead.select_related("case", "location", "room", "service", "series")
    people = loaded.prefetch_related("clinicians", "participants__client")
    return list(people.order_by("starts_at", "pk")[:MOST_SESSIONS])


def plan_rhythm(*, case: Case, rhythm: Rhythm, now: datetime) -> Rearranged:
    """What would change, without changing it: the page shows this before anybody agrees to it.

    A session in the week of a new day is moved to it; those of weeks that fall out are called off; days
    beyond them are booked. Raises ValidationError where nothing is booked to begin from, or a mode lacks
    what it needs.
    """
    ahead = sessions_ahead(case, now)
    if not ahead:
        raise ValidationError(
            gettext("Nothing is booked ahead. Book the first session, then choose how often.")
        )
    _refuse_incomplete(rhythm)
    days = _days(ahead, rhythm, now)
    by_week: dict[tuple[int, int], list[TherapySession]] = {}
    for session in ahead:
        by_week.setdefault(_week(session.on), []).append(session)
    steps = []
    for day in days:
        waiting = by_week.get(_week(day), [])
        steps.append(_step(day, rhythm, waiting.pop(0) if waiting else None))
    for left in by_week.values():
        steps += [Step(on=one.on, at=one.at or time(), session=one, kind="calls_off") for one in left]
    return Rearranged(steps=tuple(sorted(steps, key=lambda step: (step.on, step.kind))))


def apply_rhythm(*, case: Case, rhythm: Rhythm, actor: User, now: datetime) -> Rearranged:
    """Do what `plan_rhythm` shows, in one transaction. No notice goes for each session: whoever agreed it says
    it in one word, and a reminder that told an older truth is corrected as ever.

    Days that cannot be had are left as they are and said. Raises as `plan_rhythm`, and ValidationError where
    not one of them could be had.
    """
    with acting("apply_rhythm", actor=actor):
        _lock(case, rhythm, now)
        planned = plan_rhythm(case=case, rhythm=rhythm, now=now)
        ahead = sessions_ahead(case, now)
        like = ahead[0]
        series = Series.objects.create(
            case=case,
            rule=weekly_rule(every_weeks=rhythm.every_weeks, count=max(1, len(planned.steps))),
            starts_on=planned.steps[0].on,
            at=rhythm.at,
            timezone=like.timezone,
        )
        # Times are given back before others are taken: a move may need one of them.
        done = [_call_off(step, actor, now) for step in planned.of("calls_off")]
        done += [
            _do(step, rhythm, like=like, actor=actor, now=now)
            for step in planned.steps
            if step.kind != "calls_off"
        ]
        changed = [step for step in done if not step.because and step.kind != "stays"]
        if not changed and any(step.because for step in done):
            raise ValidationError(next(step.because for step in done if step.because))
        _join(series, done)
        Series.objects.filter(case=case, ended_on=None).exclude(pk=series.pk).update(ended_on=like.on)
    return Rearranged(steps=tuple(sorted(done, key=lambda step: (step.on, step.kind))))


def _refuse_incomplete(rhythm: Rhythm) -> None:
    if not 1 <= rhythm.every_weeks <= 12:
        raise ValidationError({"every_weeks": gettext("Choose from every week to every twelve weeks.")})
    if rhythm.modality == Modality.VIDEO and not rhythm.video_link:
        raise ValidationError({"video_link": gettext("Give the address at which you meet by video.")})
    if rhythm.modality == Modality.IN_PERSON and rhythm.location is None:
        raise ValidationError({"location": NO_ROOM})


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


def _days(ahead: Sequence[TherapySession], rhythm: Rhythm, now: datetime) -> list[date]:
    """From the week of the next session on, as far as they are booked now, or so many."""
    first = ahead[0]
    day = first.on + timedelta(days=rhythm.weekday - first.on.weekday())
    begins = _begins(first, day, rhythm.at)
    if begins <= now:
        day += timedelta(weeks=1)
    last = max(ahead[-1].on, day)
    count = rhythm.count or (last - day).days // (7 * rhythm.every_weeks) + 1
    return weekly_days(first=day, every_weeks=rhythm.every_weeks, count=min(count, MOST_SESSIONS))


def _begins(session: TherapySession, on: date, at: time) -> datetime:
    """When this session would begin on that day, at that wall time of its zone."""
    return datetime.combine(on, at, tzinfo=session.zone)


def _step(day: date, rhythm: Rhythm, session: TherapySession | None) -> Step:
    if session is None:
        return Step(on=day, at=rhythm.at, kind="books")
    same = (session.on, session.at) == (day, rhythm.at) and not _needs_setting(session, rhythm)
    return Step(on=day, at=rhythm.at, session=session, kind="stays" if same else "changes")


def _needs_setting(session: TherapySession, rhythm: Rhythm) -> bool:
    setting = _setting(session, rhythm)
    return any(
        getattr(session, field) != getattr(setting, field)
        for field in ("modality", "location", "room", "video_link")
    )


def _setting(session: TherapySession, rhythm: Rhythm) -> NewSetting:
    in_person = rhythm.modality == Modality.IN_PERSON
    keeps_its_place = (
        in_person and session.modality == Modality.IN_PERSON and session.location == rhythm.location
    )
    return NewSetting(
        modality=rhythm.modality,
        location=rhythm.location if in_person else None,
        room=(session.room if keeps_its_place else rhythm.room) if in_person else None,
        video_link=rhythm.video_link if rhythm.modality == Modality.VIDEO else "",
        clinicians=tuple(session.clinicians.all()),
    )


def _call_off(step: Step, actor: User, now: datetime) -> Step:
    assert step.session  # noqa: S101  # of this kind it has one
    cancel_session(
        session=step.session,
        by=CancelledBy.PRACTICE,
        reason="Agreed: another rhythm",
        actor=actor,
        now=now,
        tell_clients=False,
    )
    return step


def _do(
    step: Step,
    rhythm: Rhythm,
    *,
    like: TherapySession,
    actor: User,
    now: datetime,
) -> Step:
    """One day of the new rhythm; a day that cannot be had says why and stays as it was."""
    try:
        if step.kind == "changes":
            return replace(step, session=_changed(step, rhythm, actor=actor, now=now))
        if step.kind == "books":
            return replace(step, session=_booked(step, rhythm, like=like, actor=actor, now=now))
    except SlotTaken as taken:
        return replace(step, because=" ".join(taken.messages))
    except ValidationError as refusal:
        return replace(step, because=" ".join(refusal.messages))
    return step


def _changed(step: Step, rhythm: Rhythm, *, actor: User, now: datetime) -> TherapySession:
    session = step.session
    assert session  # noqa: S101  # of this kind it has one
    return relocate_session(
        session=session,
        to=NewTime(on=step.on, at=step.at),
        timezone=session.timezone,
        setting=_setting(session, rhythm),
        actor=actor,
        now=now,
        change=Change(tell_clients=False),
    )


def _booked(
    step: Step, rhythm: Rhythm, *, like: TherapySession, actor: User, now: datetime
) -> TherapySession:
    setting = _setting(like, rhythm)
    booking = replace(
        booking_like(like, on=step.on, at=step.at),
        modality=setting.modality,
        location=setting.location,
        room=setting.room,
        video_link=setting.video_link,
    )
    return book_session(booking=booking, actor=actor, now=now)


def _join(series: Series, steps: Sequence[Step]) -> None:
    """What is met in the new rhythm is one series, so that it can be changed as one again."""
    theirs = [
        step.session.pk for step in steps if step.session and not step.because and step.kind != "calls_off"
    ]
    TherapySession.objects.filter(pk__in=theirs).update(series=series)


def _lock(case: Case, rhythm: Rhythm, now: datetime) -> None:
    """Everybody whom any of the steps concerns, at once: no step goes back for an earlier lock."""
    ahead = sessions_ahead(case, now)
    keys: set[str] = {case_key(case.pk)}
    for session in ahead:
        keys.update(resource_keys(session.clinicians.all(), session.room))
        keys.update(client_key(one.client_id) for one in session.participants.all())
    if rhythm.room:
        keys.update(resource_keys((), rhythm.room))
    lock_resources(keys)
