"""Sets the demonstration practice up: its place, people, cases and hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from accounts.models import Practice, User
from accounts.services import invite_staff
from clients.models import Case, Client, Mandate, MemberRole, ReportingDate
from clients.services import CaseDetails, add_guardian, open_case
from importing.demo import people
from importing.demo.agreed import agree
from sessions_app.models import Availability, Location, Room, Service

# Where it is day when somebody starts the demonstration, so that sessions are under way.
ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "Australia/Sydney",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Europe/Berlin",
    "Europe/London",
)
HISTORY_WEEKS = 12
WEEKS_AHEAD = 4
ROLES = {
    Case.Kind.INDIVIDUAL: MemberRole.CLIENT,
    Case.Kind.COUPLE: MemberRole.PARTNER,
    Case.Kind.FAMILY: MemberRole.FAMILY,
    Case.Kind.GROUP: MemberRole.GROUP,
}


@dataclass(frozen=True)
class Setting:
    """What the weeks are filled with."""

    practice: Practice
    clinicians: dict[str, User]
    cases: dict[str, list[Case]]
    service: dict[str, Service]
    rooms: dict[str, Room | None]
    today: date


def zone_of_daylight(now: datetime) -> str:
    """The first of our zones in which it is now between ten and four; New York if none."""
    return next((zone for zone in ZONES if 10 <= now.astimezone(ZoneInfo(zone)).hour < 16), ZONES[0])


def set_up(now: datetime) -> Setting:
    """Write the practice and everybody in it."""
    practice = _practice(now)
    today = practice.today(now)
    staff = _staff(now)
    clinicians = {mail: user for mail, user in staff.items() if user.is_clinician}
    place = Location.objects.create(name="Lake Street", timezone=practice.timezone)
    Location.objects.create(name="Harbor House", timezone=practice.timezone)
    _hours(list(clinicians.values()), place, today)
    cast = people.Cast(today, practice.timezone)
    cases = {mail: _cases(mail, user, cast) for mail, user in clinicians.items()}
    _special_situations(cast, today)
    agree(cases, clinicians, today=today, now=now)
    return Setting(practice, clinicians, cases, _services(), _rooms(place, list(clinicians)), today)


def _practice(now: datetime) -> Practice:
    zone = zone_of_daylight(now)
    today = now.astimezone(ZoneInfo(zone)).date()
    return Practice.objects.create(
        pk=1,
        name="Lakeside Counseling",
        display_name="Lakeside",
        phone="+12125550199",
        email="desk@lakeside.example.com",
        timezone=zone,
        # Since its first session: what was missed was followed up.
        live_from=today - timedelta(weeks=HISTORY_WEEKS),
        hour_value=Decimal(150),
    )


def _staff(now: datetime) -> dict[str, User]:
    staff: dict[str, User] = {}
    for colleague in sorted(people.COLLEAGUES, key=lambda one: one.mail != "dana"):
        details = people.staff_details(colleague, staff.get("dana"))
        staff[colleague.mail] = invite_staff(details=details, actor=None, now=now)
    # One slow hash for all of them.
    staff["dana"].set_password(people.PASSWORD)
    User.objects.update(password=staff["dana"].password)
    return staff


def _rooms(place: Location, mails: Sequence[str]) -> dict[str, Room | None]:
    rooms: dict[str, Room | None] = {
        mail: Room.objects.create(location=place, name=f"Room {n}") for n, mail in enumerate(mails, 1)
    }
    # Priya works by video.
    return rooms | {"priya": None}


def _services() -> dict[str, Service]:
    lengths = {"individual": 50, "couple": 80, "family": 80, "group": 90}
    return {
        kind: Service.objects.create(name=f"{kind.capitalize()} session", kind=kind, minutes=minutes)
        for kind, minutes in lengths.items()
    }


def _hours(clinicians: Sequence[User], place: Location, today: date) -> None:
    """Five days from today's weekday on, so that there is something to see on any day."""
    Availability.objects.bulk_create(
        Availability(
            clinician=clinician,
            location=place,
            weekday=(today.weekday() + day) % 7,
            starts=time(8),
            ends=time(19),
            timezone=place.timezone,
        )
        for clinician in clinicians
        for day in range(5)
    )


def _cases(mail: str, clinician: User, cast: people.Cast) -> list[Case]:
    groups = [
        *((Case.Kind.FAMILY, names, "") for names in people.FAMILIES.get(mail, ())),
        *((Case.Kind.COUPLE, names, "") for names in people.COUPLES[mail]),
        *((Case.Kind.INDIVIDUAL, (name,), "") for name in people.INDIVIDUALS[mail].split(", ")),
    ]
    if mail == "tom":
        groups.append((Case.Kind.GROUP, tuple(people.GROUP.split(", ")), "Evening group"))
    return [_case(clinician, cast, kind, names, title) for kind, names, title in groups]


def _case(clinician: User, cast: people.Cast, kind: Case.Kind, names: Sequence[str], title: str) -> Case:
    details = CaseDetails(
        kind=kind,
        clinicians=(clinician,),
        members=tuple((cast.person(name), ROLES[kind]) for name in names),
        title=title,
        is_addiction=names[0] in people.ADDICTION,
    )
    return open_case(details=details, on=cast.today - timedelta(weeks=HISTORY_WEEKS + 4), actor=None)


def _special_situations(cast: people.Cast, today: date) -> None:
    """A court's order, and the guardians of the minors."""
    marcus = Client.objects.get(given_name="Marcus", family_name="Hale")
    order = Mandate.objects.create(
        case=marcus.cases.get(),
        client=marcus,
        order_reference="Case 26-0117 (invented)",
        terms="Weekly sessions for six months; attendance reported once a month.",
        contact_name="Officer Pat Lowell (invented)",
    )
    order.reporting_dates.bulk_create(
        ReportingDate(mandate=order, due_on=today + timedelta(days=days)) for days in (11, 41, 71)
    )
    for name in people.MINORS:
        given, family = name.rsplit(" ", 1)
        minor = Client.objects.get(given_name=given, family_name=family)
        add_guardian(
            minor=minor,
            guardian=_guardian(minor, cast),
            relation="Parent",
            may_receive=True,
            may_consent=True,
            actor=None,
        )


def _guardian(minor: Client, cast: people.Cast) -> Client:
    """The first adult of the family in treatment, or a parent who is in none."""
    family = Client.objects.filter(cases__members__client=minor, family_name=minor.family_name)
    adult = family.exclude(pk=minor.pk).order_by("pk").first()
    return adult or cast.person(f"Robin {minor.family_name}")
