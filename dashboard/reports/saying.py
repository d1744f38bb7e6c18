"""The one sentence above a report: said only where the numbers carry it, with what can be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, sqrt

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dashboard.reports.tables import FEWEST_CLIENTS

# With fewer on either side a difference is mostly chance.
FEWEST_TO_COMPARE = 30
# A difference of so many standard errors is chance once in eighty times; many groups are looked at.
LEAST_ERRORS = 2.5
LEAST_TIMES = 1.5


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What the figures say, in one sentence, and the page that acts on it."""

    words: str
    action: str = ""
    url: str = ""


def say(words: str, *, action: str, page: str, may: bool = True) -> Saying:
    """A sentence with the page of the dashboard that acts on it, for who may open that."""
    return (
        Saying(words=words, action=action, url=reverse(f"dashboard:{page}")) if may else Saying(words=words)
    )


def carries(counted: int, clients: int) -> bool:
    """Whether a sentence can stand on so many, of so many different people."""
    return counted >= FEWEST_TO_COMPARE and clients >= FEWEST_CLIENTS


@dataclass(frozen=True, kw_only=True)
class Group:
    """How many of how many, under a name that begins a sentence."""

    name: str | Promise
    part: int
    whole: int

    @property
    def share(self) -> float:
        return self.part / self.whole


def errors_apart(one: Group, other: Group) -> float:
    """How many standard errors two shares are apart, from the share of both together."""
    both = (one.part + other.part) / (one.whole + other.whole)
    error = sqrt(both * (1 - both) * (1 / one.whole + 1 / other.whole))
    return (one.share - other.share) / error if error else 0.0


def stands_out(groups: Iterable[Group]) -> tuple[Group, float] | None:
    """The group that is most above the others together, and how many times; None if that may be chance."""
    known = list(groups)
    parts, wholes = sum(one.part for one in known), sum(one.whole for one in known)
    found: list[tuple[float, Group]] = []
    for one in known:
        others = Group(name="", part=parts - one.part, whole=wholes - one.whole)
        if min(one.whole, others.whole) < FEWEST_TO_COMPARE:
            continue
        times = one.share / others.share if others.part else inf
        if times >= LEAST_TIMES and errors_apart(one, others) >= LEAST_ERRORS:
            found.append((times, one))
    if not found:
        return None
    times, one = max(found, key=lambda each: each[0])
    return one, times


def times_words(times: float) -> str:
    """How many times, as one says it."""
    if times >= 2.75:
        return _("three times as often as the others") if times < 3.5 else _("far more often than the others")
    return _("twice as often as the others") if times >= 1.75 else _("more often than the others")
