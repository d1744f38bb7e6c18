"""After a miss: first call, reached, back within 14 and 30 days; and back after a lapse under a court's order."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Practice, User
from clients.models import Case, Client, Mandate
from followups.measures import after_misses, back_under_orders
from followups.models import FollowUp
from followups.reconcile import reconcile
from followups.services import AttemptDetails, log_attempt
from sessions_app.access import sessions_counted_for
from sessions_app.models import TherapySession
from tests.conftest import case_of, person

Lay = Callable[..., TherapySession]
FIRST = date(2026, 10, 5)
# Nine in Chicago, when the sessions below begin.
BEGAN = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _attempt(client: Client, channel: str, result: str, *, after: timedelta, actor: User) -> None:
    attempt = AttemptDetails(channel=channel, result=result)
    log_attempt(
        follow_up=FollowUp.objects.get(client=client), attempt=attempt, actor=actor, now=BEGAN + after
    )


@pytest.fixture
def four(amara: User, lay: Lay) -> dict[str, Client]:
    """Four people miss a Monday: reached and back on the 9th day, tried and back on the 21st, back untried, away."""
    people = {name: person(name, "Hill", 500 + n) for n, name in enumerate(("Ann", "Ben", "Cleo", "Dan"))}
    cases = {name: case_of(amara, Case.Kind.INDIVIDUAL, one) for name, one in people.items()}
    for hour, (name, one) in enumerate(people.items()):
        lay(cases[name], ends={one: "no_show"}, on=FIRST, at=9, lead=3 + hour)
    reconcile(now=BEGAN + 2 * HOUR, full=True)
    _attempt(people["Ann"], "call", "no_answer", after=3 * HOUR, actor=amara)
    _attempt(people["Ann"], "call", "reached", after=30 * HOUR, actor=amara)
    _attempt(people["Ben"], "call", "left_word", after=25 * HOUR, actor=amara)
    for name, days in (("Ann", 9), ("Ben", 21), ("Cleo", 1)):
        lay(cases[name], ends={people[name]: "attended"}, on=FIRST + days * DAY, at=9)
    return people


def test_what_followed_on_a_miss_is_counted_as_by_hand(amara: User, four: dict[str, Client]) -> None:
    now = BEGAN + 40 * DAY
    told = after_misses(sessions_counted_for(amara).over(now), now=now)
    assert (told.total.missed, told.total.followed, told.total.clients) == (4, 4, 4)
    assert (told.total.called, told.total.called_in_a_day) == (2, 1)
    assert told.total.hours_to_call == 14.0  # the middle of 3 and 25
    assert (told.total.reached, told.total.hours_to_reached) == (1, 30.0)
    assert (told.total.soon_ripe, told.total.back_soon) == (4, 2)
    assert (told.total.later_ripe, told.total.back_later) == (4, 3)
    assert {how: one.missed for how, one in told.by_how.items()} == {"reached": 1, "tried": 1, "not tried": 2}
    assert list(told.by_month) == [FIRST.replace(day=1)]


def test_a_miss_of_yesterday_is_in_no_share_of_those_back(amara: User, four: dict[str, Client]) -> None:
    """Too young to say: neither back within 14 days nor away for 14 days."""
    now = BEGAN + 20 * DAY
    told = after_misses(sessions_counted_for(amara).over(now), now=now).total
    assert (told.soon_ripe, told.back_soon, told.later_ripe, told.back_later) == (4, 2, 0, 0)


def test_back_after_a_lapse_is_measured_across_the_cases_under_an_order(
    practice: Practice, amara: User, luis: User, lay: Lay, four: dict[str, Client]
) -> None:
    for name, ended_on in (("Ann", None), ("Ben", None), ("Cleo", FIRST - DAY)):
        [case] = four[name].cases.all()
        Mandate.objects.create(case=case, client=four[name], order_reference="1", ended_on=ended_on)
    now = BEGAN + 40 * DAY
    cases = Case.objects.clinical_for(amara)
    told = back_under_orders(cases, sessions_counted_for(amara).over(now), now=now, zone=practice.zone)
    # Cleo's order had ended before; Dan never had one.
    assert (told.lapses, told.misses, told.clients) == (2, 2, 2)
    assert (told.reached, told.days_to_reached) == (1, 1.0)
    assert (told.back, told.days_to_back) == (2, 15.0)  # the middle of 9 and 21
    assert (told.back_soon, told.soon_ripe, told.back_later, told.later_ripe) == (1, 2, 2, 2)
    nobodys = back_under_orders(
        Case.objects.clinical_for(luis), sessions_counted_for(luis).over(now), now=now, zone=practice.zone
    )
    assert (nobodys.lapses, nobodys.days_to_back) == (0, None)
