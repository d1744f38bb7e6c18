"""When a step falls due, whose it is, and how one follows another."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import FollowUpOwner, Practice
from followups.models import FollowUp, FollowUpStep, ProtocolVersion, StepPlan

SATURDAY = 5


def due_by(moment: datetime, *, working_days: int, practice: Practice) -> datetime:
    """Closing time of the practice's day, so many working days after `moment`.

    With 0 it is the same day, or the next one for what happens after closing.
    """
    local = moment.astimezone(practice.zone)
    day = local.date()
    if working_days == 0 and local.time() >= practice.closes_at:
        day += timedelta(days=1)
    for _ in range(working_days):
        day += timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
    return datetime.combine(day, practice.closes_at, tzinfo=practice.zone)


@dataclass(frozen=True, kw_only=True)
class Begun:
    """What a step needs to know to begin: from when its time counts, and who leads the session."""

    now: datetime
    counted_from: datetime
    practice: Practice
    clinician_id: int | None


def begin_step(follow_up: FollowUp, version: ProtocolVersion, position: int, begun: Begun) -> FollowUpStep:
    """Point the follow-up at a step of a version and return the row; neither is saved."""
    plan = version.step_at(position)
    assert plan is not None  # noqa: S101  # callers look at the plan first
    role = plan.owner or FollowUpOwner(begun.practice.follow_up_owner)
    follow_up.protocol_version = version
    follow_up.owner_role = role
    follow_up.owner_id = begun.clinician_id if role == FollowUpOwner.CLINICIAN else None
    follow_up.due_at = due_by(begun.counted_from, working_days=plan.due_days, practice=begun.practice)
    return FollowUpStep(
        follow_up=follow_up,
        protocol_version=version,
        position=position,
        kind=plan.kind,
        opened_at=begun.now,
        due_at=follow_up.due_at,
        owner_role=follow_up.owner_role,
        owner_id=follow_up.owner_id,
    )


def following(step: FollowUpStep) -> StepPlan | None:
    """The plan after this step; None after the last."""
    return step.protocol_version.step_at(step.position + 1)
