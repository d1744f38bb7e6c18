"""Inserts rows of one model by a statement that each connection plans once and nobody composes anew."""

from collections.abc import Iterable
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model

from accounts.prepared import Prepared


class Insertion:
    """Does what `bulk_create` does, for a model whose values are all known and read by the driver as they are.

    `otherwise` is what follows ON CONFLICT. The values of each column travel as one array, so that
    it is the same statement for any number of rows.
    """

    def __init__(self, model: type[Model], *, otherwise: str = "") -> None:
        self._model = model
        self._otherwise = f"ON CONFLICT {otherwise}" if otherwise else ""

    def write(self, records: Iterable[Model]) -> None:
        """Insert these, and tell each the key that it was given."""
        rows = list(records)
        if not rows:
            return
        columns = [list(map(attrgetter(field.attname), rows)) for field in self._fields]
        for record, (key,) in zip(rows, self._statement.rows(*columns), strict=True):
            note_inserted(record, key)

    @cached_property
    def _fields(self) -> "list[Field[Any, Any]]":
        return [field for field in self._model._meta.concrete_fields if not field.primary_key]

    @cached_property
    def _statement(self) -> Prepared:
        table = self._model._meta.db_table
        names = ", ".join(f'"{field.column}"' for field in self._fields)
        places = ", ".join(f"${place}::{_kind(field)}[]" for place, field in enumerate(self._fields, start=1))
        return Prepared(
            f"insert_{table}",
            f"INSERT INTO {table} ({names}) SELECT * FROM unnest({places}) {self._otherwise} RETURNING id",  # noqa: S608 - of our own models
            values=len(self._fields),
        )


def note_inserted(record: Model, key: int) -> None:
    """Let a record know that it has a row now, as its own `save` would."""
    record.pk = key
    record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - Django's documented place


def _kind(field: "Field[Any, Any]") -> str:
    """The column's type without its length: a cast would cut short what the column refuses."""
    kind = field.db_type(connection)
    assert kind  # noqa: S101  # a concrete field has a column
    return kind.partition("(")[0]
