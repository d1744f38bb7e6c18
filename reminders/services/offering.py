"""R offers free times, and 1, 2 or 3 takes one: the first answer has it, whoever else was offered it."""

from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from accounts.services import get_practice
from reminders.models import InboundKind, InboundMessage, OfferEnd, SlotOffer
from reminders.services.heard import Heard, answer, hears_alone, resolve, take_to_inbox
from reminders.services.numbering import numbered
from reminders.services.which import end_question
from sessions_app.choices import own_slots
from sessions_app.models import AnsweredBy, Participant, Response
from sessions_app.services import Change, NewTime, record_response, reschedule_session

MOST_OFFERED = 3
LOOK_AHEAD_DAYS = 21
# An offer older than this is asked for again: too much has been booked since.
STANDS_FOR = timedelta(hours=24)
# Of so many of their times before we learn at what time of day they come.
KNOWN_TIMES = 12
# Two times of day nearer to one another than this suit alike.
ALIKE_MINUTES = 90


def offer_times(heard: Heard, participant: Participant, *, key: str) -> bool:
    """Offer up to three free times for this session; False where there is none to offer.

    An earlier offer to this number ends: a digit has one meaning at a time.
    """
    inbound, now = heard.inbound, heard.now
    end_offer(inbound.from_address, now)
    end_question(inbound.from_address, now)
    times = _fitting_times(participant, now)
    if not times or inbound.client is None:
        return False
    session = participant.session
    SlotOffer.objects.create(
        address=inbound.from_address,
        recipient=inbound.client,
        participant=participant,
        session_version=session.version,
        inbound=_stored(inbound),
        times=times,
        offered_at=now,
        expires_at=min(now + STANDS_FOR, session.starts_at),
    )
    answer(heard, key, words=numbered(times, session, inbound.client))
    return True


def end_offer(address: str, now: datetime) -> None:
    """What was offered to this number stands no longer: something else is asked."""
    _end(_live(address), OfferEnd.REPLACED, now)


def choose_time(heard: Heard) -> None:
    """Take the time that a digit names; without a live offer it is free text like any other."""
    inbound, now = heard.inbound, heard.now
    offer = _live(inbound.from_address)
    if offer and offer.expires_at <= now:
        _end(offer, OfferEnd.EXPIRED, now)
        offer = None
    if offer is None or heard.reading.choice > len(offer.times):
        inbound.kind = InboundKind.FREE
        take_to_inbox(heard)
        return
    # Whoever shares the number: this answers what was sent to it last.
    inbound.client, inbound.participant = offer.recipient, offer.participant
    _take(heard, offer, offer.times[heard.reading.choice - 1])


def _take(heard: Heard, offer: SlotOffer, starts_at: datetime) -> None:
    try:
        with transaction.atomic():
            _move(offer, starts_at, heard.now)
    except ValidationError as error:
        _offer_others(heard, offer, is_stale=getattr(error, "code", "") == "stale")
        return
    _end(offer, OfferEnd.CHOSEN, heard.now)
    answer(heard, "chosen")
    resolve(heard.inbound, "Moved to the time that they chose", heard.now)
    # What they asked for is done, however often they asked.
    asked = InboundMessage.objects.filter(
        participant=offer.participant, kind=InboundKind.RESCHEDULE, resolved_at=None
    )
    asked.update(resolved_at=heard.now, resolution="Moved to the time that they chose")


def _move(offer: SlotOffer, starts_at: datetime, now: datetime) -> None:
    participant = offer.participant
    session = participant.session
    local = starts_at.astimezone(ZoneInfo(session.timezone))
    offered = own_slots(participant, first=local.date(), days=1, now=now)
    if session.version == offer.session_version and starts_at not in {slot.starts_at for slot in offered}:
        raise ValidationError(gettext("That time is not free any more."), code="slot_taken")
    moved = reschedule_session(
        session=session,
        to=NewTime(on=local.date(), at=local.time()),
        actor=None,
        now=now,
        change=Change(
            seen_version=offer.session_version,
            # They have just been answered; of two guardians the other hears of it too.
            tell_clients=not hears_alone(participant, offer.recipient, now),
        ),
    )
    record_response(
        participant=participant,
        response=Response.CONFIRMED,
        by=AnsweredBy.SMS,
        version=moved.version,
        actor=None,
        now=now,
    )


def _offer_others(heard: Heard, offer: SlotOffer, *, is_stale: bool) -> None:
    """Somebody was quicker, or the session changed meanwhile; either way a person can look."""
    _end(offer, OfferEnd.VOID if is_stale else OfferEnd.GONE, heard.now)
    if is_stale:
        answer(heard, "too_late")
    elif not offer_times(heard, offer.participant, key="offered_again"):
        answer(heard, "asks_to_move")


def _live(address: str) -> SlotOffer | None:
    standing = SlotOffer.objects.select_for_update(of=("self",)).filter(address=address, ended_at=None)
    return standing.select_related("recipient", "participant__session__case", "participant__client").first()


def _end(offer: SlotOffer | None, how: OfferEnd, now: datetime) -> None:
    if offer:
        offer.ended_at, offer.end = now, how
        offer.save()


def _stored(inbound: InboundMessage) -> InboundMessage:
    inbound.save()
    return inbound


def _fitting_times(participant: Participant, now: datetime) -> list[datetime]:
    """Of each day the time most like their usual ones; of these days the likest and soonest."""
    today = get_practice().today(now)
    slots = own_slots(participant, first=today, days=LOOK_AHEAD_DAYS, now=now)
    zone = participant.session.zone
    usual = _usual_minutes(participant)

    def strangeness(moment: datetime) -> int:
        minutes = _minute_of_day(moment, zone)
        return min(abs(minutes - known) for known in usual)

    def day_of(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    free = [slot.starts_at for slot in slots]
    best = [min(group, key=lambda at: (strangeness(at), at)) for _, group in groupby(free, key=day_of)]
    likest = sorted(best, key=lambda at: (strangeness(at) // ALIKE_MINUTES, at))
    return sorted(likest[:MOST_OFFERED])


def _usual_minutes(participant: Participant) -> list[int]:
    """The times of day at which they come: what we know of their preferences."""
    zone = participant.session.zone
    known = Participant.objects.filter(client_id=participant.client_id, cancelled_at=None)
    latest = known.order_by("-starts_at").values_list("starts_at", flat=True)[:KNOWN_TIMES]
    return [_minute_of_day(moment, zone) for moment in (participant.session.starts_at, *latest)]


def _minute_of_day(moment: datetime, zone: ZoneInfo) -> int:
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute
