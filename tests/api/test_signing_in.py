"""Who may call the API: keys, sessions, and how fast."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import create_token, deactivate_staff, revoke_token
from tests.api.conftest import Caller
from tests.conftest import NOW

ME = "/api/v1/me/"


def test_a_key_is_its_persons(as_user: Caller, amara: User) -> None:
    shown = as_user(amara).get(ME).json()
    assert shown["id"] == str(amara.public_id)
    assert shown["roles"] == ["clinician"]
    assert "see_clinical_words" in shown["may"]


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer nonsense", "Basic abc", "Bearer \x00"])
def test_without_a_good_key_the_answer_says_how_to_sign_in(header: str, practice: object) -> None:
    answer = APIClient().get(ME, HTTP_AUTHORIZATION=header)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Kept"'
    assert answer["Content-Type"] == "application/problem+json"


def test_a_revoked_key_opens_nothing(amara: User) -> None:
    token, key = create_token(user=amara, name="old", actor=amara)
    revoke_token(token=token, actor=amara, now=NOW)
    assert APIClient().get(ME, HTTP_AUTHORIZATION=f"Bearer {key}").status_code == 401


def test_the_key_of_somebody_who_left_opens_nothing(as_user: Caller, amara: User, admin_user: User) -> None:
    caller = as_user(amara)
    deactivate_staff(user=amara, actor=admin_user, now=NOW)
    assert caller.get(ME).status_code == 401


def test_one_can_revoke_the_key_in_use_and_only_ones_own(as_user: Caller, amara: User, luis: User) -> None:
    token, _ = create_token(user=amara, name="calendar", actor=amara)
    address = f"/api/v1/tokens/{token.public_id}/"
    assert as_user(luis).delete(address).status_code == 404
    assert as_user(amara).delete(address).status_code == 204
    token.refresh_from_db()
    assert token.revoked_at == NOW


def test_a_keys_last_use_is_remembered_by_the_day(amara: User, clock: time_machine.Traveller) -> None:
    token, key = create_token(user=amara, name="calendar", actor=amara)
    caller = APIClient(HTTP_AUTHORIZATION=f"Bearer {key}")
    caller.get(ME)
    token.refresh_from_db()
    assert token.last_used_on == NOW.date()
    clock.move_to(NOW + timedelta(days=1))
    caller.get(ME)
    token.refresh_from_db()
    assert token.last_used_on == datetime(2026, 11, 17, tzinfo=UTC).date()


def test_a_page_signed_in_by_cookie_needs_its_csrf_token(desk: User) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(desk)
    assert browser.get(ME).status_code == 200
    refused = browser.post("/api/v1/clients/search/", {"words": "x"}, content_type="application/json")
    assert refused.status_code == 403


def test_too_many_requests_are_slowed_down(
    as_user: Caller, amara: User, luis: User, settings: pytest.FixtureRequest
) -> None:
    settings.KEPT_API_RATES = {"read": 3, "write": 3, "search": 3}  # type: ignore[attr-defined]  # Django's
    caller = as_user(amara)
    answers = [caller.get(ME).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert 0 < int(caller.get(ME)["Retry-After"]) <= 60
    assert as_user(luis).get(ME).status_code == 200


def test_a_key_made_at_the_command_line_signs_its_person_in(amara: User) -> None:
    printed = StringIO()
    call_command("create_api_token", amara.email, "Calendar bridge", stdout=printed)
    shown = APIClient().get(ME, HTTP_AUTHORIZATION=f"Bearer {printed.getvalue().strip()}")
    assert shown.json()["email"] == amara.email


def test_nobody_gets_no_key(practice: object) -> None:
    with pytest.raises(CommandError, match="Nobody active"):
        call_command("create_api_token", "nobody@lakeside.example", "x")
