"""Verbs on a court's order and on the days on which the court expects a report.

Only the case's clinicians and their supervisors: everybody else is refused (PermissionDenied).
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from clients.access import may_read_case_words
from clients.models import Case, Client, Mandate, ReportingDate
from clients.treatment import is_in_treatment

MOST_MISSES = 20


@dataclass(frozen=True, kw_only=True)
class MandateDetails:
    """What an order says; `misses_before_alert` is how many misses raise its own alert (row 4.1)."""

    order_reference: str
    terms: str = ""
    contact_name: str = ""
    contact_details: str = ""
    misses_before_alert: int = 2


def record_mandate(
    *, case: Case, client: Client, details: MandateDetails, due_on: tuple[date, ...] = (), actor: User
) -> Mandate:
    """A court has ordered treatment for one member of the case.

    Raises ValidationError for somebody who is not in the case, without a reference, and for an order that
    is noted already.
    """
    refuse_others(actor, case)
    _check(details)
    if not is_in_treatment(case, client):
        raise ValidationError({"client": _("This person is not in treatment in this case now.")})
    with acting("record_mandate", actor=actor):
        Case.objects.select_for_update().get(pk=case.pk)
        same = case.mandates.filter(
            client=client, ended_on=None, order_reference__iexact=details.order_reference.strip()
        )
        if same.exists():
            raise ValidationError({"order_reference": _("This order is noted already.")})
        mandate = Mandate.objects.create(case=case, client=client, **asdict(details))
        ReportingDate.objects.bulk_create(
            ReportingDate(mandate=mandate, due_on=day) for day in sorted(set(due_on))
        )
    return mandate


def change_mandate(*, mandate: Mandate, details: MandateDetails, actor: User) -> Mandate:
    """Write what the order says now; the history keeps what it said before."""
    refuse_others(actor, mandate.case)
    _check(details)
    with acting("change_mandate", actor=actor):
        locked = _lock(mandate)
        for name, fact in asdict(details).items():
            setattr(locked, name, fact)
        locked.save()
    return locked


def end_mandate(*, mandate: Mandate, on: date, actor: User) -> Mandate:
    """The order is over: its deadlines rest. Ending twice keeps the first day."""
    refuse_others(actor, mandate.case)
    with acting("end_mandate", actor=actor):
        locked = _lock(mandate)
        if locked.ended_on is None:
            locked.ended_on = on
            locked.save()
    return locked


def take_up_mandate(*, mandate: Mandate, actor: User) -> Mandate:
    """Take an ending back: the order stands after all."""
    refuse_others(actor, mandate.case)
    with acting("take_up_mandate", actor=actor):
        locked = _lock(mandate)
        locked.ended_on = None
        locked.save()
    return locked


def add_reporting_date(*, mandate: Mandate, due_on: date, actor: User) -> ReportingDate:
    """The court expects a report by this day. Raises ValidationError where it is noted already."""
    refuse_others(actor, mandate.case)
    with acting("add_reporting_date", actor=actor):
        locked = _lock(mandate)
        if locked.reporting_dates.filter(due_on=due_on).exists():
            raise ValidationError({"due_on": _("This day is noted already.")})
        return ReportingDate.objects.create(mandate=locked, due_on=due_on)


def settle_reporting_date(
    *, reporting_date: ReportingDate, because: str, actor: User, now: datetime
) -> ReportingDate:
    """The report went, or is not expected any more: say which. Settling twice keeps the first word."""
    refuse_others(actor, reporting_date.mandate.case)
    if not because.strip():
        raise ValidationError({"because": _("Say in a few words how it was settled.")})
    with acting("settle_reporting_date", actor=actor):
        locked = ReportingDate.objects.select_for_update().get(pk=reporting_date.pk)
        if locked.settled_at is None:
            locked.settled_at, locked.settled_by = now, actor
            locked.settled_because = because.strip()
            locked.save()
    return locked


def reopen_reporting_date(*, reporting_date: ReportingDate, actor: User) -> ReportingDate:
    """Take a settling back: the court still expects it."""
    refuse_others(actor, reporting_date.mandate.case)
    with acting("reopen_reporting_date", actor=actor):
        locked = ReportingDate.objects.select_for_update().get(pk=reporting_date.pk)
        locked.settled_at = locked.settled_by = None
        locked.settled_because = ""
        locked.save()
    return locked


def refuse_others(actor: User, case: Case) -> None:
    """Only who reads the case's clinical words acts on its orders (row 4.10)."""
    if not may_read_case_words(actor, case):
        raise PermissionDenied


def _lock(mandate: Mandate) -> Mandate:
    return Mandate.objects.select_for_update(of=("self",)).select_related("case", "client").get(pk=mandate.pk)


def _check(details: MandateDetails) -> None:
    if not details.order_reference.strip():
        raise ValidationError({"order_reference": _("Write down the order's reference.")})
    if not 1 <= details.misses_before_alert <= MOST_MISSES:
        raise ValidationError(
            {
                "misses_before_alert": _("Choose a number from 1 to %(most_misses)s.")
                % {"most_misses": MOST_MISSES}
            }
        )
