"""Agreeing with somebody on what happens when they cannot come, and while they are away (row 2.11)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.access import names_of
from accounts.audit import acting
from accounts.models import User
from clients.models import AwaySupport, Case, Client, ContingencyPlan, PlanAgreement
from clients.models.contingency import MINUTES_OF_A_WEEK, FallbackTime

MOST_TIMES = 4


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What was agreed with somebody for the day when they cannot come."""

    agreed_on: date
    by_video: bool = False
    by_phone: bool = False
    times: tuple[FallbackTime, ...] = ()
    support: str = ""
    note: str = ""
    # Of people treated together: who of them has agreed to it.
    agreed_by: tuple[Client, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.by_video or self.by_phone or self.times or self.support.strip())


@dataclass(frozen=True, kw_only=True)
class PlanEntry:
    """One plan of the past, with who entered it."""

    at: datetime
    by: str
    plan: Any  # a row of the plan's history, which reads like the plan
    times: list[FallbackTime]


def agree_on_plan(
    *, case: Case, client: Client, agreed: Agreed, actor: User, today: date, now: datetime
) -> ContingencyPlan:
    """Hold what was agreed; what stood before stays in the history, and earlier agreements are gone.

    Raises ValidationError for a plan that holds nothing, a day ahead, a case that is over, or somebody
    who is not in it.
    """
    _check(case, client, agreed, today)
    with acting("agree_on_plan", actor=actor):
        Case.objects.select_for_update().get(pk=case.pk)
        plan = ContingencyPlan.objects.filter(case=case, client=client).first()
        plan = plan or ContingencyPlan(case=case, client=client)
        plan.by_video, plan.by_phone = agreed.by_video, agreed.by_phone
        plan.minutes_of_week = sorted({one.minute_of_week for one in agreed.times})
        plan.support, plan.note = agreed.support.strip(), agreed.note.strip()
        plan.agreed_on, plan.entered_by, plan.entered_at = agreed.agreed_on, actor, now
        plan.ended_at = None
        plan.clean_fields(exclude=["case", "client", "entered_by"])
        plan.save()
        _write_agreements(plan, agreed)
    return plan


def end_plan(*, plan: ContingencyPlan, actor: User, now: datetime) -> ContingencyPlan:
    """It holds no more; agreed on anew, it is the same plan with its history."""
    with acting("end_plan", actor=actor):
        locked = ContingencyPlan.objects.select_for_update().get(pk=plan.pk)
        locked.ended_at = locked.ended_at or now
        locked.save()
    return locked


def entries_of_plan(plan: ContingencyPlan) -> list[PlanEntry]:
    """Every plan that was ever agreed on with them here, newest first. Two queries."""
    rows: list[Any] = list(plan.events.order_by("-pgh_id"))  # type: ignore[attr-defined]  # by django-pghistory
    by = {row.pgh_id: (row.pgh_context or {}).get("actor") or "" for row in rows}
    names = names_of(actor for actor in by.values() if actor)
    return [
        PlanEntry(
            at=row.pgh_created_at,
            by=names.get(by[row.pgh_id], ""),
            plan=row,
            times=[FallbackTime.of(minute) for minute in sorted(row.minutes_of_week)],
        )
        for row in rows
    ]


def arrange_support(*, client: Client, words: str, actor: User, now: datetime) -> AwaySupport | None:
    """Who is there for them while they are away; said anew it replaces what stood, "" takes it away."""
    words = words.strip()
    with acting("arrange_support", actor=actor):
        Client.objects.select_for_update().get(pk=client.pk)
        standing = support_of(client)
        if standing and standing.words == words:
            return standing
        if standing:
            _settle(standing, actor, now)
        if not words:
            return None
        arranged = AwaySupport(client=client, words=words, entered_by=actor, entered_at=now)
        arranged.clean_fields(exclude=["client", "entered_by"])
        arranged.save()
    return arranged


def settle_support(*, support: AwaySupport, actor: User, now: datetime) -> AwaySupport:
    """They are back, and it was talked about: it greets nobody any more."""
    with acting("settle_support", actor=actor):
        locked = AwaySupport.objects.select_for_update().get(pk=support.pk)
        if locked.settled_at is None:
            _settle(locked, actor, now)
    return locked


def support_of(client: Client) -> AwaySupport | None:
    """What was arranged and not put away yet; the caller asked who may read it."""
    return client.away_supports.filter(settled_at=None).select_related("entered_by").first()


def _settle(support: AwaySupport, actor: User, now: datetime) -> None:
    support.settled_at, support.settled_by = now, actor
    support.save()


def _check(case: Case, client: Client, agreed: Agreed, today: date) -> None:
    if agreed.is_empty:
        raise ValidationError(_("Choose at least one thing that helps when they cannot come."))
    if agreed.agreed_on > today:
        raise ValidationError({"agreed_on": _("This day is still ahead.")})
    if len(agreed.times) > MOST_TIMES:
        raise ValidationError(
            {"times": _("%(most_times)s other times are enough.") % {"most_times": MOST_TIMES}}
        )
    if any(not 0 <= one.minute_of_week < MINUTES_OF_A_WEEK for one in agreed.times):
        raise ValidationError({"times": _("A week has seven days.")})
    if case.closed_on:
        raise ValidationError(_("This case is closed."))
    if not case.members.filter(client=client, left_on=None).exists():
        raise ValidationError(_("%(name)s is not in this case any more.") % {"name": client.called})


def _write_agreements(plan: ContingencyPlan, agreed: Agreed) -> None:
    """Who agreed to what stood before has not agreed to this."""
    plan.agreements.all().delete()
    members = set(plan.case.members.filter(left_on=None).values_list("client_id", flat=True))
    people = {plan.client_id} if _is_theirs(plan) else {one.pk for one in agreed.agreed_by}
    PlanAgreement.objects.bulk_create(
        PlanAgreement(plan=plan, client_id=pk, agreed_on=agreed.agreed_on) for pk in sorted(people & members)
    )


def _is_theirs(plan: ContingencyPlan) -> bool:
    """Theirs alone to agree to: of a couple or family each is asked."""
    return plan.case.kind in (Case.Kind.INDIVIDUAL, Case.Kind.GROUP)
