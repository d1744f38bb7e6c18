"""Since when somebody has not been seen, what was tried since, and how long it takes until they are back."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, QuerySet

from attendance.models import ATTENDED_OUTCOMES, MISSED_OUTCOMES, AttendanceRecord
from clients.models import Case, Client, Mandate
from followups.gates import HEARD, Ground
from followups.models import ContactAttempt


@dataclass(frozen=True, slots=True)
class Lapse:
    """One stretch without a session kept: from the first miss until they came again (row 4.14)."""

    missed_at: datetime
    misses: int
    reached_at: datetime | None
    back_at: datetime | None
    days_to_reached: int | None  # in days of the practice's calendar
    days_to_back: int | None


def lapses_of(client: Client, case: Case, zone: ZoneInfo) -> list[Lapse]:
    """Every lapse of this client in this case, the latest first. Two queries."""
    return lapses_in(case, [client.pk], zone).get(client.pk, [])


def lapses_in(case: Case, clients: Collection[int], zone: ZoneInfo) -> dict[int, list[Lapse]]:
    """Every lapse of these clients in this case, by client, the latest first. Two queries for any number."""
    records = AttendanceRecord.objects.filter(client__in=clients, participant__session__case=case)
    talks = ContactAttempt.objects.filter(follow_up__client__in=clients, follow_up__case=case)
    return {client: found for (client, _case), found in _lapses(records, talks, zone).items()}


def lapses_under_orders(cases: QuerySet[Case], zone: ZoneInfo) -> dict[tuple[int, int], list[Lapse]]:
    """Every lapse of those under a court's order, by client and case, the latest first. Three queries.

    What began after an order had ended is not of it.
    """
    orders = Mandate.objects.filter(case__in=cases.values("pk")).values_list("client", "case", "ended_on")
    ends: dict[tuple[int, int], list[date | None]] = defaultdict(list)
    for client, case, ended_on in orders:
        ends[client, case].append(ended_on)
    clients, under = {client for client, _case in ends}, {case for _client, case in ends}
    records = AttendanceRecord.objects.filter(client__in=clients, participant__session__case__in=under)
    talks = ContactAttempt.objects.filter(follow_up__client__in=clients, follow_up__case__in=under)
    found = _lapses(records, talks, zone) if ends else {}
    return {
        pair: [one for one in found.get(pair, ()) if _is_under(one, ended, zone)]
        for pair, ended in ends.items()
    }


def _is_under(lapse: Lapse, ended: Iterable[date | None], zone: ZoneInfo) -> bool:
    day = lapse.missed_at.astimezone(zone).date()
    return any(end is None or day <= end for end in ended)


def _lapses(
    records: QuerySet[AttendanceRecord], talks: QuerySet[ContactAttempt], zone: ZoneInfo
) -> dict[tuple[int, int], list[Lapse]]:
    """By client and case, the latest first."""
    seen: dict[tuple[int, int], list[tuple[datetime, str]]] = defaultdict(list)
    facts = records.filter(participant__cancelled_at=None).order_by("starts_at", "pk")
    for client, case, starts_at, outcome in facts.values_list(
        "client", "participant__session__case", "starts_at", "outcome"
    ):
        seen[client, case].append((starts_at, outcome))
    reached = _heard(talks)
    return {
        pair: [_lapse(*stretch, reached[pair], zone) for stretch in reversed(_stretches(theirs))]
        for pair, theirs in seen.items()
    }


def lapsed_since(client: Client, case: Case) -> datetime | None:
    """The first session missed since they last came; None where they came last. Two queries."""
    records = AttendanceRecord.objects.filter(client=client, participant__session__case=case)
    came = records.filter(outcome__in=ATTENDED_OUTCOMES).aggregate(at=Max("starts_at"))["at"]
    missed = records.filter(outcome__in=MISSED_OUTCOMES, participant__cancelled_at=None)
    if came:
        missed = missed.filter(starts_at__gt=came)
    first: datetime | None = missed.aggregate(at=Min("starts_at"))["at"]
    return first


def ground_since(client: Client, case: Case, since: datetime | None) -> Ground:
    """What was tried for this client in this case since then, for the gates; all of it without a day."""
    tried = ContactAttempt.objects.filter(follow_up__client=client, follow_up__case=case)
    if since:
        tried = tried.filter(at__gte=since)
    return Ground(name=client.called, attempts=tuple(tried), is_at_risk=False, is_mandated=True)


def _heard(talks: QuerySet[ContactAttempt]) -> dict[tuple[int, int], list[datetime]]:
    """When they were heard, by client and case, the earliest first."""
    found: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    heard = talks.filter(result__in=HEARD).order_by("at")
    for client, case, at in heard.values_list("follow_up__client", "follow_up__case", "at"):
        found[client, case].append(at)
    return found


def _stretches(seen: Iterable[tuple[datetime, str]]) -> list[tuple[datetime, int, datetime | None]]:
    """First miss, how many, and when they came again; what is neither a miss nor kept ends nothing."""
    found: list[tuple[datetime, int, datetime | None]] = []
    first: datetime | None = None
    misses = 0
    for starts_at, outcome in seen:
        if outcome in MISSED_OUTCOMES:
            first, misses = first or starts_at, misses + 1
        elif outcome in ATTENDED_OUTCOMES and first:
            found.append((first, misses, starts_at))
            first, misses = None, 0
    return [*found, (first, misses, None)] if first else found


def _lapse(
    missed_at: datetime, misses: int, back_at: datetime | None, reached: list[datetime], zone: ZoneInfo
) -> Lapse:
    within = (at for at in reached if at >= missed_at and (back_at is None or at <= back_at))
    reached_at = next(within, None)
    return Lapse(
        missed_at,
        misses,
        reached_at,
        back_at,
        _days(missed_at, reached_at, zone),
        _days(missed_at, back_at, zone),
    )


def _days(since: datetime, until: datetime | None, zone: ZoneInfo) -> int | None:
    if until is None:
        return None
    return (until.astimezone(zone).date() - since.astimezone(zone).date()).days
