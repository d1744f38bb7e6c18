"""What stands against a time, in sentences: what is taken, and who has another session then."""

from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import clock
from accounts.models import User
from clients.models import Client
from sessions_app.access import participants_of
from sessions_app.models import Room, TherapySession
from sessions_app.occupancy import Conflict, SlotTaken, clinician_key, resource_keys


def what_is_in_the_way(
    error: SlotTaken, *, clinicians: Iterable[User], room: Room | None, zone: ZoneInfo
) -> list[str]:
    """A sentence for each stretch that is taken: whose it is, and from when to when."""
    names = {clinician_key(clinician): clinician.name for clinician in clinicians}
    if room:
        [key] = resource_keys([], room)
        names[key] = room.name
    return [_sentence(conflict, names.get(conflict.resource, ""), zone) for conflict in error.conflicts]


def _sentence(conflict: Conflict, name: str, zone: ZoneInfo) -> str:
    begins, ends = conflict.starts_at.astimezone(zone), conflict.ends_at.astimezone(zone)
    facts = {"name": name, "day": date_format(begins, "l j F"), "from": clock(begins)}
    if conflict.is_time_off:
        return _("%(name)s is not there on %(day)s.") % facts
    return _("%(name)s is taken on %(day)s from %(from)s to %(to)s.") % {**facts, "to": clock(ends)}


def who_is_elsewhere(
    people: Iterable[Client],
    times: list[tuple[datetime, datetime]],
    *,
    besides: Collection[TherapySession] = (),
) -> str:
    """Whose own sessions overlap; without saying which, since they may be with somebody else."""
    there = participants_of(people).at_the_time(people, times)
    busy = {one.client.display_name for one in there if one.session not in besides}
    if not busy:
        return ""
    return _("%(names)s already has another session at that time.") % {"names": ", ".join(sorted(busy))}
