"""Proof of life: whoever owns attempts holds an advisory lock for as long as it lives."""

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from django.db import connection


class OwnerLostError(RuntimeError):
    """The lock's connection is gone: others may take this process for dead, so it must stop."""


class Owner:
    """A random number locked on a connection of its own, which dies with the process.

    The connection must reach PostgreSQL itself: behind a pooler in transaction mode a session's
    lock would outlive or leave its session.
    """

    def __init__(self, link: "psycopg2.extensions.connection", key: int) -> None:
        self._link = link
        self.key = key

    def check(self) -> None:
        """Raise OwnerLostError unless the lock is certainly still held."""
        try:
            with self._link.cursor() as cursor:
                cursor.execute("SELECT 1")
        except psycopg2.Error as error:
            raise OwnerLostError from error


@contextmanager
def owning() -> Iterator[Owner]:
    """Hold a new owner's lock for the length of the block."""
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    with closing(psycopg2.connect(**parameters)) as link:
        link.autocommit = True
        owner = Owner(link, secrets.randbelow(2**62) + 1)
        with link.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [owner.key])
        yield owner


def living_owners() -> list[int]:
    """The owners whose lock is held at this moment, anywhere on this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 1 AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """
        )
        return [int(row[0]) for row in cursor.fetchall()]
