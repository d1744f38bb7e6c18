"""Verbs on the waitlist: who waits, which freed time is held for whom, and who takes it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from clients.models import Case, Client
from sessions_app.choices import video_link_of
from sessions_app.models import (
    EndOfVacancy,
    EndOfWaiting,
    Occupancy,
    Offer,
    OfferState,
    Service,
    TherapySession,
    Vacancy,
    WaitlistEntry,
)
from sessions_app.occupancy import SlotTaken, conflicts_with, lock_resources, resource_keys
from sessions_app.services.booking import Booking, book_session
from sessions_app.services.changing import NewSetting, NewTime, relocate_session


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What kind of time somebody waits for; wall time at the place."""

    case: Case
    client: Client
    session: TherapySession | None = None
    service: Service | None = None
    clinicians: tuple[User, ...] = ()
    weekdays: tuple[int, ...] = ()
    from_time: time | None = None
    until_time: time | None = None
    until_on: date | None = None
    wishes: str = ""


def add_to_waitlist(*, wish: Wish, actor: User | None, now: datetime) -> WaitlistEntry:
    """Somebody waits from now on; what they waited for before in this case is put in its place.

    The place in the queue stays. Raises ValidationError for somebody who is not in the case.
    """
    with acting("add_to_waitlist", actor=actor):
        Client.objects.select_for_update().get(pk=wish.client.pk)
        _refuse_wish(wish)
        standing = WaitlistEntry.objects.filter(case=wish.case, client=wish.client, ended_at=None).first()
        entry = standing or WaitlistEntry(case=wish.case, client=wish.client, since_at=now, added_by=actor)
        for field in ("session", "service", "from_time", "until_time", "until_on", "wishes"):
            setattr(entry, field, getattr(wish, field))
        entry.weekdays = sorted(wish.weekdays)
        entry.save()
        entry.clinicians.set(wish.clinicians)
    return entry


def end_waiting(*, entry: WaitlistEntry, actor: User | None, now: datetime) -> WaitlistEntry:
    """They wait no longer; what they are being offered is taken back."""
    with acting("end_waiting", actor=actor):
        locked = WaitlistEntry.objects.select_for_update().get(pk=entry.pk)
        if locked.ended_at is None:
            _end_entry(locked, EndOfWaiting.REMOVED, now)
            locked.offers.filter(state=OfferState.OPEN).update(state=OfferState.WITHDRAWN)
    return locked


def end_those_past(*, today: date, now: datetime) -> int:
    """Whoever's last day has passed waits no longer; returns how many."""
    past = WaitlistEntry.objects.filter(ended_at=None, until_on__lt=today)
    return past.update(ended_at=now, end=EndOfWaiting.OVER)


def open_vacancy(*, vacancy: Vacancy, now: datetime) -> Vacancy:
    """Hold a freed time for the waitlist, if it is still free; the constraint is the law here too."""
    with acting("open_vacancy", actor=None):
        keys = _calendar(vacancy)
        lock_resources(keys)
        locked = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        if locked.opened_at or locked.closed_at:
            return locked
        locked.opened_at = now
        during = (locked.starts_at, locked.ends_at)
        if conflicts_with(keys, [during]):
            _close(locked, EndOfVacancy.GONE, None, now)
            return locked
        locked.save()
        Occupancy.objects.bulk_create(
            Occupancy(resource=key, during=DateTimeTZRange(*during), vacancy=locked) for key in keys
        )
    return locked


def make_offer(
    *,
    vacancy: Vacancy,
    entry: WaitlistEntry,
    recipient: Client,
    until: datetime,
    at_most: int,
    now: datetime,
) -> Offer | None:
    """Ask one person, with at most so many being asked at once.

    None where that many are, they were asked already, or the time is not held any more.
    """
    with acting("make_offer", actor=None):
        locked = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        waiting = WaitlistEntry.objects.select_for_update().get(pk=entry.pk)
        asked = Offer.objects.filter(entry=entry, vacancy=vacancy).exists()
        busy = waiting.offers.filter(state=OfferState.OPEN).exists()
        enough = locked.offers.filter(state=OfferState.OPEN).count() >= at_most
        if enough or asked or busy or waiting.ended_at or not _is_held(locked):
            return None
        return Offer.objects.create(
            vacancy=locked, entry=waiting, recipient=recipient, offered_at=now, expires_at=until
        )


def take_offer(*, offer: Offer, now: datetime) -> TherapySession:
    """The first answer has the time: their session moves there, or they get one more.

    Raises ValidationError (code "gone") where somebody was faster or the time to answer is over,
    and (code "not_now") where theirs cannot be changed any more.
    """
    freed, theirs = offer.vacancy, offer.entry.session
    with acting("take_offer", actor=None):
        # All at once and sorted, as whoever moves or books does.
        lock_resources([*_calendar(freed), *(_calendar(theirs) if theirs else [])])
        vacancy = Vacancy.objects.select_for_update().get(pk=offer.vacancy_id)
        locked = Offer.objects.select_for_update().select_related("entry").get(pk=offer.pk)
        _refuse_gone(locked, vacancy, now)
        _release(vacancy, now)
        try:
            session = _give(locked.entry, freed, now)
        except SlotTaken as error:
            raise ValidationError(_("Somebody was faster."), code="gone") from error
        except ValidationError as error:
            raise ValidationError(_("That cannot be changed here any more."), code="not_now") from error
        locked.state, locked.answered_at = OfferState.TAKEN, now
        locked.save()
        vacancy.offers.filter(state=OfferState.OPEN).update(state=OfferState.GONE)
        _close(vacancy, EndOfVacancy.TAKEN, None, now)
        _end_entry(locked.entry, EndOfWaiting.TAKEN, now)
    return session


