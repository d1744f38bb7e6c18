"""Gaps to fill: what is left of a clinician's hours on the timeline, and can still be booked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.access import clinicians
from attendance.board import SessionRow
from dashboard.board.day import Day
from sessions_app.access import Taken, taken_times
from sessions_app.occupancy import clinician_key
from sessions_app.slots import STEP, Window, hours_of

# Of less than this nobody has a session.
SHORTEST = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which nothing is booked, as far as it lies ahead."""

    starts_at: datetime
    ends_at: datetime

    def holds(self, session: SessionRow) -> bool:
        return self.starts_at <= session.starts_at and session.ends_at <= self.ends_at


def gaps_in(day: Day) -> Mapping[str, list[Gap]]:
    """The gaps of each column, by the clinician's public id; four queries, for whoever draws the day anew."""
    shown = [column.clinician.public_id for column in day.columns if column.clinician.public_id]
    if not shown or day.looking.on < day.looking.today:
        return {}
    people = list(clinicians().filter(public_id__in=shown))
    windows = [window for window in hours_of(people, day.looking.on, 1) if _is_shown(window, day)]
    if not windows:
        return {}
    taken = taken_times(
        clinicians=people,
        rooms=(),
        begins=min(window.starts_at for window in windows),
        ends=max(window.ends_at for window in windows),
    )
    soonest = _next_step(day.now.astimezone(day.zone))
    gaps: dict[str, list[Gap]] = {}
    for window in windows:
        theirs = [one for one in taken if one.resource == clinician_key(window.clinician)]
        gaps.setdefault(str(window.clinician.public_id), []).extend(_left(window, theirs, soonest))
    return gaps


def _is_shown(window: Window, day: Day) -> bool:
    return day.place is None or window.location in (None, day.place)


def beside(gaps: Iterable[Gap], sessions: Iterable[SessionRow]) -> list[Gap]:
    """What is left of the gaps beside what is drawn in them: sessions that were called off."""
    drawn = [(one.starts_at, one.ends_at) for one in sessions]
    return [left for gap in gaps for left in _between(gap.starts_at, gap.ends_at, drawn)]


def _left(window: Window, taken: Iterable[Taken], soonest: datetime) -> Iterator[Gap]:
    times = [(one.starts_at, one.ends_at) for one in taken]
    return _between(max(window.starts_at, soonest), window.ends_at, times)


def _between(begins: datetime, ends: datetime, taken: Iterable[tuple[datetime, datetime]]) -> Iterator[Gap]:
    """What lies between the times taken, in their order, and is long enough."""
    free_from = begins
    for starts_at, ends_at in [*sorted(taken), (ends, ends)]:
        gap = Gap(free_from, min(starts_at, ends))
        if gap.ends_at - gap.starts_at >= SHORTEST:
            yield gap
        free_from = max(free_from, ends_at)


def _next_step(now: datetime) -> datetime:
    """The next half hour on the wall."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + -(-(now - midnight) // STEP) * STEP
