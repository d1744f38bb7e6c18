"""Adding people through the API: whoever adds somebody sees them."""

from accounts.models import User
from clients.models import Case, Client
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


def test_what_is_tried_first_is_ordered_with_calls_for_who_wants_them(
    as_user: Caller, desk: User, luis: User, rosa: Client, rosa_case: Case
) -> None:
    address = f"/api/v1/clients/{rosa.public_id}/ways/"
    phone, mail = rosa.contact_points.order_by("position")
    before = as_user(desk).get(address).json()
    assert [way["channel"] for way in before] == ["sms", "email"]
    order = [
        {"contact_point": str(phone.public_id), "channel": "voice"},
        {"contact_point": str(mail.public_id), "channel": "email"},
        {"contact_point": str(phone.public_id), "channel": "sms"},
    ]
    after = as_user(desk).put(address, {"ways": order})
    assert [way["channel"] for way in after.json()] == ["voice", "email", "sms"]
    phone.refresh_from_db()
    assert phone.call_position == 0
    as_user(desk).put(address, {"ways": order[1:]})
    assert not rosa.contact_points.exclude(call_position=None).exists()
    somebody_elses = [{"contact_point": str(desk.public_id), "channel": "sms"}]
    assert as_user(desk).put(address, {"ways": somebody_elses}).status_code == 422
    assert as_user(luis).get(address).status_code == 404
