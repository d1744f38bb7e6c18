"""Lays a week out: which session stands where in which day's column, and where there is room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Practice, User
from attendance.board import SessionRow
from sessions_app.slots import free_slots

SLOT_MINUTES = 5
GAP_MINUTES = 60
LANES = 3
# The first of these that somebody has colours the card.
BY_WEIGHT = (
    "not_recorded",
    "in_session",
    "arrived",
    "late",
    "asks_to_move",
    "no_show",
    "not_brought",
    "attended",
    "attended_late",
    "left_early",
    "confirmed",
    "expected",
)


@dataclass
class Card:
    """One session's place in its column, in slots of five minutes."""

    row: SessionRow
    start: int
    span: int
    lane: int = 1

    @property
    def tone_of(self) -> str:
        """The status that colours the card."""
        statuses = {person.status for person in self.row.participants}
        return next((one for one in BY_WEIGHT if one in statuses), next(iter(statuses), "expected"))


@dataclass
class Gap:
    """An hour that is free: a link to booking."""

    start: int
    span: int
    at: time


@dataclass
class DayColumn:
    """One day of the week."""

    on: date
    cards: list[Card] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    lanes: int = 1

    @property
    def book_label(self) -> str:
        return _("Book on %(day)s") % {"day": date_format(self.on, "l")}

    @property
    def rows(self) -> list[SessionRow]:
        return [card.row for card in self.cards]


@dataclass(frozen=True)
class Hour:
    """A line across the week."""

    start: int
    label: str


def hour_lines(practice: Practice) -> list[Hour]:
    """The hours that are shown: those in which the practice is open."""
    first, last = practice.opens_at.hour, _last_hour(practice)
    return [Hour((hour - first) * 60 // SLOT_MINUTES, f"{hour}:00") for hour in range(first, last)]


def _last_hour(practice: Practice) -> int:
    return practice.closes_at.hour + (1 if practice.closes_at.minute else 0)


def slots_shown(practice: Practice) -> int:
    return (_last_hour(practice) - practice.opens_at.hour) * 60 // SLOT_MINUTES


def lay_out(
    rows: Sequence[SessionRow], *, practice: Practice, monday: date, who: User | None, now: datetime
) -> list[DayColumn]:
    """The seven days, the weekend only where something is on it or there are hours."""
    days = {monday + timedelta(days=n): DayColumn(monday + timedelta(days=n)) for n in range(7)}
    for row in rows:
        day = days.get(row.starts_at.astimezone(practice.zone).date())
        if day:
            day.cards.append(_card(row, practice))
    for day in days.values():
        _give_lanes(day)
    if who:
        _add_gaps(days, practice, who, monday, now)
    return [day for day in days.values() if day.on.weekday() < 5 or day.cards or day.gaps]


def _card(row: SessionRow, practice: Practice) -> Card:
    begins = row.starts_at.astimezone(practice.zone).time()
    start = _slot(begins, practice)
    span = max(1, row.minutes // SLOT_MINUTES)
    last = slots_shown(practice) - 1
    return Card(row, min(max(start, 0), last), min(span, last + 1 - min(max(start, 0), last)))


def _slot(at: time, practice: Practice) -> int:
    return ((at.hour - practice.opens_at.hour) * 60 + at.minute) // SLOT_MINUTES


def _give_lanes(day: DayColumn) -> None:
    """Sessions at one time stand side by side; a called-off one leaves its place to the new one."""
    ends = [0] * LANES
    for card in sorted(day.cards, key=lambda card: (card.start, card.row.is_cancelled)):
        lane = next((n for n, end in enumerate(ends) if end <= card.start), LANES - 1)
        card.lane, ends[lane] = lane + 1, card.start + card.span
        day.lanes = max(day.lanes, card.lane)


def _add_gaps(
    days: dict[date, DayColumn], practice: Practice, who: User, monday: date, now: datetime
) -> None:
    slots = free_slots(clinicians=[who], minutes=GAP_MINUTES, first=monday, days=7, now=now)
    times = [slot.starts_at.astimezone(practice.zone) for slot in slots]
    for begins in _apart(times):
        day = days.get(begins.date())
        start = _slot(begins.time(), practice)
        if day and 0 <= start < slots_shown(practice) and not _is_under_a_card(day, start):
            day.gaps.append(Gap(start, GAP_MINUTES // SLOT_MINUTES, begins.time()))


def _is_under_a_card(day: DayColumn, start: int) -> bool:
    """A called-off session still stands there, though its time is free."""
    span = GAP_MINUTES // SLOT_MINUTES
    return any(card.start < start + span and start < card.start + card.span for card in day.cards)


def _apart(times: Iterable[datetime]) -> Iterable[datetime]:
    """Every time that does not overlap the one before it."""
    free_from: datetime | None = None
    for begins in times:
        if free_from is None or begins >= free_from:
            yield begins
            free_from = begins + timedelta(minutes=GAP_MINUTES)
