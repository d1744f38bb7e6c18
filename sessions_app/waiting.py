"""Who on the waitlist a freed time would suit; no database, no clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from clients.models import Case, Client, Engagement
from sessions_app.models import Vacancy, WaitlistEntry


def suits(entry: WaitlistEntry, freed: Vacancy) -> bool:
    """Whether this freed time is one that they wait for.

    A group is asked by telephone: one of them cannot answer for people who hardly know one another.
    """
    return (
        entry.case.kind != Case.Kind.GROUP
        and entry.case.closed_on is None
        and not any(person.is_silent for person in people_of(entry))
        and _suits_day(entry, freed)
        and _suits_clock(entry, freed)
        and _suits_people(entry, freed)
        and _suits_length(entry, freed)
    )


def people_of(entry: WaitlistEntry) -> list[Client]:
    """Who would come: they alone, or everybody who takes part in a couple's or a family's treatment."""
    if not entry.case.is_joint:
        return [entry.client]
    joined = [one for one in entry.case.members.all() if not one.left_on]
    return [one.client for one in joined if one.engagement == Engagement.JOINED]


def _suits_day(entry: WaitlistEntry, freed: Vacancy) -> bool:
    if entry.until_on and freed.on > entry.until_on:
        return False
    return not entry.weekdays or freed.on.weekday() in entry.weekdays


def _suits_clock(entry: WaitlistEntry, freed: Vacancy) -> bool:
    begins = freed.starts_at.astimezone(freed.zone)
    ends = freed.ends_at.astimezone(freed.zone)
    if entry.from_time and begins.time() < entry.from_time:
        return False
    return not entry.until_time or (ends.date() == begins.date() and ends.time() <= entry.until_time)


def _suits_people(entry: WaitlistEntry, freed: Vacancy) -> bool:
    """With whom they would meet, all of them; and it is not the time that they gave up themselves."""
    leading = {one.pk for one in freed.clinicians.all()}
    wished = {one.pk for one in entry.clinicians.all()}
    wished = wished or {one.clinician_id for one in entry.case.case_clinicians.all() if not one.until_on}
    theirs = {person.pk for person in people_of(entry)}
    gave_up = any(one.client_id in theirs for one in freed.session.participants.all())
    return bool(leading) and leading <= wished and not gave_up


def _suits_length(entry: WaitlistEntry, freed: Vacancy) -> bool:
    if entry.session:
        return entry.session.minutes <= freed.minutes and entry.session_id != freed.session_id
    return entry.service is None or entry.service.minutes <= freed.minutes


def is_elsewhere(times: Iterable[tuple[datetime, datetime]], freed: Vacancy) -> bool:
    """Whether one of these times, at which somebody is expected, is the same as the freed one."""
    return any(begins < freed.ends_at and freed.starts_at < ends for begins, ends in times)


def held_until(freed: Vacancy, *, now: datetime, minutes: int, lead: timedelta) -> datetime:
    """Until when an offer holds: so many minutes, but never into the time that is too near."""
    return min(now + timedelta(minutes=minutes), freed.starts_at - lead)
