"""The marks that every page shares: icons, statuses, avatars and the outcome buttons' vocabulary."""

import json
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django import template
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.clock import clock
from accounts.devices import Device, device_of
from accounts.shipped_words import as_shipped
from clients.models.contingency import FallbackTime
from dashboard.weeks import in_order

register = template.Library()


class Mark(NamedTuple):
    """How one status looks: never colour alone."""

    word: str | Promise
    icon: str
    tone: str


STATUSES = {
    "expected": Mark(_("Expected"), "circle-dashed", "expected"),
    "confirmed": Mark(_("Confirmed"), "circle-check", "confirmed"),
    "asks_to_move": Mark(_("Asks to move"), "arrows-exchange", "late"),
    "arrived": Mark(_("Arrived"), "door-enter", "arrived"),
    "in_session": Mark(_("In session"), "door", "arrived"),
    "late": Mark(_("Late"), "clock", "late"),
    "attended": Mark(_("Attended"), "check", "attended"),
    "attended_late": Mark(_("Came late"), "clock", "attended"),
    "left_early": Mark(_("Left early"), "door-exit", "attended"),
    "held_in_part": Mark(_("Held in part"), "armchair-2", "attended"),
    "too_late": Mark(_("Too late to be seen"), "clock-x", "late"),
    "could_not_be_seen": Mark(_("Could not be seen"), "heartbeat", "late"),
    "could_not_connect": Mark(_("Could not connect"), "plug-connected-x", "late"),
    "no_show": Mark(_("Missed"), "armchair", "missed"),
    "not_brought": Mark(_("Was not brought"), "mood-kid", "missed"),
    "excused": Mark(_("Excused"), "umbrella", "cancelled"),
    "cancelled": Mark(_("Cancelled"), "slash", "cancelled"),
    "cancelled_late": Mark(_("Cancelled late"), "slash", "cancelled"),
    "not_recorded": Mark(_("Not recorded"), "help-circle", "unrecorded"),
}

# How many stand so, where it is said without words of the page's own: the verb follows the number.
TALLIED = {
    "attended": ngettext_lazy("%(n)s attended", "%(n)s attended", "n"),
    "held_in_part": ngettext_lazy("%(n)s held in part", "%(n)s held in part", "n"),
    "no_show": _("%(n)s missed"),
    "not_recorded": _("%(n)s not recorded"),
}


@cache
def sprite_address() -> str:
    """Where the icon sprite is served; the same for the life of the program."""
    return static("icons/sprite.svg")


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "") -> SafeString:
    """One icon of the sprite; with a label it is an image of its own, without it decoration."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            sprite_address(),
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite_address(), name
    )


@register.simple_tag
def status(code: str, detail: object = "", *, badge: bool = False) -> SafeString:
    """A status as icon, word and colour, with an optional detail ("9:58", "12 min").

    An unknown code raises KeyError: a status that nobody drew must not reach a page.
    """
    mark = STATUSES[code]
    return format_html(
        '<span class="status-mark{}" data-tone="{}">{}<span>{}{}</span></span>',
        " status-mark--badge" if badge else "",
        mark.tone,
        icon(mark.icon),
        mark.word,
        format_html(' <span class="status-mark__detail">{}</span>', detail) if detail else "",
    )


@register.simple_tag
def tally(code: str, count: int, words: str = "") -> SafeString:
    """How many stand so: "9 attended"; words replace the status's own ("to come")."""
    if words:
        return _tallied(code, f"{count} {words}")
    return _counted(code, count, get_language())


@lru_cache(maxsize=2048)
def _counted(code: str, count: int, language: str | None) -> SafeString:
    """The tally in the words of this language, which is the one that is active."""
    return _tallied(code, str(TALLIED[code] % {"n": count}))


def _tallied(code: str, words: str) -> SafeString:
    mark = STATUSES[code]
    return format_html(
        '<span class="status-mark" data-tone="{}">{}<span>{}</span></span>', mark.tone, icon(mark.icon), words
    )


@register.filter
def tone(code: str) -> str:
    """The status's tone, for data-tone on a card or a row."""
    return STATUSES[code].tone


@register.filter
def status_word(code: str) -> str:
    """The status's word alone, for titles and tables."""
    return str(STATUSES[code].word)


@register.filter
def status_icon(code: str) -> str:
    """The status's icon name, for buttons that set it."""
    return STATUSES[code].icon


@register.filter
def way_back(message: Message) -> dict[str, Any]:
    """Where what a message tells of is undone, as `dashboard.toasts` put it by; empty where it is not."""
    put_by = message.extra_tags or ""
    found: dict[str, Any] = json.loads(put_by) if put_by.startswith("{") else {}
    return found


@register.filter
def device(user_agent: str) -> Device:
    """What somebody signed in with: its words, and whether it is held in the hand."""
    return device_of(user_agent)


@register.filter
def shipped(words: str) -> str:
    """Words that came with Kept, in the reader's language; a practice's own as they are."""
    return as_shipped(words)


@register.filter
def zone_words(zone: str) -> str:
    """A time zone as one reads it: "America/New York"."""
    return zone.replace("_", " ")


@register.filter
def fallback_time(one: FallbackTime) -> str:
    """A time of the week as one says it: "Thu 17:30"."""
    return f"{WEEKDAYS_ABBR[one.weekday]} {clock(one.at)}"


@register.filter
def by_week(times: list[FallbackTime]) -> list[FallbackTime]:
    """Times of the week in the order of the reader's week."""
    return in_order(times)


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """The initials of a name in a circle; decoration, since the name stands beside it."""
    return format_html(
        '<span class="avatar"{} aria-hidden="true">{}</span>',
        format_html(' data-size="{}"', size) if size else "",
        initials(name),
    )


def initials(name: str) -> str:
    """Up to two initials, without titles ("Dr. Amara Okafor" is AO) and what follows a comma."""
    words = [
        word for word in name.split(",", maxsplit=1)[0].split() if not word.endswith(".") or len(word) == 2
    ]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
