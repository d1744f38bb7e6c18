"""What helps, offers of help and agreements through the API, by the same verbs and walls as on the pages."""

from datetime import timedelta

from accounts.models import User
from clients.catalogue import ResourceDetails, write_resource
from clients.models import AgreedStrategy, Barrier, Case, Client, Referral
from tests.api.conftest import Caller
from tests.conftest import TODAY

API = "/api/v1"


def test_what_helps_is_listed_with_what_it_helps_with(as_user: Caller, desk: User) -> None:
    bus = Barrier.objects.get(code="transportation")
    write_resource(resource=None, details=ResourceDetails(name="Lakeside rides", barriers=(bus,)))
    write_resource(resource=None, details=ResourceDetails(name="Closed down", is_active=False))
    caller = as_user(desk)
    [ride] = caller.get(f"{API}/resources/").json()["results"]
    assert (ride["name"], ride["barriers"]) == ("Lakeside rides", ["transportation"])
    assert caller.get(f"{API}/strategies/").json()["count"] == 7


def test_an_offer_is_made_and_followed_through_the_api(
    as_user: Caller, amara: User, desk: User, rosa: Client, rosa_case: Case
) -> None:
    mine, theirs = as_user(amara), as_user(desk)
    sent = {
        "client": str(rosa.public_id),
        "case": str(rosa_case.public_id),
        "what": "A bus pass",
        "barrier": "transportation",
        "is_practical": True,
    }
    offered = mine.post(f"{API}/referrals/", sent)
    assert offered.status_code == 201, offered.json()
    assert offered.json()["barrier"] == "transportation"
    address = f"{API}/referrals/{offered.json()['id']}/"
    news = {"state": "in_contact", "owner": None, "note": "They called her"}
    noted = theirs.post(f"{address}steps/", news)
    assert noted.status_code == 201, noted.json()
    assert (noted.json()["barrier"], noted.json()["steps"][-1]["note"]) == (None, None)
    assert mine.get(address).json()["steps"][-1]["note"] == "They called her"
    private = sent | {"what": "A group", "barrier": "stigma", "is_practical": False}
    hidden = mine.post(f"{API}/referrals/", private | {"owner": str(amara.public_id)}).json()
    assert theirs.get(f"{API}/referrals/{hidden['id']}/").status_code == 404
    listed = theirs.get(f"{API}/referrals/?open=true&mine=true&client={rosa.public_id}").json()
    assert [one["name"] for one in listed["results"]] == ["A bus pass"]
    nobodys = mine.post(f"{API}/referrals/", private | {"what": "Another group"})
    assert nobodys.status_code == 422  # nobody's, and not the desk's
    assert Referral.objects.count() == 2


def test_an_agreement_is_held_ended_and_taken_up_with_its_counts(
    as_user: Caller, amara: User, desk: User, luis: User, rosa: Client, rosa_case: Case
) -> None:
    sent = {
        "client": str(rosa.public_id),
        "case": str(rosa_case.public_id),
        "what": "Thursdays at ten",
        "timing": "after",
        "agreed_on": (TODAY - timedelta(days=7)).isoformat(),
        "client_words": "I can do that",
    }
    assert as_user(desk).post(f"{API}/agreed-strategies/", sent).status_code == 403
    assert as_user(luis).post(f"{API}/agreed-strategies/", sent).status_code == 422
    mine = as_user(amara)
    held = mine.post(f"{API}/agreed-strategies/", sent)
    assert held.status_code == 201, held.json()
    nothing = {"came": 0, "expected": 0}
    assert held.json()["attendance"] == {"days": 7, "before": nothing, "since": nothing}
    address = f"{API}/agreed-strategies/{AgreedStrategy.objects.get().public_id}/"
    ended = mine.put(f"{address}ending/", {"ended_on": TODAY.isoformat(), "because": "Not needed"})
    assert ended.json()["ended_because"] == "Not needed"
    assert mine.get(f"{API}/agreed-strategies/?open=true").json()["count"] == 0
    assert mine.delete(f"{address}ending/").json()["ended_on"] is None
