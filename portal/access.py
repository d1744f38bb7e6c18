"""The only door to what a signed link opens: one person's own participation, or a kind no."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from accounts.models import Practice
from clients.models import Client, ContactPoint, Guardianship, SafeContact
from reminders.links import VERSIONS, Link, LinkFor, LinkInvalid, read_token, tag_of
from reminders.models import Purpose
from sessions_app.models import Offer, OfferState, Participant, TherapySession, Vacancy


class Why(StrEnum):
    """Why a link opens nothing."""

    UNKNOWN = "unknown"  # forged, cut off, or for somebody who no longer receives this
    EXPIRED = "expired"
    REPLACED = "replaced"  # the session was changed since; a newer message has a newer link
    NOT_FREE = "not_free"  # a freed time that somebody else has, or whose hour to answer is over
    USED = "used"  # cancelled, or nothing is left to do


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Somebody at a page of theirs: what their link says, and the facts as they stand."""

    token: str
    link: Link
    session: TherapySession | Vacancy  # theirs, or the freed time that they are offered
    reader: Client  # the participant, or a guardian who receives for them
    practice: Practice
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Visit(Reading):
    """At the page of their own session."""

    session: TherapySession
    participant: Participant


@dataclass(frozen=True, kw_only=True)
class Asked(Reading):
    """At the page of a freed time that they are offered."""

    session: Vacancy
    offer: Offer


class LinkRefused(Exception):
    """A link that opens nothing; `language` is the reader's where the link tells who they are.

    `settled` is what it opened before it was acted on: whoever pressed twice may read what their first press did.
    """

    def __init__(self, why: Why, language: str = "", settled: Visit | Asked | None = None) -> None:
        self.why, self.language, self.settled = why, language, settled
        super().__init__(why)


def open_link(token: str, purposes: frozenset[LinkFor], *, practice: Practice, now: datetime) -> Visit:
    """What this link opens, if it is for one of these purposes.

    Raises LinkRefused, which tells nothing about anybody.
    """
    try:
        link = read_token(token)
    except LinkInvalid as error:
        raise LinkRefused(Why.UNKNOWN) from error
    participant = _participant(link) if link.purpose in purposes else None
    reader = _reader(participant, link, practice.today(now)) if participant else None
    if participant is None or reader is None:
        raise LinkRefused(Why.UNKNOWN)
    visit = Visit(
        token=token,
        link=link,
        session=participant.session,
        participant=participant,
        reader=reader,
        practice=practice,
        now=now,
    )
    if why := _shut(visit):
        raise LinkRefused(why, reader.language)
    if why := _overtaken(visit):
        raise LinkRefused(why, reader.language, visit)
    return visit


def open_offer(token: str, *, practice: Practice, now: datetime) -> Asked:
    """The freed time that this link offers; raises LinkRefused once it is not theirs to take."""
    try:
        link = read_token(token)
    except LinkInvalid as error:
        raise LinkRefused(Why.UNKNOWN) from error
    offer = _offer(link) if link.purpose == LinkFor.OFFER else None
    reader = _asked_by(offer, link) if offer else None
    if offer is None or reader is None:
        raise LinkRefused(Why.UNKNOWN)
    asked = Asked(
        token=token,
        link=link,
        session=offer.vacancy,
        offer=offer,
        reader=reader,
        practice=practice,
        now=now,
    )
    if offer.state in (OfferState.TAKEN, OfferState.DECLINED):
        raise LinkRefused(Why.USED, reader.language, None if reader.is_silent else asked)
    if offer.state != OfferState.OPEN or now >= offer.expires_at or reader.is_silent:
        raise LinkRefused(Why.NOT_FREE, reader.language)
    return asked


def taken_by(asked: Asked) -> TherapySession | None:
    """The session that they have at the time which they took, while it stands before them."""
    theirs = TherapySession.objects.filter(
        case=asked.offer.entry.case_id,
        starts_at=asked.session.starts_at,
        starts_at__gt=asked.now,
        cancelled_at=None,
    )
    return theirs.prefetch_related("participants").first() if asked.offer.state == OfferState.TAKEN else None


def _offer(link: Link) -> Offer | None:
    found = Offer.objects.select_related(
        "recipient", "entry__client", "entry__session", "entry__case", "vacancy__location", "vacancy__room"
    )
    return found.filter(public_id=link.subject_id).first()


def _asked_by(offer: Offer, link: Link) -> Client | None:
    """Whose link it is: of a couple or a family each was asked by themselves."""
    asked = Client.objects.filter(messages__purpose=Purpose.OFFER, messages__subject_id=offer.public_id)
    return next((one for one in (offer.recipient, *asked) if _is_for(one, link)), None)


def _is_for(reader: Client, link: Link) -> bool:
    """Also where it was sent before their two records became one."""
    if tag_of(reader.public_id) == link.recipient_tag:
        return True
    former = reader.merged_from.values_list("public_id", flat=True)
    return any(tag_of(public_id) == link.recipient_tag for public_id in former)


def addresses_of(reader: Client) -> list[ContactPoint]:
    """Where this person is written to, in the order in which addresses are tried."""
    in_use = reader.contact_points.filter(ended_at=None, unfit_at=None)
    return [one for one in in_use if one.kind == ContactPoint.Kind.EMAIL or one.may_text]


def may_be_called(reader: Client) -> bool:
    """Whether there is a number at which they may be telephoned."""
    phones = reader.contact_points.filter(kind=ContactPoint.Kind.PHONE, ended_at=None, unfit_at=None)
    return phones.filter(may_call=True).exists()


def reads_alone(visit: Visit) -> bool:
    """Whether the link went to an address that nobody else reads, and that still is one."""
    return (
        visit.link.is_private and visit.reader.contact_points.filter(is_private=True, ended_at=None).exists()
    )


def _participant(link: Link) -> Participant | None:
    found = Participant.objects.select_related(
        "client", "session__case", "session__service", "session__location", "session__room"
    ).prefetch_related("session__participants", "session__clinicians")
    return found.filter(public_id=link.subject_id).first()


def _reader(participant: Participant, link: Link, today: date) -> Client | None:
    """Whose link it is: the participant's, or that of a guardian who may still receive for them."""
    if _is_for(participant.client, link):
        return participant.client
    standing = Guardianship.objects.filter(minor=participant.client, may_receive=True).exclude(
        until__lte=today
    )
    guardians = [one.guardian for one in standing.select_related("guardian")]
    return next((one for one in guardians if _is_for(one, link)), None)


def _shut(visit: Visit) -> Why | None:
    """Nothing more is told by it, not even what was done."""
    if visit.now >= visit.link.expires_at:
        return Why.EXPIRED
    if visit.reader.is_silent or visit.participant.client.is_silent or _is_unsafe(visit):
        return Why.USED
    return None


def _overtaken(visit: Visit) -> Why | None:
    """The session is not any more what the link was made for."""
    if visit.session.version % VERSIONS != visit.link.version:
        return Why.REPLACED
    is_off = visit.participant.is_cancelled or visit.session.is_cancelled
    if is_off != (visit.link.purpose == LinkFor.CANCELLED):
        return Why.USED
    return None


def _is_unsafe(visit: Visit) -> bool:
    """Somebody else may hold their phone: nothing is shown (the reason stays walled off)."""
    return SafeContact.objects.filter(
        client__in=[visit.reader, visit.participant.client],
        contact_point=None,
        level=SafeContact.Level.DO_NOT_CONTACT,
        ended_at=None,
    ).exists()
