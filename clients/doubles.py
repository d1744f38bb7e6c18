"""Which records are likely one person's: looked for at once in a small practice, by the worker in a large one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from django.core.cache import cache
from django.db import connection

from accounts.models import User
from clients.models import Client

FOUND = "kept:likely-doubles"
# So many records are compared with one another within a page; more by the worker, before anybody asks.
COMPARED_AT_ONCE = 10_000
_KEPT_SECONDS = 3_600
_MOST_FOUND = 1_000
_MOST_SHOWN = 60

_EVERYBODY = """
    SELECT a.id AS one, b.id AS other, 3 AS weight
    FROM clients_client a
    JOIN clients_client b ON b.id > a.id AND lower(b.given_name) = lower(a.given_name)
        AND lower(b.family_name) = lower(a.family_name)
    WHERE a.born_on IS NULL OR b.born_on IS NULL OR a.born_on = b.born_on
    UNION ALL
    SELECT a.id, b.id, 2
    FROM clients_client a
    JOIN clients_client b ON b.id > a.id AND b.born_on = a.born_on
    WHERE similarity(a.search_text, b.search_text) > 0.45
    UNION ALL
    SELECT p.client_id, q.client_id, 2
    FROM clients_contactpoint p
    JOIN clients_contactpoint q ON q.address = p.address AND q.client_id > p.client_id
        AND q.ended_at IS NULL
    JOIN clients_client a ON a.id = p.client_id
    JOIN clients_client b ON b.id = q.client_id
    WHERE p.ended_at IS NULL AND similarity(lower(a.given_name), lower(b.given_name)) > 0.4
"""
# The same for one person, which the indexes tell.
_SOMEBODY = """
    SELECT a.id AS one, b.id AS other, 3 AS weight
    FROM clients_client a
    JOIN clients_client b ON b.id <> a.id AND lower(b.given_name) = lower(a.given_name)
        AND lower(b.family_name) = lower(a.family_name)
    WHERE a.id = %(client)s AND (a.born_on IS NULL OR b.born_on IS NULL OR a.born_on = b.born_on)
    UNION ALL
    SELECT a.id, b.id, 2
    FROM clients_client a
    JOIN clients_client b ON b.id <> a.id AND b.born_on = a.born_on
    WHERE a.id = %(client)s AND similarity(a.search_text, b.search_text) > 0.45
    UNION ALL
    SELECT a.id, b.id, 2
    FROM clients_client a
    JOIN clients_contactpoint p ON p.client_id = a.id AND p.ended_at IS NULL
    JOIN clients_contactpoint q ON q.address = p.address AND q.client_id <> p.client_id AND q.ended_at IS NULL
    JOIN clients_client b ON b.id = q.client_id
    WHERE a.id = %(client)s AND similarity(lower(a.given_name), lower(b.given_name)) > 0.4
"""
_FOUND_BEFORE = (
    "SELECT * FROM unnest(%(one)s::bigint[], %(other)s::bigint[], %(weight)s::int[]) AS f(one, other, weight)"
)
# Alike by name, day of birth or address, and nothing that says they are two: two years of birth, a
# guardian and a ward, one case, an order that keeps them apart, or somebody who has parted them again.
_LIKELY = """
WITH pairs AS ({pairs})
SELECT one, other, sum(weight)::int AS weight
FROM pairs
JOIN clients_client a ON a.id = one AND a.merged_into_id IS NULL
JOIN clients_client b ON b.id = other AND b.merged_into_id IS NULL
WHERE (a.birth_year IS NULL OR b.birth_year IS NULL OR a.birth_year = b.birth_year)
  AND NOT EXISTS (SELECT FROM clients_casemember m JOIN clients_casemember n ON n.case_id = m.case_id
                  WHERE m.client_id = one AND n.client_id = other)
  AND NOT EXISTS (SELECT FROM clients_guardianship g
                  WHERE (g.guardian_id = one AND g.minor_id = other) OR (g.guardian_id = other AND g.minor_id = one))
  AND NOT EXISTS (SELECT FROM clients_protectiveorder o
                  WHERE (o.client_id = one AND o.other_id = other) OR (o.client_id = other AND o.other_id = one))
  AND NOT EXISTS (SELECT FROM clients_clientmerge k WHERE k.undone_at IS NOT NULL
                  AND ((k.kept_id = one AND k.gone_id = other) OR (k.kept_id = other AND k.gone_id = one)))
GROUP BY one, other
ORDER BY weight DESC, one, other
LIMIT %(most)s
"""

Pair = tuple[int, int, int]  # two keys, and how much speaks for it
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Alike:
    """Two records that may be one person's."""

    one: Client
    other: Client


def likely_doubles(user: User) -> list[Alike]:
    """Pairs of records that this person may see and that are likely one's, the likeliest first.

    In a large practice, as the worker found them some minutes ago; what was merged, parted or found to
    be two people since is left out.
    """
    if _is_large():
        return _seen_by(user, _still_likely(_found_before()))
    return _seen_by(user, _likely(_EVERYBODY))


def doubles_of(user: User, client: Client) -> list[Client]:
    """Records that are likely this person's, too, as they stand now."""
    return [pair.other for pair in _seen_by(user, _likely(_SOMEBODY, client=client.pk))]


def look_for_doubles() -> int:
    """Compare everybody with everybody in a large practice, for who asks later; returns how many pairs were found."""
    return len(_compare()) if _is_large() else 0


def _is_large() -> bool:
    """By PostgreSQL's own estimate: to count them would cost more than to compare a few."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'clients_client'::regclass")
        return bool(cursor.fetchone()[0] > COMPARED_AT_ONCE)


def _compare() -> list[Pair]:
    found = _likely(_EVERYBODY)
    try:
        cache.set(FOUND, found, timeout=_KEPT_SECONDS)
    except Exception:  # noqa: BLE001 - then the next one who asks compares them
        log.warning("doubles.unkept")
    return found


def _found_before() -> list[Pair]:
    try:
        found: list[Pair] | None = cache.get(FOUND)
    except Exception:  # noqa: BLE001 - likewise
        found = None
    return _compare() if found is None else found


def _still_likely(found: list[Pair]) -> list[Pair]:
    ones, others, weights = ([pair[place] for pair in found] for place in range(3))
    return _likely(_FOUND_BEFORE, one=ones, other=others, weight=weights)


def _likely(pairs: str, **given: Any) -> list[Pair]:
    with connection.cursor() as cursor:
        cursor.execute(_LIKELY.format(pairs=pairs), {**given, "most": _MOST_FOUND})
        return [(one, other, weight) for one, other, weight in cursor.fetchall()]


def _seen_by(user: User, found: Iterable[Pair]) -> list[Alike]:
    pairs = [pair[:2] for pair in found]
    theirs = Client.objects.visible_to(user).filter(pk__in={pk for pair in pairs for pk in pair}).order_by()
    visible = set(theirs.values_list("pk", flat=True))
    shown = [pair for pair in pairs if visible.issuperset(pair)][:_MOST_SHOWN]
    people = Client.objects.in_bulk({pk for pair in shown for pk in pair})
    return [Alike(people[one], people[other]) for one, other in shown]
