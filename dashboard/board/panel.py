"""What the panel says about one session: each person, the next right step, and what is known."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.clock import clock
from accounts.models import Practice, User
from accounts.roles import May
from attendance.access import held_among
from attendance.board import ParticipantRow, SessionRow, barriers_named
from attendance.models import ATTENDED_OUTCOMES, HELD_KINDS, Outcome
from clients.access import barriers as barriers_in_use
from clients.models import Barrier
from dashboard.board.choices import Choice, five, minutes_late, rarer
from dashboard.board.day import MISSED, Day
from dashboard.board.drawing import KINDS, MODALITIES, moment, named, stands, title_of
from dashboard.fallback.steps import Fallback, fallbacks_for
from dashboard.templatetags.kept_ui import STATUSES
from sessions_app.access import participants_visible_to
from sessions_app.models import Response

PAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier session of somebody: a small mark."""

    code: str
    on: str

    @property
    def words(self) -> str:
        return f"{self.on}: {str(STATUSES[self.code].word).lower()}"


@dataclass(slots=True, kw_only=True)
class PersonShown:
    """One participant of the panel or of Today, with everything that can be said about them now."""

    row: ParticipantRow
    session: SessionRow
    name: SafeString | str
    status: SafeString
    note: str
    choices: list[Choice]
    rarer: list[Choice]
    late_minutes: int | None
    can_leave_early: bool
    asks_what_got_in_the_way: bool = False
    past: list[Past] = field(default_factory=list)
    barriers: set[int] = field(default_factory=set)
    # What was agreed for this moment, where they are missing.
    fallback: Fallback | None = None

    @property
    def is_settled(self) -> bool:
        """There is a word on how it went, or that it will not."""
        return bool(self.row.outcome or self.row.cancelled_at)

    @property
    def undo(self) -> str:
        """The address name of what can be taken back now; empty when nothing can."""
        if self.row.cancelled_at:
            return "cancellation-undo" if self.row.undo_until_at else ""
        if self.row.outcome:
            return "outcome-undo" if self.row.undo_until_at else ""
        return "arrival-undo" if self.row.arrived_at else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A joint session in which somebody is here and somebody is not (rows 1.2 to 1.5)."""

    here: list[str]
    absent: list[str]
    until: str
    is_over: bool
    ends: str
    clinician: str
    # The ways are shown to who leads the session; everybody else lets them know.
    leads: bool

    @property
    def here_names(self) -> str:
        return and_(self.here)

    @property
    def absent_names(self) -> str:
        return and_(self.absent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Everything the panel draws."""

    session: SessionRow
    title: str
    subtitle: str
    people: list[PersonShown]
    waiting: Waiting | None
    is_held: bool
    all_here: int
    barriers: list[Barrier]


def panel_of(session: SessionRow, day: Day) -> Panel:
    """The panel of one session, in at most five statements; a few more where a plan is at hand."""
    people = shown_people([session], day)
    wanted = any(person.asks_what_got_in_the_way for person in people)
    waiting = waiting_in(session, day)
    asks = waiting is not None and waiting.leads and waiting.is_over
    return Panel(
        session=session,
        title=title_of(session),
        subtitle=subtitle_of(session, day),
        people=people,
        waiting=waiting,
        is_held=asks and bool(held_among(day.user, [session.public_id])),
        all_here=_still_to_arrive(session, day.now),
        barriers=list(barriers_in_use()) if wanted else [],
    )


def shown_people(sessions: Iterable[SessionRow], day: Day) -> list[PersonShown]:
    """Everybody of some sessions, with their last outcomes, in at most three statements.

    Where somebody is missing with whom that was foreseen: a few more, however many they are.
    """
    pairs = [(session, person) for session in sessions for person in session.participants]
    past = last_outcomes(day.user, [person.client_public_id for _, person in pairs], day)
    shown = [_shown(person, session, day, past) for session, person in pairs]
    _add_barriers(shown, day)
    agreed = fallbacks_for(pairs, user=day.user, practice=day.practice, now=day.now)
    for one in shown:
        one.fallback = agreed.get(one.row.public_id)
    return shown


def _shown(person: ParticipantRow, session: SessionRow, day: Day, past: dict[str, list[Past]]) -> PersonShown:
    now = day.now
    return PersonShown(
        row=person,
        session=session,
        name=named(person),
        status=stands(person, session, day, get_language()),
        note=note_on(person, day),
        choices=five(person, session, now),
        rarer=rarer(person, session, now),
        late_minutes=person.late_minutes or _minutes_late(person, session, now),
        can_leave_early=_may_have_left(person, session, now),
        asks_what_got_in_the_way=person.outcome in MISSED or person.cancelled_by == "client",
        past=past[person.client_public_id],
    )


