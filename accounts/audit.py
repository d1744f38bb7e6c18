"""Verbs change the records inside `acting`, which says in the history who did what."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pghistory
from django.db import connection, transaction

from accounts.bell import ring_on_commit
from accounts.models import User
from accounts.prepared import Prepared


@contextmanager
def acting(verb: str, *, actor: User | None, **ids: str) -> Iterator[None]:
    """One transaction whose row history carries the verb and its actor, and a ring at its end.

    `actor` is None where Kept itself acts (a sweep, a client's reply). `ids` are public ids
    or codes, never names or words: the history is read by more people than the records are.
    """
    by = str(actor.public_id) if actor else None
    with transaction.atomic(), pghistory.context(verb=verb, actor=by, **ids):
        yield
        ring_on_commit()


@contextmanager
def reconciling(name: str) -> Iterator[None]:
    """One transaction of a sweep: named in the history, and ringing nobody.

    A sweep that rang would answer itself for ever.
    """
    with transaction.atomic(), pghistory.context(verb=name, actor=None):
        yield


def check_at_once() -> None:
    """Check foreign keys as rows are written, for the rest of a transaction that writes many.

    Each row's history is a statement of its own, and PostgreSQL walks the list of checks put off
    to the end at each of them: ten thousand rows cost a hundred times a thousand (measured).
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


_LOG_VIEW = Prepared(
    "log_view",
    "INSERT INTO accounts_viewlog (user_id, kind, object_ids) VALUES ($1, $2, $3::uuid[])",
    values=3,
)


def log_view(*, user: User, kind: str, public_ids: Iterable[UUID | str]) -> None:
    """Write one row for an opened page or list. Polls are not logged (design, "Facts")."""
    ids = "{" + ",".join(map(str, public_ids)) + "}"
    _LOG_VIEW.run(user.pk, kind, ids)
