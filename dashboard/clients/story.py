"""How somebody came, month by month, with what was agreed on and the harder times laid over it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_uppercase

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from accounts.models import User
from clients.access import agreed_strategies_readable_by, check_ins_readable_by
from clients.models import Client
from dashboard.clients.marks import Mark

MONTHS = 12
STRATEGY, STRESS, AWAY = "strategy", "stress", "away"
ICONS = {STRATEGY: "heart-handshake", STRESS: "cloud", AWAY: "plane"}


@dataclass(frozen=True, kw_only=True)
class Span:
    """Something that lasted; without a last day it goes on. Strategies have a letter to be found by."""

    kind: str
    words: str
    from_on: date
    until_on: date | None
    letter: str = ""

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    def touches(self, month: date) -> bool:
        return self.from_on < month + relativedelta(months=1) and (
            self.until_on is None or self.until_on >= month
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a span that lies in one month."""

    span: Span
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its marks, oldest first, and what ran through it, lane by lane."""

    first: date
    marks: Sequence[Mark]
    lanes: Sequence[Piece | None]


@dataclass(frozen=True, slots=True)
class Story:
    """The months from the first session on, a year at most, and what is laid over them."""

    months: Sequence[Month]
    spans: Sequence[Span]


def story_of(user: User, client: Client, marks: Iterable[Mark], *, today: date) -> Story:
    """Marks of any order, drawn over months; spans as far as this reader may read them. Two queries."""
    by_month: dict[date, list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda mark: mark.participant.starts_at):
        by_month[mark.participant.session.on.replace(day=1)].append(mark)
    months = _months(by_month, today)
    shown = [span for span in _spans(user, client) if any(map(span.touches, months))]
    lanes = _in_lanes(_with_letters(shown), months)
    drawn = [Month(month, by_month.get(month, []), _pieces(lanes, month)) for month in months]
    return Story(drawn, [span for lane in lanes for span in lane])


def _months(known: Iterable[date], today: date) -> list[date]:
    """Each month of the last twelve, but none before the first that holds anything."""
    this = today.replace(day=1)
    year = [this - relativedelta(months=back) for back in reversed(range(MONTHS))]
    begun = min((month for month in known if month >= year[0]), default=this)
    return [month for month in year if month >= begun]


def _spans(user: User, client: Client) -> list[Span]:
    agreed = agreed_strategies_readable_by(user).filter(client=client)
    plans = check_ins_readable_by(user).filter(client=client).prefetch_related("stress_periods")
    spans = [
        Span(kind=STRATEGY, words=one.name, from_on=one.agreed_on, until_on=one.ended_on) for one in agreed
    ]
    harder = {(period.from_on, period.until_on) for plan in plans for period in plan.stress_periods.all()}
    spans += [
        Span(kind=STRESS, words=_("A harder time"), from_on=first, until_on=last) for first, last in harder
    ]
    if client.away_from:
        last = client.away_until - relativedelta(days=1) if client.away_until else None
        spans.append(Span(kind=AWAY, words=_("Away"), from_on=client.away_from, until_on=last))
    return sorted(spans, key=lambda span: (span.from_on, span.kind))


def _with_letters(spans: Sequence[Span]) -> list[Span]:
    letters = iter(ascii_uppercase)
    return [replace(span, letter=next(letters, "")) if span.kind == STRATEGY else span for span in spans]


def _in_lanes(spans: Sequence[Span], months: Sequence[date]) -> list[list[Span]]:
    """Spans that share a month lie in different lanes; each takes the first that is free."""
    lanes: list[list[Span]] = []
    for span in spans:
        free = next((lane for lane in lanes if not _meet(lane[-1], span, months)), None)
        if free is None:
            lanes.append([span])
        else:
            free.append(span)
    return lanes


def _meet(one: Span, other: Span, months: Sequence[date]) -> bool:
    return any(one.touches(month) and other.touches(month) for month in months)


def _pieces(lanes: Iterable[Sequence[Span]], month: date) -> list[Piece | None]:
    return [next((_piece(span, month) for span in lane if span.touches(month)), None) for lane in lanes]


def _piece(span: Span, month: date) -> Piece:
    following = month + relativedelta(months=1)
    return Piece(
        span,
        begins=span.from_on >= month,
        ends=span.until_on is not None and span.until_on < following,
    )
