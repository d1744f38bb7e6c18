"""The only door from a page or the API to sessions and their participants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count, Min, Model, Prefetch, QuerySet
from django.http import Http404

from accounts.access import clinicians, require
from accounts.models import User
from accounts.prepared import Prepared, columns_of, once, record_of
from accounts.roles import May
from clients.models import Case, Client
from sessions_app.models import (
    Availability,
    Closure,
    Location,
    Occupancy,
    Offer,
    Participant,
    Room,
    Service,
    TherapySession,
    TimeOff,
    Vacancy,
    WaitlistEntry,
)
from sessions_app.occupancy import resource_keys
from sessions_app.querysets import (
    ParticipantQuerySet,
    TherapySessionQuerySet,
    VacancyQuerySet,
    WaitlistQuerySet,
)

Record = TypeVar("Record", bound=Model)


def sessions_visible_to(user: User) -> TherapySessionQuerySet:
    """The sessions that this person may see."""
    return TherapySession.objects.visible_to(user)


def sessions_counted_for(user: User, *, clinically: bool = False) -> TherapySessionQuerySet:
    """Whose numbers this person may see: the practice's, or those that they or their team led.

    ``clinically`` is for figures of what stands behind the wall: never wider than what one leads or supervises.
    """
    require(user, May.SEE_NUMBERS)
    if clinically:
        require(user, May.SEE_CLINICAL_WORDS)
    elif user.may(May.SEE_PRACTICE_NUMBERS):
        return TherapySession.objects.all()
    return TherapySession.objects.counted_as_led(user)


def sessions_of_the_practice(user: User) -> TherapySessionQuerySet:
    """Everybody's, for the practice as a whole beside one's own; where few are in it, it is not shown."""
    require(user, May.SEE_NUMBERS)
    return TherapySession.objects.all()


def sessions_together_with_kept_away(user: User, client: Client, *, now: datetime) -> TherapySessionQuerySet:
    """What still lies ahead for this person with somebody whom an order of theirs keeps away."""
    kept_away = client.protective_orders.filter(ended_at=None).values("other")
    theirs = Participant.objects.filter(cancelled_at=None)
    ahead = (
        sessions_visible_to(user).upcoming(now).filter(pk__in=theirs.filter(client=client).values("session"))
    )
    return ahead.filter(pk__in=theirs.filter(client__in=kept_away).values("session")).order_by("starts_at")


def participants_visible_to(user: User) -> ParticipantQuerySet:
    """The participants of the sessions that this person may see."""
    return Participant.objects.visible_to(user)


def get_session(user: User, public_id: UUID, *, write: bool = False) -> TherapySession:
    """One session; 404 if invisible, 403 if visible and not this person's to change."""
    session = sessions_visible_to(user).filter(public_id=public_id).first()
    if session is None:
        raise Http404
    if write:
        require(user, May.BOOK)
    return session


def get_participant(user: User, public_id: UUID, *, write: bool = False) -> Participant:
    """One participant with session and client; 404 if invisible, 403 if read-only."""
    found = participants_visible_to(user).select_related("session", "client")
    participant = found.filter(public_id=public_id).first()
    if participant is None:
        raise Http404
    if write:
        require(user, May.RECORD_ATTENDANCE)
    return participant


def waitlist_visible_to(user: User) -> WaitlistQuerySet:
    """Who waits for another time, as far as this person may see them."""
    return WaitlistEntry.objects.visible_to(user)


def get_waiting(user: User, public_id: UUID, *, write: bool = False) -> WaitlistEntry:
    """One who waits; 404 if invisible, 403 if read-only."""
    entry = waitlist_visible_to(user).select_related("client").filter(public_id=public_id).first()
    if write:
        require(user, May.BOOK)
    return _found(entry)


def vacancies_visible_to(user: User) -> VacancyQuerySet:
    """The freed times that were offered, as far as this person may see whose they were."""
    return Vacancy.objects.visible_to(user)


def vacancies_counted_for(user: User) -> VacancyQuerySet:
    """The freed times whose numbers this person may see: the practice's, or their own and their team's."""
    require(user, May.SEE_NUMBERS)
    if user.may(May.SEE_PRACTICE_NUMBERS):
        return Vacancy.objects.all()
    return Vacancy.objects.counted_as_led(user)


