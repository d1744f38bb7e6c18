"""What was agreed for the day when somebody cannot come: read in their row, agreed on here (row 2.11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.contingency import (
    MOST_TIMES,
    Agreed,
    agree_on_plan,
    end_plan,
    entries_of_plan,
    settle_support,
)
from clients.models import Case, CaseMember, Client, ContingencyPlan
from clients.models.contingency import FallbackTime
from dashboard.clients.sheet import case_sheet
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.sheets import render_sheet
from dashboard.weeks import days_of_the_week, in_order

NO_DAY = ("", gettext_lazy("No day"))


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One member of a case, and what was agreed with them; `plan` is None while nothing is."""

    member: CaseMember
    plan: ContingencyPlan | None
    reads_words: bool
    may_change: bool
    # Of people treated together: who has not agreed yet, so that it holds for nobody.
    waits_for: list[str]


def plan_lines(user: User, members: list[CaseMember]) -> list[PlanLine]:
    """What this person may read of these members' plans; a constant number of queries.

    The members have their client and case loaded, with the case's members and their clients.
    """
    cases = {member.case_id for member in members}
    plans = access.plans_readable_by(user).filter(case__in=cases, ended_at=None)
    known = {(plan.case_id, plan.client_id): plan for plan in plans.prefetch_related("agreements")}
    treated, read = access.cases_treated_by(user, cases), access.cases_read_by(user, cases)
    reads = read if user.may(May.SEE_CLINICAL_WORDS) else frozenset[int]()
    return [
        PlanLine(
            member=member,
            plan=plan,
            reads_words=member.case_id in reads,
            may_change=member.case_id in treated and member.case.closed_on is None,
            waits_for=_waits_for(member.case, plan) if plan else [],
        )
        for member in members
        for plan in [known.get((member.case_id, member.client_id))]
        if plan or member.case_id in treated
    ]


def _waits_for(case: Case, plan: ContingencyPlan) -> list[str]:
    if case.kind in (Case.Kind.INDIVIDUAL, Case.Kind.GROUP):
        return []
    agreed = {one.client_id for one in plan.agreements.all()}
    return [
        one.client.called for one in case.members.all() if one.left_on is None and one.client_id not in agreed
    ]


class PlanForm(forms.Form):
    """What was agreed with one member of a case."""

    by_video = forms.BooleanField(label=gettext_lazy("By video"), required=False)
    by_phone = forms.BooleanField(label=gettext_lazy("By telephone"), required=False)
    support = forms.CharField(
        label=gettext_lazy("What else helps then"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("A lift, somebody to call. Read by their clinicians only."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Read by their clinicians only."),
    )
    agreed_by: forms.ModelMultipleChoiceField[Client] = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who has agreed to it"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("It holds once each of them has."),
    )
    agreed_on = forms.DateField(
        label=gettext_lazy("Agreed on"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(
        self, member: CaseMember, plan: ContingencyPlan | None, today: date, posted: QueryDict | None
    ) -> None:
        super().__init__(posted, initial=_begun(plan, today))
        self.member = member
        for number in range(1, MOST_TIMES + 1):
            self._add_time(number, in_order(plan.times) if plan else [])
        if member.case.kind in (Case.Kind.INDIVIDUAL, Case.Kind.GROUP):
            del self.fields["agreed_by"]
            return
        field = self.fields["agreed_by"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  # for the type checker
        field.queryset = member.case.clients.filter(memberships__left_on=None).distinct()

    def _add_time(self, number: int, times: list[FallbackTime]) -> None:
        known = times[number - 1] if number <= len(times) else None
        days = [NO_DAY, *((str(day), name) for day, name in days_of_the_week())]
        label = _("Day %(n)d") % {"n": number}
        self.fields[f"weekday_{number}"] = forms.ChoiceField(
            label=label, choices=days, required=False, initial=str(known.weekday) if known else ""
        )
        self.fields[f"at_{number}"] = forms.TimeField(
            label=_("Time %(n)d") % {"n": number},
            required=False,
            initial=known.at if known else None,
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        )

    @property
    def times(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Day and time side by side."""
        return [(self[f"weekday_{n}"], self[f"at_{n}"]) for n in range(1, MOST_TIMES + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, MOST_TIMES + 1):
            weekday, at = cleaned.get(f"weekday_{number}"), cleaned.get(f"at_{number}")
            if bool(weekday) != (at is not None):
                self.add_error(f"at_{number}", _("Say the day and the time, or neither."))
        return cleaned

    @property
    def agreed(self) -> Agreed:
        """What was filled in."""
        said = self.cleaned_data
        chosen = ((said[f"weekday_{n}"], said[f"at_{n}"]) for n in range(1, MOST_TIMES + 1))
        return Agreed(
            agreed_on=said["agreed_on"],
            by_video=said["by_video"],
            by_phone=said["by_phone"],
            times=tuple(FallbackTime(int(weekday), at) for weekday, at in chosen if weekday),
            support=said["support"],
            note=said["note"],
            agreed_by=tuple(said.get("agreed_by") or ()),
        )


def _begun(plan: ContingencyPlan | None, today: date) -> dict[str, Any]:
    if plan is None or plan.ended_at:
        return {"agreed_on": today}
    agreed = [one.client.public_id for one in plan.agreements.select_related("client")]
    plain = {name: getattr(plan, name) for name in ("by_video", "by_phone", "support", "note", "agreed_on")}
    return {**plain, "agreed_by": agreed}


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def plan(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Agree with one member of a case on what happens when they cannot come; for its clinicians."""
    member, now = access.get_member(request.user, public_id, write=True), timezone.now()
    access.require_treating(request.user, member.case)
    practice, standing = get_practice(), access.plan_of(member)
    form = PlanForm(member, standing, practice.today(now), request.POST or None)
    if accepted(
        form,
        lambda: agree_on_plan(
            case=member.case,
            client=member.client,
            agreed=form.agreed,
            actor=request.user,
            today=practice.today(now),
            now=now,
        ),
    ):
        messages.success(
            request, _("Agreed. It is at hand when %(name)s is missing.") % {"name": member.client.called}
        )
        return redirect("dashboard:case", member.case.public_id)
    sheet = case_sheet(
        member.case,
        heading=_("When %(name)s cannot come") % {"name": member.client.called},
        submit=_("Save"),
        intro=_("Agree on it together. In their row it is one press, and they hear of it as of any change."),
        optional=("support", "note"),
        template="clients/plan.html",
        more={
            "member": member,
            "plan": standing,
            "entries": entries_of_plan(standing) if standing else [],
            "practice": practice,
        },
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def plan_ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It holds no more."""
    member = access.get_member(request.user, public_id, write=True)
    access.require_treating(request.user, member.case)
    standing = access.plan_of(member)
    if standing:
        end_plan(plan=standing, actor=request.user, now=timezone.now())
        messages.success(request, _("It holds no more. What was agreed is kept in its history."))
    return redirect("dashboard:case", member.case.public_id)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def away_support_settling(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They are back, and it was talked about who was there for them."""
    support = access.get_away_support(request.user, public_id)
    settle_support(support=support, actor=request.user, now=timezone.now())
    messages.success(request, _("Put away."))
    return redirect("dashboard:client", support.client.public_id)
