"""When courts expect reports: one line each, wherever the person who owes them looks."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from clients.access import reporting_dates_of
from clients.models import ReportingDate

IN_VIEW_DAYS = 30
SOON_DAYS = 7
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class When:
    """How far away a day is, in words, and how it looks."""

    when: str
    tone: str  # late once it is past, unrecorded while it is near, else none


@dataclass(frozen=True, slots=True)
class Deadline:
    """A report that a court expects."""

    mandate_id: UUID
    name: str
    due_on: date
    when: str
    tone: str


def deadlines_of(user: User, today: date) -> list[Deadline]:
    """What courts expect from this person's cases within a month, and what is past; one query."""
    expected = reporting_dates_of(user).expected_by(today + timedelta(days=IN_VIEW_DAYS))
    return [_deadline(one, today) for one in expected[:MOST_SHOWN]]


def when_due(due_on: date, today: date) -> When:
    """In words, with its tone."""
    days = (due_on - today).days
    if days < 0:
        return When(ngettext("%(n)s day past", "%(n)s days past", -days) % {"n": -days}, "late")
    if days == 0:
        return When(_("today"), "unrecorded")
    near = "unrecorded" if days <= SOON_DAYS else ""
    return When(ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}, near)


def _deadline(one: ReportingDate, today: date) -> Deadline:
    when = when_due(one.due_on, today)
    mandate = one.mandate
    return Deadline(mandate.public_id, mandate.client.display_name, one.due_on, when.when, when.tone)
