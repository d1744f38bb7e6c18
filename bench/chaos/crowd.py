"""The people who are to be reminded in a run, and how many texts each number should get."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import Practice
from clients.models import Case, Client, Consent, ContactPoint
from reminders.models import ReminderRule
from sessions_app.models import Participant, TherapySession
from sessions_app.wall_time import instants

ZONE = "America/New_York"
# In the past: the provider's own clock is the real one, and what it took must not seem older than asked for.
BEGINS = datetime(2026, 3, 3, 9, 0, tzinfo=ZoneInfo(ZONE))
LEAD = timedelta(days=3)
# One telephone in so many is shared by two people who expect the very same words.
SHARED_EVERY = 10


@dataclass
class Crowd:
    """Who expects what."""

    expected: Counter[str] = field(default_factory=Counter)
    # Sessions that are moved or called off just as their text is due, and whose number each has.
    raced: list[tuple[TherapySession, str]] = field(default_factory=list)


def gather(*, messages: int, races: int, minutes: int) -> Crowd:
    """People whose reminder falls due at a minute of their own, spread over so many from BEGINS on."""
    named = {"name": "Lakeside", "display_name": "Lakeside", "phone": "+12125550100", "timezone": ZONE}
    Practice.objects.update_or_create(pk=1, defaults={**named, "live_from": date(2020, 1, 1)})
    # One reminder each: the count is then plain.
    ReminderRule.objects.exclude(lead_days=LEAD.days).update(is_active=False)
    case = Case.objects.create(kind=Case.Kind.GROUP, title="Everybody", opened_on=date(2026, 1, 5))
    crowd = Crowd()
    numbers_of_all = list(_numbers(messages))
    a_minute = -(-messages // minutes)
    for first in range(0, messages, a_minute):
        numbers = numbers_of_all[first : first + a_minute]
        session = _session(case, first // a_minute)
        session.save()
        _expect(session, _people(numbers))
        crowd.expected.update(numbers)
    for n in range(races):
        session = _session(case, n * minutes // races)
        session.save()
        number = f"+1646{n:07d}"
        _expect(session, _people([number]))
        crowd.raced.append((session, number))
    return crowd


def last_due_at() -> datetime:
    """When the last of them is to be reminded."""
    last = TherapySession.objects.filter(cancelled_at=None, changed_at=None).latest("starts_at")
    return last.starts_at - LEAD


def _numbers(count: int) -> Iterator[str]:
    for n in range(count):
        # The next in line has the same telephone.
        yield f"+1312{n - (n % SHARED_EVERY == 1):07d}"


def _session(case: Case, minute: int) -> TherapySession:
    due = BEGINS + timedelta(minutes=1 + minute)
    on, at = (due + LEAD).date(), time(due.hour, due.minute)
    starts_at, ends_at = instants(on=on, at=at, timezone=ZONE, minutes=15)
    return TherapySession(
        case=case,
        on=on,
        at=at,
        timezone=ZONE,
        minutes=15,
        starts_at=starts_at,
        ends_at=ends_at,
        late_cancellation_hours=24,
        booked_at=datetime(2026, 1, 5, tzinfo=UTC),
    )


def _people(numbers: list[str]) -> list[Client]:
    people = Client.objects.bulk_create(Client(given_name="Somebody", timezone=ZONE) for _ in numbers)
    phones = ContactPoint.objects.bulk_create(
        ContactPoint(client=person, kind="phone", address=number)
        for person, number in zip(people, numbers, strict=True)
    )
    long_ago = datetime(2026, 1, 5, tzinfo=UTC)
    Consent.objects.bulk_create(
        Consent(contact_point=phone, purpose="appointments", how="signed", given_at=long_ago)
        for phone in phones
    )
    return people


def _expect(session: TherapySession, people: list[Client]) -> None:
    Participant.objects.bulk_create(
        Participant(session=session, client=person, starts_at=session.starts_at) for person in people
    )
