"""Held in part, as its own figure (row 1.17): a session with some of a couple or family is not a missed one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from attendance.metrics import ATTENDED, PEOPLE, rows_of
from attendance.models import (
    ATTENDED_OUTCOMES,
    HELD_KINDS,
    MISSED_OUTCOMES,
    AnswerOf,
    AttendanceRecord,
    Felt,
    HeldPart,
)
from clients.models import Case
from sessions_app.counting import COLUMNS, table_of
from sessions_app.models import Participant, TherapySession
from sessions_app.querysets import TherapySessionQuerySet


@dataclass(frozen=True, kw_only=True)
class HeldCounts:
    """How the sessions of a case went, each session counted once."""

    held: int
    in_part: int
    missed: int
    cases: int  # different ones among these sessions


@dataclass(frozen=True, kw_only=True)
class Check:
    """One question of the closing check: how often yes, of how often it was asked."""

    yes: int
    asked: int


@dataclass(frozen=True, kw_only=True)
class HeldMeasures:
    """What was noted of sessions held with one of two: minutes (row 1.11) and the closing check (row 1.13)."""

    used_minutes: int
    booked_minutes: int
    heard: Check
    validated: Check
    prepared: Check
    asked: int
    own_answers: int
    noted: int  # sessions whose minutes were noted
    people: int


def parts_of(sessions: TherapySessionQuerySet) -> QuerySet[HeldPart]:
    """What was noted of those who came to one of these sessions held in part; for counting, not for reading."""
    return HeldPart.objects.filter(participant__session__in=sessions.order_by().values("pk"))


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """Minutes booked for sessions in which somebody was seen, and what of them was not used (row 1.11)."""

    kind: str
    sessions: int
    booked: int
    late: int
    left_early: int
    clients: int

    @property
    def used(self) -> int:
        return self.booked - self.late - self.left_early


def minutes_used(sessions: TherapySessionQuerySet) -> list[Minutes]:
    """By kind of case, in the order of the list; each person seen counts their own minutes. One query."""
    chosen = table_of(sessions)
    found = rows_of(
        f"""
        WITH s ({COLUMNS}) AS ({chosen.sql})
        SELECT s.kind, count(*), sum(s.minutes), coalesce(sum(a.late_minutes), 0),
            coalesce(sum(a.left_early_minutes), 0), count(DISTINCT p.client_id)
        {PEOPLE} WHERE a.outcome IN ({ATTENDED}) GROUP BY s.kind
        """,
        chosen,
    )
    names = ("kind", "sessions", "booked", "late", "left_early", "clients")
    told = {row[0]: Minutes(**dict(zip(names, row, strict=True))) for row in found}
    return [told[kind] for kind in Case.Kind if kind in told]


def held_measures(parts: QuerySet[HeldPart]) -> HeldMeasures:
    """Minutes used of those booked where they were noted, and how often each answer was yes; one query."""
    found = list(parts.select_related("participant__session"))
    asked = [one for one in found if one.answer_of]
    minutes = {one.participant.session: one.used_minutes for one in found if one.used_minutes is not None}
    return HeldMeasures(
        used_minutes=sum(minutes.values()),
        booked_minutes=sum(session.minutes for session in minutes),
        heard=_check(one.heard for one in asked),
        validated=_check(one.validated for one in asked),
        prepared=_check(one.prepared for one in asked),
        asked=len(asked),
        own_answers=sum(one.answer_of == AnswerOf.CLIENT for one in asked),
        noted=len(minutes),
        people=len({one.participant.client_id for one in found}),
    )


def _check(answers: Iterable[str]) -> Check:
    given = [answer for answer in answers if answer]
    return Check(yes=given.count(Felt.YES), asked=len(given))


def held_in_part(session: str = "pk", *, case: str = "case") -> Q:
    """Rows whose session was held with some and not with the others, and nobody is left to record.

    `session` and `case` are the row's paths to them.
    """
    # By their records, since who cancelled has none.
    not_seen = ~Q(attendance__outcome__in=ATTENDED_OUTCOMES) | Q(attendance=None)
    here = Participant.objects.filter(not_seen, session=OuterRef(session))
    return held_with_somebody(session, case=case) & Q(Exists(here)) & ~Q(_awaited(session))


def held_with_somebody(session: str = "pk", *, case: str = "case") -> Q:
    """Rows whose session of a couple or family took place: who stayed away from it did not miss a lost session.

    The same rule as `STANDING` in attendance/metrics.py; a test holds both to the same sessions.
    """
    return Q(**{f"{case}__kind__in": HELD_KINDS}) & Q(_seen(session))


def is_held_in_part(session: TherapySession) -> bool:
    """Whether this session was held with some and not with the others; one query."""
    here = TherapySession.objects.filter(pk=session.pk, cancelled_at=None)
    return here.filter(held_in_part()).exists()


def held_counts(sessions: TherapySessionQuerySet) -> HeldCounts:
    """Held with everybody, held in part, and missed by everybody expected; one query.

    While somebody is left to record a session is none of these.
    """
    missed = AttendanceRecord.objects.filter(participant__session=OuterRef("pk"), outcome__in=MISSED_OUTCOMES)
    told: dict[str, Any] = (
        sessions.filter(~Q(_awaited("pk")), cancelled_at=None)
        .order_by()
        .annotate(seen=_seen("pk"), in_part=held_in_part(), was_missed=Exists(missed))
        .aggregate(
            held=Count("pk", filter=Q(seen=True, in_part=False)),
            parts=Count("pk", filter=Q(in_part=True)),
            missed=Count("pk", filter=Q(seen=False, was_missed=True)),
            cases=Count("case", filter=Q(seen=True) | Q(was_missed=True), distinct=True),
        )
    )
    return HeldCounts(held=told["held"], in_part=told["parts"], missed=told["missed"], cases=told["cases"])


def _awaited(session: str) -> Exists:
    here = Participant.objects.filter(session=OuterRef(session))
    return Exists(here.filter(recorded_at=None, cancelled_at=None))


def _seen(session: str) -> Exists:
    records = AttendanceRecord.objects.filter(participant__session=OuterRef(session))
    return Exists(records.filter(outcome__in=ATTENDED_OUTCOMES))
