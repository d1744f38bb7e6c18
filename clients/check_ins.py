"""Agreeing to hear from one another between sessions: how, how often, until when (row 2.12)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from clients.models import (
    Case,
    CaseMember,
    CheckInPlan,
    CheckInWay,
    Client,
    Consent,
    ConsentPurpose,
    ContactPoint,
    StressPeriod,
)
from clients.services import give_consent

LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, kw_only=True)
class CheckInTerms:
    """What was agreed on."""

    way: str
    every_days: int
    starts_on: date
    agreed_on: date
    at: time = time(10)
    until_on: date | None = None
    caller: str = "clinician"
    # They said yes to be written to for this, at the first address that there is for this way.
    consents: bool = False


@dataclass(frozen=True, kw_only=True)
class Stress:
    """A stretch of days in which to ask more often."""

    from_on: date
    until_on: date
    every_days: int
    words: str = ""


def agree_on_check_ins(
    *, member: CaseMember, terms: CheckInTerms, actor: User, today: date, now: datetime
) -> CheckInPlan:
    """Begin check-ins, or change those that stand; what is due from now on follows the new terms.

    Raises ValidationError for who is not in treatment, for a minor in writing, and where there is no
    address, or no yes, for the way that was chosen.
    """
    _check(member, terms, today)
    with acting("agree_on_check_ins", actor=actor):
        Case.objects.select_for_update().get(pk=member.case_id)
        if terms.consents and terms.way != CheckInWay.CALL:
            _consent(member.client, terms.way, actor, now)
        _refuse_unagreed(member.client, terms.way)
        plan = standing_plan(member) or CheckInPlan(case=member.case, client=member.client)
        for field in ("way", "every_days", "starts_on", "agreed_on", "at", "until_on", "caller"):
            setattr(plan, field, getattr(terms, field))
        plan.entered_by, plan.entered_at, plan.effective_at = actor, now, now
        plan.clean_fields(exclude=["case", "client", "entered_by"])
        plan.save()
    return plan


def pause_check_ins(*, plan: CheckInPlan, actor: User, now: datetime) -> CheckInPlan:
    """They rest until somebody goes on."""
    return _settled("pause_check_ins", plan, actor, paused_at=plan.paused_at or now)


def resume_check_ins(*, plan: CheckInPlan, actor: User, now: datetime) -> CheckInPlan:
    """They go on; what was due meanwhile is not made up for."""
    return _settled("resume_check_ins", plan, actor, paused_at=None, effective_at=now)


def end_check_ins(*, plan: CheckInPlan, actor: User, now: datetime) -> CheckInPlan:
    """No more of them; agreed on anew, it is a new plan."""
    return _settled("end_check_ins", plan, actor, ended_at=plan.ended_at or now)


def mark_stress(*, plan: CheckInPlan, stress: Stress, actor: User) -> StressPeriod:
    """A period of stress, in which they are asked more often. Raises ValidationError for one that overlaps."""
    if stress.until_on < stress.from_on:
        raise ValidationError({"until_on": _("The last day is before the first.")})
    with acting("mark_stress", actor=actor):
        locked = CheckInPlan.objects.select_for_update().get(pk=plan.pk)
        if locked.stress_periods.filter(from_on__lte=stress.until_on, until_on__gte=stress.from_on).exists():
            raise ValidationError({"from_on": _("A period of stress is marked for these days already.")})
        period = StressPeriod(
            plan=locked,
            from_on=stress.from_on,
            until_on=stress.until_on,
            every_days=stress.every_days,
            words=stress.words.strip(),
            entered_by=actor,
        )
        period.clean_fields(exclude=["plan", "entered_by"])
        period.save()
    return period


def end_stress(*, period: StressPeriod, actor: User, today: date) -> None:
    """It is over; one that has not begun is as if it had never been marked."""
    with acting("end_stress", actor=actor):
        locked = StressPeriod.objects.select_for_update().get(pk=period.pk)
        if locked.from_on >= today:
            locked.delete()
            return
        locked.until_on = min(locked.until_on, today - timedelta(days=1))
        locked.save()


def standing_plan(member: CaseMember) -> CheckInPlan | None:
    """The check-ins of one member, paused or not; None once they ended."""
    return CheckInPlan.objects.filter(case=member.case_id, client=member.client_id, ended_at=None).first()


def next_days(plan: CheckInPlan, *, today: date, most: int) -> list[date]:
    """The next days on which they are asked; none while paused. Periods are loaded."""
    if plan.paused_at or plan.ended_at:
        return []
    periods = list(plan.stress_periods.all())
    days = (today + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS))
    return [day for day in days if plan.is_due_on(day, periods)][:most]


def last_day(plan: CheckInPlan, *, today: date) -> date | None:
    """The latest day, today included, on which they were to be asked. Periods are loaded."""
    periods = list(plan.stress_periods.all())
    days = (today - timedelta(days=n) for n in range(LOOK_AHEAD_DAYS))
    return next((day for day in days if plan.is_due_on(day, periods)), None)


def _settled(verb: str, plan: CheckInPlan, actor: User, **facts: datetime | None) -> CheckInPlan:
    with acting(verb, actor=actor):
        locked = CheckInPlan.objects.select_for_update().get(pk=plan.pk)
        for name, value in facts.items():
            setattr(locked, name, value)
        locked.save()
    return locked


def _check(member: CaseMember, terms: CheckInTerms, today: date) -> None:
    if member.left_on or member.case.closed_on or member.client.is_silent:
        raise ValidationError(
            _("%(name)s is not in treatment here any more.") % {"name": member.client.called}
        )
    if terms.agreed_on > today:
        raise ValidationError({"agreed_on": _("This day is still ahead.")})
    if terms.until_on and terms.until_on < terms.starts_on:
        raise ValidationError({"until_on": _("The last day is before the first.")})
    if terms.way != CheckInWay.CALL and member.client.is_minor(today):
        raise ValidationError({"way": _("For a child, agree on a call with who looks after them.")})


def _addresses(client: Client, way: str) -> list[ContactPoint]:
    kind = ContactPoint.Kind.EMAIL if way == CheckInWay.EMAIL else ContactPoint.Kind.PHONE
    return [
        one
        for one in client.contact_points.filter(ended_at=None, kind=kind, unfit_at=None)
        if one.may_text or kind == ContactPoint.Kind.EMAIL
    ]


def _consent(client: Client, way: str, actor: User, now: datetime) -> None:
    found = _addresses(client, way)
    if found:
        give_consent(
            contact=found[0],
            purpose=ConsentPurpose.CHECK_INS,
            how=Consent.How.VERBAL,
            actor=actor,
            given_at=now,
        )


def _refuse_unagreed(client: Client, way: str) -> None:
    if way == CheckInWay.CALL:
        return
    found = _addresses(client, way)
    if not found:
        raise ValidationError({"way": _("There is no address for this. Add one first, or agree on a call.")})
    agreed = Consent.objects.filter(
        contact_point__in=found, purpose=ConsentPurpose.CHECK_INS, withdrawn_at=None
    )
    if not agreed.exists():
        raise ValidationError({"consents": _("Ask them first: nothing is written without their yes.")})
