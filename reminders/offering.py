"""Offers freed times to the waitlist: compares what was freed with what was offered, and goes on.

Nothing is pushed: each pass looks at the facts (sessions called off or moved, offers answered, expired,
not delivered) and makes the next step that follows. A second pass at the same moment changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from accounts.audit import reconciling
from accounts.models import Practice
from clients.models import Client, Consent, ConsentPurpose, ContactPoint, Guardianship
from clients.screening import not_to_be_invited
from reminders.hours import next_open, zones_of
from reminders.models import Message, Purpose
from sessions_app.models import (
    Closure,
    EndOfVacancy,
    Offer,
    OfferState,
    Participant,
    TherapySession,
    Vacancy,
    WaitlistEntry,
)
from sessions_app.services import (
    close_vacancy,
    end_those_past,
    expire_offers,
    make_offer,
    note_freed_time,
    open_vacancy,
)
from sessions_app.waiting import held_until, is_elsewhere, people_of, suits

# Whom to ask for one entry, each with the address that is tried first.
Readers = dict[Client, str]

# What was freed longer ago was offered, or nobody wanted it.
NEWS = timedelta(days=14)

# Who could not be written to makes way for the next (of several in a case: if none could); a message
# with an attempt may still arrive.
_UNREACHED = """
    UPDATE sessions_app_offer o SET state = 'unreached'
    FROM reminders_message m
    WHERE o.state = 'open' AND m.purpose = 'offer' AND m.subject_id = o.public_id
      AND m.state IN ('suppressed', 'failed', 'expired', 'cancelled')
      AND NOT EXISTS (
          SELECT FROM reminders_message reached
          WHERE reached.purpose = 'offer' AND reached.subject_id = o.public_id
            AND reached.state NOT IN ('suppressed', 'failed', 'expired', 'cancelled'))
