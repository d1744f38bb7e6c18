"""Every route, every method, every role: what access_table.py says is what happens."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.test import Client as Browser

from accounts.models import User
from accounts.services import deactivate_staff
from clients.models import Case
from tests.access_table import (
    ALLOWED,
    FOREIGN_IN_BODY,
    FOREIGN_IN_QUERY,
    HIDDEN,
    ITS_OWN,
    REFUSED,
    ROLES,
    ROUTES,
    SIGN_IN,
    ForeignId,
    Route,
)
from tests.addresses import ADDRESSES, Things, named_things, path_of, things
from tests.conftest import case_of, person

__all__ = ["named_things", "things"]  # the fixtures
pytestmark = pytest.mark.slow
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SEND_TO_SIGN_IN = resolve_url(settings.LOGIN_URL)


People = dict[str, User | None]


def test_every_route_is_classified_once() -> None:
    known = [address.name for address in ADDRESSES]
    listed = [route.name for route in ROUTES]
    assert sorted(set(known) - set(listed)) == [], "Add these routes to tests/access_table.py."
    assert sorted(set(listed) - set(known)) == [], "These routes of tests/access_table.py are gone."
    assert len(listed) == len(set(listed)), "A route is listed twice."
    assert not [name for name in known if name.endswith(":None")], "Every route has a name."


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person asks for every method of every route within a minute: nobody else would be let through."""
    rates = dict.fromkeys(settings.KEPT_API_RATES, 1_000_000)
    monkeypatch.setattr(settings, "KEPT_API_RATES", rates)


@pytest.fixture
def people(amara: User, luis: User, desk: User, dana: User, admin_user: User) -> People:
    """Who stands for which role; the deactivated one was a clinician with Rosa's case."""
    gone = User.objects.create_user("gone@lakeside.example", None, name="Gil Gone", roles=["clinician"])
    case_of(gone, Case.Kind.INDIVIDUAL, person("Gus", "Gone", 199))
    deactivate_staff(user=gone, actor=admin_user, now=datetime(2026, 11, 1, tzinfo=UTC))
    return {
        "own": amara,
        "foreign": luis,
        "desk": desk,
        "supervisor": dana,
        "admin": admin_user,
        "deactivated": gone,
        "nobody": None,
    }


class Caller:
    """Somebody with a browser, signed in once."""

    def __init__(self, user: User | None) -> None:
        self.cookies = ""
        if user:
            browser = Browser()
            browser.force_login(user)
            self.cookies = browser.cookies[settings.SESSION_COOKIE_NAME].value

    def ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        form: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        """One request in a savepoint of its own, which is rolled back."""
        browser = Browser(raise_request_exception=False)
        if self.cookies:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.cookies
        sent = urlencode(form or {}) if body is None else json.dumps(body, default=str)
        with transaction.atomic():
            answer = browser.generic(method, path, sent, _kind_of(path, body))
            transaction.set_rollback(True)
        return answer


def _kind_of(path: str, body: dict[str, Any] | None) -> str:
    if body is not None or path.startswith("/api/"):
        return "application/json"
    return "application/x-www-form-urlencoded"


def form_of(route: Route, things: Things) -> dict[str, Any]:
    return {name: things[of] for name, of in route.form.items()}


def verdict(answer: HttpResponseBase) -> str:
    """What an answer amounts to."""
    leads_to_sign_in = answer.status_code == 302 and answer["Location"].startswith(SEND_TO_SIGN_IN)
    if answer.status_code == 401 or leads_to_sign_in:
        return SIGN_IN
    if answer.status_code in (403, 404, 405):
        return {403: REFUSED, 404: HIDDEN, 405: "405"}[answer.status_code]
    if answer.status_code == 503:
        return "not ready"  # said on purpose
    return ALLOWED if answer.status_code < 500 else f"fault {answer.status_code}"


def agrees(route: Route, expected: str, seen: str) -> bool:
    if not route.is_ours and seen == "405":
        return True
    if expected == ITS_OWN:
        return not seen.startswith("fault")
    return seen == expected


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_what_the_table_says(role: str, people: People, things: Things) -> None:
    caller = Caller(people[role])
    wrong = [
        f"{method} {route.name}: {seen}, not {audience[role]}"
        for route in ROUTES
        for method, audience in route.audiences.items()
        if not agrees(
            route,
            audience[role],
            seen := verdict(caller.ask(method, path_of(route, things), form=form_of(route, things))),
        )
    ]
    assert not wrong, "\n".join(["", *wrong])


def test_a_method_that_the_table_does_not_name_is_not_offered(people: People, things: Things) -> None:
    """Asked by somebody who may use the address otherwise."""
    callers = {role: Caller(user) for role, user in people.items()}
    wrong = [
        f"{method} {route.name}: {seen}"
        for route in ROUTES
        if route.is_ours
        for method in METHODS
        if method not in route.audiences
        if (seen := verdict(callers[_welcome(route)].ask(method, path_of(route, things)))) != "405"
    ]
    assert not wrong, "\n".join(["", *wrong])


def _welcome(route: Route) -> str:
    """Somebody who may do everything that the address offers."""
    audiences = route.audiences.values()
    return next(role for role in ROLES if all(a[role] in (ALLOWED, ITS_OWN) for a in audiences))


@pytest.mark.parametrize("foreign", FOREIGN_IN_BODY, ids=lambda f: f"{f.route} {f.key}")
def test_a_foreign_id_in_the_body_gets_nowhere(foreign: ForeignId, people: People, things: Things) -> None:
    route = Route(foreign.route, of=foreign.on)
    sent = {foreign.key: things[foreign.of], **foreign.body}
    if foreign.key.endswith("s"):
        sent[foreign.key] = [things[foreign.of]]
    answer = Caller(people["foreign"]).ask(foreign.method, path_of(route, things), sent)
    assert answer.status_code in (404, 422), answer
    if answer.status_code == 422 and foreign.route.startswith("api:"):
        assert foreign.key in answer.json()["errors"]  # type: ignore[attr-defined]  # of the test client


@pytest.mark.parametrize("foreign", FOREIGN_IN_QUERY, ids=lambda f: f"{f.route} {f.key}")
def test_a_foreign_id_in_the_query_shows_nothing(foreign: ForeignId, people: People, things: Things) -> None:
    path = path_of(Route(foreign.route), things)
    query = f"{path}?{foreign.key}={things[foreign.of]}"
    shown = Caller(people["foreign"]).ask("GET", query)
    assert shown.status_code in (200, 404, 422)
    body = shown.content.decode()  # type: ignore[attr-defined]  # no list is streamed
    assert "Rosa" not in body
    assert not [name for name in ("client", "case", "session", "participant") if str(things[name]) in body]
    # The same question from her own clinician is not empty: the test can fail.
    hers = Caller(people["own"]).ask("GET", query).content.decode()  # type: ignore[attr-defined]  # likewise
    assert "Rosa" in hers or foreign.route == "api:board"
