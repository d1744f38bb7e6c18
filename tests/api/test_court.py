"""Court orders and reports through the API: the same verbs, the same walls, and nothing goes by itself."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from clients.models import Case, Client, Mandate
from followups.models import CourtReport, Disclosure
from tests.api.conftest import Caller

CONSENT = {
    "kind": "consent", "discloser": "Lakeside", "recipient": "Pat Lowell", "purpose": "Reports",
    "signed_on": "2026-11-02", "expires_on": "2027-05-01", "covers": ["plan"],
}  # fmt: skip
REPORT = {"kind": "routine", "since_on": "2026-10-01", "until_on": "2026-11-16"}


def address(thing: str, public_id: object, rest: str = "") -> str:
    return f"/api/v1/{thing}/{public_id}/{rest}"


@pytest.fixture
def caller(as_user: Caller, amara: User) -> APIClient:
    return as_user(amara)


@pytest.fixture
def order(caller: APIClient, rosa_case: Case, rosa: Client) -> dict[str, Any]:
    """Noted through the API, as all of it is here."""
    sent = {"client": str(rosa.public_id), "order_reference": "26-CF-7", "due_on": ["2026-12-01"]}
    answer = caller.post(address("cases", rosa_case.public_id, "mandates/"), sent, format="json")
    assert answer.status_code == 201, answer.json()
    noted: dict[str, Any] = answer.json()
    return noted


def test_order_is_noted_changed_ended_and_taken_up(caller: APIClient, order: dict[str, Any]) -> None:
    mandate = order["mandate"]
    assert [day["due_on"] for day in mandate["reporting_dates"]] == ["2026-12-01"]
    url = address("mandates", mandate["id"])
    changed = caller.put(url, {"order_reference": "26-CF-8", "misses_before_alert": 3}, format="json")
    assert changed.json()["mandate"]["order_reference"] == "26-CF-8"
    assert caller.post(f"{url}ending/").json()["mandate"]["ended_on"] == "2026-11-16"
    assert caller.delete(f"{url}ending/").json()["mandate"]["ended_on"] is None
    assert caller.post(f"{url}reporting-dates/", {"due_on": "2026-12-01"}, format="json").status_code == 422
    assert caller.get(url).json()["mandate"]["misses_before_alert"] == 3


def test_reporting_date_is_settled_and_expected_again(caller: APIClient, order: dict[str, Any]) -> None:
    url = address("reporting-dates", order["mandate"]["reporting_dates"][0]["id"], "settlement/")
    [day] = caller.post(url, {"because": "By post"}, format="json").json()["mandate"]["reporting_dates"]
    assert (day["settled_because"], day["settled_by"]) == ("By post", "Dr. Amara Okafor")
    [day] = caller.delete(url).json()["mandate"]["reporting_dates"]
    assert day["settled_at"] is None


def test_without_a_consent_nothing_goes_and_the_lock_says_so(
    caller: APIClient, as_user: Caller, dana: User, order: dict[str, Any]
) -> None:
    assert all("no signed consent on file" in one["lock"] for one in order["locks"])
    url = address("mandates", order["mandate"]["id"], "disclosures/")
    for who in (caller, as_user(dana)):
        refused = who.post(url, {"kind": "routine"}, format="json")
        assert refused.status_code == 422
        assert "no signed consent on file" in refused.content.decode()
    assert not Disclosure.objects.exists()


def test_consent_that_lacks_an_element_is_refused_and_one_can_be_revoked(
    caller: APIClient, order: dict[str, Any]
) -> None:
    url = address("mandates", order["mandate"]["id"], "disclosure-bases/")
    assert caller.post(url, CONSENT | {"expires_on": None}, format="json").status_code == 422
    [basis] = caller.post(url, CONSENT, format="json").json()["mandate"]["bases"]
    assert basis["covers"] == ["attendance", "plan"]
    sent = {"kind": "routine", "parts": ["plan"]}
    disclosures = address("mandates", order["mandate"]["id"], "disclosures/")
    assert caller.post(disclosures, sent, format="json").status_code == 422
    gone = caller.post(disclosures, sent | {"is_approved": True}, format="json")
    assert [one["recipient"] for one in gone.json()["disclosures"]] == ["Pat Lowell"]
    caller.post(address("disclosure-bases", basis["id"], "ending/"), {"ended_how": "revoked"}, format="json")
    refused = caller.post(disclosures, {"kind": "routine"}, format="json")
    assert "Rosa revoked the consent" in refused.content.decode()


def test_supervisor_answers_for_a_notice_and_the_clinician_does_not(
    caller: APIClient, as_user: Caller, dana: User, order: dict[str, Any]
) -> None:
    url = address("reporting-dates", order["mandate"]["reporting_dates"][0]["id"], "exceptions/")
    sent = {"because": "The hearing is then"}
    assert caller.post(url, sent, format="json").status_code == 403
    [exception] = as_user(dana).post(url, sent, format="json").json()["exceptions"]
    assert (exception["granted_by"], exception["due_on"]) == ("Dana Reyes", "2026-12-01")


def test_report_is_written_approved_signed_noted_and_drawn(caller: APIClient, order: dict[str, Any]) -> None:
    mandate = order["mandate"]["id"]
    caller.post(address("mandates", mandate, "disclosure-bases/"), CONSENT, format="json")
    url = address("mandates", mandate, "reports/")
    assert caller.post(url, REPORT | {"parts": ["plan"]}, format="json").status_code == 422
    day = order["mandate"]["reporting_dates"][0]["id"]
    sent = REPORT | {"parts": ["plan"], "plan": "Thursdays at nine", "reporting_date": day}
    written = caller.post(url, sent, format="json")
    assert written.status_code == 201, written.json()
    report = address("court-reports", written.json()["id"])
    first = {"imprint": caller.get(report).json()["imprint"]}
    assert caller.post(f"{report}signature/", first).status_code == 422
    assert caller.post(f"{report}disclosure/").status_code == 422
    assert caller.post(f"{report}approval/").status_code == 422
    assert caller.post(f"{report}approval/", first).json()["approved_at"]
    assert caller.put(report, sent | {"plan": "Fridays"}, format="json").json()["approved_at"] is None
    assert caller.post(f"{report}approval/", first).status_code == 409  # Fridays were not in it
    again = {"imprint": caller.get(report).json()["imprint"]}
    caller.post(f"{report}approval/", again)
    assert caller.post(f"{report}signature/", again).json()["signed_by"] == "Dr. Amara Okafor"
    assert caller.put(report, sent, format="json").status_code == 422
    assert caller.get(report).json()["disclosure"] is None  # nothing goes by itself
    went = caller.post(f"{report}disclosure/").json()["disclosure"]
    assert went == str(Disclosure.objects.get().public_id)
    paper = caller.get(f"{report}paper/")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert Mandate.objects.get().reporting_dates.get().settled_by is not None


def test_words_that_blame_are_asked_about_and_kept_only_by_a_person(
    caller: APIClient, order: dict[str, Any]
) -> None:
    url = address("mandates", order["mandate"]["id"], "reports/")
    sent = REPORT | {"parts": ["plan"], "plan": "He failed to attend and promises better"}
    refused = caller.post(url, sent, format="json")
    assert refused.status_code == 422
    assert "may sound like blame" in refused.content.decode()
    assert not CourtReport.objects.exists()
    assert caller.post(url, sent | {"keep_flagged": True}, format="json").status_code == 201


def test_date_of_another_order_is_nobodys_here(
    caller: APIClient, order: dict[str, Any], field_case: Case, maya: Client
) -> None:
    sent = {"client": str(maya.public_id), "order_reference": "26-CF-9", "due_on": ["2026-12-05"]}
    other = caller.post(address("cases", field_case.public_id, "mandates/"), sent, format="json").json()
    day = other["mandate"]["reporting_dates"][0]["id"]
    url = address("mandates", order["mandate"]["id"], "reports/")
    assert caller.post(url, REPORT | {"reporting_date": day}, format="json").status_code == 422
    assert not CourtReport.objects.exists()


def test_strangers_find_no_date_and_the_desk_nothing_at_all(
    as_user: Caller, luis: User, desk: User, order: dict[str, Any]
) -> None:
    url = address("mandates", order["mandate"]["id"])
    assert as_user(luis).get(url).status_code == 404
    hidden = as_user(desk).get(url)
    assert hidden.status_code == 403
    assert "26-CF-7" not in hidden.content.decode()