def get_vacancy(user: User, public_id: UUID, *, write: bool = False) -> Vacancy:
    """One freed time; 404 if invisible, 403 if read-only."""
    vacancy = vacancies_visible_to(user).filter(public_id=public_id).first()
    if write:
        require(user, May.BOOK)
    return _found(vacancy)


def get_offer(user: User, public_id: UUID, *, write: bool = False) -> Offer:
    """One offer to somebody who waits; 404 if they are invisible, 403 if read-only."""
    offer = (
        Offer.objects.filter(entry__in=waitlist_visible_to(user), public_id=public_id)
        .select_related("entry__client")
        .first()
    )
    if write:
        require(user, May.BOOK)
    return _found(offer)


def may_read_session_words(user: User, session: TherapySession) -> bool:
    """Whether this person may read what was said about coming to a session (row 1.7)."""
    return TherapySession.objects.clinical_for(user).filter(pk=session.pk).exists()


def locations() -> QuerySet[Location]:
    """The places in use."""
    return Location.objects.filter(is_active=True)


_LOCATIONS = Prepared(
    "locations_in_use",
    f"SELECT {columns_of(Location, 'l')} FROM sessions_app_location l WHERE l.is_active ORDER BY l.name",  # noqa: S608 - the columns are our own
    values=0,
)


def locations_in_use(since: str = "") -> list[Location]:
    """The same, read: every board shows them; with `since`, the latest change told of, once for all polls."""
    return [record_of(Location, values) for values in once(since, "locations", _LOCATIONS.rows)]


def place_names() -> dict[int, str]:
    """What each place is called, by key; also those no longer in use."""
    return dict(Location.objects.order_by().values_list("pk", "name"))


def rooms() -> QuerySet[Room]:
    """The rooms in use, with their places."""
    return Room.objects.filter(is_active=True, location__is_active=True).select_related("location")


