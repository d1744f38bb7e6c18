"""Free times as a page offers them: by day, filtered, a few days at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from accounts.models import User
from sessions_app.models import Room, TherapySession
from sessions_app.slots import Slot, common_slots, free_slots

LOOK_AHEAD_DAYS = 28
SHOWN_DAYS = 6
EVENING = time(17)
ANY, EVENINGS, WEEKENDS = "any", "evenings", "weekends"
INSTANT = "%Y-%m-%dT%H:%MZ"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What kind of time is looked for."""

    clinicians: Sequence[User]
    minutes: int
    first: date
    zone: ZoneInfo
    when: str = ANY
    room: Room | None = None
    besides: TherapySession | None = None


@dataclass(frozen=True)
class Offer:
    """One free time: `value` is its instant, `at` its wall time."""

    value: str
    at: time


@dataclass(frozen=True)
class OfferDay:
    """A day with free times."""

    on: date
    offers: list[Offer]


@dataclass(frozen=True, kw_only=True)
class Offers:
    """What the picker shows."""

    wish: Wish | None = None
    days: list[OfferDay] = field(default_factory=list)

    @property
    def next_first(self) -> date | None:
        """The day from which the next page of times begins."""
        if self.wish is None:
            return None
        last = self.days[-1].on if self.days else self.wish.first + timedelta(days=LOOK_AHEAD_DAYS - 1)
        return last + timedelta(days=1)


def offers_for(wish: Wish | None, *, now: datetime) -> Offers:
    """The free times of the first days that have any, in four weeks from the day wished for."""
    if wish is None:
        return Offers()
    slots = free_slots(
        clinicians=wish.clinicians,
        minutes=wish.minutes,
        first=wish.first,
        days=LOOK_AHEAD_DAYS,
        now=now,
        room=wish.room,
        besides=wish.besides,
    )
    local = [_Local(slot, wish.zone) for slot in common_slots(slots, clinicians=wish.clinicians)]
    fitting = [one for one in local if _fits(one, wish.when)]
    days = [
        OfferDay(on, [one.offer for one in group]) for on, group in groupby(fitting, key=lambda one: one.on)
    ]
    return Offers(wish=wish, days=days[:SHOWN_DAYS])


class _Local:
    """A slot in the wall time of the place."""

    def __init__(self, slot: Slot, zone: ZoneInfo) -> None:
        begins = slot.starts_at.astimezone(zone)
        self.on, self.at = begins.date(), begins.time()
        self.offer = Offer(slot.starts_at.astimezone(UTC).strftime(INSTANT), self.at)


def _fits(one: _Local, when: str) -> bool:
    if when == EVENINGS:
        return one.at >= EVENING
    if when == WEEKENDS:
        return one.on.weekday() >= 5
    return True


def instant_of(value: str) -> datetime:
    """The instant that an offer's value names; raises ValueError for anything else."""
    return datetime.strptime(value, INSTANT).replace(tzinfo=UTC)
