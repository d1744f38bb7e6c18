"""Fills the words with the facts as they stand at the moment of sending."""

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers

from accounts.models import Practice
from reminders.models import MessageTemplate
from reminders.words import REMINDERS, SHIPPED, Words

_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    # Without the accent of sáb: it would double the price of the text.
    "es": ("lun", "mar", "mié", "jue", "vie", "sab", "dom"),
}
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}
_DAYS_SAID = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_MONTHS_SAID = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
}
_AND = {"en": ", and ", "es": ", y el "}
_OR_VIDEO = {"en": ", V for video", "es": ", V por video"}
_BY_VIDEO = {"en": ", by video: ", "es": ", por video: "}


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What a message may say of a session: when, and the link of a video session."""

    starts_at: datetime
    session_zone: str
    recipient_zone: str
    is_in_person: bool
    video_link: str
    could_be_video: bool = False  # a V in answer would move it to a screen


class Wordings:
    """The words in force: the practice's own where there are any, else ours."""

    def __init__(self, own: Mapping[tuple[str, str, str], Words]) -> None:
        self._words = {**SHIPPED, **own}

    @classmethod
    def load(cls) -> "Wordings":
        rows = MessageTemplate.objects.all()
        return cls({(row.key, row.language, row.channel): Words(row.body, row.subject) for row in rows})

    def with_draft(self, key: str, language: str, channel: str, words: Words) -> "Wordings":
        """The same with one wording as somebody is writing it."""
        return Wordings({**self._words, (key, language, channel): words})

    def find(self, key: str, language: str, channel: str) -> Words | None:
        """In the language asked for, else in English; None where the channel has no such message."""
        usual = REMINDERS[0] if key in REMINDERS else key
        asked = ((key, language), (usual, language), (key, "en"), (usual, "en"))
        return next((words for one in asked if (words := self._words.get((*one, channel)))), None)


def practice_fields(practice: Practice) -> dict[str, str]:
    """The fields that are the same in every message."""
    return {
        "practice": practice.display_name,
        "phone": spoken_number(str(practice.phone), practice.country),
        "emergency": practice.emergency_number,
        "crisis": practice.crisis_line,
        "times": "",
        "when": "",
        "video": "",
        "or_video": "",
        "link": "",
        "until": "",
    }


def session_fields(times: Sequence[SessionFacts], language: str) -> dict[str, str]:
    """The fields that one session fills, or several: then each link stands behind its own time."""
    if len(times) == 1:
        return {
            "when": _when(times[0], language),
            "video": _link(times[0], language),
            "or_video": _or_video(times[0], language),
        }
    each = dict.fromkeys(_when(facts, language) + _link(facts, language) for facts in times)
    # Which of several is meant by a V, nobody could say.
    return {"when": "; ".join(each), "video": "", "or_video": ""}


def without_links(times: Sequence[SessionFacts], language: str) -> dict[str, str]:
    """The same for a subject line, which shows on a locked screen."""
    return {
        "when": "; ".join(dict.fromkeys(_when(facts, language) for facts in times)),
        "video": "",
        "or_video": "",
    }


def _or_video(facts: SessionFacts, language: str) -> str:
    return _OR_VIDEO.get(language, _OR_VIDEO["en"]) if facts.could_be_video else ""


def _link(facts: SessionFacts, language: str) -> str:
    return _BY_VIDEO.get(language, _BY_VIDEO["en"]) + facts.video_link if facts.video_link else ""


def said_fields(practice: Practice) -> dict[str, str]:
    """The same for who hears them: a number digit by digit."""
    return in_speech(practice_fields(practice))


def in_speech(fields: Mapping[str, str]) -> dict[str, str]:
    """The practice's fields for who hears them."""
    return {**fields, "phone": _digits(fields["phone"])}


def said_times(times: Sequence[SessionFacts], language: str) -> dict[str, str]:
    """The times for who hears them, with days and months in full; a link cannot be said."""
    each = dict.fromkeys(_when_said(facts, language) for facts in times)
    return {"when": _AND.get(language, _AND["en"]).join(each), "video": "", "or_video": ""}


def _digits(number: str) -> str:
    """With a breath between the groups: 3 1 2, 5 5 5, 0 1 0 0."""
    return ", ".join(" ".join(group) for group in re.findall(r"\d+", number))


def fill(words: str, fields: Mapping[str, str]) -> str:
    """The finished text; an unknown field raises KeyError rather than go out in braces."""
    return words.format_map(fields)


def fields_in(words: str) -> set[str]:
    """The fields that a text names; raises ValueError for braces that do not close, or hold more than a name."""
    parts = [part[1:] for part in string.Formatter().parse(words) if part[1] is not None]
    if any(spec or conversion for _, spec, conversion in parts):
        raise ValueError("a field is its name and nothing else")
    return {str(name) for name, _, _ in parts}


@lru_cache(maxsize=64)
def spoken_number(number: str, country: str) -> str:
    """As people at home write it: (312) 555-0100; international for who is abroad."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    at_home = parsed.country_code == phonenumbers.country_code_for_region(country)
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style)


def when_words(starts_at: datetime, zone: str, language: str, *, name_zone: bool = False) -> str:
    """The absolute day, never "tomorrow": Thu Nov 20, 3:00 PM; jue 20 nov, 15:00."""
    local = starts_at.astimezone(ZoneInfo(zone))
    language = language if language in _DAYS else "en"
    day, month = _DAYS[language][local.weekday()], _MONTHS[language][local.month - 1]
    suffix = f" {local.tzname()}" if name_zone else ""
    if language == "es":
        return f"{day} {local.day} {month}, {local:%H:%M}{suffix}"
    return f"{day} {month} {local.day}, {local.hour % 12 or 12}:{local:%M %p}{suffix}"


def _when_said(facts: SessionFacts, language: str) -> str:
    """Friday, November 20, at 3:00 PM; viernes 20 de noviembre a las 15:00."""
    theirs = facts.recipient_zone or facts.session_zone
    local = facts.starts_at.astimezone(ZoneInfo(facts.session_zone if facts.is_in_person else theirs))
    language = language if language in _DAYS_SAID else "en"
    day, month = _DAYS_SAID[language][local.weekday()], _MONTHS_SAID[language][local.month - 1]
    if language == "es":
        return f"{day} {local.day} de {month} a las {local:%H:%M}"
    return f"{day}, {month} {local.day}, at {local.hour % 12 or 12}:{local:%M %p}"


def until_words(until: datetime, now: datetime, zone: str, language: str) -> str:
    """Until when an offer holds: the hour alone where it is the day on which it is read."""
    words = when_words(until, zone, language)
    same_day = until.astimezone(ZoneInfo(zone)).date() == now.astimezone(ZoneInfo(zone)).date()
    return words.rpartition(", ")[2] if same_day else words


def _when(facts: SessionFacts, language: str) -> str:
    # Who comes in person needs the clock at the place; on a screen, their own. Both name the zone.
    theirs = facts.recipient_zone or facts.session_zone
    zone = facts.session_zone if facts.is_in_person else theirs
    differs = _offset(facts.starts_at, theirs) != _offset(facts.starts_at, facts.session_zone)
    return when_words(facts.starts_at, zone, language, name_zone=differs)


def _offset(at: datetime, zone: str) -> object:
    return at.astimezone(ZoneInfo(zone)).utcoffset()