def decline_offer(*, offer: Offer, now: datetime) -> Offer:
    """Not this one: they go on waiting, and the next person is asked at once."""
    with acting("decline_offer", actor=None):
        locked = Offer.objects.select_for_update().get(pk=offer.pk)
        if locked.state == OfferState.OPEN:
            locked.state, locked.answered_at = OfferState.DECLINED, now
            locked.save()
    return locked


def withdraw_offer(*, offer: Offer, actor: User) -> Offer:
    """The desk takes it back from this person, who goes on waiting; the next one is asked."""
    with acting("withdraw_offer", actor=actor):
        locked = Offer.objects.select_for_update().get(pk=offer.pk)
        if locked.state != OfferState.OPEN:
            raise ValidationError(_("They have answered already, or their time to answer is over."))
        locked.state = OfferState.WITHDRAWN
        locked.save()
    return locked


def expire_offers(*, now: datetime) -> int:
    """Whoever did not answer in time makes way for the next; returns how many."""
    over = Offer.objects.filter(state=OfferState.OPEN, expires_at__lte=now)
    return over.update(state=OfferState.EXPIRED)


def pass_over(*, offer: Offer) -> None:
    """The message could not reach them: the next person is asked."""
    Offer.objects.filter(pk=offer.pk, state=OfferState.OPEN).update(state=OfferState.UNREACHED)


def close_vacancy(*, vacancy: Vacancy, end: str, actor: User | None, now: datetime) -> Vacancy:
    """Offer it to nobody any more: the time is free for everybody again."""
    with acting("close_vacancy", actor=actor):
        locked = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        if locked.closed_at is None:
            _release(locked, now)
            locked.offers.filter(state=OfferState.OPEN).update(state=OfferState.WITHDRAWN)
            _close(locked, end, actor, now)
    return locked


def _give(entry: WaitlistEntry, freed: Vacancy, now: datetime) -> TherapySession:
    clinicians = tuple(freed.clinicians.all())
    theirs = entry.session
    if theirs and not theirs.is_cancelled and theirs.starts_at > now:
        setting = NewSetting(
            modality=freed.modality,
            location=freed.location,
            room=freed.room,
            video_link=video_link_of(theirs),
            clinicians=clinicians,
        )
        to = NewTime(on=freed.on, at=freed.at)
        return relocate_session(
            session=theirs, to=to, timezone=freed.timezone, setting=setting, actor=None, now=now
        )
    booking = Booking(
        case=entry.case,
        clinicians=clinicians,
        service=entry.service or freed.service,  # type: ignore[arg-type]  # only history lacks one
        on=freed.on,
        at=freed.at,
        timezone=freed.timezone,
        minutes=min(freed.minutes, entry.service.minutes) if entry.service else freed.minutes,
        modality=freed.modality,
        location=freed.location,
        room=freed.room,
        video_link=next(filter(None, (one.video_link for one in clinicians)), ""),
        # Of a couple or a family, everybody who takes part.
        clients=None if entry.case.is_joint else (entry.client,),
    )
    return book_session(booking=booking, actor=None, now=now)


def _refuse_wish(wish: Wish) -> None:
    if wish.client.is_silent or wish.case.closed_on:
        raise ValidationError(_("They are not in treatment any more."))
    if not wish.case.members.filter(client=wish.client, left_on=None).exists():
        raise ValidationError({"case": _("They are not in this case.")})
    if wish.from_time and wish.until_time and wish.until_time <= wish.from_time:
        raise ValidationError({"until_time": _("The end comes after the beginning.")})
    if not set(wish.weekdays) <= set(range(7)):
        raise ValidationError({"weekdays": _("Choose days of the week.")})


def _refuse_gone(offer: Offer, vacancy: Vacancy, now: datetime) -> None:
    open_still = offer.state == OfferState.OPEN and now < offer.expires_at
    if not open_still or vacancy.closed_at or offer.entry.ended_at or not _is_held(vacancy):
        raise ValidationError(_("Somebody was faster."), code="gone")


def _calendar(of: TherapySession | Vacancy) -> list[str]:
    return resource_keys(of.clinicians.all(), of.room)


def _is_held(vacancy: Vacancy) -> bool:
    return vacancy.occupancies.filter(released_at=None).exists()


def _release(vacancy: Vacancy, now: datetime) -> None:
    vacancy.occupancies.filter(released_at=None).update(released_at=now)


def _close(vacancy: Vacancy, end: str, actor: User | None, now: datetime) -> None:
    vacancy.closed_at, vacancy.end, vacancy.closed_by = now, end, actor
    vacancy.save()


def _end_entry(entry: WaitlistEntry, end: str, now: datetime) -> None:
    entry.ended_at, entry.end = now, end
    entry.save()
