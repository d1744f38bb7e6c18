"""Writes the two files as dictionaries and brings them in."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Practice
from importing.services import PracticeImport, import_practice
from tests.conftest import NOW

Row = dict[str, Any]
Bring = Callable[..., PracticeImport]


def write_csv(path: Path, rows: Sequence[Row], delimiter: str = ",", encoding: str = "utf-8") -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def bring(practice: Practice, tmp_path: Path) -> Bring:
    """`bring(clients=[…], appointments=[…])`, dry with `dry_run=True`."""

    def brought(
        clients: Sequence[Row] = (), appointments: Sequence[Row] = (), **options: Any
    ) -> PracticeImport:
        for name, rows in (("clients.csv", clients), ("appointments.csv", appointments)):
            (tmp_path / name).unlink(missing_ok=True)
            if rows:
                write_csv(tmp_path / name, rows)
        return import_practice(folder=tmp_path, **{"actor": None, "now": NOW, **options})

    return brought


def reasons(result: PracticeImport) -> dict[int, str]:
    """The reason for each refused line; the tests refuse in one file at a time."""
    return {refusal.line: str(refusal.reason) for refusal in result.refusals}
