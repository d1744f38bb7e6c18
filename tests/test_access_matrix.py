"""Every route, every method, every role: what access_table.py says is what happens."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from accounts.services import create_token, deactivate_staff
from clients.models import Case, Client
from followups.services import open_follow_up
from reminders.models import InboundKind, InboundMessage, Message, Purpose, ReminderRule
from sessions_app.models import Availability, Closure, Location, Room, Service, TherapySession, TimeOff
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
from tests.conftest import NOW, case_of, person

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SEND_TO_SIGN_IN = resolve_url(settings.LOGIN_URL)


class Address(NamedTuple):
    """One pattern of the URLconf."""

    name: str
    pattern: str
    parts: tuple[str, ...]


def addresses(resolver: URLResolver, space: str = "", before: str = "") -> Iterator[Address]:
    for found in resolver.url_patterns:
        pattern = before + str(found.pattern)
        if isinstance(found, URLPattern):
            parts = (*found.pattern.converters, *found.pattern.regex.groupindex)
            yield Address(f"{space}{found.name}", pattern, tuple(dict.fromkeys(parts)))
        else:
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from addresses(found, inner, pattern)


ADDRESSES = list(addresses(get_resolver()))
Things = dict[str, UUID]
People = dict[str, User | None]


def test_every_route_is_classified_once() -> None:
    known = [address.name for address in ADDRESSES]
    listed = [route.name for route in ROUTES]
    assert sorted(set(known) - set(listed)) == [], "Add these routes to tests/access_table.py."
    assert sorted(set(listed) - set(known)) == [], "These routes of tests/access_table.py are gone."
    assert len(listed) == len(set(listed)), "A route is listed twice."
    assert not [name for name in known if name.endswith(":None")], "Every route has a name."


@pytest.fixture
def things(
    rosa: Client,
    rosa_case: Case,
    quinn_case: Case,
    amara: User,
    luis: User,
    place: Location,
    room: Room,
    service: Service,
    book: Callable[..., TherapySession],
) -> Things:
    """What an address can name: things of Amara's caseload, and a few of Luis's own."""
    session, his_session = book(rosa_case), book(quinn_case, room=None)
    token, _ = create_token(user=amara, name="calendar", actor=amara)
    follow_up = open_follow_up(
        client=rosa, case=rosa_case, protocol_code="single_missed", actor=amara, now=NOW
    )
    message = Message.objects.create(
        purpose=Purpose.STAFF,
        subject_id=rosa.public_id,
        recipient=rosa,
        session=session,
        words="See you on Monday.",
        priority=2,
        due_at=NOW,
        not_before=NOW,
        expires_at=NOW + timedelta(hours=2),
    )
    inbound = InboundMessage.objects.create(
        provider_id="SM1",
        from_address="+13125550101",
        body="Running late",
        kind=InboundKind.FREE,
        received_at=NOW,
        client=rosa,
    )
    contact_point = rosa.contact_points.first()
    participant = session.participants.first()
    member = rosa_case.members.first()
    guardianship = rosa.guardianships.create(guardian=person("Gina", "Mendes", 198))
    assert contact_point
    assert participant
    assert member
    Closure.objects.create(location=place, on=date(2036, 12, 25))
    found: dict[str, Any] = {
        **_arranged(amara, place),
        "client": rosa,
        "case": rosa_case,
        "session": session,
        "participant": participant,
        "contact_point": contact_point,
        "member": member,
        "guardianship": guardianship,
        "token": token,
        "follow_up": follow_up,
        "message": message,
        "inbound": inbound,
        "clinician": amara,
        "colleague": luis,
        "location": place,
        "room": room,
        "service": service,
        "his_case": quinn_case,
        "his_session": his_session,
    }
    return {name: thing.public_id for name, thing in found.items()}


def _arranged(amara: User, place: Location) -> dict[str, Any]:
    """What the settings name: hours, time off far ahead, a rule."""
    begins = datetime(2036, 12, 1, tzinfo=UTC)
    time_off = TimeOff.objects.create(clinician=amara, starts_at=begins, ends_at=begins + timedelta(days=1))
    time_off.occupancies.create(resource=f"clinician:{amara.pk}", during=(begins, time_off.ends_at))
    hours = Availability.objects.create(
        clinician=amara, weekday=0, starts=time(8), ends=time(9), timezone=place.timezone
    )
    return {"hours": hours, "time_off": time_off, "rule": ReminderRule.objects.first()}


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


def path_of(route: Route, things: Things) -> str:
    """The address with the thing that it names in it."""
    [address] = [address for address in ADDRESSES if address.name == route.name]
    parts = dict(route.parts)
    missing = [part for part in address.parts if part not in parts]
    if route.of:
        assert len(missing) == 1, f"{route.name}: say in `parts` what {missing} are."
        parts[missing[0]] = things[route.of]
    parts = {name: things.get(of, of) for name, of in parts.items()}
    return reverse(route.name, kwargs=parts)


class Caller:
    """Somebody with a browser, signed in once."""

    def __init__(self, user: User | None) -> None:
        self.cookies = ""
        if user:
            browser = Browser()
            browser.force_login(user)
            self.cookies = browser.cookies[settings.SESSION_COOKIE_NAME].value

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> HttpResponseBase:
        """One request in a savepoint of its own, which is rolled back."""
        browser = Browser(raise_request_exception=False)
        if self.cookies:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.cookies
        sent = "" if body is None else json.dumps(body, default=str)
        with transaction.atomic():
            answer = browser.generic(method, path, sent, _kind_of(path, body))
            transaction.set_rollback(True)
        return answer


def _kind_of(path: str, body: dict[str, Any] | None) -> str:
    if body is not None or path.startswith("/api/"):
        return "application/json"
    return "application/x-www-form-urlencoded"


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
        if not agrees(route, audience[role], seen := verdict(caller.ask(method, path_of(route, things))))
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
