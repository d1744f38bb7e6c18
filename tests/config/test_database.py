"""A kept connection: silent it is taken for well, ended it is made anew, and no request notices."""

from collections.abc import Iterator
from contextlib import closing
from select import POLLIN, poll

import psycopg2
import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)
SOON_MS = 20_000


@pytest.fixture(autouse=True)
def _between_requests() -> Iterator[None]:
    """As a request finds it that was kept from the one before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'the request before'")
    connection.health_check_enabled, connection.health_check_done = True, False  # type: ignore[attr-defined]
    yield
    connection.health_check_enabled = False  # type: ignore[attr-defined]


def last_asked() -> str:
    """What this connection asked last, as PostgreSQL tells somebody else."""
    [(query,)] = _asked_by_another("SELECT query FROM pg_stat_activity WHERE pid = %s")
    return str(query)


def end_it() -> None:
    """PostgreSQL ends the connection, as it does when it is started anew."""
    _asked_by_another("SELECT pg_terminate_backend(%s)")
    line = poll()
    line.register(connection.connection, POLLIN)
    assert line.poll(SOON_MS), "its end is heard on the line"


def _asked_by_another(about: str) -> list[tuple[object, ...]]:
    other = psycopg2.connect(connection.connection.dsn, password=connection.settings_dict["PASSWORD"])
    with closing(other), other.cursor() as cursor:
        cursor.execute(about, [connection.connection.info.backend_pid])
        return list(cursor.fetchall())


def test_a_silent_connection_is_not_asked_whether_it_stands() -> None:
    before = connection.connection
    connection.close_if_health_check_failed()
    assert connection.connection is before
    assert last_asked() == "SELECT 'the request before'"


def test_a_connection_that_has_ended_is_made_anew_before_it_is_asked_anything() -> None:
    before = connection.connection
    end_it()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchall() == [(1,)]
    assert connection.connection is not before


def test_a_connection_that_this_side_has_closed_is_made_anew() -> None:
    connection.connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchall() == [(1,)]
