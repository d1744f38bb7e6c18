"""What was agreed for the day when somebody cannot come, in a line before their session (row 2.11)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from clients.access import plans_readable_by
from clients.models import ContingencyPlan
from dashboard.board.day import Day
from dashboard.board.panel import PersonShown
from dashboard.fallback.steps import is_missing
from dashboard.templatetags.kept_ui import fallback_time


@dataclass(frozen=True, slots=True)
class PlanShown:
    """How one person would meet instead."""

    called: str
    ways: str


def plans_before(day: Day, people: Iterable[PersonShown]) -> Mapping[str, list[PlanShown]]:
    """What holds for those who are still to come and that this reader may see, by session. One query."""
    expected = [one for one in people if _is_to_come(one, day)]
    known = _in_force(day.user, expected)
    found: dict[str, list[PlanShown]] = defaultdict(list)
    for one in expected:
        plan = known.get((one.session.case_public_id, one.row.client_public_id))
        if plan:
            found[one.session.public_id].append(PlanShown(one.row.called, _ways_of(plan)))
    return found


def _is_to_come(person: PersonShown, day: Day) -> bool:
    """Who is here needs no plan, and who is missing has its steps at hand where they may be taken."""
    row, session = person.row, person.session
    if session.is_cancelled or day.now >= session.ends_at or person.is_settled or row.arrived_at:
        return False
    return not is_missing(row, session, practice=day.practice, now=day.now)


def _in_force(user: User, people: Sequence[PersonShown]) -> dict[tuple[str, str], ContingencyPlan]:
    plans = plans_readable_by(user).in_force().select_related("case", "client")
    found = plans.filter(
        case__public_id__in={one.session.case_public_id for one in people},
        client__public_id__in={one.row.client_public_id for one in people},
    )
    return {(str(plan.case.public_id), str(plan.client.public_id)): plan for plan in found}


def _ways_of(plan: ContingencyPlan) -> str:
    ways = [_("by video")] if plan.by_video else []
    ways += [_("by telephone")] if plan.by_phone else []
    ways += [fallback_time(one) for one in plan.times]
    return ", ".join(ways) or _("what helps is in their plan")
