"""Statements that are planned once for a connection: where planning takes far longer than reading."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

_IS_PREPARED = "SELECT EXISTS (SELECT FROM pg_prepared_statements WHERE name = %s)"


def execute_prepared(cursor: CursorWrapper, name: str, statement: str, parameters: Sequence[Any]) -> None:
    """Execute `PREPARE name (types) AS ...`, planned before or now.

    Must run in a transaction, so that it is asked of the connection that uses it.
    """
    cursor.execute(_IS_PREPARED, [name])
    if cursor.fetchone() == (False,):
        cursor.execute(statement)
    cursor.execute(f"EXECUTE {name} ({', '.join(['%s'] * len(parameters))})", parameters)
