"""What somebody expected today still needs of us, as small marks with words beside their name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.prepared import ask, once
from accounts.roles import May
from clients.access import clients_visible_to, plans_readable_by
from followups.access import follow_ups_visible_to
from reminders.access import inbox_visible_to


@dataclass(frozen=True, slots=True)
class Need:
    """One mark: its icon, its words, and where on a person's page it is seen to."""

    icon: str
    words: str | Promise
    place: str


REPLY, CONSENT, FOLLOW_UP, PLAN = "reply", "consent", "follow_up", "plan"
NEEDS = {
    REPLY: Need("message-question", _("They wrote, and nobody has answered yet"), "messages"),
    CONSENT: Need("clipboard-list", _("No yes to reminders yet: ask for it"), "contacts"),
    FOLLOW_UP: Need("heart-handshake", _("A follow-up is open"), "follow-ups"),
    PLAN: Need("lifebuoy", _("There is a plan for when they cannot come"), "plans"),
}


@dataclass(frozen=True, slots=True)
class Needs:
    """The marks of everybody expected, by public id, and a digest that changes when one comes or goes."""

    by_client: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digest: str = ""

    def of(self, client: str) -> tuple[str, ...]:
        return self.by_client.get(client, ())


# Asked from those who are expected, so that it costs the same whoever else there is.
_HERE = """
WITH here AS MATERIALIZED (
    SELECT DISTINCT client_id FROM sessions_app_participant WHERE session_id = ANY(%s::bigint[])
)
"""


def needs_in(user: User, sessions: Sequence[int], *, since: str = "") -> Needs:
    """The needs of those expected at these sessions, by public id, as far as this person may know them. One query.

    With `since`, the latest change told of, what was asked since then is not asked again.
    """
    statement, values = _question(user, user.permissions)
    key = (statement, repr(values), tuple(sessions))
    return once(since, key, lambda: _found(ask(statement, [list(sessions), *values])))


def _found(rows: Iterable[tuple[Any, ...]]) -> Needs:
    needs: dict[str, list[str]] = defaultdict(list)
    for client, need in rows:
        needs[str(client)].append(need)
    by_client = {client: _in_order(found) for client, found in needs.items()}
    told = " ".join(f"{client}:{','.join(codes)}" for client, codes in sorted(by_client.items()))
    return Needs(by_client, blake2b(told.encode(), digest_size=4).hexdigest())


def _in_order(needs: Iterable[str]) -> tuple[str, ...]:
    asked = set(needs)
    return tuple(code for code in NEEDS if code in asked)


@lru_cache(maxsize=512)
def _question(user: User, permissions: frozenset[May]) -> tuple[str, tuple[Any, ...]]:
    """The statement for one person; `permissions` make it anew when a role changes."""
    here = RawSQL("SELECT client_id FROM here", [])
    unasked = clients_visible_to(user).filter(pk__in=here).without_a_yes()
    parts = (
        _named(inbox_visible_to(user).unresolved().filter(client__in=here), "client__public_id", REPLY),
        _named(unasked, "public_id", CONSENT),
        _named(follow_ups_visible_to(user).open().filter(client__in=here), "client__public_id", FOLLOW_UP),
        _named(plans_readable_by(user).in_force().filter(client__in=here), "client__public_id", PLAN),
    )
    composed = [part.query.sql_with_params() for part in parts]
    text = " UNION ".join(f"({statement})" for statement, _values in composed)
    return _HERE + text, tuple(value for _statement, values in composed for value in values)


def _named(found: QuerySet[Any], client: str, need: str) -> QuerySet[Any]:
    return found.order_by().values_list(client, Value(need)).distinct()
