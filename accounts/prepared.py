"""Statements asked at nearly every request: each connection has PostgreSQL plan them once, not each time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakSet

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

Record = TypeVar("Record", bound=Model)


class Prepared:
    """One statement with `$1`, `$2`… for its values, prepared by a connection before its first use.

    Its columns are named one by one: a plan that was made for `*` breaks when a column is added.
    What a connection has prepared, it keeps until it is closed, whatever its transactions do; so a
    pooler in front of PostgreSQL must give a connection for a session, not for a transaction.
    """

    def __init__(self, name: str, text: str, *, values: int, types: str = "") -> None:
        """Give `types`, one for each value, where PostgreSQL cannot tell them from the text."""
        self._plan = f"PREPARE {name} ({types}) AS {text}" if types else f"PREPARE {name} AS {text}"
        given = ", ".join(["%s"] * values)
        self._ask = f"EXECUTE {name}({given})" if given else f"EXECUTE {name}"
        self._planned_by: WeakSet[Any] = WeakSet()

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """What it finds with these values."""
        with self._executed(values) as cursor:
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def run(self, *values: Any) -> None:
        """Do what it says with these values."""
        with self._executed(values):
            pass

    @contextmanager
    def _executed(self, values: tuple[Any, ...]) -> Iterator[CursorWrapper]:
        with connection.cursor() as cursor:
            self._plan_once(cursor.connection)
            cursor.execute(self._ask, values)
            yield cursor

    def _plan_once(self, link: Any) -> None:
        if link in self._planned_by:
            return
        # The driver's own cursor: this is no question of the request that happens to be first.
        with connection.wrap_database_errors, link.cursor() as cursor:
            cursor.execute(self._plan)
        self._planned_by.add(link)


def columns_of(model: type[Model], alias: str) -> str:
    """All columns of a model, one by one, in the order in which `record_of` reads them."""
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


def record_of(model: type[Record], values: Sequence[Any]) -> Record:
    """A record as a query would have loaded it."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(DEFAULT_DB_ALIAS, names, values)
