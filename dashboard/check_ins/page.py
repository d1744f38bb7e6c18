"""What is shown of check-ins: the agreement, what comes next, what went out and what came back."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.models import Practice, User
from clients.access import cases_treated_by, check_ins_readable_by
from clients.check_ins import next_days
from clients.models import CaseMember, CheckInPlan, Client, StressPeriod
from dashboard.follow_ups.reach import Reach, reaches_of
from followups.check_in_calls import CallDue, calls_due, calls_made, result_words
from reminders.access import inbox_visible_to, messages_visible_to
from reminders.models import InboundKind, InboundMessage, Purpose
from reminders.querysets import ANSWERS_A_CHECK_IN
from reminders.reasons import reason_words

SHOWN = 6
ANSWERS_SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class CheckInLine:
    """One member of a case, and the check-ins agreed on with them; `plan` is None while there are none."""

    member: CaseMember
    plan: CheckInPlan | None
    periods: list[StressPeriod]
    upcoming: list[date]
    happened: list["Happened"]
    may_change: bool


@dataclass(frozen=True)
class Happened:
    """One check-in that was made, or not, and what became of it."""

    at: datetime
    icon: str
    words: str


def check_in_lines(
    user: User, members: list[CaseMember], *, practice: Practice, today: date
) -> list[CheckInLine]:
    """What this person may read of these members' check-ins; a constant number of queries."""
    cases = {member.case_id for member in members}
    found = check_ins_readable_by(user).filter(case__in=cases, ended_at=None).with_people()
    plans = {(plan.case_id, plan.client_id): plan for plan in found}
    treated = cases_treated_by(user, cases)
    happened = _happened(user, list(plans.values()), practice.zone)
    return [
        CheckInLine(
            member=member,
            plan=plan,
            periods=[one for one in plan.stress_periods.all() if one.until_on >= today] if plan else [],
            upcoming=next_days(plan, today=today, most=3) if plan else [],
            happened=happened.get(plan.pk, []) if plan else [],
            may_change=member.case_id in treated and member.case.closed_on is None,
        )
        for member in members
        for plan in [plans.get((member.case_id, member.client_id))]
        if plan or member.case_id in treated
    ]


def _happened(user: User, plans: list[CheckInPlan], zone: ZoneInfo) -> dict[int, list[Happened]]:
    """The latest of each, newest first. Two queries."""
    if not plans:
        return {}
    by_id = {plan.public_id: plan.pk for plan in plans}
    found: dict[int, list[Happened]] = {plan.pk: [] for plan in plans}
    sent = messages_visible_to(user).filter(purpose=Purpose.CHECK_IN, subject_id__in=list(by_id))
    for message in sent.order_by("-due_at")[: SHOWN * len(plans)]:
        why = f": {reason_words(message.reason).lower()}" if message.reason else ""
        words = f"{message.get_state_display()}{why}"
        found[by_id[message.subject_id]].append(Happened(message.due_at, "message", words))
    for call in calls_made(plans):
        said = f"{result_words(call)}{f': {call.words}' if call.words else ''}"
        found[call.plan_id].append(Happened(call.made_at, "phone", f"{said} ({call.made_by.name})"))
    return {pk: sorted(those, key=lambda one: one.at, reverse=True)[:SHOWN] for pk, those in found.items()}


@dataclass(frozen=True)
class CallLine:
    """One call that is due, and how they are reached."""

    due: CallDue
    reach: Reach


def call_lines(user: User, *, practice: Practice, now: datetime) -> list[CallLine]:
    """The check-ins by call that are this person's now."""
    due = calls_due(user, today=practice.today(now))
    reaches = reaches_of([one.plan.client for one in due], practice=practice, now=now) if due else {}
    return [CallLine(one, reaches[one.plan.client_id]) for one in due]


@dataclass(frozen=True)
class Answer:
    """What came back to a check-in, or may have: something else had gone out in between."""

    inbound: InboundMessage

    @property
    def is_possible(self) -> bool:
        return self.inbound.kind == InboundKind.FREE


def answers_to_read(user: User, *, now: datetime) -> list[Answer]:
    """What came back to check-ins and nobody has seen to yet, the oldest first. One query.

    What may be an answer is also in the desk's inbox: seen to there, it stays here for two days.
    """
    inbox = inbox_visible_to(user).filter(client__isnull=False)
    possible = inbox.maybe_to_a_check_in().filter(client__in=Client.objects.clinical_for(user))
    seen_elsewhere = Q(received_at__gt=now - ANSWERS_A_CHECK_IN) & ~Q(resolved_by=user)
    found = inbox.filter(
        Q(kind=InboundKind.CHECK_IN, resolved_at=None)
        | Q(pk__in=possible.filter(Q(resolved_at=None) | seen_elsewhere).order_by().values("pk"))
    )
    return [Answer(one) for one in found.select_related("client").order_by("received_at")[:ANSWERS_SHOWN]]
