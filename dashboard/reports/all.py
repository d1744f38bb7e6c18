"""Every report there is, in the order in which they stand in the menu."""

from accounts.models import User
from dashboard.reports import attendance, reaching, reminders, when
from dashboard.reports.content import Report

REPORTS: tuple[Report, ...] = (attendance.REPORT, when.REPORT, reminders.REPORT, reaching.REPORT)


def reports_of(user: User) -> list[Report]:
    """Those that this person may open."""
    return [one for one in REPORTS if user.permissions.issuperset(one.permissions)]
