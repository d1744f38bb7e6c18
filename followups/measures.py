"""What happens after somebody was missed: how soon they are called, reached and back."""

# ruff: noqa: S608 - put together from this module's own constants; values go in as parameters

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from attendance.metrics import ATTENDED, MISSED, rows_of
from attendance.models import MISSED_OUTCOMES, AttendanceRecord, Fee
from clients.models import Case
from followups.gates import HEARD
from followups.lapses import Lapse, lapses_under_orders
from followups.models import AttemptChannel, Consultation, CostOfMisses, Worry
from sessions_app.counting import COLUMNS, table_of
from sessions_app.querysets import TherapySessionQuerySet

SOON, LATER = timedelta(days=14), timedelta(days=30)
_HEARD = ", ".join(f"'{result.value}'" for result in HEARD)


@dataclass(frozen=True, kw_only=True)
class Reached:
    """What followed on absences; each absence of each person counts once."""

    missed: int
    followed: int  # a follow-up has it as its cause
    called: int
    hours_to_call: float | None  # median, of those called
    called_in_a_day: int
    reached: int
    hours_to_reached: float | None
    soon_ripe: int  # 14 days have passed since
    back_soon: int
    later_ripe: int  # 30 days have passed since
    back_later: int
    clients: int


# Calls until they were back: a later one is about something else.
_TRIED = f"""
    SELECT min(t.at) AS at, min(t.at) FILTER (WHERE t.channel = '{AttemptChannel.CALL.value}') AS called,
        min(t.at) FILTER (WHERE t.result IN ({_HEARD})) AS heard
    FROM followups_followup f JOIN followups_contactattempt t ON t.follow_up_id = f.id
    WHERE f.client_id = missed.client_id AND f.case_id = missed.case_id AND t.at >= missed.starts_at
      AND t.at <= coalesce(back.at, 'infinity')"""
_COUNTS = """
    count(*), count(*) FILTER (WHERE is_followed), count(called_at),
    extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY called_at - starts_at)) / 3600,
    count(*) FILTER (WHERE called_at <= starts_at + interval '1 day'), count(reached_at),
    extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY reached_at - starts_at)) / 3600,
    count(*) FILTER (WHERE starts_at <= %s), count(*) FILTER (WHERE starts_at <= %s AND back_at <= starts_at + %s),
    count(*) FILTER (WHERE starts_at <= %s), count(*) FILTER (WHERE starts_at <= %s AND back_at <= starts_at + %s),
    count(DISTINCT client_id)"""
HOW = ("reached", "tried", "not tried")


@dataclass(frozen=True, kw_only=True)
class AfterMisses:
    """What followed on absences: of all, by month, and by whether they were reached before they were back."""

    total: Reached
    by_month: dict[date, Reached]
    by_how: dict[str, Reached]


def after_misses(sessions: TherapySessionQuerySet, *, now: datetime) -> AfterMisses:
    """What followed on the absences from these sessions, also from those held with somebody else. One query."""
    chosen = table_of(sessions)
    since = (now - SOON, now - SOON, SOON, now - LATER, now - LATER, LATER)
    found = rows_of(
        f"""
        WITH s ({COLUMNS}) AS ({chosen.sql}),
        missed AS (
            SELECT p.id, p.client_id, s.case_id, p.starts_at, date_trunc('month', s."on")::date AS month
            FROM s JOIN sessions_app_participant p ON p.session_id = s.id
            JOIN attendance_attendancerecord a ON a.participant_id = p.id AND a.outcome IN ({MISSED})
        ),
        told AS (
            SELECT missed.*, back.at AS back_at,
                tried.called AS called_at, tried.heard AS reached_at, tried.at AS tried_at,
                EXISTS (SELECT FROM followups_followupcause c
                    WHERE c.participant_id = missed.id AND c.withdrawn_at IS NULL) AS is_followed
            FROM missed LEFT JOIN LATERAL (
                SELECT came.starts_at AS at FROM attendance_attendancerecord came
                JOIN sessions_app_participant there ON there.id = came.participant_id
                JOIN sessions_app_therapysession later ON later.id = there.session_id
                WHERE came.client_id = missed.client_id AND came.starts_at > missed.starts_at
                  AND later.case_id = missed.case_id AND came.outcome IN ({ATTENDED})
                ORDER BY came.starts_at LIMIT 1
            ) AS back ON true
            LEFT JOIN LATERAL ({_TRIED}) AS tried ON true
        ),
        grouped AS (
            SELECT told.*, CASE WHEN reached_at IS NOT NULL THEN 'reached'
                WHEN tried_at IS NOT NULL THEN 'tried' ELSE 'not tried' END AS how
            FROM told
        )
        SELECT month, how, {_COUNTS} FROM grouped GROUP BY GROUPING SETS ((month), (how), ())
        """,
        chosen,
        since,
    )
    months, hows, total = {}, {}, _reached([0, 0, 0, None, 0, 0, None, 0, 0, 0, 0, 0])
    for month, how, *counts in found:
        if month:
            months[month] = _reached(counts)
        elif how:
            hows[how] = _reached(counts)
        else:
            total = _reached(counts)
    return AfterMisses(total=total, by_month=months, by_how=hows)


