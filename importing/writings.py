"""How other systems write days and times, and what they leave in doubt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil import parser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from importing.refusals import RowRefused

_NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?!\d)")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})(?:[:.h](\d{2}))?(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap])?\.?(?:m\b\.?)?", re.IGNORECASE
)
_OFFSET = re.compile(r"(Z|[+-]\d{2}:?\d{2})$")
_HAS_LETTERS = re.compile(r"[^\W\d_]{3}")
_AFTERNOON_BEFORE = 7
_FEWEST_MONTH_WORDS = 2


class DateOrder(models.TextChoices):
    """Which of the first two numbers is the month."""

    MONTH_FIRST = "mdy", _("Month, day, year: 03/05/2026 is in March")
    DAY_FIRST = "dmy", _("Day, month, year: 03/05/2026 is in May")


class Clock(models.TextChoices):
    """What a time such as 3:00 means where no AM or PM stands by it."""

    AS_WRITTEN = "24", _("As a clock with 24 hours shows it: 3:00 is at night")
    AFTERNOON = "12", _("1:00 to 6:59 are in the afternoon")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the values of a file say about one question: the answer, or nothing where they do not tell.

    `is_asked` is whether any of them needs the answer at all; `example` is one that does.
    """

    answer: str
    is_asked: bool
    example: str = ""


def order_of(values: Iterable[str]) -> Doubt:
    """Which number is the month, where the values prove it; both being proved is no answer either."""
    proved: set[str] = set()
    example = ""
    for value in values:
        if not (found := _NUMBERS.match(value)):
            continue
        first, second = int(found[1]), int(found[2])
        example = example or value
        if first > 12:
            proved.add(DateOrder.DAY_FIRST)
        elif second > 12:
            proved.add(DateOrder.MONTH_FIRST)
    return Doubt(proved.pop() if len(proved) == 1 else "", bool(example), example)


def clock_of(values: Iterable[str]) -> Doubt:
    """Whether early hours without AM or PM are of the night; a time after noon proves 24 hours."""
    early = ""
    for value in values:
        found = _time_in(value)
        if not found or found[4]:
            continue
        hour = int(found[1])
        if hour > 12:
            return Doubt(Clock.AS_WRITTEN, is_asked=False)
        if 1 <= hour < _AFTERNOON_BEFORE and not found[0].startswith("0"):
            early = early or value
    return Doubt("" if early else Clock.AS_WRITTEN, bool(early), early)


def is_day(value: str) -> bool:
    """Whether it looks like a day, with or without a time."""
    return bool(_YEAR_FIRST.match(value) or _NUMBERS.match(value) or _in_words(value))


def has_time(value: str) -> bool:
    """Whether a time of day stands in it."""
    return bool(re.search(r"\d{1,2}:\d{2}|\d\s*[ap]\.?m", value, re.IGNORECASE))


# The days from 1927 to 2036, as a spreadsheet that has lost their format writes them.
_SPREADSHEET_DAY = re.compile(r"[1-4]\d{4}([.,]\d+)?")


def day_of(value: str, order: str, column: str) -> date:
    """The day that is written; raises RowRefused where there is none, or its year could be another."""
    if found := _YEAR_FIRST.match(value):
        numbers = int(found[1]), int(found[2]), int(found[3])
    elif found := _NUMBERS.match(value):
        numbers = _ordered(found, order, value, column)
    elif words := _in_words(value):
        numbers = words.year, words.month, words.day
    elif _SPREADSHEET_DAY.fullmatch(value):
        raise RowRefused(
            gettext_noop(
                "“%(column)s” says “%(value)s”, which is how a spreadsheet counts days. Format that column as a date, "
                "and export it again."
            ),
            column=column,
            value=value[:40],
        )
    else:
        raise RowRefused(
            gettext_noop("“%(column)s” says “%(value)s”, which is not a date."),
            column=column,
            value=value[:40],
        )
    try:
        return date(*numbers)
    except ValueError as error:
        raise RowRefused(
            gettext_noop("“%(column)s” says “%(value)s”, which is no day. Is it written as the others are?"),
            column=column,
            value=value[:40],
        ) from error


def _ordered(found: re.Match[str], order: str, value: str, column: str) -> tuple[int, int, int]:
    if len(found[3]) == 2:
        raise RowRefused(
            gettext_noop("“%(column)s” says “%(value)s”: write the year with four digits."),
            column=column,
            value=value[:40],
        )
    if not order:
        raise RowRefused(
            gettext_noop(
                "“%(column)s” says “%(value)s”: say first whether the month or the day comes first."
            ),
            column=column,
            value=value[:40],
        )
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    return (year, first, second) if order == DateOrder.MONTH_FIRST else (year, second, first)


def _in_words(value: str) -> date | None:
    """March 5, 2026; 5 Mar 2026; Thu, Mar 5 2026: nothing else that a parser might make something of."""
    if not _HAS_LETTERS.search(value) or len(re.findall(r"\d+", value)) < _FEWEST_MONTH_WORDS:
        return None
    if not re.search(r"(?<!\d)\d{4}(?!\d)", value):
        return None
    try:
        # Two defaults: what the value leaves out, and a parser would fill in, differs between them.
        first, second = (
            parser.parse(value, default=default, ignoretz=True)
            for default in (datetime(2001, 1, 1), datetime(2004, 2, 2))  # noqa: DTZ001 - a day has no zone
        )
    except (ValueError, OverflowError):
        return None
    return first.date() if first.date() == second.date() else None


def time_of(value: str, clock: str, column: str) -> time:
    """The time of day that is written; raises RowRefused where there is none."""
    found = _time_in(value)
    if not found:
        raise RowRefused(
            gettext_noop("“%(column)s” says “%(value)s”, which is not a time of day."),
            column=column,
            value=value[:40],
        )
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif clock == Clock.AFTERNOON and 1 <= hour < _AFTERNOON_BEFORE:
        hour += 12
    try:
        return time(hour, minute)
    except ValueError as error:
        raise RowRefused(
            gettext_noop("“%(column)s” says “%(value)s”, which is not a time of day."),
            column=column,
            value=value[:40],
        ) from error


def _time_in(value: str) -> re.Match[str] | None:
    """Where a time stands alone, or behind a day."""
    rest = value
    for day in (_YEAR_FIRST, _NUMBERS):
        if found := day.match(value):
            rest = value[found.end() :].lstrip(" ,T")
            break
    else:
        if has_time(value) and (
            found := re.search(r"\d{1,2}:\d{2}|\d{1,2}\s*[ap]\.?m", value, re.IGNORECASE)
        ):
            rest = value[found.start() :]
    return _TIME.match(rest) if has_time(rest) else None


def offset_in(value: str) -> str:
    """The offset from UTC that stands at its end; empty where none does."""
    found = _OFFSET.search(value) if has_time(value) else None
    return found[1] if found else ""


def minutes_of(value: str, column: str) -> str:
    """A length: 50, 50 min, 0:50, 1 hr 20 min."""
    if found := re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", value):
        return str(int(found[1]) * 60 + int(found[2]))
    if found := re.fullmatch(r"(?:(\d{1,2})\s*h\w*\.?)?\s*(?:(\d{1,3})\s*m?\w*\.?)?", value, re.IGNORECASE):
        return str(int(found[1] or 0) * 60 + int(found[2] or 0))
    if found := re.fullmatch(r"(\d{1,3})\.0+", value):
        return found[1]
    raise RowRefused(
        gettext_noop("“%(column)s” says “%(value)s”, which is not a length in minutes."),
        column=column,
        value=value[:40],
    )
