"""What helps, offers of help and agreements through the API, by the same verbs and walls as on the pages."""

from datetime import timedelta

from accounts.models import User
from clients.catalogue import ResourceDetails, write_resource
from clients.models import AgreedStrategy, Barrier, Case, Client, Referral
from followups.models import FollowUp
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


def test_the_directory_and_its_map_are_kept_through_the_api_by_who_manages_settings(
    as_user: Caller, desk: User, admin_user: User
) -> None:
    admin = as_user(admin_user)
    sent = {"name": "Lakeside rides", "phone": "311", "barriers": ["transportation", "illness"]}
    assert as_user(desk).post(f"{API}/resources/", sent).status_code == 403
    added = admin.post(f"{API}/resources/", sent)
    assert added.status_code == 201, added.json()
    assert set(added.json()["barriers"]) == {"transportation", "illness"}
    address = f"{API}/resources/{added.json()['id']}/"
    changed = admin.put(address, {"name": "Lakeside rides", "barriers": ["illness"], "is_active": False})
    assert (changed.json()["barriers"], changed.json()["is_active"]) == (["illness"], False)
    assert as_user(desk).get(f"{API}/resources/").json()["count"] == 0
    assert admin.get(f"{API}/resources/").json()["count"] == 1
    own = admin.post(f"{API}/strategies/", {"name": "Bring the little one", "barriers": ["family_issue"]})
    assert own.status_code == 201, own.json()
    out = admin.put(f"{API}/strategies/{own.json()['id']}/", {"name": "Bring them", "is_active": False})
    assert (out.json()["name"], out.json()["is_active"]) == ("Bring them", False)
    for refused in ({"name": ""}, {"name": "A", "url": "nowhere"}, {"name": "A", "barriers": ["unknown"]}):
        assert admin.post(f"{API}/resources/", refused).status_code == 422, refused


def test_own_barriers_are_added_and_changed_and_the_others_stay(as_user: Caller, admin_user: User) -> None:
    admin = as_user(admin_user)
    added = admin.post(f"{API}/barriers/", {"label": "Childcare", "group": "life"})
    assert (added.status_code, added.json()["code"]) == (201, "childcare")
    changed = admin.put(f"{API}/barriers/childcare/", {"label": "Child care", "group": "logistical"})
    assert changed.json() == {"code": "childcare", "group": "logistical", "label": "Child care"}
    assert admin.put(f"{API}/barriers/illness/", {"label": "Ill", "group": "life"}).status_code == 404
    assert admin.post(f"{API}/barriers/", {"label": "Nothing", "group": "not_said"}).status_code == 422
    assert admin.post(f"{API}/barriers/", {"label": "child CARE", "group": "life"}).status_code == 422


def test_what_missing_costs_somebody_is_noted_and_read_through_the_api(
    as_user: Caller, amara: User, dana: User, luis: User, desk: User, rosa: Client, rosa_case: Case
) -> None:
    mine = as_user(amara)
    sent = {
        "client": str(rosa.public_id),
        "case": str(rosa_case.public_id),
        "kinds": ["isolation_or_hopelessness", "continuity"],
        "words": "Nobody calls her",
    }
    assert as_user(desk).post(f"{API}/consequences/", sent).status_code == 403
    assert as_user(luis).post(f"{API}/consequences/", sent).status_code == 422
    noted = mine.post(f"{API}/consequences/", sent)
    assert noted.status_code == 201, noted.json()
    assert {one["kind"] for one in noted.json()} == set(sent["kinds"])
    assert FollowUp.objects.get(client=rosa).protocol.code == "at_risk"
    for reader in (amara, dana):
        listed = as_user(reader).get(f"{API}/consequences/?client={rosa.public_id}").json()
        assert [one["words"] for one in listed["results"]] == ["Nobody calls her"] * 2
    assert as_user(luis).get(f"{API}/consequences/").json()["count"] == 0
    assert as_user(desk).get(f"{API}/consequences/").status_code == 403
    assert mine.post(f"{API}/consequences/", sent | {"kinds": []}).status_code == 422
