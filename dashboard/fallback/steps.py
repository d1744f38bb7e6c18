"""Which agreed steps a missing person's row offers, gathered for its reader in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import clock
from accounts.models import Practice, User
from accounts.roles import May
from attendance.access import MissingWithPlan, missing_with_plan
from attendance.board import ParticipantRow, SessionRow
from attendance.falling_back import MADE_UP_WITHIN
from attendance.models import HELD_KINDS, MISSED_OUTCOMES, FallbackStep, FallbackUse
from clients.access import cases_read_by
from clients.models import Case
from clients.screening import safe_among
from dashboard.follow_ups.reach import Reach, reaches_of
from sessions_app.models import Modality, Participant
from sessions_app.slots import Wanted, next_free

Rows = Iterable[tuple[SessionRow, ParticipantRow]]


@dataclass(frozen=True, slots=True)
class TimeOffered:
    """One agreed time at its next free occurrence; `value` is its instant."""

    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """What was agreed with one who is missing, and what of it can be done now."""

    participant: str
    called: str
    by_video: bool
    by_phone: bool
    times: list[TimeOffered]
    support: str
    note: str
    # What was done already, in words, and until when it can be taken back.
    done: str
    undo: str
    reach: Reach | None

    @property
    def has_step(self) -> bool:
        return self.by_video or self.by_phone or bool(self.times)


def is_missing(person: ParticipantRow, session: SessionRow, *, practice: Practice, now: datetime) -> bool:
    """Past the time that one waits and not here, or missed of late; nobody is called missing before."""
    if session.is_cancelled or person.cancelled_at or person.arrived_at:
        return False
    if person.outcome:
        return person.outcome in MISSED_OUTCOMES and now <= session.ends_at + MADE_UP_WITHIN
    return session.starts_at + timedelta(minutes=practice.waiting_minutes) <= now < session.ends_at


def fallbacks_for(rows: Rows, *, user: User, practice: Practice, now: datetime) -> dict[str, Fallback]:
    """What was agreed with those of these who are missing, by participant; one query where there is nothing."""
    missing = {
        person.public_id: (session, person)
        for session, person in rows
        if is_missing(person, session, practice=practice, now=now)
    }
    found = missing_with_plan(user, missing) if missing else []
    if not found:
        return {}
    reading = _Reading.of(found, user=user, practice=practice, now=now)
    shown = (_fallback(one, *missing[str(one.participant.public_id)], reading) for one in found)
    return {one.participant: one for one in shown if one}


@dataclass(frozen=True)
class _Reading:
    """What all of one answer share."""

    practice: Practice
    now: datetime
    words_of: frozenset[int]
    safe: frozenset[int]
    free: dict[int, list[datetime]]
    reaches: dict[int, Reach]

    @classmethod
    def of(cls, found: list[MissingWithPlan], *, user: User, practice: Practice, now: datetime) -> "_Reading":
        cases = {one.participant.session.case_id for one in found}
        together = {
            one.participant.session.case_id
            for one in found
            if one.participant.session.case.kind in HELD_KINDS
        }
        wanted = [Wanted(session=one.participant.session, times=one.plan.times) for one in found]
        free = next_free(wanted, now=now)
        called = [
            one.participant.client
            for one in found
            if one.plan.by_phone and one.participant.session.modality == Modality.PHONE
        ]
        return cls(
            practice=practice,
            now=now,
            words_of=cases_read_by(user, cases) if user.may(May.SEE_CLINICAL_WORDS) else frozenset(),
            safe=safe_among(together) if together else frozenset(),
            free={one.participant.pk: times for one, times in zip(found, free, strict=True)},
            reaches=reaches_of(called, practice=practice, now=now) if called else {},
        )


def _fallback(
    found: MissingWithPlan, session: SessionRow, person: ParticipantRow, reading: _Reading
) -> Fallback | None:
    participant, plan, use = found.participant, found.plan, found.use
    case = participant.session.case
    if case.kind in HELD_KINDS and case.pk not in reading.safe:
        return None
    settled = bool(use and use.is_another_time) or case.kind == Case.Kind.GROUP
    goes_on = reading.now < session.ends_at and (not person.outcome or person.undo_until_at is not None)
    switchable = goes_on and not settled
    reads = case.pk in reading.words_of
    return Fallback(
        participant=person.public_id,
        called=person.called,
        by_video=switchable and plan.by_video and session.modality != Modality.VIDEO,
        by_phone=switchable and plan.by_phone and session.modality != Modality.PHONE,
        times=[] if settled else _offered(reading.free[participant.pk], participant),
        support=plan.support if reads else "",
        note=plan.note if reads else "",
        done=_done(use, reading.practice) if use else "",
        undo=str(use.public_id) if use and _may_undo(use, reading) else "",
        reach=reading.reaches.get(participant.client_id),
    )


def _offered(free: list[datetime], participant: Participant) -> list[TimeOffered]:
    zone = participant.session.zone
    return [TimeOffered(begins.astimezone(UTC).isoformat(), time_words(begins, zone)) for begins in free]


def time_words(at: datetime, zone: ZoneInfo) -> str:
    """ "Thu 19 Nov 17:30": short enough for a button."""
    local = at.astimezone(zone)
    return f"{date_format(local, 'D j M')} {clock(local)}"


def _done(use: FallbackUse, practice: Practice) -> str:
    at = clock(use.used_at.astimezone(practice.zone))
    said = {
        FallbackStep.VIDEO: _("By video since %(at)s, as agreed. They have the link."),
        FallbackStep.PHONE: _("By telephone since %(at)s, as agreed."),
        FallbackStep.OTHER_TIME: _("Another time was booked at %(at)s, as agreed."),
    }
    return said[FallbackStep(use.step)] % {"at": at}


def _may_undo(use: FallbackUse, reading: _Reading) -> bool:
    until = use.used_at + timedelta(minutes=reading.practice.undo_minutes)
    return use.is_another_time and reading.now <= until