def _reached(counts: list[Any]) -> Reached:
    told: dict[str, Any] = dict(zip(Reached.__dataclass_fields__, counts, strict=True))
    for name in ("hours_to_call", "hours_to_reached"):
        told[name] = None if told[name] is None else float(told[name])
    return Reached(**told)


@dataclass(frozen=True, kw_only=True)
class CostsNoted:
    """What clinicians noted of what repeated misses cost their clients (row 3.2); each follow-up counts once."""

    noted: int
    unresolved: int
    support_missed: int
    somewhat_worried: int
    very_worried: int
    asked_supervisor: int
    charged: int
    clients: int


def costs_noted(cases: QuerySet[Case], *, first: datetime, last: datetime) -> CostsNoted:
    """Of follow-ups in these cases, what was noted between two instants. One query.

    How it is for the clinician is sealed, and nobody counts it: what is counted is who asked their supervisor.
    """
    within = {"noted_at__gte": first, "noted_at__lt": last}
    noted = CostOfMisses.objects.filter(follow_up__case__in=cases.order_by().values("pk"), **within)
    asked = Consultation.objects.filter(follow_up=OuterRef("follow_up"))
    told = noted.aggregate(
        noted=Count("pk"),
        unresolved=Count("pk", filter=~Q(unresolved="")),
        support_missed=Count("pk", filter=~Q(support_missed="")),
        somewhat_worried=Count("pk", filter=Q(concern=Worry.SOME)),
        very_worried=Count("pk", filter=Q(concern=Worry.MUCH)),
        asked_supervisor=Count("pk", filter=Exists(asked)),
        charged=Count("pk", filter=Exists(_charged())),
        clients=Count("follow_up__client", distinct=True),
    )
    return CostsNoted(**told)


def _charged() -> QuerySet[Fee]:
    return Fee.objects.filter(
        decision=Fee.Decision.CHARGED,
        participant__client=OuterRef("follow_up__client"),
        participant__session__case=OuterRef("follow_up__case"),
    )


@dataclass(frozen=True, kw_only=True)
class BackUnderOrders:
    """How those under a court's order came back after a lapse (row 4.14), across cases."""

    lapses: int
    misses: int
    reached: int
    days_to_reached: float | None  # median, of those reached
    back: int
    days_to_back: float | None
    soon_ripe: int
    back_soon: int
    later_ripe: int
    back_later: int
    clients: int


def back_under_orders(
    cases: QuerySet[Case], sessions: TherapySessionQuerySet, *, now: datetime, zone: ZoneInfo
) -> BackUnderOrders:
    """Of the lapses in these cases that began with one of these sessions. Four queries."""
    found = lapses_under_orders(cases, zone)
    began = set(
        AttendanceRecord.objects.filter(
            participant__session__in=sessions.order_by().values("pk"),
            client__in={client for client, _case in found},
            outcome__in=MISSED_OUTCOMES,
        ).values_list("client", "participant__session__case", "starts_at")
    )
    lapses = [
        (client, lapse)
        for (client, case), theirs in found.items()
        for lapse in theirs
        if (client, case, lapse.missed_at) in began
    ]
    return _back([lapse for _client, lapse in lapses], len({client for client, _lapse in lapses}), now)


def _back(lapses: list[Lapse], clients: int, now: datetime) -> BackUnderOrders:
    soon, later = ([one for one in lapses if one.missed_at + after <= now] for after in (SOON, LATER))
    return BackUnderOrders(
        lapses=len(lapses),
        misses=sum(one.misses for one in lapses),
        reached=sum(one.reached_at is not None for one in lapses),
        days_to_reached=_median(one.days_to_reached for one in lapses),
        back=sum(one.back_at is not None for one in lapses),
        days_to_back=_median(one.days_to_back for one in lapses),
        soon_ripe=len(soon),
        back_soon=sum(one.back_at is not None and one.back_at <= one.missed_at + SOON for one in soon),
        later_ripe=len(later),
        back_later=sum(one.back_at is not None and one.back_at <= one.missed_at + LATER for one in later),
        clients=clients,
    )


def _median(days: Iterable[int | None]) -> float | None:
    known = [one for one in days if one is not None]
    return float(median(known)) if known else None
