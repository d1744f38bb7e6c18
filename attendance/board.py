"""A day's sessions with everybody expected at them, as rows that a page or the API shows.

Three statements whatever the number of sessions, and no model instances: a desk looks at this
all day, and several desks at once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, OuterRef

from accounts.models import Practice, User
from accounts.services import get_practice
from attendance.access import barriers_readable_by
from attendance.standing import standing_of
from clients.models.people import is_minor
from sessions_app.access import sessions_visible_to
from sessions_app.models import Location, Participant, Response, SessionClinician
from sessions_app.querysets import TherapySessionQuerySet


@dataclass(slots=True, kw_only=True)
class ClinicianRow:
    """Who leads a session."""

    public_id: UUID
    name: str


@dataclass(slots=True, kw_only=True)
class ParticipantRow:
    """One person expected at a session; `status` is one of the codes of `status_of`."""

    public_id: UUID
    client_public_id: UUID
    name: str
    called: str
    pronouns: str
    birth_year: int | None
    is_minor: bool
    # Somebody else in these rows reads the same: show the birth year before anything is logged.
    has_namesake: bool = False
    status: str
    response: str
    responded_at: datetime | None
    arrived_at: datetime | None
    outcome: str
    late_minutes: int | None
    left_early_minutes: int | None
    recorded_at: datetime | None
    cancelled_at: datetime | None
    cancelled_by: str
    is_walk_in: bool
    # Until then the last outcome or cancellation can be taken back; None when it no longer can.
    undo_until_at: datetime | None

    @property
    def standing(self) -> str:
        """What a page showed when somebody acted on it; compared by `still_standing`."""
        return standing_of(
            outcome=self.outcome,
            arrived=self.arrived_at is not None,
            cancelled=self.cancelled_at is not None,
        )


@dataclass(slots=True, kw_only=True)
class SessionRow:
    """One session, with who leads it and who is expected."""

    public_id: UUID
    version: int
    case_public_id: UUID
    kind: str
    title: str
    service: str
    location: str
    location_public_id: UUID | None
    room: str
    modality: str
    on: date
    at: time | None
    timezone: str
    minutes: int
    starts_at: datetime
    ends_at: datetime
    cancelled_at: datetime | None
    cancelled_by: str
    clinicians: list[ClinicianRow] = field(default_factory=list)
    participants: list[ParticipantRow] = field(default_factory=list)

    @property
    def local_starts_at(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.timezone))

    @property
    def local_ends_at(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.timezone))

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_joint(self) -> bool:
        """More than one person is expected: "all here" is offered."""
        return len(self.participants) > 1


def board_day(
    *,
    user: User,
    day: date,
    now: datetime,
    location: Location | None = None,
    clinicians: Sequence[User] = (),
    practice: Practice | None = None,
) -> list[SessionRow]:
    """The sessions of a local day that this person may see, in order of their start.

    The day is the place's where one is named, else the practice's.
    """
    practice = practice or get_practice()
    zone = ZoneInfo(location.timezone) if location else practice.zone
    sessions = sessions_visible_to(user).on_day(day, zone, location)
    if clinicians:
        sessions = led_by_any(sessions, clinicians)
    return session_rows(sessions, now=now, practice=practice)


def led_by_any(sessions: TherapySessionQuerySet, clinicians: Iterable[User]) -> TherapySessionQuerySet:
    """Sessions that one of these people leads; co-therapy stays one row."""
    led = SessionClinician.objects.filter(session=OuterRef("pk"), clinician__in=clinicians)
    return sessions.filter(Exists(led))


def session_rows(sessions: TherapySessionQuerySet, *, now: datetime, practice: Practice) -> list[SessionRow]:
    """Rows for any sessions (one, a day, the not-yet-recorded) in three statements.

    The caller has asked `access.py` which sessions these are.
    """
    rows = {pk: SessionRow(**shown) for pk, shown in _sessions(sessions)}
    undo = timedelta(minutes=practice.undo_minutes)
    for session_id, clinician in _clinicians(rows):
        rows[session_id].clinicians.append(clinician)
    for found in _participants(rows):
        session = rows[found["session_id"]]
        session.participants.append(_participant(found, session, now=now, undo=undo))
    _mark_namesakes(rows.values())
    return list(rows.values())


def status_of(
    *,
    outcome: str,
    cancelled: bool,
    cancelled_late: bool,
    arrived: bool,
    response: str,
    times: tuple[datetime, datetime],
    now: datetime,
) -> str:
    """The one place that says how somebody stands (the codes of docs/interface.md).

    Past its end without arrival or outcome it is "not_recorded", never a miss (row 6.6).
    Somebody who asked to move still waits for our answer, so that outranks "late".
    """
    starts_at, ends_at = times
    if cancelled:
        return "cancelled_late" if cancelled_late else "cancelled"
    if outcome:
        return outcome
    if arrived:
        return "arrived" if now < starts_at else "in_session"
    if now >= ends_at:
        return "not_recorded"
    if response == Response.ASKS_TO_MOVE:
        return "asks_to_move"
    if now >= starts_at:
        return "late"
    return "confirmed" if response == Response.CONFIRMED else "expected"


def participant_status(participant: Participant, *, outcome: str, now: datetime) -> str:
    """How one loaded participant stands, for pages that hold the model; `session` is loaded."""
    session = participant.session
    return status_of(
        outcome=outcome,
        cancelled=participant.is_cancelled or session.is_cancelled,
        cancelled_late=participant.cancelled_late,
        arrived=participant.arrived_at is not None,
        response=participant.current_response,
        times=(session.starts_at, session.ends_at),
        now=now,
    )


def tally(rows: Iterable[SessionRow]) -> Counter[str]:
    """How many people stand how: the figures over the board."""
    return Counter(person.status for row in rows for person in row.participants)


def board_facts(sessions: TherapySessionQuerySet) -> str:
    """A digest of all that may change in the rows, in one statement: what polls ask first."""
    found = Participant.objects.filter(session__in=sessions.order_by()).values_list(*_FACTS)
    return _digest(
        (public_id, response if answered == version else Response.NONE.value, version, *facts)
        for public_id, response, answered, version, *facts in found
    )


def facts_of(rows: Iterable[SessionRow]) -> str:
    """The same digest, of rows that were read already."""
    return _digest(
        (
            person.public_id,
            person.response,
            session.version,
            person.arrived_at,
            person.cancelled_at,
            session.cancelled_at,
            person.outcome or None,
            person.late_minutes,
            person.left_early_minutes,
        )
        for session in rows
        for person in session.participants
    )


_FACTS = (
    "public_id",
    "response",
    "responded_version",
    "session__version",
    "arrived_at",
    "cancelled_at",
    "session__cancelled_at",
    "attendance__outcome",
    "attendance__late_minutes",
    "attendance__left_early_minutes",
)


def _digest(facts: Iterable[tuple[object, ...]]) -> str:
    told = sorted(" ".join(map(str, fact)) for fact in facts)
    return blake2b("\n".join(told).encode(), digest_size=12).hexdigest()


def barriers_named(user: User, participants: Iterable[UUID]) -> Iterable[tuple[UUID, int]]:
    """Which barriers were named for these participants, as far as this person may read them.

    Pairs of public id and barrier.
    """
    named = barriers_readable_by(user).filter(participant__public_id__in=list(participants))
    return named.values_list("participant__public_id", "barrier_id")


_SESSION_FIELDS: dict[str, str] = {
    "public_id": "public_id",
    "version": "version",
    "case__public_id": "case_public_id",
    "case__kind": "kind",
    "case__title": "title",
    "service__name": "service",
    "location__name": "location",
    "location__public_id": "location_public_id",
    "room__name": "room",
    "modality": "modality",
    "on": "on",
    "at": "at",
    "timezone": "timezone",
    "minutes": "minutes",
    "starts_at": "starts_at",
    "ends_at": "ends_at",
    "cancelled_at": "cancelled_at",
    "cancelled_by": "cancelled_by",
}
_MAY_LACK = ("service", "location", "room")
# Written out: a hundred rows are read in the time that building these questions would take.
_CLINICIANS = """
SELECT l.session_id, u.public_id, u.name
FROM sessions_app_sessionclinician l JOIN accounts_user u ON u.id = l.clinician_id
WHERE l.session_id = ANY(%s) ORDER BY l.id
"""
_PARTICIPANTS = """
SELECT p.session_id, p.public_id, p.response, p.responded_at, p.responded_version, p.arrived_at,
    p.cancelled_at, p.cancelled_by, p.cancelled_late, p.is_walk_in,
    c.public_id AS client__public_id, c.given_name AS client__given_name,
    c.family_name AS client__family_name, c.name_used AS client__name_used,
    c.pronouns AS client__pronouns, c.born_on AS client__born_on, c.birth_year AS client__birth_year,
    a.outcome AS attendance__outcome, a.late_minutes AS attendance__late_minutes,
    a.left_early_minutes AS attendance__left_early_minutes,
    a.recorded_at AS attendance__recorded_at, a.corrected_at AS attendance__corrected_at
