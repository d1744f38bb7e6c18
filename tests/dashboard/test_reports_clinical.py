"""Reports behind the clinical wall: barriers and help, strategies, what misses cost, and the practice's hours."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Practice, User
from attendance.before_since import Stretch, by_strategy
from attendance.models import BarrierNamed
from clients.agreeing import Agreement, agree_on_strategy
from clients.helping import Offer, offer_help
from clients.measures import Noted, Offered, consequences_noted, help_offered
from clients.models import AgreedStrategy, Barrier, Case, Client, Consequence, Mandate, Referral, Strategy
from followups.consequences import note_consequences
from followups.measures import costs_noted
from followups.models import FollowUp
from followups.repeated import CostDetails, ask_supervisor, note_cost
from followups.services import open_follow_up
from sessions_app.models import TherapySession
from tests.conftest import NOW, TODAY, case_of, person

SignIn = Callable[[User], Browser]
Lay = Callable[..., TherapySession]
FIRST = date(2026, 10, 5)
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def at_nine() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def six(lay: Lay, amara: User) -> dict[Client, Case]:
    """Six people who missed twice for want of a ride, and came the week after."""
    people = [person("Ann", f"N{n}", 600 + n) for n in range(6)]
    cases = {one: case_of(amara, Case.Kind.INDIVIDUAL, one) for one in people}
    ride = Barrier.objects.get(code="transportation")
    for number, (one, case) in enumerate(cases.items()):
        for week, end in enumerate(("no_show", "no_show", "attended")):
            session = lay(case, ends={one: end}, on=FIRST + week * WEEK, at=8 + number)
            if end == "no_show":
                BarrierNamed.objects.create(participant=session.participants.get(), barrier=ride)
    return cases


def page(browser: Browser, name: str, **asked: str) -> str:
    answer = browser.get(reverse(f"dashboard:report-{name}"), asked)
    return " ".join(answer.content.decode().split())


def test_a_strategy_is_measured_over_everybody_with_whom_it_was_agreed(
    six: dict[Client, Case], practice: Practice
) -> None:
    strategy = Strategy.objects.all()[0]
    for one, case in six.items():
        agreement = Agreement(timing="after", agreed_on=FIRST + 8 * timedelta(days=1), strategy=strategy)
        agree_on_strategy(case=case, client=one, agreement=agreement, actor=None, now=NOW, today=TODAY)
    [measured] = by_strategy(AgreedStrategy.objects.all(), now=NOW, zone=practice.zone)
    assert (measured.name, measured.times, measured.clients) == (strategy.name, 6, 6)
    assert (measured.before, measured.since) == (Stretch(came=0, expected=12), Stretch(came=6, expected=6))


def test_help_and_consequences_are_counted_by_what_they_are_of(six: dict[Client, Case], amara: User) -> None:
    ride = Barrier.objects.get(code="transportation")
    [first, second, *_others] = six
    for one in (first, second):
        offer = Offer(what="A lift", barrier=ride, revisit_on=TODAY + WEEK, owner=amara)
        offer_help(client=one, case=six[one], offer=offer, actor=amara, now=NOW, today=TODAY)
        note_consequences(client=one, case=six[one], kinds=["continuity"], words="", actor=amara, now=NOW)
    Referral.objects.filter(client=first).update(state="helped", revisit_on=None)
    assert help_offered(Referral.objects.all()) == [
        Offered(barrier=ride.label, offered=2, wanted=1, helped=1, not_helped=0, still_open=1, clients=2)
    ]
    assert consequences_noted(Consequence.objects.all()) == [Noted(kind="continuity", times=2, clients=2)]


def test_what_misses_cost_is_counted_from_notes_and_from_questions_to_the_supervisor(
    six: dict[Client, Case], amara: User, dana: User
) -> None:
    follow_ups: list[FollowUp] = []
    for one, case in list(six.items())[:2]:
        follow_ups.append(
            open_follow_up(client=one, case=case, protocol_code="repeated_no_shows", actor=amara, now=NOW)
        )
    note_cost(
        follow_up=follow_ups[0], details=CostDetails(unresolved="x", concern="much"), actor=amara, now=NOW
    )
    note_cost(follow_up=follow_ups[1], details=CostDetails(support_missed="x"), actor=amara, now=NOW)
    ask_supervisor(follow_up=follow_ups[1], question="How?", actor=amara, now=NOW)
    told = costs_noted(Case.objects.all(), first=NOW - WEEK, last=NOW + WEEK)
    assert (told.noted, told.clients, told.unresolved, told.support_missed) == (2, 2, 1, 1)
    assert (told.very_worried, told.somewhat_worried, told.asked_supervisor, told.charged) == (1, 0, 1, 0)
    assert costs_noted(Case.objects.all(), first=NOW + WEEK, last=NOW + 2 * WEEK).noted == 0


def test_what_gets_in_the_way_is_for_who_may_read_it_and_says_what_is_named_most(
    browser_of: SignIn, six: dict[Client, Case], amara: User, luis: User, dana: User
) -> None:
    for user in (amara, dana):
        seen = page(browser_of(user), "barriers")
        assert "gets in the way most often: named of 12 absences of 6 people" in seen
    assert "Nothing to count here yet" in page(browser_of(luis), "barriers")


def test_a_handful_under_orders_is_too_few_and_more_are_counted(
    browser_of: SignIn, six: dict[Client, Case], amara: User, lay: Lay
) -> None:
    for one, case in six.items():
        Mandate.objects.create(case=case, client=one, order_reference="1")
    assert "Back in 30 days" not in page(browser_of(amara), "court")
    for one, case in six.items():
        lay(case, ends={one: "no_show"}, on=FIRST + 3 * WEEK, at=18)
    seen = page(browser_of(amara), "court")
    assert "of 6 people, with 18 missed sessions" in seen
    assert (
        '<th scope="row">Back</th><td class="number" data-value="12">12</td><td class="number" data-value="6">6</td>'
        in seen
    )


def test_lost_hours_are_worth_what_the_practice_says(
    browser_of: SignIn, six: dict[Client, Case], practice: Practice, admin_user: User
) -> None:
    browser = browser_of(admin_user)
    # Six times two of fifty minutes each: ten hours.
    row = '<td class="number" data-value="10.0">10.0</td>'
    assert row in page(browser, "costs")
    assert "1,200.00" not in page(browser, "costs")
    practice.hour_value = 120
    practice.save()
    assert "1,200.00" in page(browser, "costs")
