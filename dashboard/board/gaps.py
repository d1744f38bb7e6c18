"""Gaps to fill: what is left of a clinician's hours on the timeline, and can still be booked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from accounts.access import clinicians
from attendance.board import SessionRow
from dashboard.board.day import Day
from sessions_app.access import Taken, services, taken_times
from sessions_app.occupancy import clinician_key
from sessions_app.slots import STEP, Window, hours_of

# Of less than this nobody has a session, where the practice has not said what it offers.
USUALLY = 30  # minutes


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which nothing is booked, as far as it lies ahead."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    def holds(self, session: SessionRow) -> bool:
        return self.starts_at <= session.starts_at and session.ends_at <= self.ends_at


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is left in each column, by the clinician's public id, where it is long enough."""

    by_clinician: Mapping[str, list[Gap]]
    shortest: timedelta

    def hold(self, clinician: str, session: SessionRow) -> bool:
        """Of a session that was called off: nobody else has its time."""
        return any(gap.holds(session) for gap in self.by_clinician.get(clinician, ()))

    def beside(self, clinician: str, sessions: Iterable[SessionRow]) -> list[Gap]:
        """Those in which nothing else is drawn, such as a session that was called off."""
        drawn = [(one.starts_at, one.ends_at) for one in sessions]
        gaps = self.by_clinician.get(clinician, ())
        pieces = (piece for gap in gaps for piece in _between(gap.starts_at, gap.ends_at, drawn))
        return [piece for piece in pieces if piece.length >= self.shortest]


NONE = Gaps({}, timedelta())


def gaps_in(day: Day) -> Gaps:
    """The gaps of a day from now on; five queries, for whoever draws it anew."""
    shown = [column.clinician.public_id for column in day.columns if column.clinician.public_id]
    if not shown or day.looking.on < day.looking.today:
        return NONE
    people = list(clinicians().filter(public_id__in=shown))
    windows = [window for window in hours_of(people, day.looking.on, 1) if _is_shown(window, day)]
    if not windows:
        return NONE
    taken = taken_times(
        clinicians=people,
        rooms=(),
        begins=min(window.starts_at for window in windows),
        ends=max(window.ends_at for window in windows),
    )
    soonest, shortest = _next_step(day.now.astimezone(day.zone)), _shortest()
    gaps: dict[str, list[Gap]] = {}
    for window in windows:
        theirs = [one for one in taken if one.resource == clinician_key(window.clinician)]
        left = (gap for gap in _left(window, theirs, soonest) if gap.length >= shortest)
        gaps.setdefault(str(window.clinician.public_id), []).extend(left)
    return Gaps(gaps, shortest)


def _is_shown(window: Window, day: Day) -> bool:
    return day.place is None or window.location in (None, day.place)


def _shortest() -> timedelta:
    """What the practice's shortest session takes."""
    minutes = services().aggregate(least=Min("minutes"))["least"]
    return timedelta(minutes=minutes or USUALLY)


def _left(window: Window, taken: Iterable[Taken], soonest: datetime) -> Iterator[Gap]:
    times = [(one.starts_at, one.ends_at) for one in taken]
    return _between(max(window.starts_at, soonest), window.ends_at, times)


def _between(begins: datetime, ends: datetime, taken: Iterable[tuple[datetime, datetime]]) -> Iterator[Gap]:
    """What lies between the times taken, in their order."""
    free_from = begins
    for starts_at, ends_at in [*sorted(taken), (ends, ends)]:
        if free_from < (until := min(starts_at, ends)):
            yield Gap(free_from, until)
        free_from = max(free_from, ends_at)


def _next_step(now: datetime) -> datetime:
    """The next half hour on the wall."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + -(-(now - midnight) // STEP) * STEP
