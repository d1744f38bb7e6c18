"""Takes the latest attempt back, as if it had not been logged: a slip of the finger is no history."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from attendance.models import Fee
from clients.models import Case
from followups.models import (
    AttemptChannel,
    ContactAttempt,
    Disclosure,
    FollowUp,
    FollowUpStep,
    SuitabilityReview,
)
from followups.reconcile import take_turn


def take_back_attempt(*, attempt: ContactAttempt, actor: User, now: datetime) -> FollowUp:
    """Undo one's own latest attempt within the time in which nobody is told; twice is once.

    The step stands again where it stood, with its owner and its time. Raises PermissionDenied for a
    colleague's; ValidationError for a text, once time has passed, and where it has gone on since.
    """
    if attempt.logged_by_id != actor.pk:
        raise PermissionDenied
    with acting("take_back_attempt", actor=actor):
        take_turn()
        locked = FollowUp.objects.select_for_update(of=("self",)).get(pk=attempt.follow_up_id)
        written = ContactAttempt.objects.select_related("step__protocol_version").filter(pk=attempt.pk)
        found = written.first()
        if found is not None:
            _refuse(locked, found, now)
            _step_back(locked, found)
            found.delete()
    return locked


def _refuse(follow_up: FollowUp, attempt: ContactAttempt, now: datetime) -> None:
    if attempt.channel == AttemptChannel.TEXT:
        raise ValidationError(_("A text that went out cannot be taken back."))
    if now - attempt.at > timedelta(minutes=get_practice().undo_minutes):
        raise ValidationError(_("That was a while ago. Log what is so now instead."))
    if attempt.step is None or _went_on(follow_up, attempt, attempt.step):
        raise ValidationError(_("It has gone on since. Log what is so now instead."))
    if _something_rests_on_it(follow_up, attempt.at):
        raise ValidationError(_("Something was decided on it since. Log what is so now instead."))


def _something_rests_on_it(follow_up: FollowUp, since: datetime) -> bool:
    """A bill, a review, a word to the court or the end: what an attempt opened is not left without it."""
    client, case = follow_up.client_id, follow_up.case_id
    charged = Fee.objects.filter(
        participant__client=client,
        participant__session__case=case,
        decision=Fee.Decision.CHARGED,
        decided_at__gte=since,
    )
    told = Disclosure.objects.filter(mandate__client=client, mandate__case=case, disclosed_at__gte=since)
    reviewed = SuitabilityReview.objects.filter(follow_up__client=client, follow_up__case=case)
    ended = Case.objects.filter(pk=case).exclude(closed_on=None)
    return (
        charged.exists()
        or told.exists()
        or reviewed.filter(Q(opened_at__gte=since) | Q(decided_at__gte=since)).exists()
        or ended.exists()
    )


def _went_on(follow_up: FollowUp, attempt: ContactAttempt, step: FollowUpStep) -> bool:
    """Whether anything happened that did not come of this attempt."""
    if follow_up.attempts.latest("at", "pk") != attempt:
        return True
    if not follow_up.is_open:
        of_it = follow_up.closed_at == attempt.at and follow_up.closed_by_id == attempt.logged_by_id
        return not of_it or _is_open_elsewhere(follow_up)
    begun = list(follow_up.steps.filter(pk__gt=step.pk))
    return any(one.opened_at != attempt.at or not one.is_current for one in begun) or len(begun) > 1


def _is_open_elsewhere(follow_up: FollowUp) -> bool:
    theirs = FollowUp.objects.open().filter(client=follow_up.client_id, case=follow_up.case_id)
    return theirs.exists()


def _step_back(follow_up: FollowUp, attempt: ContactAttempt) -> None:
    step = attempt.step
    assert step is not None  # noqa: S101  # refused above
    follow_up.steps.filter(pk__gt=step.pk).delete()
    step.done_at = step.skipped_at = None
    step.note = ""
    step.due_at = attempt.due_before or step.due_at
    step.save()
    follow_up.state = FollowUp.State.OPEN
    follow_up.closed_at, follow_up.closed_by, follow_up.closed_because = None, None, ""
    follow_up.protocol_version = step.protocol_version
    follow_up.owner_role, follow_up.owner_id = step.owner_role, step.owner_id
    follow_up.due_at = step.due_at
    follow_up.save()
