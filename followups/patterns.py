"""Whether what somebody missed makes a pattern: by the practice's own rules, over all their sessions of a case."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts.access import require
from accounts.audit import acting
from accounts.models import User
from accounts.prepared import Question
from accounts.roles import May
from attendance.models import ATTENDED_OUTCOMES, MISSED_OUTCOMES
from clients.models import Case, Client
from followups.models import Counted, MissPattern, PatternKind, Protocol, ProtocolCode
from followups.protocols import install_shipped

KEPT, MISSED, CANCELLED_LATE = "kept", "missed", "late"
COUNTS = {
    Counted.WITHOUT_NOTICE: (MISSED,),
    Counted.WITH_NOTICE: (CANCELLED_LATE,),
    Counted.BOTH: (MISSED, CANCELLED_LATE),
}
# What is longer ago than this before a miss speaks of another time.
LOOKS_BACK = timedelta(days=365)
EVER = datetime(1970, 1, 1, tzinfo=UTC)

# Imported history opens nothing, and counts here (design, "Follow-ups"). What is neither kept, missed
# nor cancelled late by the client (excused, no connection, called off by us) is no part of a pattern.
_SEEN = Question(
    "sessions_seen_in_patterns",
    """
    SELECT p.client_id, s.case_id, p.id, extract(epoch FROM p.starts_at)::float8,
        CASE WHEN record.outcome IN %(attended)s THEN 'kept' WHEN p.cancelled_late THEN 'late' ELSE 'missed' END
    FROM sessions_app_participant p
    JOIN sessions_app_therapysession s ON s.id = p.session_id
    LEFT JOIN attendance_attendancerecord record ON record.participant_id = p.id
    WHERE p.client_id = ANY(%(clients)s) AND p.starts_at > %(since)s
      AND (p.cancelled_late AND p.cancelled_by = 'client'
           OR p.cancelled_at IS NULL AND (record.outcome IN %(attended)s OR record.outcome IN %(missed)s))
    ORDER BY p.client_id, s.case_id, p.starts_at, p.id
    """,
    words={
        "attended": tuple(outcome.value for outcome in ATTENDED_OUTCOMES),
        "missed": tuple(outcome.value for outcome in MISSED_OUTCOMES),
    },
    clients="bigint[]",
    since="timestamptz",
)

Whose = tuple[int, int]  # client, case
Seen = tuple[int, float, str]  # participant, instant in seconds, what became of it


@dataclass(frozen=True, kw_only=True)
class PatternDetails:
    """A pattern as somebody sets it; what its kind does not need stays empty."""

    kind: str
    counted: str
    times: int
    days: int | None = None
    percent: int | None = None
    of_last: int | None = None


def patterns_of_repeated() -> QuerySet[MissPattern]:
    """What the practice takes for missed several times."""
    return MissPattern.objects.filter(protocol__code=ProtocolCode.REPEATED_NO_SHOWS)


def patterned(clients: Collection[int], *, since: datetime) -> frozenset[int]:
    """The participants, of sessions after `since`, with whose miss a pattern was reached. Two queries for any number."""
    patterns = list(patterns_of_repeated()) if clients else []
    if not patterns:
        return frozenset()
    found: set[int] = set()
    for seen in _histories(clients, since=since - LOOKS_BACK).values():
        for pattern in patterns:
            found.update(participant for participant, _ in _reached(pattern, seen))
    return frozenset(found)


def pattern_now(client: Client, case: Case) -> MissPattern | None:
    """The pattern in which this client stands in this case: reached with the last session, and not come since.

    None for who came last. Two queries.
    """
    seen = _histories([client.pk], since=EVER).get((client.pk, case.pk), [])
    if not seen or seen[-1][2] == KEPT:
        return None
    for pattern in patterns_of_repeated():
        counted = [one for one in seen if one[2] in COUNTS[Counted(pattern.counted)]]
        if counted and counted[-1][0] in {participant for participant, _ in _reached(pattern, seen)}:
            return pattern
    return None


def add_pattern(*, details: PatternDetails, actor: User) -> MissPattern:
    """One more way to see a pattern. Raises ValidationError for what makes no sense, or is there already."""
    require(actor, May.MANAGE_SETTINGS)
    with acting("add_pattern", actor=actor):
        install_shipped()
        protocol = Protocol.objects.get(code=ProtocolCode.REPEATED_NO_SHOWS)
        return _write(MissPattern(protocol=protocol), details)


def change_pattern(*, pattern: MissPattern, details: PatternDetails, actor: User) -> MissPattern:
    """Change one; the next full pass reads the last thirty days by it. Raises as `add_pattern`."""
    require(actor, May.MANAGE_SETTINGS)
    with acting("change_pattern", actor=actor):
        return _write(MissPattern.objects.select_for_update().get(pk=pattern.pk), details)


def remove_pattern(*, pattern: MissPattern, actor: User) -> None:
    """Take one away. Raises ValidationError for the last: a pattern is always seen somehow (row 2.4)."""
    require(actor, May.MANAGE_SETTINGS)
    with acting("remove_pattern", actor=actor):
        standing = patterns_of_repeated().select_for_update()
        if not [one for one in standing if one.pk != pattern.pk]:
            raise ValidationError(gettext("This is the last one. Add another first, or change it."))
        MissPattern.objects.filter(pk=pattern.pk).delete()


def _histories(clients: Collection[int], *, since: datetime) -> dict[Whose, list[Seen]]:
    """By client and case, what became of their sessions, the earliest first."""
    found: dict[Whose, list[Seen]] = defaultdict(list)
    for client, case, participant, at, what in _SEEN.rows(list(clients), since):
        found[client, case].append((participant, at, what))
    return found


def _reached(pattern: MissPattern, seen: Sequence[Seen]) -> Iterable[tuple[int, datetime]]:
    """The misses with which this pattern was reached.

    It looks at sessions that were kept and at those that it counts, and at nothing else: who cancels
    late neither ends a row of misses without notice nor belongs to it.
    """
    counted = COUNTS[Counted(pattern.counted)]
    looked_at = [one for one in seen if one[2] == KEPT or one[2] in counted]
    for place, (participant, at, what) in enumerate(looked_at):
        if what != KEPT and _holds(pattern, looked_at[: place + 1]):
            yield participant, datetime.fromtimestamp(at, UTC)


def _holds(pattern: MissPattern, seen: Sequence[Seen]) -> bool:
    """Whether it holds as of the last of these."""
    last = seen[-1][1]
    if pattern.kind == PatternKind.IN_DAYS:
        assert pattern.days  # noqa: S101  # a constraint
        return _missed(_after(seen, last - pattern.days * 86_400)) >= pattern.times
    recent = _after(seen, last - LOOKS_BACK.total_seconds())
    if pattern.kind == PatternKind.RUNNING:
        return _missed(recent[-pattern.times :]) == pattern.times
    assert pattern.percent  # noqa: S101  # a constraint
    assert pattern.of_last  # noqa: S101  # a constraint
    share = recent[-pattern.of_last :]
    misses = _missed(share)
    return misses >= pattern.times and misses * 100 >= pattern.percent * len(share)


def _after(seen: Sequence[Seen], instant: float) -> Sequence[Seen]:
    return [one for one in seen if one[1] > instant]


def _missed(seen: Sequence[Seen]) -> int:
    return sum(what != KEPT for _, _, what in seen)


def _write(pattern: MissPattern, details: PatternDetails) -> MissPattern:
    for name, value in vars(details).items():
        setattr(pattern, name, value)
    pattern.full_clean(validate_unique=False, validate_constraints=False)
    _refuse_nonsense(pattern)
    try:
        with transaction.atomic():
            pattern.save()
    except IntegrityError as error:
        raise ValidationError(gettext("There is one like this already.")) from error
    return pattern


def _refuse_nonsense(pattern: MissPattern) -> None:
    if not 1 <= pattern.times <= 50:
        raise ValidationError({"times": gettext("Choose a number from 1 to 50.")})
    in_days, share = pattern.kind == PatternKind.IN_DAYS, pattern.kind == PatternKind.SHARE
    if in_days and not (pattern.days and 1 <= pattern.days <= 365):
        raise ValidationError({"days": gettext("Choose a number from 1 to 365.")})
    if share and not (pattern.percent and 1 <= pattern.percent <= 100):
        raise ValidationError({"percent": gettext("Choose a number from 1 to 100.")})
    if share and not (pattern.of_last and max(2, pattern.times) <= pattern.of_last <= 50):
        raise ValidationError(
            {"of_last": gettext("Choose a number up to 50, and not below the least count.")}
        )
    pattern.days = pattern.days if in_days else None
    pattern.percent, pattern.of_last = (pattern.percent, pattern.of_last) if share else (None, None)
