"""Heals the follow-ups from the attendance facts: opens, adds, takes over, withdraws, closes.

A pass changes nothing where the follow-ups already answer the facts, so it may run at any time,
twice, or after a crash. Passes take turns by an advisory lock.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.audit import reconciling
from accounts.models import Practice
from attendance.models import MISSED_OUTCOMES, AttendanceRecord
from followups.absences import Absence, absences, came_back, has_answered, has_new_time
from followups.leading import BATCH, Turn, close_all, leading_clinicians, settle
from followups.models import (
    FollowUp,
    FollowUpCause,
    FollowUpStep,
    ReconcilePass,
)
from followups.protocols import current_versions, install_shipped
from followups.steps import Begun, begin_step
from sessions_app.models import Participant

log = structlog.get_logger(__name__)

TURN_LOCK = 7_031_960
# A fact's `now` is taken before it is committed: look back further than any transaction lasts.
OVERLAP = timedelta(minutes=15)
FULL_EVERY = timedelta(minutes=10)
# What was known for longer opens nothing new: a mandate entered today answers no old absence.
OPENS_FOR = timedelta(days=30)

CAME = "They came to a later session."
NEW_TIME = "They have a new time."
ANSWERED = "They answered."
LEFT = "They have left the practice."
DIED = "We were told that they have died."

CauseKey = tuple[int, str]  # participant, code of the protocol
Whose = tuple[int, int]  # client, case


@dataclass(frozen=True, kw_only=True)
class Mended:
    """What a pass changed; all zeros where nothing was to mend."""

    opened: int = 0
    added: int = 0
    withdrawn: int = 0
    closed: int = 0


@dataclass(frozen=True, kw_only=True)
class _Known:
    """A cause as it is written."""

    pk: int
    is_in_force: bool
    follow_up_id: int
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class _New:
    """An absence that a protocol answers and no cause holds yet."""

    absence: Absence
    code: str


def reconcile(*, now: datetime, full: bool = False) -> Mended:
    """Compare the follow-ups with the attendance facts and mend the difference.

    Looks at the clients whose facts changed since the last pass; `full`, and by itself every ten
    minutes, at everybody with an open follow-up and all facts of the last thirty days.
    """
    with reconciling("reconcile_follow_ups"):
        take_turn()
        practice = Practice.objects.filter(pk=1).first()
        if practice is None:
            return Mended()
        install_shipped()
        turn = Turn(now=now, practice=practice, versions=current_versions())
        since, is_full = _since(now, full=full)
        mended = _mend(turn, _where_to_look(since, is_full=is_full))
        _remember(now, is_full=is_full)
    if mended != Mended():
        log.info(
            "followups.mended",
            opened_count=mended.opened,
            added_count=mended.added,
            withdrawn_count=mended.withdrawn,
            closed_count=mended.closed,
        )
    return mended


def take_turn() -> None:
    """Wait until no other pass runs; until the end of this transaction none will."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN_LOCK])
        # Compiling a pass's questions takes longer than answering them.
        cursor.execute("SET LOCAL jit = off")


def _since(now: datetime, *, full: bool) -> tuple[datetime, bool]:
    """From when on facts are looked at, and whether that is everything."""
    last = ReconcilePass.objects.filter(pk=1).first()
    # A clock that went back, as after a restored backup, makes the memory worthless.
    if full or last is None or last.seen_until_at > now or now - last.full_at >= FULL_EVERY:
        return now - OPENS_FOR, True
    return last.seen_until_at - OVERLAP, False


def _remember(now: datetime, *, is_full: bool) -> None:
    seen = {"seen_until_at": now, **({"full_at": now} if is_full else {})}
    ReconcilePass.objects.update_or_create(pk=1, defaults=seen, create_defaults={**seen, "full_at": now})


def _where_to_look(since: datetime, *, is_full: bool) -> list[int]:
    """The clients with a miss or late cancellation told since then, or with an open follow-up
    whose causes may not be so any more; all the open ones where everything is looked at."""
    missed = AttendanceRecord.objects.filter(outcome__in=MISSED_OUTCOMES)
    clients = missed.filter(recorded_at__gte=since).order_by().values_list("client_id")
    corrected = missed.filter(corrected_at__gte=since).order_by().values_list("client_id")
    late = Participant.objects.filter(cancelled_late=True, cancelled_at__gte=since).order_by()
    followed = FollowUp.objects.open().order_by()
    if not is_full:
        followed = followed.filter(_may_have_changed(since))
    return [
        client
        for (client,) in clients.union(
            corrected, late.values_list("client_id"), followed.values_list("client_id")
        )
    ]


