"""What a report to the court can state from the record: how somebody came, and how they were tried to be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attendance.models import ATTENDED_OUTCOMES, MISSED_OUTCOMES, Outcome
from clients.models import Case, Client
from followups.models import ContactAttempt
from sessions_app.models import CancelledBy, Participant

Found = list[tuple[date, str]]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session that somebody was expected at, and what became of it, in words."""

    on: date
    became: str
    group: str


@dataclass(frozen=True, kw_only=True)
class Period:
    """Days, both included, as the practice's calendar has them; nothing after `now` is stated."""

    since_on: date
    until_on: date
    zone: ZoneInfo
    now: datetime

    @property
    def begins_at(self) -> datetime:
        return datetime.combine(self.since_on, time(0), self.zone)

    @property
    def ends_at(self) -> datetime:
        return min(self.now, datetime.combine(self.until_on + timedelta(days=1), time(0), self.zone))


CAME = "Came"
PRESENT = "Came, could not be seen"
LINK = "The video link failed"
MISSED = "Missed"
EXCUSED = "Excused"
BY_CLIENT = "Called off by the client"
BY_PRACTICE = "Called off by the practice"
UNRECORDED = "Not recorded yet"
# What the practice called off stands last and apart: it is nobody's miss.
GROUPS = (CAME, PRESENT, LINK, MISSED, EXCUSED, BY_CLIENT, UNRECORDED, BY_PRACTICE)
GROUP_OF = {
    **dict.fromkeys(ATTENDED_OUTCOMES, CAME),
    **dict.fromkeys(MISSED_OUTCOMES, MISSED),
    Outcome.TOO_LATE: PRESENT,
    Outcome.COULD_NOT_BE_SEEN: PRESENT,
    Outcome.COULD_NOT_CONNECT: LINK,
    Outcome.EXCUSED: EXCUSED,
}


def sittings_of(client: Client, case: Case, period: Period) -> list[Sitting]:
    """Every session of this case that this client was expected at, the earliest first. One query."""
    expected = Participant.objects.filter(
        client=client,
        session__case=case,
        starts_at__gte=period.begins_at,
        starts_at__lt=period.ends_at,
    )
    found = expected.select_related("attendance", "session").order_by("starts_at", "pk")
    return [_sitting(one, period.zone) for one in found]


def counted(sittings: Iterable[Sitting]) -> list[tuple[str, int]]:
    """How many there are of each kind that there is one of; the practice's own come last."""
    groups = [sitting.group for sitting in sittings]
    return [(group, groups.count(group)) for group in GROUPS if group in groups]


def outreach_to(client: Client, case: Case, period: Period) -> Found:
    """When and how they were tried to be reached, and whether it led to a talk; never what was said. One query."""
    tried = ContactAttempt.objects.filter(
        follow_up__client=client, follow_up__case=case, at__gte=period.begins_at, at__lt=period.ends_at
    )
    return [
        (
            one.at.astimezone(period.zone).date(),
            f"{one.get_channel_display()}: {one.get_result_display().lower()}",
        )
        for one in tried.order_by("at", "pk")
    ]


def _sitting(participant: Participant, zone: ZoneInfo) -> Sitting:
    on = participant.starts_at.astimezone(zone).date()
    return Sitting(on, *_became(participant))


def _became(participant: Participant) -> tuple[str, str]:
    if participant.is_cancelled:
        return _called_off(participant)
    record = getattr(participant, "attendance", None)
    if record is None:
        return UNRECORDED, UNRECORDED
    return record.get_outcome_display(), GROUP_OF[record.outcome]


def _called_off(participant: Participant) -> tuple[str, str]:
    if participant.cancelled_by == CancelledBy.PRACTICE:
        return BY_PRACTICE, BY_PRACTICE
    return (f"{BY_CLIENT}, late" if participant.cancelled_late else f"{BY_CLIENT}, in time"), BY_CLIENT
