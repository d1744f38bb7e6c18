"""Help offered where barriers are named, strategies agreed on, what missing costs: pages (rows 2.2 to 2.14)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from attendance.services import Seen, name_barriers, record_outcome
from clients.agreeing import Agreement, agree_on_strategy
from clients.catalogue import ResourceDetails, write_resource
from clients.helping import Offer, offer_help
from clients.models import AgreedStrategy, Barrier, Case, Client, Consequence, Referral, Resource, Strategy
from followups.models import FollowUp
from followups.reconcile import reconcile
from sessions_app.models import Participant, TherapySession
from tests.conftest import NOW, TODAY

SignIn = Callable[[User], Browser]
Book = Callable[..., TherapySession]
NOON = NOW + timedelta(hours=3)
HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


def barrier(code: str) -> Barrier:
    return Barrier.objects.get(code=code)


@pytest.fixture
def ride(practice: object) -> Resource:
    details = ResourceDetails(
        name="Lakeside rides", phone="+19145550171", barriers=(barrier("transportation"),)
    )
    return write_resource(resource=None, details=details)


@pytest.fixture
def group(practice: object) -> Resource:
    details = ResourceDetails(name="A quiet group", barriers=(barrier("stigma"),))
    return write_resource(resource=None, details=details)


@pytest.fixture
def missed(rosa_case: Case, book: Book) -> Participant:
    participant = book(rosa_case).participants.get()
    seen = Seen(outcome="no_show", source="board")
    record_outcome(participant=participant, seen=seen, actor=None, now=NOON)
    return participant


@pytest.fixture
def follow_up(missed: Participant) -> FollowUp:
    reconcile(now=NOON)
    return FollowUp.objects.get()


def at(name: str, thing: object) -> str:
    return reverse(f"dashboard:{name}", args=[thing.public_id])  # type: ignore[attr-defined]


def test_what_can_help_is_suggested_at_once_and_offered_in_one_press(
    browser_of: SignIn, follow_up: FollowUp, ride: Resource, amara: User
) -> None:
    browser = browser_of(amara)
    assert "Lakeside rides" not in browser.get(at("follow-up", follow_up)).content.decode()
    chosen = {"barriers": ["transportation"]}
    suggested = browser.post(at("follow-up-help", follow_up), chosen, headers=HTMX).content.decode()
    assert "Lakeside rides" in suggested
    assert ">(914) 555-0171</a>" in suggested
    assert "A time and a way that fit" in suggested
    pressed = chosen | {"offer": f"transportation:{ride.public_id}"}
    answered = browser.post(at("follow-up-offers", follow_up), pressed, headers=HTMX).content.decode()
    assert "Offered, asked again 30 Nov" in answered
    referral = Referral.objects.get()
    assert (referral.client, referral.resource, referral.owner) == (follow_up.client, ride, amara)
    assert not follow_up.attempts.exists()


def test_without_script_the_words_of_the_talk_stay_while_something_is_offered(
    browser_of: SignIn, follow_up: FollowUp, ride: Resource, amara: User
) -> None:
    typed = {"barriers": ["transportation"], "client_words": "The bus never came", "channel": "call"}
    pressed = typed | {"offer": f"transportation:{ride.public_id}"}
    page = browser_of(amara).post(at("follow-up-offers", follow_up), pressed)
    assert page.status_code == 200
    assert "The bus never came" in page.content.decode()
    assert Referral.objects.get().resource == ride
    gone = browser_of(amara).post(at("follow-up-offers", follow_up), {"offer": "transportation:nothing"})
    assert gone.status_code == 422


def test_nothing_is_offered_to_somebody_who_is_not_in_treatment_any_more(
    browser_of: SignIn, missed: Participant, ride: Resource, rosa: Client, amara: User
) -> None:
    rosa.left_on = TODAY
    rosa.save()
    browser = browser_of(amara)
    offer = {"offer": f"transportation:{ride.public_id}"}
    refused = browser.post(at("in-the-way-offers", missed), offer)
    assert refused.status_code == 422
    assert "not in treatment" in refused.content.decode()
    missed.session.case.members.update(left_on=TODAY)
    sent = {"what": "A ride", "owner": "desk", "is_practical": "on", "revisit_on": TODAY.isoformat()}
    page = browser.post(at("referral-new", rosa), sent)
    assert page.status_code == 422
    assert "not in treatment now" in page.content.decode()
    assert not Referral.objects.exists()


def test_what_got_in_the_way_is_changed_later_from_its_own_page_with_its_history(
    browser_of: SignIn, missed: Participant, follow_up: FollowUp, ride: Resource, amara: User
) -> None:
    browser, page = browser_of(amara), at("in-the-way", missed)
    assert page in browser.get(at("follow-up", follow_up)).content.decode()
    assert page in browser.get(at("session", missed.session)).content.decode()
    assert browser.post(page, {"barriers": ["transportation", "anxiety"]}).status_code == 302
    assert browser.post(page, {"barriers": ["transportation"]}).status_code == 302
    shown = browser.get(page).content.decode()
    assert "Taken back: Nervous about it" in shown
    assert "Lakeside rides" in shown
    offer = {"offer": f"transportation:{ride.public_id}"}
    assert browser.post(at("in-the-way-offers", missed), offer).status_code == 302
    assert Referral.objects.get().barrier == barrier("transportation")


def test_the_desk_offers_what_is_practical_and_reads_no_barrier_note_or_agreement(
    browser_of: SignIn,
    missed: Participant,
    follow_up: FollowUp,
    ride: Resource,
    group: Resource,
    rosa: Client,
    rosa_case: Case,
    amara: User,
    desk: User,
) -> None:
    both = [barrier("stigma"), barrier("transportation")]
    name_barriers(participant=missed, barriers=both, actor=amara, now=NOON)
    offer = Offer(resource=group, barrier=both[0], owner=amara)
    offer_help(case=rosa_case, client=rosa, offer=offer, actor=amara, now=NOON, today=TODAY)
    agreement = Agreement(timing="after", agreed_on=TODAY, what="xochitl", client_words="xochitl")
    agree_on_strategy(case=rosa_case, client=rosa, agreement=agreement, actor=amara, now=NOON, today=TODAY)
    browser = browser_of(desk)
    shown = browser.get(at("in-the-way", missed)).content.decode()
    assert "checked" not in shown
    assert "Lakeside rides" not in shown  # it would tell what was named
    for page in (
        at("client", rosa),
        at("case", rosa_case),
        at("follow-up", follow_up),
        reverse("dashboard:referrals"),
    ):
        told = browser.get(page).content.decode()
        assert "A quiet group" not in told
        assert "xochitl" not in told
    chosen = {"barriers": ["transportation", "stigma"]}
    suggested = browser.post(at("follow-up-help", follow_up), chosen, headers=HTMX).content.decode()
    assert "Lakeside rides" in suggested
    assert "A quiet group" not in suggested
    pressed = {"offer": f"transportation:{ride.public_id}"}
    browser.post(at("follow-up-offers", follow_up), pressed, headers=HTMX)
    refused = browser.post(at("follow-up-offers", follow_up), {"offer": f"stigma:{group.public_id}"})
    assert refused.status_code == 403
    referral = Referral.objects.get(resource=ride)
    assert referral.owner is None
    assert "Lakeside rides" in browser.get(reverse("dashboard:referrals")).content.decode()
    noted = {"state": "in_contact", "owner": "desk", "note": "xochitl"}
    assert browser.post(at("referral", referral), noted).status_code == 302
    told = browser.get(at("referral", referral)).content.decode()
    assert "xochitl" not in told
    assert "Transport" not in told
    assert "xochitl" in browser_of(amara).get(at("referral", referral)).content.decode()


def test_an_offer_stands_on_its_owners_today_when_its_day_has_come(
    browser_of: SignIn, rosa: Client, rosa_case: Case, amara: User, dana: User
) -> None:
    page = at("referral-new", rosa)
    sent = {"what": "A study group", "owner": str(amara.public_id), "revisit_on": TODAY.isoformat()}
    assert browser_of(amara).post(page, sent).status_code == 302
    [referral] = Referral.objects.all()
    today = reverse("dashboard:today")
    assert at("referral", referral) in browser_of(amara).get(today).content.decode()
    assert at("referral", referral) not in browser_of(dana).get(today).content.decode()
    later = {
        "state": "accepted",
        "owner": str(amara.public_id),
        "revisit_on": (TODAY + timedelta(days=3)).isoformat(),
    }
    assert browser_of(amara).post(at("referral", referral), later).status_code == 302
    assert at("referral", referral) not in browser_of(amara).get(today).content.decode()
    empty = browser_of(amara).post(page, sent | {"what": ""})
    assert empty.status_code == 422
    assert "say what you offer" in empty.content.decode()


def test_a_strategy_is_shown_with_counts_before_and_since_and_its_words_to_who_may_read_them(
    browser_of: SignIn, rosa: Client, rosa_case: Case, book: Book, amara: User
) -> None:
    for days, outcome in ((11, "attended"), (10, "no_show"), (5, "attended"), (3, "attended")):
        session = book(rosa_case, on=TODAY - timedelta(days=days))
        record_outcome(
            participant=session.participants.get(),
            seen=Seen(outcome=outcome, source="board"),
            actor=None,
            now=session.ends_at,
        )
    browser = browser_of(amara)
    sent = {
        "strategy": str(Strategy.objects.get(code="flexibility").public_id),
        "what": "Thursdays, by video when it rains",
        "timing": "preventive",
        "agreed_by": "client",
        "agreed_on": (TODAY - timedelta(days=6)).isoformat(),
        "client_words": "I can do that",
    }
    assert browser.post(at("agreement-new", rosa), sent).status_code == 302
    agreed = AgreedStrategy.objects.get()
    for page in (at("client", rosa), at("case", rosa_case), at("agreement", agreed)):
        shown = browser.get(page).content.decode()
        assert "Came to 1 of 2 before, 2 of 2 since." in shown
        assert "%" not in shown.split("Came to 1 of 2")[1][:200]
    assert "I can do that" in browser.get(at("agreement", agreed)).content.decode()
    assert "I can do that" not in browser.get(at("case", rosa_case)).content.decode()
    ended = {"ended_on": TODAY.isoformat(), "because": "It goes by itself"}
    assert browser.post(at("agreement", agreed), ended).status_code == 302
    assert browser.post(at("agreement-taking-up", agreed)).status_code == 302
    agreed.refresh_from_db()
    assert agreed.ended_on is None


def test_any_number_of_agreements_costs_a_page_the_same(
    browser_of: SignIn,
    rosa: Client,
    rosa_case: Case,
    amara: User,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    browser = browser_of(amara)

    def cost() -> int:
        with django_assert_max_num_queries(200) as counted:  # type: ignore[attr-defined]
            browser.get(at("client", rosa))
        return len(counted)

    def agree(day: date) -> None:
        agreement = Agreement(timing="after", agreed_on=day, strategy=Strategy.objects.first())
        agree_on_strategy(
            case=rosa_case, client=rosa, agreement=agreement, actor=amara, now=NOON, today=TODAY
        )
        offer = Offer(what=f"Something of {day}", owner=amara)
        offer_help(case=rosa_case, client=rosa, offer=offer, actor=amara, now=NOON, today=TODAY)

    agree(TODAY)
    first = cost()
    for days in range(1, 5):
        agree(TODAY - timedelta(days=days))
    assert cost() == first


def test_noting_isolation_opens_the_wellbeing_check_and_says_so(
    browser_of: SignIn, rosa: Client, rosa_case: Case, amara: User
) -> None:
    browser, page = browser_of(amara), at("consequences-new", rosa)
    assert browser.post(page, {"words": "x"}).status_code == 422
    sent = {"kinds": ["isolation_or_hopelessness", "continuity"], "words": "Nobody calls her"}
    answer = browser.post(page, sent, follow=True).content.decode()
    assert "wellbeing is open" in answer
    assert "Nobody calls her" in answer
    assert Consequence.objects.count() == 2
    assert FollowUp.objects.get(client=rosa).protocol.code == "at_risk"
