"""Who hears of a change and how, said before it is made; and whom somebody has to telephone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from clients.access import stops_on, with_reach
from clients.models import (
    Channel,
    Client,
    ConsentPurpose,
    ContactPoint,
    SafeContact,
    SuppressionReason,
)
from reminders.codes import LANDLINES
from sessions_app.models import Participant, TherapySession

Stops = dict[tuple[str, str], str]


@dataclass(frozen=True)
class _Reading:
    """What all of one preview shares: the day, and the addresses that take nothing."""

    today: date
    stops: Stops


@dataclass(frozen=True, kw_only=True)
class Hearer:
    """One person who is to learn of it: in writing, or by a call where `why` says why not."""

    participant: Participant
    person: Client  # the client, or who receives for them
    way: str
    phone: str
    why: str

    @property
    def is_written_to(self) -> bool:
        return bool(self.way)


def hearers_of(sessions: Iterable[TherapySession], *, today: date) -> list[Hearer]:
    """Everybody who is still expected at these sessions, in a constant number of queries.

    It is a preview: the sender judges again at the moment of sending (docs/reminders.md).
    """
    return hearers_among(expected_at(sessions), today=today)


def expected_at(sessions: Iterable[TherapySession]) -> list[Participant]:
    """Who is still expected at these sessions, in order of time."""
    return [one for session in sessions for one in session.participants.all() if one.cancelled_at is None]


def hearers_among(participants: Sequence[Participant], *, today: date) -> list[Hearer]:
    """The same for participants who are known already."""
    loaded = {client.pk: client for client in with_reach(one.client_id for one in participants)}
    people = [(one, person) for one in participants for person in _receivers(loaded[one.client_id], today)]
    reading = _Reading(today, _stops(person for _one, person in people))
    return [_hearer(one, person, loaded[one.client_id], reading) for one, person in people]


def _receivers(client: Client, today: date) -> list[Client]:
    """Themselves; for a minor those who may receive, and themselves only while nobody may."""
    return (_guardians(client) if client.is_minor(today) else []) or [client]


def _guardians(client: Client) -> list[Client]:
    standing = [one for one in client.guardianships.all() if one.may_receive and one.until is None]
    return [one.guardian for one in standing if not one.guardian.is_silent]


def _stops(people: Iterable[Client]) -> Stops:
    return stops_on(contact.address for person in people for contact in person.contact_points.all())


def _hearer(participant: Participant, person: Client, client: Client, reading: _Reading) -> Hearer:
    way = _way(person, reading.stops)
    why = _why_not(person, client, reading, has_way=bool(way))
    return Hearer(
        participant=participant,
        person=person,
        way="" if why else way,
        phone=_phone(person) if why and not _is_out_of_reach(person, client) else "",
        why=why,
    )


def _way(person: Client, stops: Stops) -> str:
    """The first way that may be used, in the order in which they are tried."""
    unsafe = {limit.contact_point_id for limit in person.safe_contacts.all() if limit.ended_at is None}
    agreed = [one for one in person.contact_points.all() if one.pk not in unsafe and _agreed(one)]
    ways = [way for contact in agreed for way in _ways(contact, stops)]
    return min(ways)[2] if ways else ""


def _ways(contact: ContactPoint, stops: Stops) -> Iterator[tuple[int, int, str]]:
    """How this address may be used, with its place in the order."""
    is_phone = contact.kind == ContactPoint.Kind.PHONE
    written, words = (Channel.SMS, _("by text")) if is_phone else (Channel.EMAIL, _("by e-mail"))
    may_write = contact.unfit_at is None and (contact.may_text or not is_phone)
    if may_write and (contact.address, written) not in stops:
        yield contact.position, contact.pk, words
    rings = contact.unfit_at is None or contact.unfit_reason in LANDLINES
    may_ring = rings and contact.may_call and not contact.is_discreet
    if may_ring and contact.call_position is not None and (contact.address, Channel.VOICE) not in stops:
        yield contact.call_position, contact.pk, _("by a call from our machine")


def _agreed(contact: ContactPoint) -> bool:
    if contact.ended_at:
        return False
    return any(
        consent.purpose == ConsentPurpose.APPOINTMENTS and consent.withdrawn_at is None
        for consent in contact.consents.all()
    )


def _why_not(person: Client, client: Client, reading: _Reading, *, has_way: bool) -> str:
    if _is_out_of_reach(person, client):
        return _("Not to be contacted: their clinician decides")
    if client.is_minor(reading.today) and person == client:
        return _("No guardian may receive messages yet")
    if _limits(person) or _limits(client):
        return _("Telephone only, with care")
    if _asked_to_stop(person, reading.stops):
        return _("They asked for no more texts")
    return "" if has_way else _("Nothing may be written to them")


def _asked_to_stop(person: Client, stops: Stops) -> bool:
    """Who opted out by text gets nothing on another channel by our own doing."""
    held = {contact.address for contact in person.contact_points.all() if contact.ended_at is None}
    return any(
        address in held and reason == SuppressionReason.OPTED_OUT
        for (address, _channel), reason in stops.items()
    )


def _limits(person: Client) -> set[str]:
    """The limits on the person, not those on one address."""
    standing = [limit for limit in person.safe_contacts.all() if limit.ended_at is None]
    return {limit.level for limit in standing if limit.contact_point_id is None}


def _is_out_of_reach(person: Client, client: Client) -> bool:
    return SafeContact.Level.DO_NOT_CONTACT in _limits(person) | _limits(client)


def _phone(person: Client) -> str:
    numbers = [
        contact.address
        for contact in person.contact_points.all()
        if contact.kind == ContactPoint.Kind.PHONE and contact.may_call and not contact.ended_at
    ]
    return numbers[0] if numbers else ""
