"""A clinician's day: whom they see, what those people said, and what is left to do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from accounts.clock import clock
from accounts.models import Practice, User
from attendance.access import Carried, carried_into, held_among
from attendance.board import SessionRow, rows_of, session_rows
from attendance.reading import Facts, facts_of
from clients.models import Case
from dashboard.board.answers import Moment
from dashboard.board.day import Day
from dashboard.board.drawing import moment, title_of
from dashboard.board.looking import TODAY
from dashboard.board.panel import PersonShown, Waiting, shown_people, subtitle_of, waiting_in
from dashboard.today.plans import PlanShown, plans_before
from reminders.access import inbox_visible_to, messages_visible_to
from reminders.models import InboundKind, Message
from sessions_app.access import participants_visible_to, sessions_visible_to

WRITTEN_FOR_DAYS = 14
IN_OWN_WORDS = (InboundKind.FREE, InboundKind.CHECK_IN, InboundKind.RESCHEDULE, InboundKind.VIDEO)
RAISED_SHOWN = 8
HANDED_SHOWN = 8
# How far ahead the next working day is looked for.
PEEK_DAYS = 14


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote lately."""

    words: str
    at: str
    resolved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """What somebody wrote before a session that is still to come (row 2.6)."""

    name: str
    client_id: UUID
    words: str
    at: datetime
    session_id: UUID
    starts_at: datetime
    resolved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionShown:
    """One session of Today."""

    row: SessionRow
    clock: str
    title: str
    subtitle: str
    people: list[PersonShown]
    waiting: Waiting | None
    carried: Carried | None
    is_held: bool
    written: list[tuple[str, Written]]
    plans: list[PlanShown]
    is_now: bool
    is_past: bool

    @property
    def is_for_more_than_one(self) -> bool:
        """Others of the case sit before the same screen."""
        return self.row.kind != Case.Kind.INDIVIDUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Peek:
    """The next day with sessions, in a line for each."""

    on: date
    sessions: list[tuple[str, str, SessionRow]]


def day_of_clinician(user: User, at: Moment) -> Day:
    """The sessions that this person leads today, in three statements."""
    rows = rows_of(sessions_of_today(user, at).sessions, now=at.now, practice=at.practice)
    looking = replace(at.looking, page=TODAY, on=at.looking.today)
    return Day(
        looking=looking, user=user, practice=at.practice, now=at.now, zone=at.practice.zone, places=(),
        everything=rows,
    )  # fmt: skip


def sessions_of_today(user: User, at: Moment) -> Facts:
    """Which sessions this person leads today, and a digest of how they stand; one statement."""
    return facts_of(sessions_visible_to(user).led_by(user).on_day(at.looking.today, at.practice.zone))


def shown_sessions(day: Day) -> list[SessionShown]:
    """Each session with its people, their last times, what they wrote and what they agreed on; eight statements."""
    everybody = shown_people(day.rows, day)
    plans = plans_before(day, everybody)
    people: dict[str, list[PersonShown]] = defaultdict(list)
    for person in everybody:
        people[person.session.public_id].append(person)
    written = _written_by(day)
    ids = [row.public_id for row in day.rows]
    carried, held = carried_into(day.user, ids), held_among(day.user, ids)
    return [
        replace(
            _shown(row, people[row.public_id], written, day),
            carried=carried.get(row.public_id),
            is_held=row.public_id in held,
            plans=plans.get(row.public_id, []),
        )
        for row in day.rows
    ]


def next_day(user: User, practice: Practice, now: datetime) -> Peek | None:
    """The first day after today on which this person sees somebody."""
    begins = _tomorrow(practice, now)
    ahead = (
        sessions_visible_to(user)
        .led_by(user)
        .filter(starts_at__gte=begins, starts_at__lt=begins + timedelta(days=PEEK_DAYS), cancelled_at=None)
    )
    first = ahead.values_list("starts_at", flat=True).first()
    if first is None:
        return None
    on = first.astimezone(practice.zone).date()
    rows = session_rows(ahead.on_day(on, practice.zone), now=now, practice=practice)
    return Peek(on=on, sessions=[(_clock(row, practice), title_of(row), row) for row in rows])


