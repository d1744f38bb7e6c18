"""Who hears of a change and how, said before it is made; and whom somebody has to telephone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from clients.access import stops_on, with_reach
from clients.models import Channel, Client, ConsentPurpose, ContactPoint, SafeContact
from sessions_app.models import Participant, TherapySession

Stopped = frozenset[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Hearer:
    """One person who is to learn of it: in writing, or by a call where `why` says why not."""

    participant: Participant
    person: Client  # the client, or who receives for them
    ways: tuple[str, ...]
    phone: str
    why: str

    @property
    def is_written_to(self) -> bool:
        return bool(self.ways)


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
    stopped = _stopped(person for _one, person in people)
    return [_hearer(one, person, loaded[one.client_id], stopped) for one, person in people]


def _receivers(client: Client, today: date) -> list[Client]:
    """Themselves; for a minor those who may receive, and themselves only while nobody may."""
    if not client.is_minor(today):
        return [client]
    standing = [one for one in client.guardianships.all() if one.may_receive and one.until is None]
    return [one.guardian for one in standing if not one.guardian.is_silent] or [client]


def _stopped(people: Iterable[Client]) -> Stopped:
    addresses = [contact.address for person in people for contact in person.contact_points.all()]
    return stops_on(addresses)


def _hearer(participant: Participant, person: Client, client: Client, stopped: Stopped) -> Hearer:
    ways = tuple(_ways(person, stopped))
    why = _why_not(person, client, has_way=bool(ways))
    return Hearer(
        participant=participant,
        person=person,
        ways=() if why else ways,
        phone=_phone(person) if why and not _is_out_of_reach(person, client) else "",
        why=why,
    )


def _ways(person: Client, stopped: Stopped) -> Iterable[str]:
    for contact in person.contact_points.all():
        if not _agreed(contact):
            continue
        if contact.kind == ContactPoint.Kind.EMAIL and (contact.address, Channel.EMAIL) not in stopped:
            yield _("by e-mail")
        elif contact.may_text and (contact.address, Channel.SMS) not in stopped:
            yield _("by text")


def _agreed(contact: ContactPoint) -> bool:
    if contact.ended_at or contact.unfit_at:
        return False
    return any(
        consent.purpose == ConsentPurpose.APPOINTMENTS and consent.withdrawn_at is None
        for consent in contact.consents.all()
    )


def _why_not(person: Client, client: Client, *, has_way: bool) -> str:
    if _is_out_of_reach(person, client):
        return _("Not to be contacted. Their clinician decides.")
    if _limit(person, SafeContact.Level.CALL_ONLY) or _limit(client, SafeContact.Level.CALL_ONLY):
        return _("Telephone only")
    return "" if has_way else _("Nothing may be written to them")


def _is_out_of_reach(person: Client, client: Client) -> bool:
    return any(_limit(one, SafeContact.Level.DO_NOT_CONTACT) for one in (person, client))


def _limit(person: Client, level: str) -> bool:
    return any(limit.level == level for limit in person.safe_contacts.all() if limit.ended_at is None)


def _phone(person: Client) -> str:
    numbers = [
        contact.address
        for contact in person.contact_points.all()
        if contact.kind == ContactPoint.Kind.PHONE and contact.may_call and not contact.ended_at
    ]
    return numbers[0] if numbers else ""
