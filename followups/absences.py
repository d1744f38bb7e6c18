"""Reads from the attendance facts who was missed, by which protocol, and who is back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from attendance.models import ATTENDED_OUTCOMES, MISSED_OUTCOMES, AttendanceRecord
from clients.models import Case, Mandate
from followups.models import Protocol, ProtocolCode
from reminders.models import InboundKind, InboundMessage
from sessions_app.models import CancelledBy, Participant

ANSWERS = (InboundKind.CONFIRM, InboundKind.RESCHEDULE, InboundKind.FREE)


@dataclass(frozen=True, kw_only=True)
class Absence:
    """One participant who was missed or cancelled late, as the facts stand now."""

    participant_id: int
    client_id: int
    case_id: int
    session_id: int
    occurred_at: datetime
    known_at: datetime
    codes: frozenset[str]
    may_open: bool  # neither away, gone, nor in a closed case
    is_answered: bool  # came since, or has a new time


def absences(
    *,
    protocols: dict[str, Protocol],
    live_from: date | None,
    today: date,
    clients: Collection[int] | None = None,
) -> list[Absence]:
    """Every absence that a protocol answers; of these clients only, unless None.

    Nothing comes from a session not yet recorded (row 6.6), from imported history, from before
    the practice's live day, or from a day on which the client was known to be away.
    """
    expected = _live(live_from)
    if clients is not None:
        expected = expected.filter(client__in=clients)
    return [*_missed(expected, protocols, today), *_cancelled_late(expected, protocols, today)]


def came_back(*, client: str, case: str, since: str) -> Exists:
    """Attended a session of the case that began after `since`."""
    return Exists(
        AttendanceRecord.objects.filter(
            client=OuterRef(client),
            participant__session__case=OuterRef(case),
            outcome__in=ATTENDED_OUTCOMES,
            starts_at__gt=OuterRef(since),
        )
    )


def has_new_time(*, client: str, case: str, since: str) -> Exists:
    """Expected at a session of the case that was booked after `since`, and not missed there too."""
    return Exists(
        Participant.objects.expected()
        .filter(
            client=OuterRef(client),
            session__case=OuterRef(case),
            session__booked_at__gt=OuterRef(since),
            starts_at__gt=OuterRef(since),
        )
        .exclude(attendance__outcome__in=MISSED_OUTCOMES)
    )


def has_answered(*, client: str, since: str) -> Q:
    """Confirmed or asked to move any session after `since`, in whatever way, or wrote to us.

    Asking for no more texts, or for help, is no answer.
    """
    responses = Participant.objects.filter(client=OuterRef(client), responded_at__gt=OuterRef(since))
    words = InboundMessage.objects.filter(
        client=OuterRef(client), received_at__gt=OuterRef(since), kind__in=ANSWERS
    )
    return Exists(responses) | Exists(words)


def _live(live_from: date | None) -> QuerySet[Participant]:
    away = Q(client__away_from__lte=F("session__on")) & (
        Q(client__away_until=None) | Q(client__away_until__gt=F("session__on"))
    )
    live = Participant.objects.filter(session__is_history=False).exclude(away)
    return live.filter(session__on__gte=live_from) if live_from else live


def _common(today: date, *, since: str) -> dict[str, Any]:
    away = Q(client__away_from__lte=today) & (Q(client__away_until=None) | Q(client__away_until__gt=today))
    may_open = ~away & Q(client__left_on=None, client__died_on=None, session__case__closed_on=None)
    whose = {"client": "client", "case": "session__case", "since": since}
    return {
        "may_open": _whether(may_open),
        "is_answered": _whether(came_back(**whose) | has_new_time(**whose)),
    }


def _missed(expected: QuerySet[Participant], protocols: dict[str, Protocol], today: date) -> list[Absence]:
    repeated = protocols[ProtocolCode.REPEATED_NO_SHOWS]
    mandated = protocols[ProtocolCode.COURT_MANDATED]
    rows = (
        expected.filter(attendance__outcome__in=MISSED_OUTCOMES, cancelled_at=None)
        .annotate(
            **_common(today, since="starts_at"),
            known_at=Coalesce("attendance__corrected_at", "attendance__recorded_at"),
            misses=_misses_within(repeated.pattern_days),
            misses_of_mandate=_misses_within(mandated.pattern_days),
            mandate_bears=_mandate_bears(),
            partner_came=_somebody_came(),
        )
        .values_list(
            "pk", "client_id", "session__case_id", "session_id", "starts_at", "known_at", "may_open",
            "is_answered", "misses", "misses_of_mandate", "mandate_bears", "partner_came",
            "session__case__kind",
        )
    )  # fmt: skip
    found = []
    for row in rows:
        misses, of_mandate, bears, partner_came, kind = row[8:]
        codes = {ProtocolCode.SINGLE_MISSED}
        if misses >= repeated.pattern_count:
            codes.add(ProtocolCode.REPEATED_NO_SHOWS)
        if bears is not None and of_mandate >= bears:
            codes.add(ProtocolCode.COURT_MANDATED)
        if partner_came and kind == Case.Kind.COUPLE:
            codes.add(ProtocolCode.ABSENT_PARTNER)
        found.append(_absence(row, codes))
    return found


def _cancelled_late(
    expected: QuerySet[Participant], protocols: dict[str, Protocol], today: date
) -> list[Absence]:
    protocol = protocols[ProtocolCode.LATE_CANCELLATION]
    window = timedelta(days=protocol.pattern_days)
    earlier = Participant.objects.filter(
        client=OuterRef("client"),
        session__case=OuterRef("session__case"),
        cancelled_late=True,
        starts_at__lte=OuterRef("starts_at"),
        starts_at__gt=_before("starts_at", window),
    )
    rows = (
        expected.filter(cancelled_late=True, cancelled_by=CancelledBy.CLIENT)
        .annotate(**_common(today, since="cancelled_at"), known_at=F("cancelled_at"), times=_count(earlier))
        .filter(times__gte=protocol.pattern_count)
        .values_list(
            "pk", "client_id", "session__case_id", "session_id", "cancelled_at", "known_at", "may_open",
            "is_answered",
        )
    )  # fmt: skip
    codes = {ProtocolCode.LATE_CANCELLATION}
    return [_absence(row, codes) for row in rows]


def _absence(row: tuple[Any, ...], codes: set[ProtocolCode]) -> Absence:
    return Absence(
        participant_id=row[0],
        client_id=row[1],
        case_id=row[2],
        session_id=row[3],
        occurred_at=row[4],
        known_at=row[5],
        may_open=row[6],
        is_answered=row[7],
        codes=frozenset(code.value for code in codes),
    )


def _misses_within(days: int) -> Coalesce:
    # Imported history opens nothing, and counts here (design, "Follow-ups").
    return _count(
        AttendanceRecord.objects.filter(
            client=OuterRef("client"),
            participant__session__case=OuterRef("session__case"),
            outcome__in=MISSED_OUTCOMES,
            starts_at__lte=OuterRef("starts_at"),
            starts_at__gt=_before("starts_at", timedelta(days=days)),
        )
    )


def _mandate_bears() -> Subquery:
    """How many misses the client's mandate bears before its own alert; null without one (row 4.1)."""
    in_force = Mandate.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=OuterRef("session__on")),
        client=OuterRef("client"),
        case=OuterRef("session__case"),
    )
    return Subquery(in_force.order_by("misses_before_alert").values("misses_before_alert")[:1])


def _somebody_came() -> Exists:
    others = AttendanceRecord.objects.filter(
        participant__session=OuterRef("session"), outcome__in=ATTENDED_OUTCOMES
    )
    return Exists(others.exclude(participant=OuterRef("pk")))


def _whether(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def _before(field: str, length: timedelta) -> "ExpressionWrapper[CombinedExpression]":
    return ExpressionWrapper(OuterRef(field) - Value(length), output_field=DateTimeField())


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("client").annotate(times=Count("pk")).values("times")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
