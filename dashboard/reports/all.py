"""Every report there is, in the order in which they stand in the menu."""

from accounts.models import User
from dashboard.reports import attendance, barriers, costs, court, freed, reaching, reminders, together, when
from dashboard.reports.content import Report

REPORTS: tuple[Report, ...] = (
    attendance.REPORT,
    when.REPORT,
    reminders.REPORT,
    reaching.REPORT,
    barriers.REPORT,
    together.REPORT,
    court.REPORT,
    freed.REPORT,
    costs.REPORT,
)


def reports_of(user: User) -> list[Report]:
    """Those that this person may open."""
    return [one for one in REPORTS if user.permissions.issuperset(one.permissions)]
