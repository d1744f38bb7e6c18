"""What a client's page shows of their session: when and how, never what for or with whom."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from followups.fees import terms_for
from portal.access import Reading, Visit
from portal.words import clock_words, day_words, say, zone_word
from sessions_app.choices import is_joint, may_change
from sessions_app.models import Modality, TherapySession, Vacancy


@dataclass(frozen=True, kw_only=True)
class Time:
    """A moment as the reader knows it: absolute, and its zone named where that is not plain."""

    day: str
    clock: str
    zone: str = ""
    elsewhere: str = ""  # the same moment on their own clock, where they must be at another

    def __str__(self) -> str:
        return f"{self.day}, {self.clock}{' ' + self.zone if self.zone else ''}"


def zone_of(visit: Reading) -> str:
    """Who comes in person needs the clock at the place; on a screen, their own."""
    if visit.session.modality == Modality.IN_PERSON:
        return visit.session.timezone
    return visit.reader.timezone or visit.session.timezone


def time_of(visit: Reading, at: datetime | None = None) -> Time:
    """The session's time, or another moment, for this reader."""
    at = at or visit.session.starts_at
    zone = zone_of(visit)
    theirs = visit.reader.timezone or visit.session.timezone
    differs = {_offset(at, name) for name in (zone, theirs, visit.practice.timezone)} != {_offset(at, zone)}
    elsewhere = _offset(at, theirs) != _offset(at, zone)
    return Time(
        day=day_words(at, zone, visit.now),
        clock=clock_words(at, zone),
        zone=zone_word(at, zone) if differs else "",
        elsewhere=_on_their_clock(at, zone, theirs, visit.now) if elsewhere else "",
    )


def how_words(session: TherapySession | Vacancy) -> str:
    """In person and where, by video, by telephone."""
    if session.modality != Modality.IN_PERSON:
        return say(session.modality)
    place = session.location.address or session.location.name if session.location else ""
    return say("in_person_at", place=place) if place else say("in_person")


def fee_words(visit: Visit) -> str:
    """What missing this time would cost, for who is asked to pay at all; each reads their own alone."""
    terms = terms_for(visit.participant.client, visit.session.on)
    return terms.words_in(get_language() or "en") if terms else ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What this reader can do now."""

    has_begun: bool
    is_joint: bool
    may_change: bool
    is_soon: bool  # too near to be changed here
    response: str


def standing_of(visit: Visit) -> Standing:
    session = visit.session
    has_begun = visit.now >= session.starts_at
    joint, changeable = is_joint(session), may_change(session, visit.now)
    return Standing(
        has_begun=has_begun,
        is_joint=joint,
        may_change=changeable,
        is_soon=not has_begun and not joint and not changeable,
        response=visit.participant.current_response,
    )


def _on_their_clock(at: datetime, zone: str, theirs: str, now: datetime) -> str:
    clock = f"{clock_words(at, theirs)} {zone_word(at, theirs)}"
    if at.astimezone(ZoneInfo(theirs)).date() != at.astimezone(ZoneInfo(zone)).date():
        clock = f"{day_words(at, theirs, now)}, {clock}"
    return say("where_you_are", clock=clock)


def _offset(at: datetime, zone: str) -> object:
    return at.astimezone(ZoneInfo(zone)).utcoffset()
