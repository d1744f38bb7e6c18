"""Adding people through the API: whoever adds somebody sees them."""

from accounts.models import User
from clients.models import Case
from tests.api.conftest import Caller


def test_a_clinician_sees_whom_they_add(as_user: Caller, amara: User) -> None:
    caller = as_user(amara)
    added = caller.post("/api/v1/clients/", {"given_name": "Theo"})
    assert added.status_code == 201, added.json()
    assert caller.get(f"/api/v1/clients/{added.json()['id']}/").status_code == 200
    case = Case.objects.get(members__client__public_id=added.json()["id"])
    assert (case.kind, case.case_clinicians.get().clinician) == ("individual", amara)


def test_a_supervisor_names_one_of_their_own(as_user: Caller, dana: User, amara: User) -> None:
    caller = as_user(dana)
    refused = caller.post("/api/v1/clients/", {"given_name": "Theo"})
    assert refused.status_code == 422
    assert "clinician" in refused.json()["errors"]
    added = caller.post("/api/v1/clients/", {"given_name": "Theo", "clinician": str(amara.public_id)})
    assert caller.get(f"/api/v1/clients/{added.json()['id']}/").status_code == 200


def test_the_desk_adds_a_person_alone(as_user: Caller, desk: User) -> None:
    added = as_user(desk).post("/api/v1/clients/", {"given_name": "Theo"})
    assert added.status_code == 201
    assert not Case.objects.filter(members__client__given_name="Theo").exists()
