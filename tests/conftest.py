"""The cast: the same few people in every test, at a practice in Chicago."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from accounts.models import Practice, User
from accounts.roles import Role
from clients.models import (
    Case,
    CaseClinician,
    CaseMember,
    Client,
    Consent,
    ConsentPurpose,
    ContactPoint,
    MemberRole,
)
from reminders.services import ensure_default_rules
from sessions_app.models import Availability, Location, Room, Service, TherapySession, Vacancy
from sessions_app.services import Booking, book_series, book_session, note_freed_time, open_vacancy

ZONE = "America/Chicago"
# A Monday morning, 9:00 in Chicago.
NOW = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
TODAY = date(2026, 11, 16)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def practice(db: None) -> Practice:
    """Lakeside Counseling, live since January; known to clients as Lakeside."""
    # A test with real transactions empties the tables, and with them what the migration laid.
    ensure_default_rules()
    return Practice.objects.create(
        pk=1,
        name="Lakeside Counseling",
        display_name="Lakeside",
        phone="+13125550100",
        email="desk@lakeside.example",
        timezone=ZONE,
        live_from=date(2026, 1, 1),
    )


def _person(name: str, *roles: Role, **fields: Any) -> User:
    email = f"{name.split()[-2 if ',' in name else -1].lower()}@lakeside.example"
    return User.objects.create_user(email, "correct horse battery", name=name, roles=list(roles), **fields)


@pytest.fixture
def dana(practice: Practice) -> User:
    """Supervises Amara and Luis."""
    return _person("Dana Reyes", Role.SUPERVISOR)


@pytest.fixture
def amara(dana: User) -> User:
    """The clinician of most tests."""
    return _person("Dr. Amara Okafor", Role.CLINICIAN, supervisor=dana)


@pytest.fixture
def luis(dana: User) -> User:
    """A second clinician, to whom Amara's clients are nobody."""
    return _person("Luis Herrera", Role.CLINICIAN, supervisor=dana)


@pytest.fixture
def desk(practice: Practice) -> User:
    """The front desk."""
    return _person("Fran Desk", Role.FRONT_DESK)


@pytest.fixture
def admin_user(practice: Practice) -> User:
    """Looks after settings and staff, and sees no client."""
    return _person("Ari Admin", Role.PRACTICE_ADMIN)


@pytest.fixture
def place(practice: Practice) -> Location:
    return Location.objects.create(name="Lake Street", timezone=ZONE)


@pytest.fixture
def room(place: Location) -> Room:
    return Room.objects.create(location=place, name="Room 2")


@pytest.fixture
def service(practice: Practice) -> Service:
    return Service.objects.create(name="Individual session", minutes=50)


def person(given_name: str, family_name: str, number: int, **fields: Any) -> Client:
    """A client with a mobile number and an e-mail, both agreed to."""
    client = Client.objects.create(given_name=given_name, family_name=family_name, **fields)
    phone = ContactPoint.objects.create(
        client=client, kind="phone", address=f"+1312555{number:04d}", label="mobile"
    )
    mail = ContactPoint.objects.create(
        client=client, kind="email", address=f"{given_name.lower()}@example.org", position=1
    )
    Consent.objects.bulk_create(
        Consent(contact_point=contact, purpose=purpose, how="signed", given_at=NOW)
        for contact in (phone, mail)
        for purpose in ConsentPurpose
    )
    return client


@pytest.fixture
def rosa(practice: Practice) -> Client:
    return person("Rosa", "Mendes", 101)


@pytest.fixture
def maya(practice: Practice) -> Client:
    return person("Maya", "Field", 111)


@pytest.fixture
def jonah(practice: Practice) -> Client:
    return person("Jonah", "Field", 112)


def held_time_of(session: TherapySession, now: datetime) -> Vacancy:
    """The time of a session that was called off, held for the waitlist."""
    note_freed_time(session=session, freed_at=now)
    return open_vacancy(vacancy=Vacancy.objects.get(session=session), now=now)


def case_of(clinician: User, kind: str, *clients: Client, title: str = "") -> Case:
    """An open case with its clinician and members."""
    case = Case.objects.create(kind=kind, title=title, opened_on=date(2026, 1, 5))
    CaseClinician.objects.create(case=case, clinician=clinician)
    CaseMember.objects.bulk_create(
        CaseMember(case=case, client=client, role=MemberRole.CLIENT, joined_on=date(2026, 1, 5))
        for client in clients
    )
    return case


@pytest.fixture
def rosa_case(rosa: Client, amara: User) -> Case:
    return case_of(amara, Case.Kind.INDIVIDUAL, rosa)


@pytest.fixture
def field_case(maya: Client, jonah: Client, amara: User) -> Case:
    """A couple, Maya and Jonah."""
    return case_of(amara, Case.Kind.COUPLE, maya, jonah)


@pytest.fixture
def quinn_case(practice: Practice, luis: User) -> Case:
    """A family of three, with Luis."""
    people = [
        person("Nora", "Quinn", 121),
        person("Pete", "Quinn", 122),
        person("Ella", "Quinn", 123, born_on=date(2014, 5, 2)),
    ]
    return case_of(luis, Case.Kind.FAMILY, *people)


@pytest.fixture
def book(service: Service, place: Location, room: Room) -> Callable[..., TherapySession]:
    """Book a session: `book(case, on=…, at="15:00")`; today at ten unless said otherwise."""

    def booked(case: Case, *, on: date = TODAY, at: str = "10:00", **details: Any) -> TherapySession:
        now, actor = details.pop("now", None), details.pop("actor", None)
        booking = Booking(
            case=case,
            on=on,
            at=time.fromisoformat(at),
            **{
                "clinicians": tuple(case.clinicians.all()),
                "service": service,
                "timezone": ZONE,
                "minutes": 50,
                "location": place,
                "room": room,
                **details,
            },
        )
        begins, ends = booking.times(on)
        # What is over by now was booked while it lay ahead.
        usual = NOW if ends > NOW else begins - timedelta(days=1)
        return book_session(booking=booking, actor=actor, now=now or usual)

    return booked


@pytest.fixture
def book_weekly(
    rosa_case: Case, amara: User, place: Location, room: Room, service: Service
) -> Callable[..., list[TherapySession]]:
    """Book Rosa with Amara at ten, week after week: `book_weekly(on, count=5)`."""

    def booked(on: date, *, count: int, every_weeks: int = 1, now: datetime = NOW) -> list[TherapySession]:
        booking = Booking(
            case=rosa_case,
            clinicians=(amara,),
            service=service,
            on=on,
            at=time(10),
            timezone=ZONE,
            minutes=50,
            location=place,
            room=room,
        )
        made = book_series(booking=booking, every_weeks=every_weeks, count=count, actor=None, now=now)
        return made.sessions

    return booked


@pytest.fixture
def keep_hours(place: Location) -> Callable[..., None]:
    """Let clinicians see people at Lake Street: `keep_hours(amara, starts=9, ends=17, days=5)`, Monday first."""

    def kept(*clinicians: User, starts: int = 9, ends: int = 20, days: int = 7) -> None:
        Availability.objects.bulk_create(
            Availability(
                clinician=clinician,
                location=place,
                weekday=day,
                starts=time(starts),
                ends=time(ends),
                timezone=ZONE,
            )
            for clinician in clinicians
            for day in range(days)
        )

    return kept
