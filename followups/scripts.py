"""Fills the words of a step: who speaks, to whom, about which day."""

from dataclasses import dataclass
from datetime import date, datetime, time
from string import Formatter
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice
from followups.models import StepKind, StepPlan
from followups.staff_words import ENGLISH, read_in

# What a script may name, and what stands there when somebody reads it.
FIELDS = {
    "name": _("What the client is called"),
    "clinician": _("Who makes the call"),
    "practice": _("What clients know the practice as"),
    "phone": _("The practice's telephone number"),
    "day": _("The day on which we missed each other, as one says it"),
    "next": _("Their next time; without one, the words stay empty"),
    "emergency": _("The emergency number of the practice's country"),
    "crisis": _("The crisis line of the practice's country"),
}
NOON = time(12)
EVENING = time(17)
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
        "octubre", "noviembre", "diciembre",
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Script:
    """What to say first, what to listen for, and what comes later in the call."""

    opening: str
    listen: str
    later: str


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who and what a script speaks of."""

    caller: str
    name: str
    language: str
    practice: Practice
    missed_at: datetime | None  # None: nobody missed, somebody asked for it
    zone: ZoneInfo
    next_at: datetime | None = None


def fill(plan: StepPlan, cast: Cast, now: datetime) -> Script:
    """The script of a step in the client's language where it has one; notes for staff in their own."""
    language = cast.language if cast.language in plan.opening else "en"
    # A text may be read a day later: it names the day itself.
    said_on = None if plan.kind == StepKind.TEXT else now
    readers = get_language() or ENGLISH
    return Script(
        opening=_filled(plan.opening.get(language, ""), cast, said_on, language),
        listen=_filled(read_in(readers, plan, "listen"), cast, now, readers),
        later=_filled(read_in(readers, plan, "later"), cast, now, readers),
    )


def title(plan: StepPlan, name: str) -> str:
    """What the step asks for, as a heading."""
    return read_in(get_language() or ENGLISH, plan, "title").replace("{name}", name)


def spoken_day(moment: datetime, now: datetime, zone: ZoneInfo, language: str = "en") -> str:
    """The day as one says it: this morning, yesterday, on Thursday, on 3 November."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    days = (today - local.date()).days
    if days == 0:
        return _part_of_today(local.time(), language)
    if days == 1:
        return "ayer" if language == "es" else "yesterday"
    on = "el" if language == "es" else "on"
    if 1 < days < 7:
        return f"{on} {WEEKDAYS[language][local.weekday()]}"
    return f"{on} {_day_and_month(local.date(), language)}"


def written_day(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """The day itself, which stays true: on 20 November. Without its weekday: "sábado" doubles a text's price."""
    on = "el" if language == "es" else "on"
    return f"{on} {_day_and_month(moment.astimezone(zone).date(), language)}"


def written_time(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """An absolute day and time, for a text."""
    local = moment.astimezone(zone)
    weekday = WEEKDAYS[language][local.weekday()]
    return f"{weekday} {_day_and_month(local.date(), language)}, {local:%H:%M}"


def _part_of_today(at: time, language: str) -> str:
    spanish = language == "es"
    if at < NOON:
        return "esta mañana" if spanish else "this morning"
    if at < EVENING:
        return "esta tarde" if spanish else "this afternoon"
    return "esta noche" if spanish else "this evening"


def _day_and_month(day: date, language: str) -> str:
    month = MONTHS[language][day.month - 1]
    return f"{day.day} de {month}" if language == "es" else f"{day.day} {month}"


def _filled(words: str, cast: Cast, now: datetime | None, language: str) -> str:
    fields = {name for _, name, _, _ in Formatter().parse(words) if name}
    values = _values(cast, now, language)
    # Without a next time there is nothing to invite to: the sentence would be untrue.
    if any(values[name] == "" for name in fields):
        return ""
    return words.format(**values)


def _values(cast: Cast, now: datetime | None, language: str) -> dict[str, str]:
    """What stands for each field; without a `now` the day is written, not spoken of."""
    practice = cast.practice
    if cast.missed_at is None:
        day = "últimamente" if language == "es" else "lately"
    elif now is None:
        day = written_day(cast.missed_at, cast.zone, language)
    else:
        day = spoken_day(cast.missed_at, now, cast.zone, language)
    return {
        "clinician": cast.caller,
        "name": cast.name,
        "practice": practice.display_name,
        "phone": practice.phone.as_national,
        "emergency": practice.emergency_number,
        "crisis": practice.crisis_line,
        "day": day,
        "next": written_time(cast.next_at, cast.zone, language) if cast.next_at else "",
    }