FROM sessions_app_participant p
JOIN clients_client c ON c.id = p.client_id
LEFT JOIN attendance_attendancerecord a ON a.participant_id = p.id
WHERE p.session_id = ANY(%s) ORDER BY p.id
"""


def _sessions(sessions: TherapySessionQuerySet) -> Iterable[tuple[int, dict[str, Any]]]:
    names = tuple(_SESSION_FIELDS.values())
    for pk, *values in sessions.values_list("pk", *_SESSION_FIELDS):
        shown = dict(zip(names, values, strict=True))
        for name in _MAY_LACK:
            shown[name] = shown[name] or ""
        yield pk, shown


def _clinicians(session_ids: Iterable[int]) -> Iterable[tuple[int, ClinicianRow]]:
    with connection.cursor() as cursor:
        cursor.execute(_CLINICIANS, [list(session_ids)])
        for session_id, public_id, name in cursor.fetchall():
            yield session_id, ClinicianRow(public_id=public_id, name=name)


def _participants(session_ids: Iterable[int]) -> Iterable[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_PARTICIPANTS, [list(session_ids)])
        names = [column.name for column in cursor.description or ()]
        for values in cursor.fetchall():
            yield dict(zip(names, values, strict=True))


def _participant(
    found: dict[str, Any], session: SessionRow, *, now: datetime, undo: timedelta
) -> ParticipantRow:
    called = found["client__name_used"] or found["client__given_name"]
    response = found["response"] if found["responded_version"] == session.version else Response.NONE.value
    born_on = found["client__born_on"]
    return ParticipantRow(
        public_id=found["public_id"],
        client_public_id=found["client__public_id"],
        name=f"{called} {found['client__family_name']}".strip(),
        called=called,
        pronouns=found["client__pronouns"],
        birth_year=born_on.year if born_on else found["client__birth_year"],
        is_minor=is_minor(session.on, born_on=born_on, birth_year=found["client__birth_year"]),
        status=status_of(
            outcome=found["attendance__outcome"] or "",
            cancelled=found["cancelled_at"] is not None or session.is_cancelled,
            cancelled_late=found["cancelled_late"],
            arrived=found["arrived_at"] is not None,
            response=response,
            times=(session.starts_at, session.ends_at),
            now=now,
        ),
        response=response,
        responded_at=found["responded_at"] if response != Response.NONE else None,
        arrived_at=found["arrived_at"],
        outcome=found["attendance__outcome"] or "",
        late_minutes=found["attendance__late_minutes"],
        left_early_minutes=found["attendance__left_early_minutes"],
        recorded_at=found["attendance__recorded_at"],
        cancelled_at=found["cancelled_at"],
        cancelled_by=found["cancelled_by"],
        is_walk_in=found["is_walk_in"],
        undo_until_at=_undo_until(found, now=now, undo=undo),
    )


def _undo_until(found: dict[str, Any], *, now: datetime, undo: timedelta) -> datetime | None:
    last = found["attendance__corrected_at"] or found["attendance__recorded_at"] or found["cancelled_at"]
    return last + undo if last and now <= last + undo else None


def _mark_namesakes(sessions: Iterable[SessionRow]) -> None:
    people: dict[str, list[ParticipantRow]] = defaultdict(list)
    for session in sessions:
        for person in session.participants:
            people[person.name.casefold()].append(person)
    for alike in people.values():
        if len({person.client_public_id for person in alike}) > 1:
            for person in alike:
                person.has_namesake = True
