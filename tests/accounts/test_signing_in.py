"""Signing in: kind where it fails, closed to strangers and to those who have left."""

import re
from datetime import datetime

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from accounts.adapter import send_password_link
from accounts.models import Practice, User
from accounts.roles import Role
from accounts.services import (
    StaffDetails,
    change_staff,
    create_token,
    deactivate_staff,
    invite_staff,
    reactivate_staff,
)

LOGIN = "/accounts/login/"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    """Tries are counted in the cache, also those of the test before."""
    cache.clear()


def link_in(body: str) -> str:
    found = re.search(r"http://127.0.0.1:\d+(/accounts/password/reset/key/\S+)", body)
    assert found, body
    return found[1]


def test_wrong_password_is_answered_kindly_and_keeps_the_address(client: Browser, amara: User) -> None:
    response = client.post(LOGIN, {"login": amara.email, "password": "not that one"})
    html = response.content.decode()
    assert "do not go together" in html
    assert f'value="{amara.email}"' in html
    assert "not that one" not in html


def test_unknown_address_is_answered_like_a_wrong_password(client: Browser, amara: User) -> None:
    known = client.post(LOGIN, {"login": amara.email, "password": "not that one"})
    unknown = client.post(LOGIN, {"login": "nobody@lakeside.example", "password": "not that one"})
    sentence = "do not go together"
    assert sentence in known.content.decode()
    assert sentence in unknown.content.decode()


def test_many_wrong_passwords_lock_the_door_for_a_while(client: Browser, amara: User) -> None:
    for _ in range(6):
        client.post(LOGIN, {"login": amara.email, "password": "not that one"})
    right = client.post(LOGIN, {"login": amara.email, "password": PASSWORD})
    assert "Wait five minutes" in right.content.decode()


def test_right_password_signs_in(client: Browser, amara: User) -> None:
    response = client.post(LOGIN, {"login": amara.email.upper(), "password": PASSWORD})
    assert response.status_code == 302
    assert client.get("/api/v1/me/").status_code == 200


def test_nobody_can_enrol_themselves(client: Browser, practice: Practice) -> None:
    words = {"email": "stranger@lakeside.example", "password1": PASSWORD}
    response = client.post("/accounts/signup/", words)
    assert "Accounts come by invitation" in response.content.decode()
    assert not User.objects.filter(email=words["email"]).exists()


@pytest.mark.parametrize("address", ["/accounts/confirm-email/", "/accounts/confirm-email/x/"])
def test_nobody_has_an_address_to_confirm(client: Browser, practice: Practice, address: str) -> None:
    """No link of the kind is sent; whoever types the address reads so in our words."""
    assert "There is nothing to confirm" in client.get(address).content.decode()


def test_nobody_can_give_themselves_another_address(client: Browser, amara: User) -> None:
    client.force_login(amara)
    client.post("/accounts/email/", {"email": "new@lakeside.example", "action_add": ""})
    client.logout()
    response = client.post(LOGIN, {"login": "new@lakeside.example", "password": PASSWORD})
    assert response.status_code == 200
    amara.refresh_from_db()
    assert amara.email == "okafor@lakeside.example"


def test_deactivated_person_is_out_at_once(
    client: Browser, amara: User, admin_user: User, now: datetime
) -> None:
    _token, key = create_token(user=amara, name="Diary", actor=amara)
    client.post(LOGIN, {"login": amara.email, "password": PASSWORD})
    assert client.get("/api/v1/me/").status_code == 200
    deactivate_staff(user=amara, actor=admin_user, now=now)
    assert client.get("/api/v1/me/").status_code == 401
    bearer = {"Authorization": f"Bearer {key}"}
    assert Browser().get("/api/v1/me/", headers=bearer).status_code == 401
    response = client.post(LOGIN, {"login": amara.email, "password": PASSWORD}, follow=True)
    assert "_auth_user_id" not in client.session
    assert "This account is closed" in response.content.decode()


def test_reactivated_person_signs_in_anew(
    client: Browser, amara: User, admin_user: User, now: datetime
) -> None:
    client.post(LOGIN, {"login": amara.email, "password": PASSWORD})
    assert client.get("/api/v1/me/").status_code == 200
    deactivate_staff(user=amara, actor=admin_user, now=now)
    reactivate_staff(user=amara, actor=admin_user)
    assert client.get("/api/v1/me/").status_code == 401
    client.post(LOGIN, {"login": amara.email, "password": PASSWORD})
    assert client.get("/api/v1/me/").status_code == 200


