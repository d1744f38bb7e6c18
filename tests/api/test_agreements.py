"""What is agreed with somebody, through the API: the same verbs and the same walls."""

from rest_framework.test import APIClient

from accounts.models import User
from clients.models import Case
from tests.api.conftest import Caller

PLAN = {"by_video": True, "times": [{"weekday": 3, "at": "17:30"}], "note": "x", "agreed_on": "2026-11-10"}
CHECK_INS = {
    "way": "call", "every_days": 7, "starts_on": "2026-11-16", "agreed_on": "2026-11-10",
}  # fmt: skip


def test_plan_is_agreed_on_read_and_ended(as_user: Caller, amara: User, desk: User, rosa_case: Case) -> None:
    url = f"/api/v1/members/{rosa_case.members.get().public_id}/plan/"
    caller: APIClient = as_user(amara)
    assert caller.get(url).status_code == 404
    assert caller.put(url, PLAN, format="json").json()["times"] == [{"weekday": 3, "at": "17:30"}]
    assert caller.put(url, {"agreed_on": "2026-11-10"}, format="json").status_code == 422
    assert caller.delete(url).status_code == 204
    assert caller.get(url).json()["ended_at"]
    assert as_user(desk).get(url).status_code == 403


def test_check_ins_are_agreed_on_rest_and_end(as_user: Caller, amara: User, rosa_case: Case) -> None:
    url = f"/api/v1/members/{rosa_case.members.get().public_id}/check-ins/"
    caller: APIClient = as_user(amara)
    begun = caller.put(url, CHECK_INS, format="json").json()
    stress = {"from_on": "2026-11-16", "until_on": "2026-11-20", "every_days": 1}
    own = f"/api/v1/check-ins/{begun['id']}/"
    marked = caller.post(f"{own}stress-periods/", stress, format="json")
    assert marked.status_code == 201
    assert caller.post(f"{own}pause/").json()["paused_at"]
    assert caller.delete(f"{own}pause/").json()["paused_at"] is None
    assert caller.delete(f"/api/v1/stress-periods/{marked.json()['id']}/").status_code == 204
    assert caller.delete(url).status_code == 204
    assert caller.get(url).status_code == 404
