"""Who on the waitlist a freed time would suit; no database, no clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sessions_app.models import TherapySession, WaitlistEntry


def suits(entry: WaitlistEntry, freed: TherapySession) -> bool:
    """Whether this freed time is one that they wait for.

    A couple, a family or a group is asked by telephone: one of them cannot answer for the others.
    """
    return (
        not entry.case.is_joint
        and entry.case.closed_on is None
        and not entry.client.is_silent
        and _suits_day(entry, freed)
        and _suits_clock(entry, freed)
        and _suits_people(entry, freed)
        and _suits_length(entry, freed)
    )


def _suits_day(entry: WaitlistEntry, freed: TherapySession) -> bool:
    if entry.until_on and freed.on > entry.until_on:
        return False
    return not entry.weekdays or freed.on.weekday() in entry.weekdays


def _suits_clock(entry: WaitlistEntry, freed: TherapySession) -> bool:
    begins = freed.starts_at.astimezone(freed.zone)
    ends = freed.ends_at.astimezone(freed.zone)
    if entry.from_time and begins.time() < entry.from_time:
        return False
    return not entry.until_time or (ends.date() == begins.date() and ends.time() <= entry.until_time)


def _suits_people(entry: WaitlistEntry, freed: TherapySession) -> bool:
    """With whom they would meet, all of them; and it is not the time that they gave up themselves."""
    leading = {one.clinician_id for one in freed.session_clinicians.all()}
    wished = {one.pk for one in entry.clinicians.all()}
    wished = wished or {one.clinician_id for one in entry.case.case_clinicians.all() if not one.until_on}
    gave_up = any(one.client_id == entry.client_id for one in freed.participants.all())
    return bool(leading) and leading <= wished and not gave_up


def _suits_length(entry: WaitlistEntry, freed: TherapySession) -> bool:
    if entry.session:
        return entry.session.minutes <= freed.minutes and entry.session_id != freed.pk
    return entry.service is None or entry.service.minutes <= freed.minutes


def is_elsewhere(times: Iterable[tuple[datetime, datetime]], freed: TherapySession) -> bool:
    """Whether one of these times, at which somebody is expected, is the same as the freed one."""
    return any(begins < freed.ends_at and freed.starts_at < ends for begins, ends in times)


def held_until(freed: TherapySession, *, now: datetime, minutes: int, lead: timedelta) -> datetime:
    """Until when an offer holds: so many minutes, but never into the time that is too near."""
    return min(now + timedelta(minutes=minutes), freed.starts_at - lead)