def note_on(person: ParticipantRow, day: Day) -> str:
    """What they answered, or that they came unannounced."""
    if person.is_walk_in:
        return _("came without an appointment")
    if person.response == Response.CONFIRMED and person.responded_at:
        return _("confirmed %(when)s") % {"when": moment(person.responded_at, day)}
    if person.response == Response.ASKS_TO_MOVE and person.responded_at:
        return _("asked to move %(when)s") % {"when": moment(person.responded_at, day)}
    return ""


def subtitle_of(session: SessionRow, day: Day, *, among: str = "") -> str:
    """Kind, time, place and who leads, in one line; among one's own sessions (a public id), only who else does."""
    parts = (
        str(KINDS[session.kind][1]),
        f"{day.clock(session.starts_at)}\N{EN DASH}{day.clock(session.ends_at)}",
        session.room or session.location,
        str(MODALITIES.get(session.modality, ("", ""))[1]),
        ", ".join(who.name for who in session.clinicians if who.public_id != among),
    )
    return " · ".join(filter(None, parts))


def waiting_in(session: SessionRow, day: Day) -> Waiting | None:
    """Somebody of a couple or family is here, somebody not; None in every other case."""
    return waiting_at(session, user=day.user, practice=day.practice, zone=day.zone, now=day.now)


def waiting_at(
    session: SessionRow, *, user: User, practice: Practice, zone: ZoneInfo, now: datetime
) -> Waiting | None:
    """The same for one session by itself, its times in this zone."""
    joint = session.kind in HELD_KINDS and not session.is_cancelled
    if not joint or not session.starts_at <= now < session.ends_at:
        return None
    here = [person.called for person in session.participants if _is_here(person)]
    absent = [person.called for person in session.participants if _is_awaited(person)]
    if not here or not absent:
        return None
    until = session.starts_at + timedelta(minutes=practice.waiting_minutes)
    return Waiting(
        here=here,
        absent=absent,
        until=clock(until.astimezone(zone)),
        is_over=now >= until,
        ends=clock(session.ends_at.astimezone(zone)),
        clinician=and_([who.name for who in session.clinicians]),
        leads=user.may(May.SEE_CLINICAL_WORDS)
        and any(who.public_id == str(user.public_id) for who in session.clinicians),
    )


def last_outcomes(user: User, clients: list[str], day: Day) -> dict[str, list[Past]]:
    """The last few outcomes of each, oldest first, of sessions that this person may see."""
    numbered = (
        participants_visible_to(user)
        .filter(
            client__public_id__in=clients, recorded_at__isnull=False, session__starts_at__lt=_midnight(day)
        )
        .annotate(nth=Window(RowNumber(), partition_by=F("client_id"), order_by=F("starts_at").desc()))
        .filter(nth__lte=PAST_SHOWN)
        .values_list("client__public_id", "attendance__outcome", "session__on", "nth")
    )
    past: dict[str, list[Past]] = defaultdict(list)
    for client, outcome, on, _nth in sorted(numbered, key=lambda found: -found[3]):
        past[str(client)].append(Past(outcome, date_format(on, "j M")))
    return past


def _add_barriers(people: list[PersonShown], day: Day) -> None:
    asked = {person.row.public_id: person for person in people if person.asks_what_got_in_the_way}
    if not asked:
        return
    for public_id, barrier in barriers_named(day.user, asked):
        asked[public_id].barriers.add(barrier)


def _minutes_late(person: ParticipantRow, session: SessionRow, now: datetime) -> int | None:
    return minutes_late(
        arrived_at=person.arrived_at, starts_at=session.starts_at, ends_at=session.ends_at, now=now
    )


def _midnight(day: Day) -> datetime:
    return datetime(day.looking.on.year, day.looking.on.month, day.looking.on.day, tzinfo=day.zone)


def _is_here(person: ParticipantRow) -> bool:
    return person.outcome in ATTENDED_OUTCOMES or (person.arrived_at is not None and not person.outcome)


def _is_awaited(person: ParticipantRow) -> bool:
    """Not here, and nothing else is known of them but that they may have asked to move, or were missed."""
    return person.status in ("late", "asks_to_move", *MISSED)


def _may_have_left(person: ParticipantRow, session: SessionRow, now: datetime) -> bool:
    return (
        now >= session.starts_at
        and not person.cancelled_at
        and person.outcome not in (*MISSED, Outcome.EXCUSED)
    )


def _still_to_arrive(session: SessionRow, now: datetime) -> int:
    """How many "all here" would mark; offered to two or more."""
    waiting = [
        person
        for person in session.participants
        if not (person.cancelled_at or person.arrived_at or person.outcome)
    ]
    return len(waiting) if len(waiting) > 1 and not session.is_cancelled and now < session.ends_at else 0


def and_(words: list[str]) -> str:
    """Names in a row as one says them: Maya, Jonah and Ella."""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}
