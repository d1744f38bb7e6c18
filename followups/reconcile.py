"""Heals the follow-ups from the attendance facts: opens, adds, takes over, withdraws, closes.

A pass changes nothing where the follow-ups already answer the facts, so it may run at any time,
twice, or after a crash. Passes take turns by an advisory lock.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection

from accounts.audit import reconciling
from accounts.bell import tell_pages_on_commit
from accounts.inserting import Insertion
from accounts.models import Practice
from accounts.prepared import Prepared, columns_of, record_of
from accounts.services import get_practice
from followups.absences import Absence, Asked, cancelled_late, missed
from followups.closing import close_what_is_over, no_longer_over
from followups.leading import NEW_STEPS, Turn, leading_clinicians, open_again, settle
from followups.models import (
    FollowUp,
    FollowUpCause,
    FollowUpStep,
    ReconcilePass,
)
from followups.news import Concerned, everybody, take_news
from followups.protocols import current_versions, install_shipped
from followups.steps import Begun, begin_step

log = structlog.get_logger(__name__)

TURN_LOCK = 7_031_960
FULL_EVERY = timedelta(minutes=10)
# With news of so many, as after an import, everybody is looked at.
MANY = 2_000
# What was known for longer opens nothing new: a mandate entered today answers no old absence.
OPENS_FOR = timedelta(days=30)

# Asked and written at every pass, and a pass follows nearly every mark.
_FULL_AT = Prepared(
    "follow_ups_full_at", "SELECT full_at FROM followups_reconcilepass WHERE id = 1", values=0
)
_OPEN = Prepared(
    "open_follow_ups",
    f"""
    SELECT {columns_of(FollowUp, "f")} FROM followups_followup f
    WHERE f.state = 'open' AND f.client_id = ANY($1) ORDER BY f.id FOR UPDATE
    """,  # noqa: S608 - the columns are our own
    values=1,
)

_NEW_FOLLOW_UPS = Insertion(FollowUp)
# A cause that was withdrawn and is true again comes back as the same row.
_NEW_CAUSES = Insertion(
    FollowUpCause,
    otherwise="""(participant_id, protocol_id) DO UPDATE SET follow_up_id = excluded.follow_up_id,
        occurred_at = excluded.occurred_at, added_at = excluded.added_at,
        withdrawn_at = excluded.withdrawn_at""",
)

Whose = tuple[int, int]  # client, case


@dataclass(frozen=True, kw_only=True)
class Mended:
    """What a pass changed; all zeros where nothing was to mend."""

    opened: int = 0
    added: int = 0
    withdrawn: int = 0
    closed: int = 0
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class _Cause:
    """A cause in force of an open follow-up, as it is written."""

    pk: int
    follow_up_id: int
    participant_id: int
    code: str


@dataclass(frozen=True, kw_only=True)
class _New:
    """An absence that a protocol answers and no cause holds yet."""

    absence: Absence
    code: str


def reconcile(*, now: datetime, full: bool = False) -> Mended:
    """Compare the follow-ups with the attendance facts and mend the difference.

    Looks at the clients of whom there is news; `full`, and by itself every ten minutes, at everybody
    with an open follow-up and all facts of the last thirty days.
    """
    with reconciling("reconcile_follow_ups"):
        take_turn()
        people = take_news(known_since=now - OPENS_FOR)
        if full or len(people) > MANY or _is_time_for_all(now):
            mended = _look_at_all(now)
        else:
            mended = _look_at(people, now)
        if mended != Mended():
            tell_pages_on_commit()
    if mended != Mended():
        log.info(
            "followups.mended",
            opened_count=mended.opened,
            added_count=mended.added,
            withdrawn_count=mended.withdrawn,
            closed_count=mended.closed,
            reopened_count=mended.reopened,
        )
    return mended


def take_turn() -> None:
    """Wait until no other pass runs; until the end of this transaction none will."""
    with connection.cursor() as cursor:
        # Compiling a pass's questions takes longer than answering them.
        cursor.execute("SELECT pg_advisory_xact_lock(%s), set_config('jit', 'off', true)", [TURN_LOCK])


def _look_at_all(now: datetime) -> Mended:
    _plan_afresh()
    install_shipped()
    mended = _look_at(everybody(known_since=now - OPENS_FOR), now)
    _remember(now)
    return mended


def _plan_afresh() -> None:
    with connection.cursor() as cursor:
        # A plan that was made once, for a handful of people, is a bad one for everybody.
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")


def _look_at(people: list[Concerned], now: datetime) -> Mended:
    try:
        practice = get_practice() if people else None
    except Practice.DoesNotExist:
        practice = None
    if practice is None:
        return Mended()
    return _mend(Turn(now=now, practice=practice, versions=current_versions()), people)


def _is_time_for_all(now: datetime) -> bool:
    # A clock that went back, as after a restored backup, makes the memory worthless.
    return not any(last <= now < last + FULL_EVERY for (last,) in _FULL_AT.rows())


def _remember(now: datetime) -> None:
    ReconcilePass.objects.update_or_create(pk=1, defaults={"full_at": now})


def _mend(turn: Turn, people: list[Concerned]) -> Mended:
    followed = [one.client_id for one in people if one.is_followed]
    found = _absences(turn, people)
    new = _new(turn, found)
    withdrawn, touched = _withdraw(turn, _untrue(_open_causes_of(followed), found))
    opened, added_to = _raise(turn, new)
    closed = settle(turn, touched | added_to) + close_what_is_over(turn, followed)
    again = _go_on(turn, [one.client_id for one in people])
    return Mended(
        opened=opened,
        added=len(new),
        withdrawn=withdrawn + again.withdrawn,
        closed=closed + again.closed,
        reopened=again.reopened,
    )


def _go_on(turn: Turn, clients: list[int]) -> Mended:
    """Open again what a fact had closed that is no longer so, where an absence that began it still is."""
    were_over = no_longer_over(turn, clients)
    if not were_over:
        return Mended()
    theirs = list(set(were_over.values()))
    found = _absences(turn, [Concerned.wholly(client) for client in theirs])
    causes = _causes(follow_up__in=list(were_over))
    untrue = _untrue(causes, found)
    standing = {cause.follow_up_id for cause in causes if cause not in untrue}
    open_again(turn, list(standing))
    withdrawn, touched = _withdraw(turn, [cause for cause in untrue if cause.follow_up_id in standing])
    closed = settle(turn, touched) + close_what_is_over(turn, theirs)
    return Mended(reopened=len(standing), withdrawn=withdrawn, closed=closed)


def _absences(turn: Turn, people: list[Concerned]) -> list[Absence]:
    """As the facts stand now; of who is followed all, since each of their causes may not be so any more."""
    asked = Asked(
        protocols={code: version.protocol for code, version in turn.versions.items()},
        live_from=turn.practice.live_from,
        today=turn.practice.today(turn.now),
        now=turn.now,
    )
    return [
        *missed(asked, [one.client_id for one in people if one.was_missed or one.is_followed]),
        *cancelled_late(asked, [one.client_id for one in people if one.cancelled_late or one.is_followed]),
    ]


def _untrue(causes: list[_Cause], found: list[Absence]) -> list[_Cause]:
    """Those that the facts no longer bear out."""
    true = {(absence.participant_id, code) for absence in found for code in absence.codes}
    return [cause for cause in causes if (cause.participant_id, cause.code) not in true]


def _open_causes_of(clients: list[int]) -> list[_Cause]:
    if not clients:
        return []
    return _causes(follow_up__client__in=clients, follow_up__state=FollowUp.State.OPEN)


def _causes(**whose: Any) -> list[_Cause]:
    """The facts among the causes; a person's word has no participant, and stands."""
    rows = FollowUpCause.objects.filter(withdrawn_at=None, participant__isnull=False, **whose)
    fields = ("pk", "follow_up_id", "participant_id", "protocol__code")
    return [_Cause(*row) for row in rows.order_by().values_list(*fields)]


