"""Every address costs as many statements for much as for a little: no page asks once for each of its lines."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.db.models import Model
from django.http import StreamingHttpResponse
from django.test.utils import CaptureQueriesContext

from accounts.models import ApiToken, User
from clients.models import Case, ContactPoint, ReportingDate, Strategy
from followups.models import MissPattern
from followups.repeated import ask_supervisor
from followups.services import open_follow_up
from reminders.models import InboundMessage, Message
from sessions_app.models import Location, Room, Service, TherapySession
from sessions_app.services import Wish, add_to_waitlist
from tests.access_table import ALLOWED, ROLES, ROUTES, Route
from tests.addresses import Things, named_things, path_of, things
from tests.conftest import NOW, TODAY, case_of, person
from tests.test_access_matrix import Caller, People, people, unhurried

__all__ = ["named_things", "people", "things", "unhurried"]  # fixtures
pytestmark = pytest.mark.slow
# Some and many: of two, every part of a page is there already.
SOME, MANY = 2, 6
# What may be there twice as it stands.
LIKE_THE_FIRST = (
    "hours", "time_off", "mandate", "disclosure_basis", "court_report", "resource", "referral", "agreed", "trial", "import", "concern",
    "fallback_use", "stress_period",
)  # fmt: skip
# And what only with another word in it.
OTHERWISE: Mapping[type[Model], Callable[[int], dict[str, object]]] = {
    ApiToken: lambda n: {"digest": f"{n:064}"},
    ContactPoint: lambda n: {"address": f"+1312556{n:04d}"},
    InboundMessage: lambda n: {"provider_id": f"SM10{n}"},
    Location: lambda n: {"name": f"Place {n}"},
    Message: lambda n: {"subject_version": 1 + n},
    MissPattern: lambda n: {"times": 10 + n},
    ReportingDate: lambda n: {"due_on": date(2036, 12, 1) + timedelta(days=n)},
    Room: lambda n: {"name": f"Another room {n}"},
    Service: lambda n: {"name": f"Service {n}"},
    Strategy: lambda n: {"code": f"own_{n}", "label": f"Strategy {n}"},
    User: lambda n: {"email": f"colleague{n}@lakeside.example", "name": f"Colleague {n}"},
}


@pytest.fixture(autouse=True)
def _within_one_minute() -> Iterator[None]:
    """Pages that stand open look anew when a minute ends; none ends between two asks of one address."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


def test_an_address_costs_the_same_for_some_as_for_many(
    people: People,
    things: Things,
    named_things: Mapping[str, Any],
    amara: User,
    book: Callable[..., TherapySession],
) -> None:
    asked = [(_whose(route), route) for route in ROUTES if route.is_ours and _is_read(route)]
    callers = {role: Caller(people[role]) for role in {role for role, _route in asked}}
    before: dict[str, list[str]] = {}
    for n in range(1, MANY + 1):
        _add(n, named_things, amara, book)
        if n == SOME:
            before = {route.name: _statements(callers[role], route, things) for role, route in asked}
    assert len(before) > 200
    after = {route.name: _statements(callers[role], route, things) for role, route in asked}
    dearer = [
        f"{name}: {len(before[name])} statements, then {len(now)}, most often\n    {_most_often(now)}"
        for name, now in after.items()
        if len(now) > len(before[name])
    ]
    assert not dearer, "\n".join(["", *dearer])


def _is_read(route: Route) -> bool:
    return bool(route.GET) and ALLOWED in (route.GET or {}).values()


def _whose(route: Route) -> str:
    """The first who may: the client's own clinician, where it is anything of a client's."""
    return next(role for role in ROLES if (route.GET or {})[role] == ALLOWED)


def _statements(caller: Caller, route: Route, things: Things) -> list[str]:
    """What the address asks of the database once everything is known that is asked once."""
    path = path_of(route, things)
    caller.ask("GET", path)
    connection.queries_log.clear()  # the log has a limit
    with CaptureQueriesContext(connection) as asked:
        answer = caller.ask("GET", path)
        if isinstance(answer, StreamingHttpResponse):
            list(answer)
    return [query["sql"] for query in asked.captured_queries]


def _most_often(statements: list[str]) -> str:
    return Counter(statement[:200] for statement in statements).most_common(1)[0][0]


def _add(n: int, first: Mapping[str, Any], amara: User, book: Callable[..., TherapySession]) -> None:
    """One more of everything, for the same client and for a new one."""
    for name, thing in first.items():
        changes = OTHERWISE.get(type(thing))
        if name in LIKE_THE_FIRST or changes:
            _copy(
                thing,
                **(changes(n + 100 * (name.startswith("his_") or name == "colleague")) if changes else {}),
            )
    book(first["case"], on=TODAY - timedelta(days=7 * n), room=None)
    book(first["case"], on=TODAY + timedelta(days=7 * n), room=None)
    _another_client(n, amara, book)


def _copy(thing: Model, **changes: object) -> None:
    copy = type(thing)._default_manager.get(pk=thing.pk)
    copy.pk = None
    for field, value in ({"public_id": uuid4()} | changes).items():
        setattr(copy, field, value)
    copy.save(force_insert=True)


def _another_client(n: int, amara: User, book: Callable[..., TherapySession]) -> None:
    """Of the same clinician: expected today, with a follow-up, a word to answer and a wish to come sooner."""
    who = person(f"Client{n}", "More", 300 + n)
    case = case_of(amara, Case.Kind.INDIVIDUAL, who)
    book(case, at=f"{11 + n}:00", room=None)
    book(case, on=TODAY - timedelta(days=7), at=f"{11 + n}:00", room=None)
    follow_up = open_follow_up(client=who, case=case, protocol_code="single_missed", actor=amara, now=NOW)
    ask_supervisor(follow_up=follow_up, question="How?", actor=amara, now=NOW)
    add_to_waitlist(wish=Wish(case=case, client=who), actor=None, now=NOW)
    InboundMessage.objects.create(
        provider_id=f"SM20{n}", from_address=f"+1312555{300 + n:04d}", body="Running late", kind="free", received_at=NOW, client=who
    )  # fmt: skip