def test_invited_person_chooses_a_password_by_the_link(
    client: Browser, practice: Practice, admin_user: User, now: datetime
) -> None:
    details = StaffDetails(email="Mia@lakeside.example", name="Mia Novak", roles=[Role.FRONT_DESK])
    user = invite_staff(details=details, actor=admin_user, now=now)
    send_password_link(user)
    letter = mail.outbox[-1]
    assert letter.to == ["mia@lakeside.example"]
    assert letter.subject == "Lakeside Counseling invites you to Kept"
    form = client.get(link_in(str(letter.body)), follow=True)
    words = {"password1": "a long new password", "password2": "a long new password"}
    done = client.post(form.request["PATH_INFO"], words, follow=True)
    assert "That is your password now" in done.content.decode()
    again = Browser().get(link_in(str(letter.body)), follow=True)
    assert "This link no longer works" in again.content.decode()
    client.post(LOGIN, {"login": "mia@lakeside.example", "password": "a long new password"})
    assert client.get("/api/v1/me/").json()["name"] == "Mia Novak"


def test_forgotten_password_gets_a_link_and_a_stranger_none(client: Browser, amara: User) -> None:
    for email in (amara.email, "nobody@lakeside.example"):
        response = client.post("/accounts/password/reset/", {"email": email}, follow=True)
        assert "If that address belongs to somebody here" in response.content.decode()
    assert [letter.to for letter in mail.outbox] == [[amara.email]]
    assert mail.outbox[0].subject == "Choose a new password"


def test_link_in_a_mail_never_follows_a_forged_host(client: Browser, amara: User, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/accounts/password/reset/", {"email": amara.email}, headers={"Host": "evil.example"})
    assert "evil.example" not in mail.outbox[0].body


def test_old_address_opens_nothing_once_it_was_changed(
    client: Browser, amara: User, admin_user: User
) -> None:
    old = amara.email
    client.post(LOGIN, {"login": old, "password": PASSWORD})
    send_password_link(amara)
    details = StaffDetails(email="amara@lakeside.example", name=amara.name, roles=amara.roles)
    change_staff(user=amara, details=details, actor=admin_user)
    stranger = Browser()
    stranger.post(LOGIN, {"login": old, "password": PASSWORD})
    assert stranger.get("/api/v1/me/").status_code == 401
    late = stranger.get(link_in(str(mail.outbox[-1].body)), follow=True)
    assert "This link no longer works" in late.content.decode()


def test_fragment_asked_for_by_nobody_sends_the_page_to_the_sign_in(client: Browser, amara: User) -> None:
    page = {"HX-Request": "true", "HX-Current-URL": "http://testserver/staff/?q=a"}
    response = client.get(reverse("dashboard:staff"), headers=page)
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fstaff%2F"


def test_first_practice_and_admin_come_from_a_command(
    client: Browser, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = {
        "name": "Lakeside Counseling",
        "display_name": "Lakeside",
        "phone": "+13125550100",
        "timezone": "America/Chicago",
        "admin_name": "Ari Admin",
        "admin_email": "ari@lakeside.example",
    }
    call_command("set_up_practice", **answers)
    form = client.get(link_in(capsys.readouterr().out), follow=True)
    words = {"password1": "a long new password", "password2": "a long new password"}
    client.post(form.request["PATH_INFO"], words)
    client.post(LOGIN, {"login": "ari@lakeside.example", "password": "a long new password"})
    assert client.get("/api/v1/me/").json()["roles"] == ["practice_admin"]
    with pytest.raises(CommandError, match="already"):
        call_command("set_up_practice", **answers)


def test_set_up_refuses_a_name_that_tells_why_somebody_comes(db: None) -> None:
    answers = {
        "name": "Lakeside Counseling",
        "display_name": "Lakeside Counseling",
        "phone": "+13125550100",
        "timezone": "America/Chicago",
        "admin_name": "Ari Admin",
        "admin_email": "ari@lakeside.example",
    }
    with pytest.raises(CommandError, match="Choose a neutral name"):
        call_command("set_up_practice", **answers)
    assert not User.objects.exists()


def test_set_up_refuses_what_would_not_work(db: None) -> None:
    answers = {
        "name": "Lakeside Counseling",
        "display_name": "Lakeside",
        "phone": "12",
        "timezone": "Chicago",
        "admin_name": "Ari Admin",
        "admin_email": "ari@lakeside.example",
    }
    with pytest.raises(CommandError, match="is not a time zone"):
        call_command("set_up_practice", **answers)
    assert not User.objects.exists()
