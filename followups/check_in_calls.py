"""The check-ins that are a person's call: whose they are today, and what became of them (row 2.12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.roles import May
from clients.access import cases_visible_to, may_treat_case
from clients.check_ins import last_day
from clients.models import Caller, CheckInPlan, CheckInWay
from followups.models import CheckInCall, CheckInResult


@dataclass(frozen=True, slots=True)
class CallDue:
    """One check-in that waits for its call, and since which day."""

    plan: CheckInPlan
    due_on: date


def calls_due(user: User, *, today: date) -> list[CallDue]:
    """The calls that are this person's, the longest waiting first; three queries however many.

    A clinician's are those of the cases that they treat; the desk's those that were agreed to be the desk's.
    One that was not made waits until the next is due, and is that one then.
    """
    plans = list(CheckInPlan.objects.in_force(today).called_by(user).with_people())
    made = CheckInCall.objects.filter(plan__in=plans).values_list("plan_id", "due_on")
    done = set(made)
    due = ((plan, last_day(plan, today=today)) for plan in plans)
    waiting = [CallDue(plan, day) for plan, day in due if day and (plan.pk, day) not in done]
    return sorted(waiting, key=lambda one: one.due_on)


def get_call_plan(user: User, public_id: UUID) -> CheckInPlan:
    """Check-ins by call that are this person's to make; 404 if the case is invisible, else 403."""
    found = CheckInPlan.objects.filter(public_id=public_id, case__in=cases_visible_to(user))
    plan = found.select_related("case", "client").prefetch_related("stress_periods").first()
    if plan is None:
        raise Http404
    is_desks = plan.caller == Caller.DESK and user.may(May.SEE_ALL_SESSIONS)
    if not is_desks and not may_treat_case(user, plan.case):
        raise PermissionDenied
    return plan


def log_check_in_call(
    *, plan: CheckInPlan, result: str, words: str, actor: User, today: date, now: datetime
) -> CheckInCall:
    """What became of the call that is due. Raises ValidationError where none is, or it was made already."""
    with acting("log_check_in_call", actor=actor):
        locked = CheckInPlan.objects.select_for_update().get(pk=plan.pk)
        due_on = last_day(locked, today=today) if locked.way == CheckInWay.CALL else None
        if due_on is None or CheckInCall.objects.filter(plan=locked, due_on=due_on).exists():
            raise ValidationError(_("A colleague has made this call already."))
        call = CheckInCall(
            plan=locked, due_on=due_on, result=result, words=words.strip(), made_at=now, made_by=actor
        )
        call.clean_fields(exclude=["plan", "made_by"])
        call.save()
    return call


def calls_made(plans: Iterable[CheckInPlan]) -> list[CheckInCall]:
    """What became of the calls of these, the latest first; the caller treats them."""
    return list(CheckInCall.objects.filter(plan__in=list(plans)).select_related("made_by")[:12])


def result_words(call: CheckInCall) -> str:
    return str(CheckInResult(call.result).label)
