"""Statements asked at nearly every request: each connection has PostgreSQL plan them once, not each time."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from itertools import islice
from threading import RLock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

Record = TypeVar("Record", bound=Model)
Found = TypeVar("Found")

# What each of the driver's connections has prepared, by name: two threads may make one statement at once.
_planned: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
_PLANNED_ONCE = "SET LOCAL plan_cache_mode = force_generic_plan"


class Prepared:
    """One statement with `$1`, `$2`… for its values, prepared by a connection before its first use.

    Its columns are named one by one: a plan that was made for `*` breaks when a column is added.
    What a connection has prepared, it keeps until it is closed, whatever its transactions do; so a
    pooler in front of PostgreSQL must give a connection for a session, not for a transaction.
    """

    def __init__(
        self, name: str, text: str, *, values: int, types: str = "", is_planned_once: bool = False
    ) -> None:
        """Give `types`, one for each value, where PostgreSQL cannot tell them from the text.

        Where PostgreSQL takes a plan for any values to be dearer, it plans anew each time, even if planning
        is what costs. What `is_planned_once` is not, and all that its transaction prepares and asks after it.
        """
        self._plan = f"PREPARE {name} ({types}) AS {text}" if types else f"PREPARE {name} AS {text}"
        given = ", ".join(["%s"] * values)
        ask = f"EXECUTE {name}({given})" if given else f"EXECUTE {name}"
        self._ask = f"{_PLANNED_ONCE}; {ask}" if is_planned_once else ask
        self._name = name

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
        planned = _planned.setdefault(link, set())
        if self._name in planned:
            return
        # The driver's own cursor: this is no question of the request that happens to be first.
        with connection.wrap_database_errors, link.cursor() as cursor:
            cursor.execute(self._plan)
        planned.add(self._name)


def ask(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that a queryset composed (`query.sql_with_params`), prepared as the others are.

    For those that are asked with every page: their texts must be few, whatever the values.
    """
    return _prepared(statement, tuple(map(type, values))).rows(*values)


def once(since: str, key: Hashable, find: Callable[[], Found]) -> Found:
    """What is found, looked for once by this process for each word: the latest change told of, and the minute.

    For what refreshes itself and is looked at again within the minute (`accounts.bell.latest_change`); whoever
    has acted asks the facts, with no word. Nobody changes what is found.
    """
    if not since:
        return find()
    global _answers  # noqa: PLW0603 - one for the whole process
    known = _answers
    if known.word != since:
        known = _answers = _Answers(since)
    # Whoever comes in the same instant waits for the first.
    with known.asking:
        if key not in known.found:
            known.found[key] = find()
        found: Found = known.found[key]
        return found


@dataclass(frozen=True, eq=False)
class _Answers:
    """What was answered since a word was last changed."""

    word: str
    found: dict[Hashable, Any] = field(default_factory=dict)
    # What is looked for may itself ask something that is looked for once.
    asking: RLock = field(default_factory=RLock)


_answers = _Answers("")
# Kinds of values that PostgreSQL does not tell from the text everywhere.
_KINDS: dict[type, str] = {bool: "boolean", date: "date", datetime: "timestamptz"}


@cache
def _prepared(statement: str, kinds: tuple[type, ...]) -> Prepared:
    told = " ".join([statement, *(kind.__name__ for kind in kinds)])
    name = "asked_" + blake2b(told.encode(), digest_size=8).hexdigest()
    places = [f"${place}{_cast(kind)}" for place, kind in enumerate(kinds, start=1)]
    return Prepared(name, statement % tuple(places), values=len(kinds))


def _cast(kind: type) -> str:
    return f"::{_KINDS[kind]}" if kind in _KINDS else ""


class Question(Prepared):
    """A prepared statement that names its values: `%(since)s`, given as `since="timestamptz"`.

    `words` are of the program itself and become part of the statement: a plan that is made once can
    only use an index on some rows where it sees which ones are meant.
    """

    def __init__(self, name: str, text: str, *, words: Mapping[str, Sequence[str]], **kinds: str) -> None:
        places = {value: f"${place}::{kind}" for place, (value, kind) in enumerate(kinds.items(), start=1)}
        super().__init__(name, text % (_quoted(words) | places), values=len(kinds))
        self._names = tuple(kinds)

    def answers(self, facts: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What it finds, with the values of its names among these facts."""
        return self.rows(*(facts[name] for name in self._names))


def _quoted(words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: "(" + ", ".join(f"'{word}'" for word in group) + ")" for name, group in words.items()}


def columns_of(model: type[Model], alias: str) -> str:
    """All columns of a model, one by one, in the order in which `record_of` reads them."""
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


def record_of(model: type[Record], values: Sequence[Any]) -> Record:
    """A record as a query would have loaded it."""
    names, converted = _fields_of(model)
    read = list(values)
    for position, convert in converted:
        read[position] = convert(read[position])
    return model.from_db(DEFAULT_DB_ALIAS, names, read)


def records_of(models: Sequence[type[Model]], values: Sequence[Any]) -> list[Any]:
    """One record of each of these models, whose columns follow one another in a row."""
    left = iter(values)
    return [record_of(model, list(islice(left, len(_fields_of(model)[0])))) for model in models]


@cache
def _fields_of(model: type[Model]) -> tuple[list[str], list[tuple[int, Callable[[Any], Any]]]]:
    """The names of a model's fields, and what turns the driver's value into the field's, by position."""
    fields = model._meta.concrete_fields
    converted = [(n, _converter(field)) for n, field in enumerate(fields) if hasattr(field, "from_db_value")]
    return [field.attname for field in fields], converted


def _converter(field: Any) -> Callable[[Any], Any]:
    return lambda value: field.from_db_value(value, field.cached_col, connection)
