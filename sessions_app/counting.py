"""A choice of sessions as a table that a counting statement reads: who may be counted is decided by QuerySets."""

from dataclasses import dataclass
from typing import Any

from sessions_app.querysets import TherapySessionQuerySet

_FIELDS = {
    "id": "pk",
    "case_id": "case_id",
    "kind": "case__kind",
    '"on"': "on",
    "at": "at",
    "starts_at": "starts_at",
    "minutes": "minutes",
    "booked_at": "booked_at",
    "modality": "modality",
    "location_id": "location_id",
    "is_history": "is_history",
    "cancelled_at": "cancelled_at",
    "cancelled_by": "cancelled_by",
    "version": "version",
}
COLUMNS = ", ".join(_FIELDS)


@dataclass(frozen=True, slots=True)
class Counted:
    """The statement that finds the sessions, for `WITH s (COLUMNS) AS (...)`, and its values."""

    sql: str
    values: tuple[Any, ...]


def table_of(sessions: TherapySessionQuerySet) -> Counted:
    """These sessions as a statement; nothing is asked yet."""
    sql, values = sessions.order_by().values_list(*_FIELDS.values()).query.sql_with_params()
    return Counted(sql, tuple(values))
