"""What should be followed up, in plain Python: written from docs/followups.md, apart from the code under test."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

RANKS = {"absent_partner": 40, "repeated_no_shows": 50, "single_missed": 20, "late_cancellation": 10}
GENTLE = {"single_missed", "late_cancellation"}
WINDOW = timedelta(days=30)

Whose = tuple[str, str]  # client, case


@dataclass(eq=False)
class Place:
    """One person expected at one session, and what became of that."""

    client: str
    case: str
    session: str
    starts_at: datetime
    booked_at: datetime
    outcome: str = ""
    earlier: tuple[str, ...] = ()  # what it was before each correction
    cancelled_by: str = ""
    cancelled_at: datetime | None = None

    @property
    def whose(self) -> Whose:
        return self.client, self.case

    @property
    def is_missed(self) -> bool:
        return self.outcome == "no_show" and not self.cancelled_by

    @property
    def is_late(self) -> bool:
        """Called off by the client, less than a day ahead."""
        told = self.cancelled_at
        return (
            self.cancelled_by == "client" and told is not None and told > self.starts_at - timedelta(days=1)
        )

    @property
    def occurred_at(self) -> datetime:
        return self.cancelled_at or self.starts_at


@dataclass(eq=False)
class Followed:
    """A follow-up as it should stand."""

    causes: set[tuple[Place, str]]  # those in force, each with its protocol
    lead: str
    last_at: datetime
    is_open: bool = True
    was_answered: bool = False  # closed by a fact: they came, or have a new time
    was_tried: bool = False
    was_reopened: bool = False


@dataclass
class Expected:
    """All facts, and the follow-ups that answer them once a pass was made."""

    places: list[Place]
    followed: dict[Whose, list[Followed]] = field(default_factory=lambda: defaultdict(list))

    def open_of(self, whose: Whose) -> Followed | None:
        return next((one for one in self.followed[whose] if one.is_open), None)

    def look(self) -> None:
        """A pass over everybody."""
        for whose in sorted({place.whose for place in self.places}):
            self._mend(whose)

    def is_answered(self, whose: Whose, since: datetime) -> bool:
        """They came to a later session, or have one that was booked since."""
        return any(
            place.starts_at > since
            and (place.outcome == "attended" or (place.booked_at > since and self._is_expected(place)))
            for place in self._of(whose)
        )

    def would_close(self, one: Followed, whose: Whose) -> bool:
        """Whether the facts answer it, so that it closes itself."""
        return one.lead in GENTLE and self.is_answered(whose, one.last_at)

    def _of(self, whose: Whose) -> list[Place]:
        return [place for place in self.places if place.whose == whose]

    @staticmethod
    def _is_expected(place: Place) -> bool:
        return not place.cancelled_by and not place.is_missed

    def _asked(self, whose: Whose) -> Iterator[tuple[Place, str]]:
        """Every absence with each protocol that answers it."""
        mine = self._of(whose)
        for place in mine:
            if place.is_late:
                yield place, "late_cancellation"
            if not place.is_missed:
                continue
            yield place, "single_missed"
            within = [one for one in mine if place.starts_at - WINDOW < one.starts_at <= place.starts_at]
            if sum(one.is_missed for one in within) >= 2:
                yield place, "repeated_no_shows"
            if place.case == "couple" and any(
                other.session == place.session and other.outcome == "attended" for other in self.places
            ):
                yield place, "absent_partner"

    def _mend(self, whose: Whose) -> None:
        asked = set(self._asked(whose))
        held = {cause for one in self.followed[whose] for cause in one.causes}
        new = {
            (place, code)
            for place, code in asked - held
            if code not in GENTLE or not self.is_answered(whose, place.occurred_at)
        }
        one = self.open_of(whose)
        if one is not None:
            self._mend_open(one, whose, asked, new)
        elif new:
            self.followed[whose].append(Followed(causes=new, lead=_highest(new), last_at=_latest(new)))
        elif self.followed[whose]:
            self._mend_closed(self.followed[whose][-1], whose, asked)

    def _mend_closed(self, one: Followed, whose: Whose, asked: set[tuple[Place, str]]) -> None:
        """The fact that closed it is no longer so: it goes on, unless the absence is not so either."""
        if not one.was_answered or self.would_close(one, whose) or not one.causes & asked:
            return
        one.is_open, one.was_answered = True, False
        self._mend_open(one, whose, asked, set())

    def _mend_open(
        self, one: Followed, whose: Whose, asked: set[tuple[Place, str]], new: set[tuple[Place, str]]
    ) -> None:
        were = one.causes
        one.causes = (were & asked) | new
        if one.causes != were:
            _settle(one)
        if one.is_open and self.would_close(one, whose):
            one.is_open, one.was_answered = False, True


def _settle(one: Followed) -> None:
    if one.causes:
        one.last_at = _latest(one.causes)
        lead = _highest(one.causes)
        if RANKS[lead] > RANKS[one.lead] or not one.was_tried:
            one.lead = lead
    elif not one.was_tried:
        one.is_open = False


def _highest(causes: set[tuple[Place, str]]) -> str:
    return max((code for _, code in causes), key=RANKS.__getitem__)


def _latest(causes: set[tuple[Place, str]]) -> datetime:
    return max(place.occurred_at for place, _ in causes)