def _new(turn: Turn, found: list[Absence]) -> list[_New]:
    """What the facts ask for and no cause holds; an answered absence asks for no gentle protocol."""
    return [
        _New(absence=absence, code=code)
        for absence in found
        if absence.may_open and absence.known_at >= turn.now - OPENS_FOR
        for code in absence.codes.difference(absence.held)
        if not (absence.is_answered and turn.versions[code].protocol.closes_itself)
    ]


def _withdraw(turn: Turn, untrue: list[_Cause]) -> tuple[int, set[int]]:
    """Mark the causes as not so; returns how many, and of which follow-ups."""
    if not untrue:
        return 0, set()
    still_open = _locked({cause.follow_up_id for cause in untrue})
    causes = [cause for cause in untrue if cause.follow_up_id in still_open]
    rows = FollowUpCause.objects.filter(pk__in=[cause.pk for cause in causes])
    return rows.update(withdrawn_at=turn.now), {cause.follow_up_id for cause in causes}


def _raise(turn: Turn, new: list[_New]) -> tuple[int, set[int]]:
    """Write the new causes; returns how many follow-ups opened for them, and which had been open."""
    if not new:
        return 0, set()
    by_person: dict[Whose, list[_New]] = defaultdict(list)
    for one in new:
        by_person[one.absence.client_id, one.absence.case_id].append(one)
    were_open = _open_of(by_person)
    missing = {whose: group for whose, group in by_person.items() if whose not in were_open}
    follow_ups = were_open | _open_new(turn, missing)
    _NEW_CAUSES.write(
        _cause(turn, one, follow_ups[whose]) for whose, group in by_person.items() for one in group
    )
    return len(missing), {were_open[whose].pk for whose in by_person if whose in were_open}


def _open_of(people: Iterable[Whose]) -> dict[Whose, FollowUp]:
    """The open follow-ups of these people, locked until the pass ends."""
    found = [record_of(FollowUp, values) for values in _OPEN.rows([client for client, _ in people])]
    return {(follow_up.client_id, follow_up.case_id): follow_up for follow_up in found}


def _locked(pks: set[int]) -> set[int]:
    """Those still open, locked until the pass ends."""
    rows = FollowUp.objects.open().filter(pk__in=pks).order_by("pk").select_for_update()
    return set(rows.values_list("pk", flat=True))


def _cause(turn: Turn, new: _New, follow_up: FollowUp) -> FollowUpCause:
    return FollowUpCause(
        follow_up=follow_up,
        protocol=turn.versions[new.code].protocol,
        participant_id=new.absence.participant_id,
        occurred_at=new.absence.occurred_at,
        added_at=turn.now,
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
    _NEW_FOLLOW_UPS.write(opened.values())
    for step in steps:
        step.follow_up_id = step.follow_up.pk
    NEW_STEPS.write(steps)
    return opened


def _latest(group: list[_New]) -> Absence:
    return max((one.absence for one in group), key=lambda absence: absence.occurred_at)


def _leading_code(turn: Turn, group: list[_New]) -> str:
    return max((one.code for one in group), key=lambda code: turn.versions[code].protocol.rank)
