"""Sessions with everybody expected at them, as rows that a page or the API shows.

Two statements whatever the number of sessions, and no model instances: a desk looks at this
all day, and several desks at once (`attendance.reading`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from accounts.models import Practice, User
from accounts.prepared import Prepared
from attendance.access import barriers_readable_by
from attendance.models import ATTENDED_OUTCOMES, HELD_KINDS
from attendance.standing import standing_of
from clients.models.people import is_minor
from sessions_app.models import Participant, Response, SessionClinician
from sessions_app.querysets import TherapySessionQuerySet


@dataclass(slots=True, kw_only=True)
class ClinicianRow:
    """Who leads a session."""

    public_id: str
    name: str


@dataclass(slots=True, kw_only=True)
class ParticipantRow:
    """One person expected at a session; `status` is one of the codes of `status_of`."""

    public_id: str
    client_public_id: str
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


@dataclass(slots=True)
class SessionRow:
    """One session, with who leads it and who is expected; the first fields in the order of `_ROWS`."""

    public_id: str
    version: int
    case_public_id: str
    kind: str
    title: str
    service: str
    location: str
    location_public_id: str | None
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
    def is_held_in_part(self) -> bool:
        """Of a couple or family some were seen and the others were not, and nobody is left to record (row 1.17)."""
        if self.kind not in HELD_KINDS or self.is_cancelled:
            return False
        seen = [person.outcome in ATTENDED_OUTCOMES for person in self.participants]
        known = all(person.outcome or person.cancelled_at for person in self.participants)
        return known and any(seen) and not all(seen)

    @property
    def is_joint(self) -> bool:
        """More than one person is expected: "all here" is offered."""
        return len(self.participants) > 1


def led_by_any(sessions: TherapySessionQuerySet, clinicians: Iterable[User]) -> TherapySessionQuerySet:
    """Sessions that one of these people leads; co-therapy stays one row."""
    led = SessionClinician.objects.filter(session=OuterRef("pk"), clinician__in=clinicians)
    return sessions.filter(Exists(led))


def session_rows(sessions: TherapySessionQuerySet, *, now: datetime, practice: Practice) -> list[SessionRow]:
    """Rows for any sessions (one, a day, the not-yet-recorded) in two statements.

    The caller has asked `access.py` which sessions these are.
    """
    return rows_of(list(sessions.values_list("pk", flat=True)), now=now, practice=practice)


def rows_of(wanted: Sequence[int], *, now: datetime, practice: Practice) -> list[SessionRow]:
    """Rows for the sessions of these keys, in their order, in one statement."""
    rows: dict[int, SessionRow] = {}
    undo = timedelta(minutes=practice.undo_minutes)
    # A session comes once for each participant, and once where nobody is expected.
    for values in _ROWS.rows(list(wanted)):
        session = rows.get(values[0]) or rows.setdefault(values[0], _session(values))
        found = _Found(*values[_LED_BY + 1 :])
        if found.public_id:
            session.participants.append(_participant(found, session, now=now, undo=undo))
    _mark_namesakes(rows.values())
    return [rows[pk] for pk in wanted if pk in rows]


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


def barriers_named(user: User, participants: Iterable[str]) -> Iterable[tuple[str, int]]:
    """Which barriers were named for these participants, as far as this person may read them.

    Pairs of public id and barrier.
    """
    named = barriers_readable_by(user).filter(participant__public_id__in=list(participants))
    found = named.values_list("participant__public_id", "barrier_id")
    return [(str(participant), barrier) for participant, barrier in found]


# Written out and prepared: a hundred rows are read in the time that building and planning these
# questions took. Public ids come as text, which is how they are shown.
_ROWS = Prepared(
    "board_rows",
    """
