"""One of a couple asks for the record: it goes to the clinician, never to a copy by itself (row 1.7)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.models import Case, Client, RecordRequest
from clients.record_requests import ask_for_record, decide_on_record
from tests.conftest import NOW, TODAY

SignIn = Callable[[User], Browser]


@pytest.fixture
def asked(field_case: Case, jonah: Client, desk: User) -> RecordRequest:
    return ask_for_record(case=field_case, client=jonah, actor=desk, now=NOW)


def page_of(asked: RecordRequest) -> str:
    return reverse("dashboard:record-request", args=[asked.public_id])


def test_what_the_desk_hears_stands_on_the_clinicians_today_until_it_is_decided(
    browser_of: SignIn, desk: User, amara: User, luis: User, jonah: Client, field_case: Case
) -> None:
    new = reverse("dashboard:record-request-new", args=[field_case.public_id])
    case = reverse("dashboard:case", args=[field_case.public_id])
    assert new in browser_of(desk).get(case).content.decode()
    assert browser_of(desk).post(new, {"client": jonah.public_id}).status_code == 302
    asked = RecordRequest.objects.get()
    today = reverse("dashboard:today")
    assert page_of(asked) in browser_of(amara).get(today).content.decode()
    assert page_of(asked) not in browser_of(luis).get(today).content.decode()
    decided = browser_of(amara).post(page_of(asked), {"decision": "released", "words": "Dates, by hand"})
    assert decided.status_code == 302
    assert page_of(asked) not in browser_of(amara).get(today).content.decode()
    assert "Dates, by hand" in browser_of(amara).get(case).content.decode()
    shown = browser_of(desk).get(case).content.decode()
    assert "Given out, after a review" in shown
    assert "Dates, by hand" not in shown


def test_only_the_cases_clinicians_decide(
    browser_of: SignIn, asked: RecordRequest, desk: User, dana: User, luis: User
) -> None:
    for user, status in ((desk, 403), (dana, 403), (luis, 404)):
        refused = browser_of(user).post(page_of(asked), {"decision": "released", "words": "All of it"})
        assert refused.status_code == status
    with pytest.raises(PermissionDenied):
        decide_on_record(asked=asked, decision="released", words="All of it", actor=dana, now=NOW)
    asked.refresh_from_db()
    assert asked.decision == ""


def test_a_decision_says_what_went_or_why_not_and_stands(
    browser_of: SignIn, asked: RecordRequest, amara: User
) -> None:
    refused = browser_of(amara).post(page_of(asked), {"decision": "kept_back", "words": " "})
    assert refused.status_code == 422
    decide_on_record(asked=asked, decision="kept_back", words="Both would have to sign", actor=amara, now=NOW)
    later = NOW + timedelta(days=1)
    decide_on_record(asked=asked, decision="released", words="All of it", actor=amara, now=later)
    asked.refresh_from_db()
    assert (asked.decision, asked.words) == ("kept_back", "Both would have to sign")
    assert (asked.decided_by, asked.decided_at) == (amara, NOW)


def test_asking_twice_is_once_until_it_is_decided(
    asked: RecordRequest, field_case: Case, jonah: Client, desk: User, amara: User
) -> None:
    again = ask_for_record(case=field_case, client=jonah, actor=desk, now=NOW + timedelta(days=1))
    assert again == asked
    decide_on_record(asked=asked, decision="kept_back", words="Not yet", actor=amara, now=NOW)
    assert ask_for_record(case=field_case, client=jonah, actor=desk, now=NOW) != asked


def test_who_left_the_case_may_ask_and_a_stranger_may_not(
    field_case: Case, jonah: Client, rosa: Client, rosa_case: Case, desk: User
) -> None:
    field_case.members.filter(client=jonah).update(left_on=TODAY)
    assert ask_for_record(case=field_case, client=jonah, actor=desk, now=NOW).client == jonah
    with pytest.raises(ValidationError, match="in this case"):
        ask_for_record(case=field_case, client=rosa, actor=desk, now=NOW)
