"""clients.csv: who comes in, with what, and who is refused why."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from clients.models import (
    Case,
    CaseMember,
    Client,
    Consent,
    ContactPoint,
    Guardianship,
    SafeContact,
    Suppression,
)
from importing.known import Known
from tests.conftest import NOW, TODAY
from tests.importing.conftest import Bring, reasons

ROSA = {"client_id": "A1", "given_name": "Rosa", "family_name": "Mendes", "birth_year": "1988"}


def test_a_person_comes_in_with_addresses_and_consents(bring: Bring) -> None:
    row = ROSA | {
        "phone": "(312) 555-0101",
        "phone_consent": "appointments|outreach",
        "phone_may_leave_word": "yes",
        "email": "Rosa@Example.org",
        "email_private": "yes",
        "consent_on": "2026-01-09",
        "consent_how": "signed",
        "language": "es",
        "timezone": "America/Denver",
    }
    result = bring([row])
    assert result.clients.imported == 1
    rosa = Client.objects.get(external_id="A1")
    assert (rosa.language, rosa.timezone, rosa.birth_year) == ("es", "America/Denver", 1988)
    phone, email = rosa.contact_points.all()
    assert (phone.address, phone.may_leave_word) == ("+13125550101", True)
    assert (email.address, email.is_private) == ("rosa@example.org", True)
    consents = Consent.objects.filter(contact_point=phone)
    assert {consent.purpose for consent in consents} == {"appointments", "outreach"}
    assert {consent.given_at.date() for consent in consents} == {date(2026, 1, 9)}
    assert not email.consents.exists()


def test_a_person_alone_has_a_case_of_one_with_their_clinician(bring: Bring, amara: User) -> None:
    bring([ROSA | {"case_clinician": amara.email.upper(), "case_addiction": "yes", "since_on": "2025-03-01"}])
    case = Case.objects.get()
    assert (case.kind, case.is_addiction, case.opened_on) == ("individual", True, date(2025, 3, 1))
    assert list(case.clinicians.all()) == [amara]


def test_partners_who_name_one_case_are_a_couple(bring: Bring, amara: User) -> None:
    couple = {"case_id": "K1", "case_kind": "couple", "case_clinician": amara.email}
    bring([ROSA | couple, {"client_id": "A2", "given_name": "Ines", "case_engagement": "hesitant", **couple}])
    case = Case.objects.get(external_id="K1")
    members = CaseMember.objects.filter(case=case).order_by("pk")
    assert [(m.client.given_name, m.role, m.engagement) for m in members] == [
        ("Rosa", "partner", "joined"),
        ("Ines", "partner", "hesitant"),
    ]
    assert case.clinicians.count() == 1


def test_a_person_may_be_in_two_cases(bring: Bring) -> None:
    bring([ROSA | {"case_2_id": "G1", "case_2_kind": "group", "case_2_title": "Tuesday evening"}])
    kinds = Client.objects.get().cases.values_list("kind", "title")
    assert set(kinds) == {("individual", ""), ("group", "Tuesday evening")}


def test_a_guardian_may_stand_below_the_minor_and_needs_no_case(bring: Bring) -> None:
    ella = {"client_id": "A2", "given_name": "Ella", "born_on": "2014-05-02", "guardian_id": "A3"}
    ella |= {"guardian_relation": "Mother", "guardian_may_receive": "yes"}
    result = bring([ella, {"client_id": "A3", "given_name": "Nora", "case_kind": "none"}])
    assert result.clients.imported == 2
    guardianship = Guardianship.objects.get()
    assert (guardianship.guardian.given_name, guardianship.minor.given_name) == ("Nora", "Ella")
    assert (guardianship.may_receive, guardianship.may_consent) == (True, False)
    assert [case.clients.get().given_name for case in Case.objects.all()] == ["Ella"]


def test_an_unknown_guardian_refuses_the_minor(bring: Bring) -> None:
    result = bring([ROSA, {"client_id": "A2", "given_name": "Ella", "guardian_id": "A9"}])
    assert reasons(result) == {3: "Nobody is known with the guardian id (A9)."}


def test_guardians_of_one_another_are_refused_and_do_not_hang(bring: Bring) -> None:
    result = bring(
        [ROSA | {"guardian_id": "A2"}, {"client_id": "A2", "given_name": "X", "guardian_id": "A1"}]
    )
    assert set(reasons(result)) == {2, 3}


def test_safe_contact_and_opt_outs_come_along(bring: Bring) -> None:
    row = ROSA | {
        "safe_contact": "discreet",
        "safe_contact_reason": "Partner reads the mail",
        "phone": "+13125550101",
        "phone_safe_contact": "do not contact",
        "phone_2": "+13125550102",
        "phone_2_opted_out": "yes",
    }
    bring([row])
    levels = SafeContact.objects.values_list("level", "contact_point__address", "reason")
    assert set(levels) == {
        ("discreet", None, "Partner reads the mail"),
        ("do_not_contact", "+13125550101", "Partner reads the mail"),
    }
    assert Suppression.objects.filter(address="+13125550102", channel="sms", reason="opted_out").exists()


def test_who_has_not_agreed_is_listed_for_the_desk(bring: Bring, rosa_case: Case) -> None:
    agreed = {"phone": "+13125550199", "phone_consent": "appointments", "consent_on": "2026-02-01"}
    nora = {"client_id": "A3", "given_name": "Nora", "case_kind": "none", **agreed}
    ella = {"client_id": "A4", "given_name": "Ella", "born_on": "2014-05-02", "guardian_id": "A3"}
    silent = {"client_id": "A6", "given_name": "Left", "left_on": "2026-03-01"}
    bring(
        [
            {"client_id": "A2", "given_name": "Ines", "phone": "+13125550198"},
            nora,
            ella | {"guardian_may_receive": "yes"},
            ella | {"client_id": "A5", "given_name": "Emil", "guardian_may_receive": "no"},
            silent,
        ]
    )
    listed = Client.objects.without_consent(TODAY)
    assert {client.given_name for client in listed} == {"Ines", "Emil"}
    Consent.objects.filter(contact_point__client__given_name="Rosa").update(withdrawn_at=NOW)
    assert "Rosa" in {client.given_name for client in listed.all()}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"client_id": ""}, "client_id is empty"),
        ({"client_id": "1.23E+15"}, "scientific notation"),
        ({"client_id": "1,23e+15"}, "scientific notation"),
        ({"client_id": "x" * 65}, "longer than 64"),
        ({"given_name": " "}, "given_name is empty"),
        ({"family_name": "x" * 81}, "longer than 80"),
        ({"born_on": "2027-01-01", "birth_year": ""}, "born in the future"),
        ({"birth_year": "1890"}, "over 120 years"),
        ({"born_on": "1850-01-01", "birth_year": ""}, "over 120 years"),
        ({"born_on": "1990-01-01"}, "disagree"),
        ({"born_on": "03/05/1988"}, "Write it as 2026-03-05"),
        ({"born_on": "1988-02-30"}, "not a date"),
        ({"phone": "12"}, "not a telephone number"),
        ({"phone": "3.12555E+09"}, "scientific notation"),
        ({"phone": "+1 000 000 0000"}, "can exist"),
        ({"email": "rosa@"}, "not an e-mail"),
        ({"phone": "+13125550101", "phone_2": "312-555-0101"}, "twice"),
        ({"phone": "+13125550101", "phone_consent": "appointments"}, "consent_on"),
        ({"phone": "+13125550101", "phone_consent": "everything", "consent_on": "2026-01-01"}, "not one of"),
        ({"phone_consent": "appointments", "consent_on": "2026-01-01"}, "phone is empty"),
        ({"consent_on": "2026-12-24"}, "in the future"),
        ({"timezone": "Chicago"}, "not a time zone"),
        ({"language": "fr"}, "not one of en, es"),
        ({"case_kind": "couple"}, "needs a case_id"),
        ({"case_id": "K1"}, "case_kind is empty"),
        ({"case_clinician": "nobody@example.org"}, "not a clinician here"),
        ({"safe_contact": "maybe"}, "not one of"),
        ({"safe_contact_reason": "afraid"}, "nothing is said to be unsafe"),
        ({"guardian_id": "A1"}, "itself"),
        ({"left_on": "2020-01-01", "since_on": "2021-01-01"}, "before since_on"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_in_plain_words(
    bring: Bring, change: dict[str, str], reason: str
) -> None:
    good = {"client_id": "B1", "given_name": "Ada"}
    result = bring([good, ROSA | change])
    assert list(reasons(result)) == [3]
    assert reason in reasons(result)[3]
    assert [client.given_name for client in Client.objects.all()] == ["Ada"]


def test_a_desk_user_is_no_clinician(bring: Bring, desk: User) -> None:
    assert "not a clinician" in reasons(bring([ROSA | {"case_clinician": desk.email}]))[2]


def test_the_second_row_of_one_id_is_refused(bring: Bring) -> None:
    result = bring([ROSA, {"client_id": "A1", "given_name": "Else"}])
    assert reasons(result) == {3: "This client_id is already in the file (line 2)."}


def test_two_people_of_one_name_need_their_birth_years(bring: Bring) -> None:
    same = {"client_id": "A2", "given_name": "rosa", "family_name": "MENDES"}
    assert "birth year of both" in reasons(bring([ROSA, same]))[3]
    assert bring([ROSA, same | {"birth_year": "1951"}]).clients.imported == 1


def test_a_case_is_of_one_kind(bring: Bring) -> None:
    rows: list[dict[str, Any]] = [
        ROSA | {"case_id": "K1", "case_kind": "couple"},
        {"client_id": "A2", "given_name": "Ines", "case_id": "K1", "case_kind": "family"},
        {"client_id": "A3", "given_name": "Ida", "case_id": "K2", "case_kind": "individual"},
        {"client_id": "A4", "given_name": "Ivo", "case_id": "K2", "case_kind": "individual"},
    ]
    refused = reasons(bring(rows))
    assert list(refused) == [3, 5]
    assert "another kind (couple)" in refused[3]
    assert "somebody else's" in refused[5]


def test_running_twice_changes_nothing_and_keeps_what_was_changed_since(bring: Bring) -> None:
    rows = [ROSA | {"phone": "+13125550101", "phone_opted_out": "yes"}, {"client_id": "A2", "given_name": ""}]
    first = bring(rows)
    Client.objects.update(given_name="Rosie")
    second = bring(rows)
    assert (second.clients.imported, second.clients.already_there) == (0, 1)
    assert second.refusals == first.refusals
    assert Client.objects.get().given_name == "Rosie"
    assert (ContactPoint.objects.count(), Case.objects.count(), Suppression.objects.count()) == (1, 1, 1)


def test_what_the_database_refuses_does_not_keep_the_others_out(
    bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Somebody enters the same external id by hand while the import runs.
    knew_nobody = Known.load(now=NOW)
    Client.objects.create(given_name="Else", external_id="A1")
    monkeypatch.setattr(Known, "load", lambda *, now: knew_nobody)
    result = bring([ROSA, {"client_id": "A2", "given_name": "Ines"}])
    assert list(reasons(result)) == [2]
    assert "contradicts what is there" in reasons(result)[2]
    assert Client.objects.filter(external_id="A2").exists()


def test_the_history_says_that_it_was_the_import(bring: Bring) -> None:
    bring([ROSA])
    [event] = Client.objects.get().events.all()  # type: ignore[attr-defined]
    assert (event.pgh_label, event.pgh_context["verb"]) == ("insert", "import")
