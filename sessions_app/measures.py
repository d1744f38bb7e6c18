"""What became of times that sessions left: offered to the waitlist, taken, or nobody's."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, TruncMonth

from sessions_app.models import EndOfVacancy, Offer, OfferState
from sessions_app.querysets import VacancyQuerySet


@dataclass(frozen=True, kw_only=True)
class Freed:
    """Freed times, each counted once."""

    freed: int = 0
    freed_minutes: int = 0
    offered: int = 0  # somebody on the waitlist was asked
    taken: int = 0  # by somebody who was asked
    otherwise: int = 0  # booked for somebody else meanwhile
    refilled_minutes: int = 0
    cases: int = 0

    @property
    def refilled(self) -> int:
        return self.taken + self.otherwise


_REFILLED = Q(end__in=(EndOfVacancy.TAKEN, EndOfVacancy.GONE))
_COUNTS: dict[str, Any] = {
    "freed": Count("pk"),
    "freed_minutes": Coalesce(Sum("minutes"), 0),
    "offered": Count("pk", filter=Q(opened_at__isnull=False)),
    "taken": Count("pk", filter=Q(end=EndOfVacancy.TAKEN)),
    "otherwise": Count("pk", filter=Q(end=EndOfVacancy.GONE)),
    "refilled_minutes": Coalesce(Sum("minutes", filter=_REFILLED), 0),
    "cases": Count("session__case", distinct=True),
}


def freed_by_month(vacancies: VacancyQuerySet) -> tuple[dict[date, Freed], Freed]:
    """By the month of the freed time, and altogether. Two queries."""
    by_month = vacancies.order_by().annotate(month=TruncMonth("on")).values("month").annotate(**_COUNTS)
    months = {one.pop("month"): Freed(**one) for one in by_month.values("month", *_COUNTS)}
    return months, Freed(**vacancies.aggregate(**_COUNTS))


def offers_by_state(vacancies: VacancyQuerySet) -> dict[OfferState, tuple[int, int]]:
    """How the people asked about these times answered: how many offers, and to how many people. One query."""
    offers = Offer.objects.filter(vacancy__in=vacancies.order_by().values("pk")).order_by()
    counted = offers.values_list("state").annotate(Count("pk"), Count("entry__client", distinct=True))
    return {OfferState(state): (times, people) for state, times, people in counted}
