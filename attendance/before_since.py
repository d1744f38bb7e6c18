"""Attendance before and since a strategy was agreed on, over two stretches of one length (row 2.14)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

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
