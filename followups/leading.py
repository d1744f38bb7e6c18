"""Which protocol leads a follow-up: the highest-ranking of its causes, changed and closed with them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from accounts.inserting import Insertion
from accounts.models import Practice
from accounts.prepared import Prepared
from clients.models import CaseClinician
from followups.models import ContactAttempt, FollowUp, FollowUpCause, FollowUpStep, ProtocolVersion
from followups.steps import Begun, begin_step

BATCH = 1_000
CORRECTED = "The record was corrected: there is nothing to follow up."
TAKEN_OVER = "Another kind of follow-up came first."

NEW_STEPS = Insertion(FollowUpStep)
_LEADING = Prepared(
    "leading_clinicians",
    """
    SELECT DISTINCT ON (k.session_id) k.session_id, k.clinician_id
    FROM sessions_app_sessionclinician k JOIN accounts_user u ON u.id = k.clinician_id
    WHERE k.session_id = ANY($1) AND u.is_active
    ORDER BY k.session_id, k.id
    """,
    values=1,
)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What holds for the whole of one pass."""

    now: datetime
    practice: Practice
    versions: dict[str, ProtocolVersion]


def leading_clinicians(sessions: set[int]) -> dict[int, int]:
    """The first active clinician of each session."""
    return dict(_LEADING.rows(list(sessions)))


def settle(turn: Turn, touched: set[int]) -> int:
    """Give each follow-up the protocol that its causes ask for; close those left without any."""
    if not touched:
        return 0
    follow_ups = _with_attempts(touched)
    causes = _causes_in_force(touched)
    baseless = [
        follow_up.pk for follow_up in follow_ups if follow_up.pk not in causes and not follow_up.was_tried
    ]
    _change_lead(turn, [one for one in follow_ups if one.pk in causes], causes)
    return close_all(baseless, because=CORRECTED, now=turn.now)


@dataclass
class _Touched:
    """A follow-up with what decides about its lead."""

    pk: int
    follow_up: FollowUp
    was_tried: bool
    step: FollowUpStep | None


def _with_attempts(pks: set[int]) -> list[_Touched]:
    rows = FollowUp.objects.open().filter(pk__in=pks).select_related("protocol_version__protocol")
    tried = set(
        ContactAttempt.objects.filter(follow_up__in=pks).values_list("follow_up_id", flat=True).distinct()
    )
    current = FollowUpStep.objects.filter(follow_up__in=pks, done_at=None, skipped_at=None)
    steps = {step.follow_up_id: step for step in current}
    return [
        _Touched(pk=row.pk, follow_up=row, was_tried=row.pk in tried, step=steps.get(row.pk)) for row in rows
    ]


def _causes_in_force(pks: set[int]) -> dict[int, list[FollowUpCause]]:
    rows = FollowUpCause.objects.filter(follow_up__in=pks, withdrawn_at=None)
    causes: dict[int, list[FollowUpCause]] = defaultdict(list)
    for cause in rows.select_related("protocol", "participant").order_by("occurred_at", "pk"):
        causes[cause.follow_up_id].append(cause)
    return causes


def _change_lead(turn: Turn, touched: list[_Touched], causes: dict[int, list[FollowUpCause]]) -> None:
    """Hand follow-ups over where another protocol leads now, and note each one's latest absence."""
    clinicians = leading_clinicians(
        {cause.participant.session_id for group in causes.values() for cause in group if cause.participant}
    )
    left: list[FollowUpStep] = []
    begun: list[FollowUpStep] = []
    for one in touched:
        latest = causes[one.pk][-1]
        lead = turn.versions[max(causes[one.pk], key=lambda cause: cause.protocol.rank).protocol.code]
        is_newer = latest.occurred_at > one.follow_up.last_cause_at
        one.follow_up.last_cause_at = latest.occurred_at
        if not _begins_anew(one, lead, is_newer=is_newer):
            continue
        if one.step:
            one.step.skipped_at, one.step.note = turn.now, TAKEN_OVER
            left.append(one.step)
        begun.append(begin_step(one.follow_up, lead, 1, _begun(turn, one.follow_up, latest, clinicians)))
    FollowUpStep.objects.bulk_update(left, ["skipped_at", "note"], batch_size=BATCH)
    FollowUp.objects.bulk_update(
        [one.follow_up for one in touched],
        ["protocol_version", "last_cause_at", "owner_role", "owner", "due_at"],
        batch_size=BATCH,
    )
    NEW_STEPS.write(begun)


def _begun(turn: Turn, follow_up: FollowUp, latest: FollowUpCause, clinicians: dict[int, int]) -> Begun:
    session = latest.participant.session_id if latest.participant else None
    return Begun(
        now=turn.now,
        counted_from=turn.now,
        practice=turn.practice,
        clinician_id=clinicians.get(session) if session else lead_clinician(follow_up.case_id),
    )


def lead_clinician(case_id: int) -> int | None:
    """Who leads a case now, by primary key."""
    leading = CaseClinician.objects.filter(case=case_id, until_on=None, clinician__is_active=True)
    return leading.order_by("-is_lead", "pk").values_list("clinician_id", flat=True).first()


def _begins_anew(one: _Touched, lead: ProtocolVersion, *, is_newer: bool) -> bool:
    """A weightier protocol takes over; a lighter one only from where nobody has begun yet.

    Where every step was taken, a further absence begins with the first one again.
    """
    leading = one.follow_up.protocol
    if lead.protocol_id == leading.pk:
        return one.step is None and is_newer
    return lead.protocol.rank > leading.rank or not one.was_tried


def close_all(pks: list[int], *, because: str, now: datetime) -> int:
    """Close what is still open of these, as closing itself; returns how many."""
    if not pks:
        return 0
    closed = FollowUp.objects.open().filter(pk__in=pks).order_by()
    count = closed.update(state=FollowUp.State.CLOSED, closed_at=now, closed_because=because, due_at=None)
    waiting = FollowUpStep.objects.filter(follow_up__in=pks, done_at=None, skipped_at=None)
    waiting.update(skipped_at=now, note=because)
    return count


def open_again(turn: Turn, pks: list[int]) -> None:
    """Take these closings back: each goes on with the step at which it stood, with whose it was."""
    if not pks:
        return
    found = FollowUp.objects.filter(pk__in=pks).select_related("protocol_version__protocol")
    follow_ups = list(found.order_by("pk").select_for_update(of=("self",)))
    steps: dict[int, list[FollowUpStep]] = defaultdict(list)
    for step in FollowUpStep.objects.filter(follow_up__in=pks).order_by("pk"):
        steps[step.follow_up_id].append(step)
    begun = [_going_on(turn, follow_up, steps[follow_up.pk]) for follow_up in follow_ups]
    FollowUp.objects.bulk_update(
        follow_ups,
        ["state", "closed_at", "closed_because", "owner_role", "owner", "due_at"],
        batch_size=BATCH,
    )
    NEW_STEPS.write(begun)


def _going_on(turn: Turn, follow_up: FollowUp, steps: list[FollowUpStep]) -> FollowUpStep:
    follow_up.state, follow_up.closed_at, follow_up.closed_because = FollowUp.State.OPEN, None, ""
    last_owner = next((step.owner_id for step in reversed(steps) if step.owner_id), None)
    begun = Begun(now=turn.now, counted_from=turn.now, practice=turn.practice, clinician_id=last_owner)
    return begin_step(follow_up, follow_up.protocol_version, steps[-1].position, begun)
