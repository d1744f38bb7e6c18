"""Writes many outcomes at once, in a few statements: what the importer writes."""

from collections.abc import Iterable

from accounts.audit import acting, check_at_once
from accounts.models import User
from attendance.models import AttendanceRecord, BarrierNamed


def add_records(
    *, records: Iterable[AttendanceRecord], barriers: Iterable[BarrierNamed], actor: User | None
) -> None:
    """Write outcomes of participants that have none, and the barriers named for absences.

    The participants already carry `recorded_at`, and their sessions `settled_at`.
    """
    with acting("import", actor=actor):
        check_at_once()
        AttendanceRecord.objects.bulk_create(records)
        BarrierNamed.objects.bulk_create(barriers)
