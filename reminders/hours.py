"""Quiet hours: nothing that was not asked for goes out at night where the recipient is."""

from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import timezone as number_zones

OPENS = time(8)
CLOSES = time(21)


def next_open(now: datetime, zones: frozenset[str]) -> datetime:
    """The first instant from `now` on that lies within 8:00 and 21:00 in every one of the zones.

    Zones so far apart that they share no hour are given up on: the last one's opening counts.
    """
    moment = now
    for _ in range(2 * len(zones) + 2):
        later = max((_open_in(moment, zone) for zone in zones), default=moment)
        if later == moment:
            return moment
        moment = later
    return moment


def zones_of(recipient_zone: str, practice_zone: str, address: str) -> frozenset[str]:
    """The recipient's zone; while unknown, the practice's together with the area code's."""
    if recipient_zone:
        return frozenset({recipient_zone})
    return frozenset({practice_zone}) | _area_zones(address)


@lru_cache(maxsize=4096)
def _area_zones(address: str) -> frozenset[str]:
    if not address.startswith("+"):
        return frozenset()
    try:
        names = number_zones.time_zones_for_number(phonenumbers.parse(address))
    except phonenumbers.NumberParseException:
        return frozenset()
    # A number of the whole country says nothing about where its owner is.
    if len(names) > 3:
        return frozenset()
    return frozenset(name for name in names if "/" in name and not name.startswith("Etc/"))


def _open_in(moment: datetime, zone: str) -> datetime:
    local = moment.astimezone(ZoneInfo(zone))
    if OPENS <= local.time() < CLOSES:
        return moment
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    return datetime.combine(day, OPENS, tzinfo=ZoneInfo(zone)).astimezone(moment.tzinfo)