def _may_have_changed(since: datetime) -> Exists:
    """The absence under a cause is gone, or what is known of others at its session is new or undone."""
    absent = Q(participant__cancelled_late=True) | Q(participant__attendance__outcome__in=MISSED_OUTCOMES)
    session = "participant__session__"
    told = Q(**{f"{session}participants__attendance__recorded_at__gte": since})
    corrected = Q(**{f"{session}participants__attendance__corrected_at__gte": since})
    undone = Q(**{f"{session}settled_at": None, f"{session}ends_at__gte": since - OPENS_FOR})
    causes = FollowUpCause.objects.filter(
        follow_up=OuterRef("pk"), withdrawn_at=None, participant__isnull=False
    )
    return Exists(causes.filter(~absent | told | corrected | undone))


def _mend(turn: Turn, clients: list[int]) -> Mended:
    found = absences(
        protocols={code: version.protocol for code, version in turn.versions.items()},
        live_from=turn.practice.live_from,
        today=turn.practice.today(turn.now),
        clients=clients,
    )
    known = _known_causes(clients)
    untrue = _untrue(found, known)
    new = _new(turn, found, known)
    withdrawn, touched = _withdraw(turn, untrue)
    opened, added_to = _raise(turn, new, known)
    closed = settle(turn, touched | added_to)
    return Mended(
        opened=opened,
        added=len(new),
        withdrawn=withdrawn,
        closed=closed + _close_answered(turn) + _close_gone(turn),
    )


def _known_causes(clients: list[int]) -> dict[CauseKey, _Known]:
    rows = FollowUpCause.objects.filter(follow_up__client__in=clients, participant__isnull=False)
    values = rows.order_by().values_list(
        "pk", "participant_id", "protocol__code", "withdrawn_at", "follow_up_id", "follow_up__state"
    )
    return {
        (participant, code): _Known(
            pk=pk,
            is_in_force=withdrawn_at is None,
            follow_up_id=follow_up,
            is_open=state == FollowUp.State.OPEN,
        )
        for pk, participant, code, withdrawn_at, follow_up, state in values
        if participant is not None
    }


def _untrue(found: list[Absence], known: dict[CauseKey, _Known]) -> list[_Known]:
    """Causes of open follow-ups that the facts no longer bear out."""
    true = {(absence.participant_id, code) for absence in found for code in absence.codes}
    return [cause for key, cause in known.items() if cause.is_in_force and cause.is_open and key not in true]


def _new(turn: Turn, found: list[Absence], known: dict[CauseKey, _Known]) -> list[_New]:
    """What the facts ask for and no cause holds; an answered absence asks for no gentle protocol."""
    held = {key for key, cause in known.items() if cause.is_in_force}
    return [
        _New(absence=absence, code=code)
        for absence in found
        if absence.may_open and absence.known_at >= turn.now - OPENS_FOR
        for code in absence.codes
        if (absence.participant_id, code) not in held
        and not (absence.is_answered and turn.versions[code].protocol.closes_itself)
    ]


def _withdraw(turn: Turn, untrue: list[_Known]) -> tuple[int, set[int]]:
    """Mark the causes as not so; returns how many, and of which follow-ups."""
    if not untrue:
        return 0, set()
    still_open = _locked({cause.follow_up_id for cause in untrue})
    causes = [cause for cause in untrue if cause.follow_up_id in still_open]
    rows = FollowUpCause.objects.filter(pk__in=[cause.pk for cause in causes])
    return rows.update(withdrawn_at=turn.now), {cause.follow_up_id for cause in causes}


def _raise(turn: Turn, new: list[_New], known: dict[CauseKey, _Known]) -> tuple[int, set[int]]:
    """Write the new causes; returns how many follow-ups opened for them, and which had been open."""
    by_person: dict[Whose, list[_New]] = defaultdict(list)
    for one in new:
        by_person[one.absence.client_id, one.absence.case_id].append(one)
    were_open = _open_of(by_person)
    missing = {whose: group for whose, group in by_person.items() if whose not in were_open}
    follow_ups = were_open | _open_new(turn, missing)
    causes = [
        _cause(turn, one, follow_ups[whose], known.get((one.absence.participant_id, one.code)))
        for whose, group in by_person.items()
        for one in group
    ]
    _write_causes(causes)
    return len(missing), {were_open[whose].pk for whose in by_person if whose in were_open}


