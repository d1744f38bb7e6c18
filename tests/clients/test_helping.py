"""What gets in the way leads to help, and help is followed until it is resolved (rows 2.1, 2.9, 2.13)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from accounts.models import User
from clients.agreeing import Agreement, agree_on_strategy, end_strategy, take_up_strategy
from clients.catalogue import (
    BarrierDetails,
    ResourceDetails,
    StrategyDetails,
    what_helps,
    write_barrier,
    write_resource,
    write_strategy,
)
from clients.helping import Offer, ReferralNews, note_on_referral, offer_at_once, offer_help
from clients.models import AgreedStrategy, Barrier, Case, CaseClinician, Client, Referral, Resource, Strategy
from clients.treatment import people_to_name
from tests.conftest import NOW, TODAY, person
from tests.followups.test_turns import at_once

GROUPS = {
    "logistical": {"scheduling_conflict", "transportation", "miscommunication", "forgot"},
    "financial": {"financial_constraints"},
    "emotional": {
        "stigma",
        "fear_of_vulnerability",
        "discomfort_with_process",
        "anxiety",
        "overwhelmed_by_system",
    },
    "life": {"illness", "emergency", "family_issue", "unforeseen_event"},
    "not_said": {"unknown", "prefers_not_to_say"},
}
Offered = Callable[..., Referral]


def barrier(code: str) -> Barrier:
    return Barrier.objects.get(code=code)


@pytest.fixture
def ride(practice: object) -> Resource:
    details = ResourceDetails(name="Lakeside rides", phone="311", barriers=(barrier("transportation"),))
    return write_resource(resource=None, details=details)


@pytest.fixture
def offered(rosa: Client, rosa_case: Case, amara: User) -> Offered:
    """Offer Rosa something: `offered(amara, what="…")`."""

    def offer(actor: User = amara, **details: Any) -> Referral:
        known: dict[str, Any] = {"owner": amara, "what": "A morning group"} | details
        return offer_help(
            case=rosa_case,
            client=rosa,
            offer=Offer(**known),
            actor=actor,
            now=NOW,
            today=TODAY,
        )

    return offer


def test_barriers_are_those_of_the_four_groups_and_two_that_name_none(db: None) -> None:
    for group, codes in GROUPS.items():
        assert set(Barrier.objects.filter(group=group).values_list("code", flat=True)) == codes


def test_every_barrier_with_a_name_leads_to_a_strategy(db: None) -> None:
    helped = {suggestion.barrier.code for suggestion in what_helps(Barrier.objects.all())}
    without = Barrier.objects.filter(strategies=None).values_list("code", flat=True)
    assert set(without) == GROUPS["not_said"]
    assert helped <= {code for codes in GROUPS.values() for code in codes}
    assert Strategy.objects.count() == 7


def test_a_barrier_suggests_the_strategies_and_resources_mapped_to_it(ride: Resource) -> None:
    [suggestion] = what_helps([barrier("transportation")])
    assert suggestion.resources == (ride,)
    assert {one.code for one in suggestion.strategies} == {"flexibility", "resources", "contingency"}
    write_resource(resource=ride, details=ResourceDetails(name="Rides", is_active=False))
    [suggestion] = what_helps([barrier("transportation")])
    assert suggestion.resources == ()


def test_the_practice_adds_strategies_and_barriers_of_its_own(db: None) -> None:
    own = write_barrier(barrier=None, details=BarrierDetails(label="Childcare", group="logistical"))
    details = StrategyDetails(name="Bring the little one", barriers=(own, barrier("family_issue")))
    added = write_strategy(strategy=None, details=details)
    assert what_helps([own])[0].strategies == (added,)
    again = write_barrier(barrier=own, details=BarrierDetails(label="No childcare", group="life"))
    assert (again.code, again.group) == ("childcare", "life")
    places = list(Barrier.objects.values_list("code", flat=True))
    assert places.index("childcare") < places.index("unknown")
    with pytest.raises(ValidationError, match="of this name"):
        write_barrier(barrier=None, details=BarrierDetails(label="transport", group="life"))


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_barrier_at_once_add_one() -> None:
    details = BarrierDetails(label="Childcare", group="life")
    results = at_once(*[lambda: write_barrier(barrier=None, details=details)] * 3)
    assert Barrier.objects.filter(label="Childcare").count() == 1
    refused = [one for one in results if not isinstance(one, Barrier)]
    assert [type(one) for one in refused] == [ValidationError] * 2


def test_the_database_itself_holds_one_barrier_of_a_name(db: None) -> None:
    own = write_barrier(barrier=None, details=BarrierDetails(label="Childcare", group="life"))
    with pytest.raises(IntegrityError, match="barrier_of_one_name"):
        Barrier.objects.create(code=f"{own.code}_2", label="CHILDCARE", group="life", is_own=True)


def test_shipped_barriers_stay_as_they_are(db: None) -> None:
    with pytest.raises(ValidationError, match="stays as it is"):
        write_barrier(barrier=barrier("stigma"), details=BarrierDetails(label="Gossip", group="life"))


def test_one_press_offers_and_a_second_gives_the_same(
    ride: Resource, rosa: Client, rosa_case: Case, amara: User
) -> None:
    def press() -> Referral:
        return offer_at_once(
            case=rosa_case,
            client=rosa,
            resource=ride,
            barrier=barrier("transportation"),
            actor=amara,
            now=NOW,
            today=TODAY,
        )

    first = press()
    assert press() == first
    assert (first.name, first.state, first.owner) == ("Lakeside rides", "offered", amara)
    assert first.revisit_on == TODAY + timedelta(days=14)
    assert first.is_practical


def test_an_offer_is_followed_until_it_is_resolved_and_every_step_is_kept(
    offered: Offered, amara: User
) -> None:
    referral = offered()
    soon = TODAY + timedelta(days=3)
    wanted = ReferralNews(state="accepted", owner=amara, note="Likes mornings", revisit_on=soon)
    note_on_referral(referral=referral, news=wanted, actor=amara, now=NOW, today=TODAY)
    assert not Referral.objects.to_revisit(amara, TODAY).exists()
    assert Referral.objects.to_revisit(amara, soon).get() == referral
    done = ReferralNews(state="helped", owner=amara)
    note_on_referral(referral=referral, news=done, actor=amara, now=NOW, today=TODAY)
    assert not Referral.objects.open().exists()
    steps = referral.steps.values_list("state", "note", "revisit_on")
    assert list(steps) == [
        ("offered", "", TODAY + timedelta(days=14)),
        ("accepted", "Likes mornings", soon),
        ("helped", "", None),
    ]


def test_one_that_was_declined_can_be_taken_up_again(offered: Offered, amara: User) -> None:
    referral = offered()
    for state, is_open in (("declined", False), ("in_contact", True)):
        news = ReferralNews(state=state, owner=amara)
        after = note_on_referral(referral=referral, news=news, actor=amara, now=NOW, today=TODAY)
        assert after.is_open is is_open


def test_what_belongs_to_somebody_who_is_gone_comes_to_who_treats_the_client(
    offered: Offered, rosa_case: Case, amara: User, dana: User, luis: User
) -> None:
    offered(owner=dana)
    later = TODAY + timedelta(days=14)
    assert not Referral.objects.to_revisit(amara, later).exists()
    dana.is_active = False
    dana.save()
    assert Referral.objects.to_revisit(amara, later).exists()
    assert not Referral.objects.to_revisit(luis, later).exists()
    rosa_case.case_clinicians.update(until_on=TODAY)
    CaseClinician.objects.create(case=rosa_case, clinician=luis)
    assert Referral.objects.to_revisit(luis, later).exists()
    assert not Referral.objects.to_revisit(amara, later).exists()


def test_the_desk_handles_what_is_practical_and_sees_nothing_else(
    offered: Offered, ride: Resource, rosa: Client, rosa_case: Case, desk: User, amara: User
) -> None:
    private = offered(what="A support group", barrier=barrier("stigma"))
    handed = offered(resource=ride, barrier=barrier("transportation"), is_practical=True, owner=None)
    assert list(Referral.objects.visible_to(desk)) == [handed]
    assert Referral.objects.to_revisit(desk, TODAY + timedelta(days=14)).get() == handed
    news = ReferralNews(state="in_contact", owner=None, note="She called them")
    note_on_referral(referral=handed, news=news, actor=desk, now=NOW, today=TODAY)
    with pytest.raises(PermissionDenied):
        note_on_referral(referral=private, news=news, actor=desk, now=NOW, today=TODAY)
    with pytest.raises(PermissionDenied):
        offered(desk, what="A group", barrier=barrier("anxiety"), owner=None)
    with pytest.raises(ValidationError, match="between them and their clinician"):
        offered(what="A group", barrier=barrier("anxiety"), is_practical=True)


def test_an_offer_is_somebodys_who_may_have_it_and_has_a_day(
    offered: Offered, luis: User, amara: User
) -> None:
    with pytest.raises(ValidationError, match="needs a clinician"):
        offered(owner=None)
    with pytest.raises(ValidationError, match="clinicians of this case"):
        offered(owner=luis)
    with pytest.raises(ValidationError, match="within the next year"):
        offered(revisit_on=TODAY - timedelta(days=1))
    with pytest.raises(ValidationError, match="say what you offer"):
        offered(what=" ")


def test_help_is_offered_to_who_is_in_treatment_there(rosa_case: Case, amara: User, practice: object) -> None:
    stranger = person("Sam", "Else", 150)
    offer = Offer(what="A ride", owner=amara)
    with pytest.raises(ValidationError, match="not in treatment"):
        offer_help(case=rosa_case, client=stranger, offer=offer, actor=amara, now=NOW, today=TODAY)


def test_a_strategy_is_agreed_by_the_clients_clinicians_dated_and_can_end(
    rosa: Client, rosa_case: Case, amara: User, desk: User, luis: User, dana: User
) -> None:
    agreement = Agreement(
        timing="preventive",
        agreed_on=TODAY - timedelta(days=9),
        strategy=Strategy.objects.get(code="flexibility"),
        what="Thursdays, by video when it rains",
        client_words="I can do that",
    )
    agreed = agree_on_strategy(
        case=rosa_case, client=rosa, agreement=agreement, actor=amara, now=NOW, today=TODAY
    )
    for stranger in (desk, luis):
        with pytest.raises(PermissionDenied):
            agree_on_strategy(
                case=rosa_case, client=rosa, agreement=agreement, actor=stranger, now=NOW, today=TODAY
            )
        assert not AgreedStrategy.objects.clinical_for(stranger).exists()
    assert AgreedStrategy.objects.clinical_for(dana).get().client_words == "I can do that"
    with pytest.raises(ValidationError, match="since you agreed"):
        end_strategy(agreed=agreed, on=TODAY - timedelta(days=10), because="", actor=amara, today=TODAY)
    ended = end_strategy(agreed=agreed, on=TODAY, because="Not needed now", actor=amara, today=TODAY)
    assert (ended.ended_on, ended.ended_because) == (TODAY, "Not needed now")
    assert take_up_strategy(agreed=agreed, actor=amara).ended_on is None
    for slip in (date(1, 1, 1), date(1026, 11, 1), TODAY + timedelta(days=1)):
        with pytest.raises(ValidationError, match=r"year|ahead"):
            agree_on_strategy(
                case=rosa_case,
                client=rosa,
                agreement=replace(agreement, agreed_on=slip),
                actor=amara,
                now=NOW,
                today=TODAY,
            )
    nothing = Agreement(timing="after", agreed_on=TODAY)
    with pytest.raises(ValidationError, match="say what you agreed"):
        agree_on_strategy(case=rosa_case, client=rosa, agreement=nothing, actor=amara, now=NOW, today=TODAY)


def test_of_who_left_without_handing_over_the_supervisor_can_be_named(
    rosa_case: Case, amara: User, dana: User
) -> None:
    assert list(people_to_name(rosa_case)) == [dana, amara]
    amara.is_active = False
    amara.save()
    assert list(people_to_name(rosa_case)) == [dana]
