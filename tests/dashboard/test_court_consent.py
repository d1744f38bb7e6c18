"""Nothing goes to a court without a signed consent on file or a sufficient order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.access import get_mandate
from clients.disclosing import BasisDetails, end_basis, may_disclose, record_basis
from clients.mandates import MandateDetails, record_mandate
from clients.models import Case, Client, DisclosureBasis, DisclosurePart, Mandate
from tests.conftest import NOW, TODAY

SignIn = Callable[[User], Browser]
CONSENT = BasisDetails(
    kind="consent",
    discloser="Lakeside Counseling",
    recipient="Pat Lowell, probation",
    purpose="Monthly attendance reports",
    signed_on=TODAY - timedelta(days=30),
    expires_on=TODAY + timedelta(days=30),
)
ORDER = replace(CONSENT, kind="order", expires_on=None, reference="26-MR-4")


@pytest.fixture
def mandate(rosa_case: Case, rosa: Client, amara: User) -> Mandate:
    details = MandateDetails(order_reference="26-CF-7")
    return record_mandate(case=rosa_case, client=rosa, details=details, actor=amara)


@pytest.fixture
def on_file(mandate: Mandate, amara: User) -> Callable[..., DisclosureBasis]:
    def put(details: BasisDetails = CONSENT) -> DisclosureBasis:
        return record_basis(mandate=mandate, details=details, actor=amara, now=NOW)

    return put


def why_not(mandate: Mandate, *parts: str, on: date = TODAY) -> str:
    fresh = Mandate.objects.select_related("case", "client").get(pk=mandate.pk)
    return may_disclose(fresh, on=on, parts=parts or (DisclosurePart.ATTENDANCE,)).why_not


def test_without_a_paper_nothing_goes(mandate: Mandate) -> None:
    assert why_not(mandate).startswith("There is no signed consent on file and no sufficient court order.")


def test_signed_consent_permits_what_it_covers_and_no_more(
    mandate: Mandate, on_file: Callable[..., DisclosureBasis]
) -> None:
    on_file()
    assert why_not(mandate) == ""
    assert why_not(mandate, "attendance", "plan") == "The consent does not cover: the plan."
    on_file(replace(CONSENT, covers=("plan",)))
    assert why_not(mandate, "attendance", "plan") == ""


def test_consent_ends_on_its_day(mandate: Mandate, on_file: Callable[..., DisclosureBasis]) -> None:
    on_file()
    assert why_not(mandate, on=TODAY + timedelta(days=30)) == ""
    assert "expired on 16 December 2026" in why_not(mandate, on=TODAY + timedelta(days=31))


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("revoked", "Rosa revoked the consent on 16 November 2026."),
        ("event", "The consent ended on 16 November 2026: the event it named has come."),
    ],
)
def test_revocation_and_event_take_effect_at_once(
    how: str, sentence: str, mandate: Mandate, amara: User, on_file: Callable[..., DisclosureBasis]
) -> None:
    basis = on_file(replace(CONSENT, expires_on=None, expires_when="End of probation"))
    assert why_not(mandate) == ""
    end_basis(basis=basis, how=how, on=TODAY, actor=amara)
    assert sentence in why_not(mandate)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"discloser": " "}, "discloser"),
        ({"recipient": ""}, "recipient"),
        ({"purpose": ""}, "purpose"),
        ({"expires_on": None}, "expires_on"),
        ({"signed_on": TODAY + timedelta(days=1)}, "signed_on"),
    ],
)
def test_consent_that_lacks_an_element_is_not_put_on_file(
    changed: dict[str, object], field: str, mandate: Mandate, amara: User
) -> None:
    lacking = replace(CONSENT, **changed)  # type: ignore[arg-type]  # one field of its own type
    with pytest.raises(ValidationError) as refused:
        record_basis(mandate=mandate, details=lacking, actor=amara, now=NOW)
    assert set(refused.value.message_dict) == {field}
    assert not DisclosureBasis.objects.exists()


def test_addiction_counselling_asks_for_the_elements_of_part_2(
    mandate: Mandate, rosa_case: Case, on_file: Callable[..., DisclosureBasis]
) -> None:
    on_file()
    Case.objects.filter(pk=rosa_case.pk).update(is_addiction=True)
    mandate.case.refresh_from_db()
    assert "(42 CFR 2.31)" in why_not(mandate)  # also of one that was on file before the flag
    with pytest.raises(ValidationError) as refused:
        on_file()
    statements = {"says_how_to_revoke", "says_redisclosure", "names_substance_use"}
    assert set(refused.value.message_dict) == statements
    on_file(replace(CONSENT, **dict.fromkeys(statements, True)))  # type: ignore[arg-type]  # three flags
    assert why_not(mandate) == ""


def test_order_serves_where_it_is_sufficient(
    mandate: Mandate, rosa_case: Case, on_file: Callable[..., DisclosureBasis]
) -> None:
    on_file(ORDER)
    assert why_not(mandate) == ""
    Case.objects.filter(pk=rosa_case.pk).update(is_addiction=True)
    mandate.case.refresh_from_db()
    assert why_not(mandate) == "The order is not one under 42 CFR 2.61 to 2.67."
    with pytest.raises(ValidationError, match="under 42 CFR"):
        on_file(ORDER)
    on_file(replace(ORDER, is_under_part_2=True))
    assert why_not(mandate) == ""


def test_nobody_else_puts_a_consent_on_file_or_ends_it(
    mandate: Mandate, desk: User, luis: User, on_file: Callable[..., DisclosureBasis]
) -> None:
    basis = on_file()
    for actor in (desk, luis):
        with pytest.raises(PermissionDenied):
            record_basis(mandate=mandate, details=CONSENT, actor=actor, now=NOW)
        with pytest.raises(PermissionDenied):
            end_basis(basis=basis, how="revoked", on=TODAY, actor=actor)
    assert DisclosureBasis.objects.get().ended_on is None


def test_clinician_puts_a_consent_on_file_and_notes_its_revocation(
    mandate: Mandate, amara: User, browser_of: SignIn
) -> None:
    browser, page = browser_of(amara), reverse("dashboard:mandate", args=[mandate.public_id])
    assert "There is no signed consent on file" in browser.get(page).content.decode()
    url = reverse("dashboard:disclosure-consent-new", args=[mandate.public_id])
    assert 'value="Lakeside Counseling"' in browser.get(url).content.decode()
    typed = {
        "discloser": "Lakeside Counseling", "recipient": "Pat Lowell", "purpose": "Reports",
        "covers": ["attendance", "plan"], "signed_on": "2026-01-05",
    }  # fmt: skip
    refused = browser.post(url, typed)
    assert refused.status_code == 422
    assert "names the day or the event on which it ends" in refused.content.decode()
    browser.post(url, typed | {"expires_when": "End of probation"})
    assert "Attendance may be reported to Pat Lowell." in browser.get(page).content.decode()
    basis = get_mandate(amara, mandate.public_id).bases.get()
    assert basis.covers == ["attendance", "plan"]
    browser.post(reverse("dashboard:disclosure-basis-ending", args=[basis.public_id]), {"how": "revoked"})
    assert "Rosa revoked the consent on" in browser.get(page).content.decode()


def test_addiction_case_asks_on_the_page_too(
    mandate: Mandate, rosa_case: Case, amara: User, browser_of: SignIn
) -> None:
    Case.objects.filter(pk=rosa_case.pk).update(is_addiction=True)
    browser = browser_of(amara)
    consent = browser.get(reverse("dashboard:disclosure-consent-new", args=[mandate.public_id]))
    assert "It says that it can be revoked, and how" in consent.content.decode()
    order = browser.get(reverse("dashboard:disclosure-order-new", args=[mandate.public_id]))
    assert "It was made under 42 CFR 2.61 to 2.67" in order.content.decode()


def test_history_keeps_when_a_consent_was_revoked(
    mandate: Mandate, amara: User, on_file: Callable[..., DisclosureBasis]
) -> None:
    basis = on_file()
    end_basis(basis=basis, how="revoked", on=TODAY, actor=amara)
    end_basis(basis=basis, how="set_aside", on=TODAY + timedelta(days=9), actor=amara)
    kept = basis.events.order_by("pgh_id")  # type: ignore[attr-defined]  # of the history
    assert [one.ended_how for one in kept] == ["", "revoked"]
