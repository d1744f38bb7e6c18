"""Which buttons somebody at a session gets: the five outcomes, and the rarer ones behind "More"."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attendance.board import ParticipantRow, SessionRow
from attendance.models import ATTENDED_OUTCOMES, Outcome
from dashboard.templatetags.kept_ui import STATUSES
from sessions_app.models import Modality

# Two marks that are facts of the participant; all others are outcomes.
ARRIVED, CANCELLED = "arrived", "cancelled"


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: what it records, how it reads, and whether it stands or may be pressed."""

    value: str
    # It follows from the rest; comparing two that are still to be translated would translate both.
    word: str | Promise = field(compare=False)
    icon: str
    tone: str
    key: str = ""
    pressed: bool = False
    enabled: bool = True


def five(person: ParticipantRow, session: SessionRow, now: datetime) -> list[Choice]:
    """Arrived, late, attended, missed, cancelled; for children "not brought" in place of missed."""
    return list(_five(_missed_of(person), person.standing, _open_to(person, session, now)))


def next_steps(person: ParticipantRow, session: SessionRow, now: datetime) -> list[Choice]:
    """In a dense line: only what may come next. Who has an outcome is corrected in the panel."""
    if person.outcome or person.cancelled_at:
        return []
    wanted = [choice for choice in five(person, session, now) if choice.enabled and not choice.pressed]
    if person.arrived_at:
        # The hour is going on: nearly always it ends as attended.
        return [choice for choice in wanted if choice.value in ATTENDED_OUTCOMES]
    return wanted


def rarer(person: ParticipantRow, session: SessionRow, now: datetime) -> list[Choice]:
    """What happens now and then, with or without minutes."""
    if person.cancelled_at or not _may_record(person, session, now):
        return []
    outcomes = [Outcome.COULD_NOT_BE_SEEN, Outcome.EXCUSED]
    if session.modality != Modality.IN_PERSON:
        outcomes.insert(0, Outcome.COULD_NOT_CONNECT)
    if person.is_minor:
        outcomes.append(Outcome.NO_SHOW)
    return [_rare(outcome, person) for outcome in outcomes]


def minutes_late(
    *, arrived_at: datetime | None, starts_at: datetime, ends_at: datetime, now: datetime
) -> int | None:
    """How late somebody is or was, at least a minute; unknown once it is over and nobody saw them come."""
    if arrived_at is None and now >= ends_at:
        return None
    return max(int(((arrived_at or now) - starts_at).total_seconds() // 60), 1)


# A hundred people stand in a dozen ways: each is thought through once.
@lru_cache(maxsize=256)
def _five(missed: str, standing: str, open_to: frozenset[str]) -> tuple[Choice, ...]:
    keys = {ARRIVED: "a", Outcome.ATTENDED_LATE: "l", Outcome.ATTENDED: "t", missed: "m", CANCELLED: "c"}
    return tuple(_choice(value, key, open_to, pressed=value == standing) for value, key in keys.items())


# On a button there is room for one word.
_WORDS: dict[str, Promise] = {
    ARRIVED: _("Arrived"),
    Outcome.ATTENDED_LATE: _("Late"),
    Outcome.ATTENDED: _("Attended"),
    Outcome.NO_SHOW: _("Missed"),
    Outcome.NOT_BROUGHT: _("Not brought"),
    CANCELLED: _("Cancelled"),
}


def _missed_of(person: ParticipantRow) -> str:
    if person.outcome == Outcome.NO_SHOW or not person.is_minor:
        return Outcome.NO_SHOW
    return Outcome.NOT_BROUGHT


def _is(person: ParticipantRow, outcome: str) -> bool:
    return person.outcome == outcome


def _may_record(person: ParticipantRow, session: SessionRow, now: datetime) -> bool:
    return person.arrived_at is not None or now >= session.starts_at


def _open_to(person: ParticipantRow, session: SessionRow, now: datetime) -> frozenset[str]:
    """What the services would take now."""
    if person.cancelled_at or session.cancelled_at:
        return frozenset()
    begun = _may_record(person, session, now)
    recordable = {Outcome.ATTENDED_LATE, Outcome.ATTENDED, Outcome.NO_SHOW, Outcome.NOT_BROUGHT}
    marks = {outcome.value for outcome in recordable} if begun else set()
    if not person.outcome:
        marks.add(ARRIVED)
        if not person.arrived_at:
            marks.add(CANCELLED)
    return frozenset(marks)


def _choice(value: str, key: str, open_to: frozenset[str], *, pressed: bool) -> Choice:
    code = "late" if value == Outcome.ATTENDED_LATE else value
    mark = STATUSES[code]
    enabled = value in open_to or pressed
    return Choice(str(value), _WORDS[value], mark.icon, mark.tone, key, pressed=pressed, enabled=enabled)


def _rare(outcome: Outcome, person: ParticipantRow) -> Choice:
    mark = STATUSES[outcome]
    return Choice(outcome.value, mark.word, mark.icon, mark.tone, pressed=_is(person, outcome))