"""


def offer_freed_times(*, now: datetime) -> int:
    """Make every next step that the facts ask for; returns how many people were asked.

    Each step is a transaction of its own, so that no calendar is held for the sake of another.
    """
    practice = Practice.objects.filter(pk=1).first()
    if practice is None:
        return 0
    with reconciling("offer_freed_times"):
        end_those_past(today=practice.today(now), now=now)
        expire_offers(now=now)
        _pass_over_unreached()
    waiting = _may_be_asked(list(WaitlistEntry.objects.waiting().with_people()))
    _open(waiting, practice, now)
    return sum(_go_on(vacancy, waiting, practice, now) for vacancy in _vacancies())


def _may_be_asked(waiting: list[WaitlistEntry]) -> list[WaitlistEntry]:
    """But for those whom nothing invites to come together (row 5.2)."""
    apart = not_to_be_invited(entry.case_id for entry in waiting if entry.case.is_joint)
    return [entry for entry in waiting if entry.case_id not in apart]


def _pass_over_unreached() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_UNREACHED)


def _vacancies() -> Sequence[Vacancy]:
    found = Vacancy.objects.open().with_people().prefetch_related("session__participants")
    return list(found.order_by("starts_at"))


def _open(waiting: list[WaitlistEntry], practice: Practice, now: datetime) -> None:
    """Hold what was freed for good and suits somebody."""
    if not waiting:
        return
    told_by = now - timedelta(minutes=practice.undo_minutes)
    after = now + timedelta(hours=practice.offer_lead_hours)
    _note_cancelled(told_by=told_by, since=now - NEWS, after=after)
    freed = Vacancy.objects.freed(told_by=told_by, since=now - NEWS, after=after)
    vacancies = list(freed.with_people().prefetch_related("session__participants").order_by("starts_at"))
    shut = set(Closure.objects.filter(on__in={one.on for one in vacancies}).values_list("location_id", "on"))
    for vacancy in vacancies:
        if (vacancy.location_id, vacancy.on) in shut:
            continue
        if any(suits(entry, vacancy) for entry in waiting):
            open_vacancy(vacancy=vacancy, now=now)


def _note_cancelled(*, told_by: datetime, since: datetime, after: datetime) -> None:
    """The times of sessions called off, once that is for good; who moves one notes its time as they do."""
    noted = Vacancy.objects.all()
    cancelled = TherapySession.objects.freed(told_by=told_by, since=since, after=after, noted=noted)
    with reconciling("note_freed_times"):
        for session in cancelled:
            assert session.cancelled_at  # noqa: S101 - that is how it was found
            note_freed_time(session=session, freed_at=session.cancelled_at)


def _go_on(vacancy: Vacancy, waiting: list[WaitlistEntry], practice: Practice, now: datetime) -> int:
    """Ask the next ones, if nobody is being asked; give the time back when nobody is left."""
    lead = timedelta(hours=practice.offer_lead_hours)
    if not vacancy.occupancies.filter(released_at=None).exists():
        close_vacancy(vacancy=vacancy, end=EndOfVacancy.GONE, actor=None, now=now)
        return 0
    if any(offer.state == OfferState.OPEN for offer in vacancy.offers.all()):
        return 0
    left = _left(vacancy, waiting) if now < vacancy.starts_at - lead else []
    if not left:
        close_vacancy(vacancy=vacancy, end=EndOfVacancy.NOBODY, actor=None, now=now)
        return 0
    until = held_until(vacancy, now=now, minutes=practice.offer_hold_minutes, lead=lead)
    awake = _awake(left, practice, now)
    return sum(_ask(vacancy, entry, readers, practice, until, now) for entry, readers in awake)


def _ask(
    vacancy: Vacancy,
    entry: WaitlistEntry,
    readers: list[Client],
    practice: Practice,
    until: datetime,
    now: datetime,
) -> bool:
    """One more, unless as many as the practice likes are being asked already.

    Of a couple or a family each is asked by themselves; the time is held for all, and the first answer counts.
    """
    with transaction.atomic():
        offer = make_offer(
            vacancy=vacancy,
            entry=entry,
            recipient=readers[0],
            until=until,
            at_most=practice.offer_batch,
            now=now,
        )
        if offer:
            for reader in readers:
                _plan(offer, reader, now)
    return offer is not None


def _left(vacancy: Vacancy, waiting: list[WaitlistEntry]) -> list[tuple[WaitlistEntry, Readers]]:
    """Those whom it suits and who were not asked yet, with whom to write to; longest waiting first."""
    asked = {offer.entry_id for offer in vacancy.offers.all()}
    busy = set(Offer.objects.filter(state=OfferState.OPEN).values_list("entry_id", flat=True))
    fitting = [
        entry for entry in waiting if entry.pk not in asked and entry.pk not in busy and suits(entry, vacancy)
    ]
    expected = _expected(fitting, vacancy)
    free = [one for one in fitting if not is_elsewhere(expected[one.pk], vacancy)]
    return _reachable(free)


def _expected(entries: Iterable[WaitlistEntry], freed: Vacancy) -> dict[int, list[tuple[datetime, datetime]]]:
    """When these people are expected about that time, but for the session that they would move; by entry."""
    people = {entry.pk: {person.pk for person in people_of(entry)} for entry in entries}
    day = timedelta(days=1)
    rows = Participant.objects.expected().filter(
        client__in=set().union(*people.values()),
        starts_at__gt=freed.starts_at - day,
        starts_at__lt=freed.ends_at + day,
    )
    times = list(rows.values_list("client_id", "session_id", "session__starts_at", "session__ends_at"))
    return {
        entry.pk: [
            (begins, ends)
            for client_id, session_id, begins, ends in times
            if client_id in people[entry.pk] and session_id != entry.session_id
        ]
        for entry in entries
    }


def _reachable(entries: list[WaitlistEntry]) -> list[tuple[WaitlistEntry, Readers]]:
    """With whom to ask for each, and at which address: they, or a minor's guardian; of several whoever agreed."""
    agreed = Consent.objects.filter(
        purpose=ConsentPurpose.OFFERS,
        withdrawn_at=None,
        contact_point__ended_at=None,
        contact_point__unfit_at=None,
    ).select_related("contact_point__client")
    people = {person.pk for entry in entries for person in people_of(entry)}
    wards: dict[int, list[Client]] = defaultdict(list)
    for one in Guardianship.objects.filter(minor__in=people, may_receive=True, until=None).select_related(
        "guardian"
    ):
        wards[one.minor_id].append(one.guardian)
    ids = people | {guardian.pk for guardians in wards.values() for guardian in guardians}
    first: dict[int, ContactPoint] = {}
    for consent in agreed.filter(contact_point__client__in=ids).order_by("-contact_point__position"):
        first[consent.contact_point.client_id] = consent.contact_point
    found = []
    for entry in entries:
        readers: Readers = {}
        for person in people_of(entry):
            hearing = wards[person.pk] or [person]
            reader = next((one for one in hearing if one.pk in first), None)
            if reader:
                readers[reader] = first[reader.pk].address
        if readers:
            found.append((entry, readers))
    return found


def _awake(
    left: list[tuple[WaitlistEntry, Readers]], practice: Practice, now: datetime
) -> list[tuple[WaitlistEntry, list[Client]]]:
    """At night nobody is asked: the time that they have to answer would run while they sleep."""

    def is_awake(reader: Client, address: str) -> bool:
        return next_open(now, zones_of(reader.timezone, practice.timezone, address)) <= now

    return [
        (entry, list(readers))
        for entry, readers in left
        if all(is_awake(reader, address) for reader, address in readers.items())
    ]


def _plan(offer: Offer, reader: Client, now: datetime) -> None:
    """Into the outbox, where consent, safety and hours are judged once more when it goes."""
    Message.objects.get_or_create(
        purpose=Purpose.OFFER,
        rule=None,
        subject_id=offer.public_id,
        subject_version=1,
        recipient=reader,
        defaults={
            "template_key": "offer",
            "priority": 1,
            "due_at": now,
            "not_before": now,
            "expires_at": offer.expires_at,
        },
    )
