"""The team: invited, changed, let go and let back in, by a practice admin only."""

import uuid
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core import mail
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from accounts.services import deactivate_staff
from clients.models import Case
from sessions_app.models import TherapySession
from tests.accounts.test_mfa import turn_on_app

TYPED = {
    "name": "Mia Novak",
    "email": "mia@lakeside.example",
    "credentials": "LCSW",
    "phone": "",
    "roles": ["clinician"],
    "supervisor": "",
}


@pytest.fixture
def ari(client: Browser, admin_user: User) -> Browser:
    """The practice admin at the browser."""
    client.force_login(admin_user)
    return client


def page_of(name: str, user: User) -> str:
    return reverse(f"dashboard:{name}", args=[user.public_id])


def typed_of(user: User, **changes: object) -> dict[str, object]:
    return {"name": user.name, "email": user.email, "roles": user.roles, "supervisor": "", **changes}


@pytest.mark.parametrize("who", ["amara", "desk", "dana"])
def test_team_is_the_admins_page_only(client: Browser, request: pytest.FixtureRequest, who: str) -> None:
    user = request.getfixturevalue(who)
    client.force_login(user)
    for path in (reverse("dashboard:staff"), reverse("dashboard:invitation"), page_of("colleague", user)):
        assert client.get(path).status_code == 403
    for name in ("password-link", "second-step-reset", "deactivation", "reactivation"):
        assert client.post(page_of(name, user)).status_code == 403


def test_list_shows_roles_second_step_and_supervisor(ari: Browser, amara: User, desk: User) -> None:
    turn_on_app(amara)
    html = ari.get(reverse("dashboard:staff")).content.decode()
    for words in ("Dr. Amara Okafor", "with Dana Reyes", "Front desk", "Second step on", "No second step"):
        assert words in html
    assert "invited, not yet in" in html


def test_list_costs_the_same_however_many_work_here(ari: Browser, amara: User, dana: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ari.get(reverse("dashboard:staff")).status_code == 200
        return len(queries)

    few = cost()
    for number in range(12):
        User.objects.create_user(
            f"new{number}@lakeside.example", name=f"New {number}", roles=["clinician"], supervisor=dana
        )
    assert cost() == few


def test_invitation_makes_the_account_and_mails_the_link(ari: Browser, dana: User) -> None:
    response = ari.post(reverse("dashboard:invitation"), {**TYPED, "supervisor": dana.public_id}, follow=True)
    assert "the link went to mia@lakeside.example" in response.content.decode()
    user = User.objects.get(email="mia@lakeside.example")
    assert (user.roles, user.supervisor, user.has_usable_password()) == (["clinician"], dana, False)
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_refused_invitation_keeps_what_was_typed(ari: Browser, amara: User) -> None:
    response = ari.post(reverse("dashboard:invitation"), {**TYPED, "email": amara.email.upper()})
    assert response.status_code == 422
    html = response.content.decode()
    assert "already on the team" in html
    assert 'value="Mia Novak"' in html
    nobody = ari.post(reverse("dashboard:invitation"), {**TYPED, "roles": []})
    assert nobody.status_code == 422


def test_account_stands_when_the_mail_cannot_go(ari: Browser, settings: Settings) -> None:
    # A server that nobody listens on: the real backend, a real refusal.
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    response = ari.post(reverse("dashboard:invitation"), TYPED, follow=True)
    assert "could not go out" in response.content.decode()
    assert User.objects.filter(email="mia@lakeside.example").exists()


def test_invitation_can_be_sent_again(ari: Browser) -> None:
    ari.post(reverse("dashboard:invitation"), TYPED)
    user = User.objects.get(email="mia@lakeside.example")
    page = ari.post(page_of("password-link", user), follow=True)
    assert "Send the invitation again" in page.content.decode()
    assert [letter.subject for letter in mail.outbox] == ["Lakeside Counseling invites you to Kept"] * 2


def test_colleague_with_a_password_gets_a_reset(ari: Browser, amara: User) -> None:
    ari.post(page_of("password-link", amara))
    assert mail.outbox[0].subject == "Choose a new password"


def test_details_roles_and_supervisor_change(ari: Browser, luis: User, dana: User) -> None:
    typed = typed_of(luis, name="Luis Herrera, LCSW", roles=["clinician", "supervisor"])
    assert ari.post(page_of("colleague", luis), typed).status_code == 302
    luis.refresh_from_db()
    assert (luis.name, luis.roles, luis.supervisor) == (
        "Luis Herrera, LCSW",
        ["clinician", "supervisor"],
        None,
    )


def test_address_of_a_colleague_is_not_given_twice(ari: Browser, luis: User, amara: User) -> None:
    response = ari.post(page_of("colleague", luis), typed_of(luis, email=amara.email))
    assert response.status_code == 422
    assert "already on the team" in response.content.decode()


def test_nobody_supervises_themselves(ari: Browser, dana: User) -> None:
    response = ari.post(page_of("colleague", dana), typed_of(dana, supervisor=dana.public_id))
    assert response.status_code == 422


def test_last_admin_keeps_the_role(ari: Browser, admin_user: User) -> None:
    response = ari.post(page_of("colleague", admin_user), typed_of(admin_user, roles=["clinician"]))
    assert response.status_code == 422
    assert "needs one practice admin" in response.content.decode()


def test_end_of_access_first_says_what_would_be_left_hanging(
    ari: Browser, amara: User, rosa_case: Case, book: Callable[..., TherapySession]
) -> None:
    book(rosa_case, on=date(2036, 11, 17))
    html = ari.get(page_of("deactivation", amara)).content.decode()
    assert "1 session ahead" in html
    assert "1 open case" in html
    assert "Rosa" not in html


def test_end_of_access_and_back(ari: Browser, luis: User) -> None:
    assert "Nothing is left hanging" in ari.get(page_of("deactivation", luis)).content.decode()
    ari.post(page_of("deactivation", luis))
    luis.refresh_from_db()
    assert not luis.is_active
    assert "No longer here" in ari.get(reverse("dashboard:staff")).content.decode()
    ari.post(page_of("password-link", luis))
    assert not mail.outbox
    ari.post(page_of("reactivation", luis))
    luis.refresh_from_db()
    assert luis.is_active


def test_admin_cannot_end_their_own_access(ari: Browser, admin_user: User) -> None:
    response = ari.post(page_of("deactivation", admin_user))
    assert response.status_code == 422
    assert "cannot deactivate yourself" in response.content.decode()


def test_second_step_is_reset_for_a_lost_telephone(ari: Browser, amara: User) -> None:
    turn_on_app(amara)
    assert "Reset the second step" in ari.get(page_of("colleague", amara)).content.decode()
    ari.post(page_of("second-step-reset", amara))
    assert "Reset the second step" not in ari.get(page_of("colleague", amara)).content.decode()


def test_colleague_who_is_not_there_is_not_found(ari: Browser) -> None:
    assert ari.get(reverse("dashboard:colleague", args=[uuid.uuid4()])).status_code == 404


def test_deactivated_admin_opens_nothing(ari: Browser, admin_user: User, amara: User, now: datetime) -> None:
    amara.roles = [Role.PRACTICE_ADMIN]
    amara.save()
    deactivate_staff(user=admin_user, actor=amara, now=now)
    assert ari.get(reverse("dashboard:staff")).headers["Location"].startswith("/accounts/login/")
