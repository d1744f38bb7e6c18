"""How somebody may be reached by telephone: numbers, what they wish, what is not safe, until when."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import phonenumbers
from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.clock import clock
from accounts.models import Practice
from clients.access import not_to_be_called
from clients.models import Client, ContactPoint, SafeContact
from reminders.hours import CLOSES, next_open, zones_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number to call, as it is dialled and as it is read."""

    address: str
    spoken: str
    whose: str
    notes: tuple[str, ...]
    may_leave_word: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The numbers in the order of trying, and what to keep in mind."""

    numbers: tuple[Number, ...]
    limits: tuple[str, ...]
    warning: str  # said before anybody dials: not safe, discreet, away
    may_call: bool

    @property
    def first(self) -> Number | None:
        return self.numbers[0] if self.numbers else None


FORBIDDEN = gettext_lazy("Please do not contact them. Ask their clinician first.")
DISCREET = gettext_lazy("Discreet: say only your name and a number, and nothing about the practice.")
STRICTEST = (SafeContact.Level.DO_NOT_CONTACT, SafeContact.Level.DISCREET)


def reach_of(client: Client, *, practice: Practice, now: datetime) -> Reach:
    """How to call one person; a minor is reached through guardians first."""
    return reaches_of([client], practice=practice, now=now)[client.pk]


def reaches_of(clients: list[Client], *, practice: Practice, now: datetime) -> dict[int, Reach]:
    """How to call each of these people, by their key; a constant number of queries."""
    prefetch_related_objects(
        clients, "contact_points", "safe_contacts", "guardianships__guardian__contact_points"
    )
    today = practice.today(now)
    phones = {
        client.pk: [
            (whose, point) for whose, person in _who_answers(client, today) for point in _phones(person)
        ]
        for client in clients
    }
    blocked = not_to_be_called([point.address for points in phones.values() for _, point in points])
    return {
        client.pk: _reach(client, phones[client.pk], blocked, practice=practice, now=now)
        for client in clients
    }


def _reach(
    client: Client,
    points: list[tuple[str, ContactPoint]],
    blocked: frozenset[str],
    *,
    practice: Practice,
    now: datetime,
) -> Reach:
    level = _level(client)
    numbers = tuple(_number(whose, point) for whose, point in points if _may_dial(client, point, blocked))
    forbidden = level == SafeContact.Level.DO_NOT_CONTACT
    return Reach(
        numbers=() if forbidden else numbers,
        limits=_limits(client, numbers, practice, now),
        warning=str(FORBIDDEN if forbidden else DISCREET if level else _away(client, practice.today(now))),
        may_call=not forbidden and bool(numbers),
    )


def spoken_number(address: str, country: str = "US") -> str:
    """A number as one reads it aloud: national at home, international abroad; as it came if it is none."""
    try:
        number = phonenumbers.parse(address)
    except phonenumbers.NumberParseException:
        return address
    home = phonenumbers.country_code_for_region(country) == number.country_code
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if home else form.INTERNATIONAL)


def _who_answers(client: Client, today: date) -> list[tuple[str, Client]]:
    if not client.is_minor(today):
        return [("", client)]
    standing = [one for one in client.guardianships.all() if one.until is None or one.until >= today]
    adults = [
        (f"{one.guardian.display_name}, {one.relation.lower() or 'guardian'}", one.guardian)
        for one in standing
        if not one.guardian.is_silent
    ]
    return [*adults, (_("their own"), client)] if adults else [("", client)]


def _phones(client: Client) -> list[ContactPoint]:
    return [
        point
        for point in client.contact_points.all()
        if point.kind == ContactPoint.Kind.PHONE and point.ended_at is None and point.may_call
    ]


def _standing(client: Client) -> list[SafeContact]:
    return [safe for safe in client.safe_contacts.all() if safe.ended_at is None]


def _may_dial(client: Client, point: ContactPoint, blocked: frozenset[str]) -> bool:
    unsafe = {
        safe.contact_point_id
        for safe in _standing(client)
        if safe.contact_point_id and safe.level == SafeContact.Level.DO_NOT_CONTACT
    }
    return point.address not in blocked and point.pk not in unsafe


def _level(client: Client) -> str:
    """The strictest rule that holds for the person as a whole, if it changes how one calls."""
    levels = {safe.level for safe in _standing(client) if safe.contact_point_id is None}
    return next((level for level in STRICTEST if level in levels), "")


def _number(whose: str, point: ContactPoint) -> Number:
    notes = [words for words in (whose, point.label) if words]
    if point.unfit_at:
        notes.append(_("did not work last time"))
    if point.is_discreet:
        notes.append(_("ask before saying who calls"))
    return Number(
        address=point.address,
        spoken=spoken_number(point.address),
        whose=whose,
        notes=tuple(notes),
        may_leave_word=point.may_leave_word,
    )


def _limits(
    client: Client, numbers: tuple[Number, ...], practice: Practice, now: datetime
) -> tuple[str, ...]:
    words = []
    if client.name_used and client.name_used != client.given_name:
        words.append(_("prefers “%(name)s”") % {"name": client.name_used})
    if client.pronouns:
        words.append(client.pronouns)
    if client.language == "es":
        words.append(_("speaks Spanish"))
    if not numbers:
        return tuple(words)
    first = numbers[0]
    words.extend(first.notes)
    words.append(_("may leave word") if first.may_leave_word else _("no voicemail"))
    words.append(_hours(client, first, practice, now))
    return tuple(words)


def _hours(client: Client, number: Number, practice: Practice, now: datetime) -> str:
    """Until when one may call, in the practice's own time; or from when."""
    zones = zones_of(client.timezone, practice.timezone, number.address)
    opens_at = next_open(now, zones)
    if opens_at > now:
        local = opens_at.astimezone(practice.zone)
        when = f"{date_format(local, 'D')} {clock(local)}"
        return _("not before %(when)s, it is late where they are") % {"when": when}
    closes = min(datetime.combine(now.astimezone(zone).date(), CLOSES, zone) for zone in map(ZoneInfo, zones))
    elsewhere = client.zone
    if elsewhere and elsewhere.utcoffset(now.replace(tzinfo=None)) != practice.zone.utcoffset(
        now.replace(tzinfo=None)
    ):
        return _("may be called until %(time)s; there it is %(there)s") % {
            "time": clock(closes.astimezone(practice.zone)),
            "there": clock(now.astimezone(elsewhere)),
        }
    return _("may be called until %(time)s") % {"time": clock(closes.astimezone(practice.zone))}


def _away(client: Client, today: date) -> str:
    if not client.is_away(today):
        return ""
    if client.away_until is None:
        return _("They are away: this rests until they are back.")
    day = date_format(client.away_until, "j F")
    return _("They are away until %(day)s: this rests until they are back.") % {"day": day}