SELECT s.id, s.public_id::text, s.version, k.public_id::text, k.kind, k.title, coalesce(v.name, ''),
    coalesce(l.name, ''), l.public_id::text, coalesce(r.name, ''), s.modality, s."on", s.at, s.timezone,
    s.minutes, s.starts_at, s.ends_at, s.cancelled_at, s.cancelled_by,
    ARRAY(
        SELECT u.public_id::text || ' ' || u.name
        FROM sessions_app_sessionclinician w JOIN accounts_user u ON u.id = w.clinician_id
        WHERE w.session_id = s.id ORDER BY w.id
    ),
    p.public_id::text, p.response, p.responded_at, p.responded_version, p.arrived_at,
    p.cancelled_at, p.cancelled_by, p.cancelled_late, p.is_walk_in,
    c.public_id::text, c.given_name, c.family_name, c.name_used, c.pronouns, c.born_on, c.birth_year,
    a.outcome, a.late_minutes, a.left_early_minutes, a.recorded_at, a.corrected_at
FROM sessions_app_therapysession s
JOIN clients_case k ON k.id = s.case_id
LEFT JOIN sessions_app_service v ON v.id = s.service_id
LEFT JOIN sessions_app_location l ON l.id = s.location_id
LEFT JOIN sessions_app_room r ON r.id = s.room_id
LEFT JOIN sessions_app_participant p ON p.session_id = s.id
LEFT JOIN clients_client c ON c.id = p.client_id
LEFT JOIN attendance_attendancerecord a ON a.participant_id = p.id
WHERE s.id = ANY($1::bigint[]) ORDER BY p.id
""",
    values=1,
)
# Where the columns of the participant begin; the key and the names of who leads are not the row's own.
_OF_SESSION, _LED_BY = slice(1, 19), 19


class _Found(NamedTuple):
    """The part of a row of `_ROWS` that is the participant's."""

    public_id: str
    response: str
    responded_at: datetime | None
    responded_version: int | None
    arrived_at: datetime | None
    cancelled_at: datetime | None
    cancelled_by: str
    cancelled_late: bool
    is_walk_in: bool
    client_public_id: str
    given_name: str
    family_name: str
    name_used: str
    pronouns: str
    born_on: date | None
    birth_year: int | None
    outcome: str | None
    late_minutes: int | None
    left_early_minutes: int | None
    recorded_at: datetime | None
    corrected_at: datetime | None


def _session(values: tuple[Any, ...]) -> SessionRow:
    row = SessionRow(*values[_OF_SESSION])
    for lead in values[_LED_BY]:
        public_id, name = lead.split(" ", 1)
        row.clinicians.append(ClinicianRow(public_id=public_id, name=name))
    return row


def _participant(found: _Found, session: SessionRow, *, now: datetime, undo: timedelta) -> ParticipantRow:
    called = found.name_used or found.given_name
    response = found.response if found.responded_version == session.version else Response.NONE.value
    born_on = found.born_on
    return ParticipantRow(
        public_id=found.public_id,
        client_public_id=found.client_public_id,
        name=f"{called} {found.family_name}".strip(),
        called=called,
        pronouns=found.pronouns,
        birth_year=born_on.year if born_on else found.birth_year,
        is_minor=is_minor(session.on, born_on=born_on, birth_year=found.birth_year),
        status=status_of(
            outcome=found.outcome or "",
            cancelled=found.cancelled_at is not None or session.is_cancelled,
            cancelled_late=found.cancelled_late,
            arrived=found.arrived_at is not None,
            response=response,
            times=(session.starts_at, session.ends_at),
            now=now,
        ),
        response=response,
        responded_at=found.responded_at if response != Response.NONE else None,
        arrived_at=found.arrived_at,
        outcome=found.outcome or "",
        late_minutes=found.late_minutes,
        left_early_minutes=found.left_early_minutes,
        recorded_at=found.recorded_at,
        cancelled_at=found.cancelled_at,
        cancelled_by=found.cancelled_by,
        is_walk_in=found.is_walk_in,
        undo_until_at=_undo_until(found, now=now, undo=undo),
    )


def _undo_until(found: _Found, *, now: datetime, undo: timedelta) -> datetime | None:
    last = found.corrected_at or found.recorded_at or found.cancelled_at
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