def _write_causes(causes: list[FollowUpCause]) -> None:
    again = [cause for cause in causes if cause.pk]
    fields = ["follow_up", "occurred_at", "added_at", "withdrawn_at"]
    FollowUpCause.objects.bulk_update(again, fields, batch_size=BATCH)
    FollowUpCause.objects.bulk_create([cause for cause in causes if not cause.pk], batch_size=BATCH)


def _open_of(people: Iterable[Whose]) -> dict[Whose, FollowUp]:
    """The open follow-ups of these people, locked until the pass ends."""
    clients = [client for client, _ in people]
    found = FollowUp.objects.open().filter(client__in=clients).order_by("pk").select_for_update()
    return {(follow_up.client_id, follow_up.case_id): follow_up for follow_up in found}


def _locked(pks: set[int]) -> set[int]:
    """Those still open, locked until the pass ends."""
    rows = FollowUp.objects.open().filter(pk__in=pks).order_by("pk").select_for_update()
    return set(rows.values_list("pk", flat=True))


def _cause(turn: Turn, new: _New, follow_up: FollowUp, known: _Known | None) -> FollowUpCause:
    # A cause that was withdrawn and is true again comes back as the same row.
    return FollowUpCause(
        pk=known.pk if known else None,
        follow_up=follow_up,
        protocol=turn.versions[new.code].protocol,
        participant_id=new.absence.participant_id,
        occurred_at=new.absence.occurred_at,
        added_at=turn.now,
        withdrawn_at=None,
    )


def _open_new(turn: Turn, people: dict[Whose, list[_New]]) -> dict[Whose, FollowUp]:
    """Open one for each of these people, at the first step of the protocol that ranks highest."""
    clinicians = leading_clinicians({_latest(group).session_id for group in people.values()})
    opened: dict[Whose, FollowUp] = {}
    steps: list[FollowUpStep] = []
    for whose, group in people.items():
        latest = _latest(group)
        follow_up = FollowUp(
            client_id=whose[0], case_id=whose[1], opened_at=turn.now, last_cause_at=latest.occurred_at
        )
        begun = Begun(
            now=turn.now,
            counted_from=max(one.absence.known_at for one in group),
            practice=turn.practice,
            clinician_id=clinicians.get(latest.session_id),
        )
        steps.append(begin_step(follow_up, turn.versions[_leading_code(turn, group)], 1, begun))
        opened[whose] = follow_up
    FollowUp.objects.bulk_create(opened.values(), batch_size=BATCH)
    FollowUpStep.objects.bulk_create(steps, batch_size=BATCH)
    return opened


def _latest(group: list[_New]) -> Absence:
    return max((one.absence for one in group), key=lambda absence: absence.occurred_at)


def _leading_code(turn: Turn, group: list[_New]) -> str:
    return max((one.code for one in group), key=lambda code: turn.versions[code].protocol.rank)


def _close_answered(turn: Turn) -> int:
    """Close the gentle ones whose client is back, has a new time, or answered."""
    gentle = FollowUp.objects.open().filter(protocol_version__protocol__closes_itself=True)
    whose = {"client": "client", "case": "case", "since": "last_cause_at"}
    closed = 0
    for because, sign in (
        (CAME, came_back(**whose)),
        (NEW_TIME, has_new_time(**whose)),
        (ANSWERED, has_answered(client="client", since="opened_at")),
    ):
        closed += close_all(_pks(gentle.filter(sign)), because=because, now=turn.now)
    return closed


def _close_gone(turn: Turn) -> int:
    """A death silences everything at once; who left keeps what a named person has to close."""
    died = FollowUp.objects.open().filter(client__died_on__isnull=False)
    left = FollowUp.objects.open().filter(
        client__left_on__isnull=False, protocol_version__protocol__is_sensitive=False
    )
    closed = close_all(_pks(died), because=DIED, now=turn.now)
    return closed + close_all(_pks(left), because=LEFT, now=turn.now)


def _pks(follow_ups: QuerySet[FollowUp]) -> list[int]:
    return list(follow_ups.order_by().values_list("pk", flat=True))
