"""Verbs on protocols: write their steps anew, and go back to those that ship."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from followups.ladders import MOST_STEPS, broken_rules
from followups.models import Protocol, ProtocolVersion, StepPlan
from followups.protocols import newest_version, shipped_plan
from followups.step_words import problems_of


def check_plan(*, code: str, plan: Sequence[StepPlan], keep_flagged: bool = False) -> None:
    """Raise everything that `change_protocol` would refuse, and change nothing.

    Each sentence names the step or the rule; all codes "blaming" leave the decision to a person.
    """
    if not 1 <= len(plan) <= MOST_STEPS:
        raise ValidationError(_("A protocol has 1 to %(most_steps)s steps.") % {"most_steps": MOST_STEPS})
    problems = [ValidationError(words, code="order") for words in broken_rules(code, plan)]
    problems += problems_of(plan, keep_flagged=keep_flagged)
    if problems:
        raise ValidationError(problems)


def change_protocol(
    *,
    protocol: Protocol,
    plan: Sequence[StepPlan],
    based_on: int,
    actor: User,
    now: datetime,
    keep_flagged: bool = False,
) -> ProtocolVersion:
    """Write a new version of a protocol; follow-ups that run keep the one they began with.

    `based_on` is the number of the version that was changed. Raises ValidationError for a ladder that
    goes round what must come first (rows **O**), for words that may not leave or that blame, and where a
    colleague was quicker. Writing the same steps again changes nothing.
    """
    check_plan(code=protocol.code, plan=plan, keep_flagged=keep_flagged)
    with acting("change_protocol", actor=actor, protocol=protocol.code):
        newest = newest_version(_lock(protocol))
        if newest.number != based_on:
            raise ValidationError(
                _("A colleague changed these steps meanwhile. Open the page again to see theirs."),
                code="meanwhile",
            )
        return _followed_by(newest, plan, actor=actor, now=now)


def restore_protocol(*, protocol: Protocol, actor: User, now: datetime) -> ProtocolVersion:
    """Bring Kept's own steps back, as a new version."""
    with acting("restore_protocol", actor=actor, protocol=protocol.code):
        newest = newest_version(_lock(protocol))
        return _followed_by(newest, shipped_plan(protocol.code), actor=actor, now=now)


def _lock(protocol: Protocol) -> Protocol:
    return Protocol.objects.select_for_update().get(pk=protocol.pk)


def _followed_by(
    newest: ProtocolVersion, plan: Sequence[StepPlan], *, actor: User, now: datetime
) -> ProtocolVersion:
    if list(plan) == newest.plan:
        return newest
    return ProtocolVersion.objects.create(
        protocol=newest.protocol,
        number=newest.number + 1,
        steps=[step.written() for step in plan],
        created_at=now,
        created_by=actor,
    )
