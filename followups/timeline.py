"""One client's own timeline in one case: kept, missed, moved, what got in the way, and the gaps in care (rows 2.4, 3.2)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from accounts.models import User
from accounts.services import get_practice
from attendance.access import barriers_readable_by
from attendance.board import participant_status
from attendance.models import ATTENDED_OUTCOMES, MISSED_OUTCOMES
from clients.models import Barrier, Case, Client
from followups.models import Counted, MissPattern
from followups.patterns import pattern_now
from sessions_app.models import Participant, Response, TherapySession

SHOWN = 16
KEPT = frozenset(outcome.value for outcome in ATTENDED_OUTCOMES)
WITHOUT_NOTICE = frozenset(outcome.value for outcome in MISSED_OUTCOMES)
WITH_NOTICE = "cancelled_late"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One past session of this client."""

    session: TherapySession
    starts_at: datetime
    on: date
    status: str  # as pages name it
    moved_from: date | None  # the day on which it first stood
    asks_to_move: bool
    barriers: tuple[Barrier, ...]
    gap_days: int | None  # on a session kept: since the one kept before

    @property
    def is_kept(self) -> bool:
        return self.status in KEPT

    @property
    def is_without_notice(self) -> bool:
        return self.status in WITHOUT_NOTICE

    @property
    def is_with_notice(self) -> bool:
        return self.status == WITH_NOTICE

    @property
    def is_missed(self) -> bool:
        return self.is_without_notice or self.is_with_notice


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The latest sessions, the earliest first, and what they come to."""

    marks: tuple[Mark, ...]
    pattern: MissPattern | None  # in which the client stands now
    longest_gap_days: int | None
    days_since_kept: int | None
    next_at: datetime | None

    @property
    def kept(self) -> int:
        return sum(mark.is_kept for mark in self.marks)

    @property
    def without_notice(self) -> int:
        return sum(mark.is_without_notice for mark in self.marks)

    @property
    def with_notice(self) -> int:
        return sum(mark.is_with_notice for mark in self.marks)

    @property
    def missed(self) -> int:
        return self.without_notice + self.with_notice

    @property
    def counted(self) -> int:
        """Of how many these are said: kept, or missed in one way or the other."""
        return self.kept + self.without_notice + self.with_notice

    @property
    def reasons(self) -> tuple[tuple[Barrier, int], ...]:
        """What was named to have got in the way, and how often; the most frequent first."""
        times: dict[Barrier, int] = defaultdict(int)
        for mark in self.marks:
            for barrier in mark.barriers:
                times[barrier] += 1
        return tuple(sorted(times.items(), key=lambda pair: (-pair[1], pair[0].label)))


def timeline_of(user: User, client: Client, case: Case, *, now: datetime) -> Timeline:
    """For who may read the case's words; the barriers as far as this reader may. Seven queries for any length."""
    past = Participant.objects.filter(client=client, session__case=case, starts_at__lte=now)
    loaded = past.select_related("session", "attendance").order_by("-starts_at", "-pk")
    people = list(loaded[:SHOWN])[::-1]
    moved = _first_days([one.session_id for one in people])
    named = _barriers(user, people)
    marks = _with_gaps([_mark(one, moved, named, now=now) for one in people])
    ahead = Participant.objects.upcoming_for(client, now).filter(session__case=case)
    kept = [mark.on for mark in marks if mark.is_kept]
    return Timeline(
        marks=marks,
        pattern=pattern_now(client, case),
        longest_gap_days=max((mark.gap_days for mark in marks if mark.gap_days), default=None),
        days_since_kept=(get_practice().today(now) - kept[-1]).days if kept else None,
        next_at=ahead.values_list("starts_at", flat=True).first(),
    )


def counts_in(pattern: MissPattern | None, mark: Mark) -> bool:
    """Whether this miss is of the kind that the pattern counts."""
    if pattern is None or not mark.is_missed:
        return False
    counted = pattern.counted
    return counted == Counted.BOTH or (counted == Counted.WITH_NOTICE) == mark.is_with_notice


def _mark(
    participant: Participant,
    moved: dict[int, date],
    named: dict[int, list[Barrier]],
    *,
    now: datetime,
) -> Mark:
    record = getattr(participant, "attendance", None)
    session = participant.session
    first = moved.get(session.pk)
    return Mark(
        session=session,
        starts_at=participant.starts_at,
        on=session.on,
        status=participant_status(participant, outcome=record.outcome if record else "", now=now),
        moved_from=first if first != session.on else None,
        asks_to_move=participant.response == Response.ASKS_TO_MOVE,
        barriers=tuple(named.get(participant.pk, ())),
        gap_days=None,
    )


def _first_days(sessions: Collection[int]) -> dict[int, date]:
    """The day on which each of these stood when it was booked, from the history of its row."""
    events: Any = TherapySession._meta.get_field("events").related_model
    rows = events.objects.filter(pgh_obj_id__in=sessions, pgh_label="insert").order_by()
    return dict(rows.values_list("pgh_obj_id", "on"))


def _barriers(user: User, people: Sequence[Participant]) -> dict[int, list[Barrier]]:
    named = barriers_readable_by(user).filter(participant__in=[one.pk for one in people])
    found: dict[int, list[Barrier]] = defaultdict(list)
    for one in named.select_related("barrier").order_by("pk"):
        found[one.participant_id].append(one.barrier)
    return found


def _with_gaps(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Each session kept says how many days after the last one it came."""
    found: list[Mark] = []
    before: date | None = None
    for mark in marks:
        gap = (mark.on - before).days if mark.is_kept and before else None
        found.append(replace(mark, gap_days=gap))
        before = mark.on if mark.is_kept else before
    return tuple(found)
