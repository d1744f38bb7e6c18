"""Another time: the free ones as a phone shows them, a few days at a time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from portal.access import Visit
from portal.drawing import time_of, zone_of
from sessions_app.choices import own_slots

LOOK_AHEAD_DAYS = 28
FURTHEST_DAYS = 120
SHOWN_DAYS = 3
INSTANT = "%Y%m%dT%H%MZ"


@dataclass(frozen=True, slots=True)
class Offer:
    """One free time: `value` is its instant."""

    value: str
    clock: str
    label: str


@dataclass(frozen=True, slots=True)
class OfferDay:
    """A day with free times."""

    day: str
    offers: list[Offer]


@dataclass(frozen=True, slots=True)
class Offers:
    """What the page shows, and from which day on there may be more."""

    days: list[OfferDay]
    first: date
    is_first: bool
    later: date | None


def offers_for(visit: Visit, asked: str) -> Offers:
    """The free times of the first days that have any, from today or the day asked for."""
    today = visit.practice.today(visit.now)
    first = _day(asked, today)
    slots = own_slots(visit.participant, first=first, days=LOOK_AHEAD_DAYS, now=visit.now)
    zone = ZoneInfo(zone_of(visit))
    days = [
        (on, [_offer(visit, slot.starts_at) for slot in found])
        for on, found in groupby(slots, key=lambda slot: slot.starts_at.astimezone(zone).date())
    ]
    shown = days[:SHOWN_DAYS]
    last = shown[-1][0] if shown else first + timedelta(days=LOOK_AHEAD_DAYS - 1)
    later = last + timedelta(days=1)
    return Offers(
        days=[OfferDay(offers[0][1], [offer for offer, _day in offers]) for _on, offers in shown],
        first=first,
        is_first=first == today,
        later=later if later < today + timedelta(days=FURTHEST_DAYS) else None,
    )


def instant_of(value: str) -> datetime | None:
    """The moment that a choice names; None for anything else."""
    try:
        return datetime.strptime(value, INSTANT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _offer(visit: Visit, at: datetime) -> tuple[Offer, str]:
    time = time_of(visit, at)
    return Offer(at.astimezone(UTC).strftime(INSTANT), time.clock, str(time)), time.day


def _day(asked: str, today: date) -> date:
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today
    return min(max(day, today), today + timedelta(days=FURTHEST_DAYS))
