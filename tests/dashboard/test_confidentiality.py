"""What a couple signed about confidentiality: who writes it, who reads it, and that nothing of it is lost."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.models import USUAL_LIMITS, Case, ConfidentialityPolicy
from tests.conftest import NOW

SignIn = Callable[[User], Browser]
SIGNED = {
    "wording": "What one of us says alone stays with Dr. Okafor.",
    **USUAL_LIMITS,
    "signed_on": "2026-02-03",
}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def url_of(case: Case) -> str:
    return reverse("dashboard:confidentiality", args=[case.public_id])


def test_signed_policy_is_held_with_its_limits_and_who_entered_it(
    browser_of: SignIn, amara: User, field_case: Case
) -> None:
    browser = browser_of(amara)
    first = browser.get(url_of(field_case)).content.decode()
    assert USUAL_LIMITS["court_order"] in first
    assert browser.post(url_of(field_case), SIGNED).status_code == 302
    policy = ConfidentialityPolicy.objects.get()
    assert (policy.case, policy.entered_by, policy.entered_at) == (field_case, amara, NOW)
    page = browser.get(reverse("dashboard:case", args=[field_case.public_id])).content.decode()
    assert SIGNED["wording"] in page
    assert "Signed on 3 February 2026, entered by Dr. Amara Okafor" in page
    shown = browser.get(reverse("api:case", args=[field_case.public_id])).json()["clinical"]
    assert shown["confidentiality"]["abuse"] == USUAL_LIMITS["abuse"]


def test_every_earlier_wording_is_kept(browser_of: SignIn, amara: User, field_case: Case) -> None:
    browser = browser_of(amara)
    browser.post(url_of(field_case), SIGNED)
    browser.post(url_of(field_case), SIGNED | {"wording": "We keep no secrets.", "signed_on": "2026-11-16"})
    page = browser.get(url_of(field_case)).content.decode()
    newest, _, earlier = page.partition("Every wording, newest first")[2].partition("Signed on 16 November")
    assert "We keep no secrets." in newest
    assert SIGNED["wording"] in earlier
    assert "Dr. Amara Okafor" in earlier


def test_an_unsigned_or_future_policy_is_refused_and_keeps_what_was_typed(
    browser_of: SignIn, amara: User, field_case: Case
) -> None:
    browser = browser_of(amara)
    ahead = browser.post(url_of(field_case), SIGNED | {"signed_on": "2026-11-17"})
    assert ahead.status_code == 422
    assert SIGNED["wording"] in ahead.content.decode()
    assert browser.post(url_of(field_case), SIGNED | {"danger": ""}).status_code == 422
    assert not ConfidentialityPolicy.objects.exists()


def test_one_person_alone_has_nobody_to_keep_things_from(
    browser_of: SignIn, amara: User, rosa_case: Case
) -> None:
    assert browser_of(amara).post(url_of(rosa_case), SIGNED).status_code == 422


def test_supervisor_reads_the_policy_and_the_desk_knows_of_none(
    browser_of: SignIn, amara: User, dana: User, desk: User, field_case: Case
) -> None:
    browser_of(amara).post(url_of(field_case), SIGNED)
    assert SIGNED["wording"] in browser_of(dana).get(url_of(field_case)).content.decode()
    assert browser_of(dana).post(url_of(field_case), SIGNED).status_code == 403
    case_page = reverse("dashboard:case", args=[field_case.public_id])
    assert "What stays private" not in browser_of(desk).get(case_page).content.decode()
    assert browser_of(desk).get(url_of(field_case)).status_code == 403
    assert browser_of(desk).get(reverse("api:case", args=[field_case.public_id])).json()["clinical"] is None