def services() -> QuerySet[Service]:
    """What can be booked."""
    return Service.objects.filter(is_active=True)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A stretch of a clinician's or a room's time that is taken; by whom is not said here."""

    resource: str
    starts_at: datetime
    ends_at: datetime
    kind: str  # away, held (for the waitlist), session
    session_public_id: str = ""


def taken_times(
    *, clinicians: Iterable[User], rooms: Iterable[Room], begins: datetime, ends: datetime
) -> list[Taken]:
    """What occupies these people and rooms; no secret to who books, who is refused that time. One query."""
    keys = [key for one in clinicians for key in resource_keys([one], None)]
    keys += [key for room in rooms for key in resource_keys([], room)]
    during = DateTimeTZRange(begins, ends)
    rows = Occupancy.objects.filter(resource__in=keys, released_at=None, during__overlap=during)
    found = rows.order_by("during").values_list(
        "resource", "during", "time_off_id", "vacancy_id", "session__public_id"
    )
    return [
        Taken(
            resource=resource,
            starts_at=during.lower,
            ends_at=during.upper,
            kind="away" if time_off else "held" if vacancy else "session",
            session_public_id="" if session is None else str(session),
        )
        for resource, during, time_off, vacancy, session in found
    ]


@dataclass(frozen=True)
class Workload:
    """What would be left hanging if a colleague were no longer there. Counts only."""

    upcoming_sessions: int
    next_at: datetime | None
    open_cases: int
    supervisees: int

    @property
    def is_empty(self) -> bool:
        return not (self.upcoming_sessions or self.open_cases or self.supervisees)


def workload_of(user: User, colleague: User, now: datetime) -> Workload:
    """The counts for who manages staff and may see no client. Three queries."""
    require(user, May.MANAGE_STAFF)
    ahead = TherapySession.objects.led_by(colleague).upcoming(now)
    figures = ahead.aggregate(count=Count("pk"), soonest=Min("starts_at"))
    return Workload(
        upcoming_sessions=figures["count"],
        next_at=figures["soonest"],
        open_cases=Case.objects.open().filter(clinicians=colleague).count(),
        supervisees=colleague.supervisees.filter(is_active=True).count(),
    )


def get_location(public_id: UUID) -> Location:
    """One place in use; 404 if there is none."""
    location = locations().filter(public_id=public_id).first()
    if location is None:
        raise Http404
    return location


def participants_of(people: Iterable[Client]) -> ParticipantQuerySet:
    """Where these people are expected, with whomever: to warn of an overlap, never to show."""
    return Participant.objects.filter(client__in=people)


def all_places(user: User) -> QuerySet[Location]:
    """Every place with its rooms, the retired included; for who manages settings. Two queries."""
    require(user, May.MANAGE_SETTINGS)
    return Location.objects.order_by("-is_active", "name").prefetch_related("rooms")


def get_place(user: User, public_id: UUID) -> Location:
    """One place; 404 if there is none, 403 for who does not manage settings."""
    return _found(all_places(user).filter(public_id=public_id).first())


def get_room(user: User, public_id: UUID) -> Room:
    """One room; 404 if there is none, 403 for who does not manage settings."""
    require(user, May.MANAGE_SETTINGS)
    return _found(Room.objects.select_related("location").filter(public_id=public_id).first())


def all_services(user: User) -> QuerySet[Service]:
    """Everything that is or was offered; for who manages settings."""
    require(user, May.MANAGE_SETTINGS)
    return Service.objects.order_by("-is_active", "name")


def get_service(user: User, public_id: UUID) -> Service:
    """One service; 404 if there is none, 403 for who does not manage settings."""
    return _found(all_services(user).filter(public_id=public_id).first())


def clinicians_with_hours(user: User) -> QuerySet[User]:
    """Those who see clients, with their weekly windows; for who manages settings. Two queries."""
    require(user, May.MANAGE_SETTINGS)
    windows = Availability.objects.select_related("location").order_by("weekday", "starts")
    return clinicians().prefetch_related(Prefetch("availabilities", queryset=windows))


def get_clinician(user: User, public_id: UUID) -> User:
    """One of them; 404 if there is none, 403 for who does not manage settings."""
    return _found(clinicians_with_hours(user).filter(public_id=public_id).first())


def get_hours(user: User, public_id: UUID) -> Availability:
    """One weekly window with its clinician; 404 if there is none."""
    require(user, May.MANAGE_SETTINGS)
    windows = Availability.objects.select_related("clinician", "location")
    return _found(windows.filter(public_id=public_id).first())


def time_off_ahead(user: User, now: datetime) -> QuerySet[TimeOff]:
    """When clinicians are away, soonest first, as long as it holds; for who manages settings."""
    require(user, May.MANAGE_SETTINGS)
    return _away_from(now)


def absences_of(clinicians: Iterable[User], now: datetime) -> QuerySet[TimeOff]:
    """When one of these is away, soonest first, as long as it holds; the caller says whom it concerns."""
    return _away_from(now).filter(clinician__in=clinicians)


def _away_from(now: datetime) -> QuerySet[TimeOff]:
    holding = TimeOff.objects.filter(ends_at__gt=now, occupancies__released_at=None)
    return holding.select_related("clinician").distinct().order_by("starts_at")


def get_time_off(user: User, public_id: UUID, now: datetime) -> TimeOff:
    """One of them; 404 if there is none that still holds."""
    return _found(time_off_ahead(user, now).filter(public_id=public_id).first())


def closed_days_from(today: date) -> QuerySet[Closure]:
    """Days on which a place is shut, from today on; no secret to anybody on the staff."""
    return Closure.objects.filter(on__gte=today).select_related("location").order_by("on", "location__name")


def closures_ahead(user: User, today: date) -> QuerySet[Closure]:
    """The same on the settings pages; for who manages settings."""
    require(user, May.MANAGE_SETTINGS)
    return closed_days_from(today)


def get_closure(user: User, place_id: UUID, on: date) -> Closure:
    """The closure of a place on a day; 404 if it is open, 403 for who may not close one."""
    require(user, May.CLOSE_PLACES)
    closures = Closure.objects.select_related("location")
    return _found(closures.filter(location__public_id=place_id, on=on).first())


def _found(record: Record | None) -> Record:
    if record is None:
        raise Http404
    return record
