"""Attendance before and since a strategy was agreed on, over two stretches of one length (row 2.14)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.shipped_words import as_shipped
from attendance.models import ATTENDED_OUTCOMES, MISSED_OUTCOMES, Outcome
from clients.models import AgreedStrategy
from sessions_app.models import CancelledBy, Participant

# No stretch is longer: what was a year ago says little about what helps now.
LONGEST_DAYS = 84
# They were expected and not seen. A failed line and somebody who came unwell are nobody's absence.
NOT_SEEN = (*MISSED_OUTCOMES, Outcome.TOO_LATE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """How often somebody came, of the times that they were expected; what they called off is counted, too."""

    came: int
    expected: int


@dataclass(frozen=True, slots=True)
class BeforeSince:
    """The same number of days before the agreement and since."""

    days: int
    before: Stretch
    since: Stretch


def before_and_since(
    agreed: Iterable[AgreedStrategy], *, now: datetime, zone: ZoneInfo
) -> dict[int, BeforeSince]:
    """For each strategy its two stretches, by primary key; one query for any number of them.

    The day of the agreement ends the first stretch: what was missed or kept on it led to the agreement. The
    second one ends with the strategy, with the present, or after twelve weeks. Sessions excused, called off by the practice or not yet recorded count nowhere.
    """
    wanted = list(agreed)
    seen = _seen(wanted, now)
    return {one.pk: _measured(one, seen[one.client_id, one.case_id], now, zone) for one in wanted}


@dataclass(frozen=True, slots=True)
class StrategyMeasured:
    """One strategy over everybody with whom it was agreed: their stretches, one after the other."""

    name: str
    times: int  # agreements with anything expected in both stretches
    clients: int
    before: Stretch
    since: Stretch


def by_strategy(agreed: Iterable[AgreedStrategy], *, now: datetime, zone: ZoneInfo) -> list[StrategyMeasured]:
    """Attendance before and since each strategy (row 2.14), by name; one query for any number of agreements.

    An agreement counts once something was expected both before and since. Strategies of a client's own
    words are one line: their words would tell who it is.
    """
    wanted = list(agreed)
    measured = before_and_since(wanted, now=now, zone=zone)
    together: dict[str, list[tuple[AgreedStrategy, BeforeSince]]] = defaultdict(list)
    for one in wanted:
        found = measured[one.pk]
        if found.before.expected and found.since.expected:
            together[as_shipped(one.strategy.name) if one.strategy else ""].append((one, found))
    return [_together(name, together[name]) for name in sorted(together, key=lambda name: (not name, name))]


def _together(name: str, measured: list[tuple[AgreedStrategy, BeforeSince]]) -> StrategyMeasured:
    return StrategyMeasured(
        name=name,
        times=len(measured),
        clients=len({one.client_id for one, _found in measured}),
        before=_sum(found.before for _one, found in measured),
        since=_sum(found.since for _one, found in measured),
    )


def _sum(stretches: Iterable[Stretch]) -> Stretch:
    found = list(stretches)
    return Stretch(came=sum(one.came for one in found), expected=sum(one.expected for one in found))


Came = list[tuple[date, bool]]


def _seen(wanted: list[AgreedStrategy], now: datetime) -> dict[tuple[int, int], Came]:
    """Day and whether they came, of everything that counts, by client and case."""
    found: dict[tuple[int, int], Came] = defaultdict(list)
    if not wanted:
        return found
    earliest = min(one.agreed_on for one in wanted) - timedelta(days=LONGEST_DAYS)
    sessions = Participant.objects.filter(
        client__in={one.client_id for one in wanted},
        session__case__in={one.case_id for one in wanted},
        session__on__gte=earliest,
        starts_at__lte=now,
    )
    facts = sessions.values_list(
        "client",
        "session__case",
        "session__on",
        "attendance__outcome",
        "cancelled_by",
        "session__cancelled_by",
    )
    for client, case, on, outcome, cancelled_by, called_off_by in facts:
        came = _came(outcome, {cancelled_by, called_off_by})
        if came is not None:
            found[client, case].append((on, came))
    return found


def _came(outcome: str | None, cancelled_by: set[str]) -> bool | None:
    """Whether they came; None where it counts nowhere."""
    if CancelledBy.PRACTICE in cancelled_by:
        return None
    if outcome in ATTENDED_OUTCOMES:
        return True
    if outcome in NOT_SEEN or (outcome is None and CancelledBy.CLIENT in cancelled_by):
        return False
    return None


def _measured(one: AgreedStrategy, seen: Came, now: datetime, zone: ZoneInfo) -> BeforeSince:
    today = now.astimezone(zone).date()
    last = min(one.ended_on or today, today)
    length = timedelta(days=min((last - one.agreed_on).days, LONGEST_DAYS))
    return BeforeSince(
        days=length.days,
        before=_stretch(seen, one.agreed_on - length, one.agreed_on),
        since=_stretch(seen, one.agreed_on, one.agreed_on + length),
    )


def _stretch(seen: Came, after: date, until: date) -> Stretch:
    came = [was_there for on, was_there in seen if after < on <= until]
    return Stretch(came=sum(came), expected=len(came))