def raised_before(user: User, practice: Practice, now: datetime) -> list[Raised]:
    """The last words of those whom this person sees after today, with the session that they come before.

    Nobody else's, however much one may read elsewhere: Today is one's own. They stay until that session,
    also when the desk has seen to them: what worries somebody is their clinician's to know. Two statements.
    """
    led = sessions_visible_to(user).led_by(user).filter(starts_at__gte=_tomorrow(practice, now))
    expected = participants_visible_to(user).expected().filter(session__in=led.order_by().values("pk"))
    said = inbox_visible_to(user).filter(
        client__in=expected.values("client"),
        kind__in=IN_OWN_WORDS,
        received_at__gte=now - timedelta(days=WRITTEN_FOR_DAYS),
    )
    latest = said.select_related("client").order_by("client_id", "-received_at").distinct("client_id")
    by_client = {inbound.client_id: inbound for inbound in latest}
    ahead = expected.next_of([one.client for one in by_client.values() if one.client], now)
    found = [
        Raised(
            name=inbound.client.display_name,
            client_id=inbound.client.public_id,
            words=inbound.body,
            at=inbound.received_at,
            session_id=participant.session.public_id,
            starts_at=participant.starts_at,
            resolved=inbound.resolved_at is not None,
        )
        for participant in ahead
        if (inbound := by_client[participant.client_id]).client
    ]
    return sorted(found, key=lambda raised: raised.starts_at)[:RAISED_SHOWN]


def handed_to(user: User) -> list[Message]:
    """Messages that colleagues put into this person's hands, the earliest due first."""
    found = messages_visible_to(user).in_hands_of(user).select_related("recipient", "handover__handed_by")
    return list(found.order_by("due_at", "pk")[:HANDED_SHOWN])


def _tomorrow(practice: Practice, now: datetime) -> datetime:
    return datetime.combine(practice.today(now) + timedelta(days=1), time(0), practice.zone)


def _shown(
    row: SessionRow, people: list[PersonShown], written: dict[str, list[Written]], day: Day
) -> SessionShown:
    return SessionShown(
        row=row,
        clock=day.clock(row.starts_at),
        title=title_of(row),
        subtitle=subtitle_of(row, day, among=str(day.user.public_id)),
        people=people,
        waiting=waiting_in(row, day),
        carried=None,
        is_held=False,
        written=[(one.called, note) for one in row.participants for note in written[one.client_public_id]],
        plans=[],
        is_now=row.starts_at <= day.now < row.ends_at and not row.is_cancelled,
        is_past=row.ends_at <= day.now or row.is_cancelled,
    )


def _written_by(day: Day) -> dict[str, list[Written]]:
    """The last thing each wrote in their own words."""
    clients = {one.client_public_id for row in day.rows for one in row.participants}
    found = (
        inbox_visible_to(day.user)
        .filter(
            client__public_id__in=clients,
            kind__in=IN_OWN_WORDS,
            received_at__gte=day.now - timedelta(days=WRITTEN_FOR_DAYS),
        )
        .order_by("client_id", "-received_at")
        .distinct("client_id")
        .values_list("client__public_id", "body", "received_at", "resolved_at")
    )
    return _by_client(found, day)


def _by_client(
    found: Iterable[tuple[UUID, str, datetime, datetime | None]], day: Day
) -> dict[str, list[Written]]:
    written: dict[str, list[Written]] = defaultdict(list)
    for client, body, received_at, resolved_at in found:
        written[str(client)].append(Written(body, moment(received_at, day), resolved_at is not None))
    return written


def _clock(row: SessionRow, practice: Practice) -> str:
    return clock(row.starts_at.astimezone(practice.zone))
