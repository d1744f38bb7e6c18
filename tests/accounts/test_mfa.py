"""The second step: required means required, on every address that Kept answers."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client as Browser
from django.urls import URLResolver, get_resolver, reverse

from accounts.access import signed_in
from accounts.middleware import OPEN_WITHOUT
from accounts.models import Practice, SecondFactor, User
from accounts.services import create_token, reset_second_factor

EXAMPLES: dict[str, Any] = {
    "uuid": uuid.UUID("00000000-0000-4000-8000-000000000001"),
    "int": 1,
    "slug": "marketing",
    "str": "word",
}
SPECIAL = {"key": "a-b", "uidb36": "1", "on": "2026-11-16", "day": "2026-11-16", "date": "2026-11-16"}


def routes(
    resolver: URLResolver, names: tuple[str, ...] = (), above: tuple[Any, ...] = ()
) -> Iterator[tuple[str, str]]:
    """The full name of every pattern of the program, and an address that it answers."""
    for entry in resolver.url_patterns:
        parts = (*above, entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, (*names, entry.namespace) if entry.namespace else names, parts)
        else:
            name = ":".join((*names, str(entry.name)))
            yield name, reverse(name, kwargs={key: word for part in parts for key, word in _words(part)})


def _words(pattern: Any) -> Iterator[tuple[str, Any]]:
    """Invented arguments for one part of an address."""
    if pattern.converters:
        yield from ((key, SPECIAL.get(key) or _example(kind)) for key, kind in pattern.converters.items())
    else:
        yield from ((key, SPECIAL.get(key, "word")) for key in pattern.regex.groupindex)


def _example(converter: Any) -> Any:
    kind = type(converter).__name__.removesuffix("Converter").lower()
    return EXAMPLES.get(kind, "word")


EVERY_ROUTE = sorted(routes(get_resolver()))


@pytest.fixture
def strict(practice: Practice) -> Practice:
    """The practice asks everybody for a second step."""
    practice.mfa_required = True
    practice.save()
    return practice


def turn_on_app(user: User) -> str:
    secret = str(generate_totp_secret())
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_without_a_second_step_no_route_opens(
    client: Browser, strict: Practice, amara: User, method: str
) -> None:
    client.force_login(amara)
    for name, path in EVERY_ROUTE:
        if name in OPEN_WITHOUT:
            continue
        response = getattr(client, method)(path)
        if path.startswith("/api/"):
            assert response.status_code == 403, name
            assert response.json()["type"] == "urn:kept:problem:second-step-required"
        else:
            assert (response.status_code, response.headers.get("Location")) == (302, reverse("mfa_index")), (
                name
            )


def test_without_a_second_step_no_fragment_is_swapped(client: Browser, strict: Practice, amara: User) -> None:
    client.force_login(amara)
    for name, path in EVERY_ROUTE:
        if name in OPEN_WITHOUT or path.startswith("/api/"):
            continue
        response = client.get(path, headers={"HX-Request": "true"})
        assert response.headers.get("HX-Redirect") == reverse("mfa_index"), name
        assert response.content == b"", name


def test_only_setting_it_up_and_leaving_are_open() -> None:
    assert {name for name, _path in EVERY_ROUTE} >= OPEN_WITHOUT
    assert all(name.startswith(("mfa_", "account_")) for name in OPEN_WITHOUT)
    assert not any(word in name for name in OPEN_WITHOUT for word in ("deactivate", "remove", "recovery"))


def test_set_up_page_says_why_one_is_there(client: Browser, strict: Practice, amara: User) -> None:
    client.force_login(amara)
    assert b"asks everybody for a second step" in client.get(reverse("mfa_index")).content


def test_with_a_second_step_everything_opens(client: Browser, strict: Practice, amara: User) -> None:
    turn_on_app(amara)
    client.force_login(amara)
    assert client.get("/api/v1/me/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(strict: Practice, amara: User) -> None:
    Authenticator.objects.create(user=amara, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    found = signed_in(amara.pk)
    assert found
    assert found.lacks_second_factor


def test_where_it_is_not_required_a_password_is_enough(
    client: Browser, practice: Practice, amara: User
) -> None:
    client.force_login(amara)
    assert client.get("/api/v1/me/").status_code == 200


def test_second_step_taken_away_counts_from_the_next_request(
    client: Browser, strict: Practice, amara: User
) -> None:
    turn_on_app(amara)
    client.force_login(amara)
    Authenticator.objects.filter(user=amara).delete()
    assert client.get("/api/v1/me/").status_code == 403


def test_api_key_of_somebody_without_a_second_step_opens_nothing(
    client: Browser, practice: Practice, amara: User
) -> None:
    _token, key = create_token(user=amara, name="Diary", actor=amara)
    bearer = {"Authorization": f"Bearer {key}"}
    assert client.get("/api/v1/me/", headers=bearer).status_code == 200
    practice.mfa_required = True
    practice.save()
    refused = client.get("/api/v1/me/", headers=bearer)
    assert refused.status_code == 403
    assert "second step" in refused.json()["detail"]
    turn_on_app(amara)
    assert client.get("/api/v1/me/", headers=bearer).status_code == 200


def test_right_password_alone_does_not_sign_in_who_has_a_second_step(
    client: Browser, practice: Practice, amara: User
) -> None:
    secret = turn_on_app(amara)
    words = {"login": amara.email, "password": "correct horse battery"}
    response = client.post(reverse("account_login"), words)
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/api/v1/me/").status_code == 401
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert b"That code does not fit" in wrong.content
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get("/api/v1/me/").status_code == 200


def test_resetting_a_second_step_signs_out_and_is_in_the_history(
    client: Browser, practice: Practice, amara: User, admin_user: User
) -> None:
    client.post(reverse("account_login"), {"login": amara.email, "password": "correct horse battery"})
    turn_on_app(amara)
    assert client.get("/api/v1/me/").status_code == 200
    reset_second_factor(user=amara, actor=admin_user)
    assert client.get("/api/v1/me/").status_code == 401
    event = SecondFactor.events.rel.related_model.objects.get(pgh_label="delete", type="totp")
    assert event.user_id == amara.pk
    assert event.pgh_context["verb"] == "reset_second_factor"
    assert event.pgh_context["actor"] == str(admin_user.public_id)
    assert not hasattr(event, "data")
