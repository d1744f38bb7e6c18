"""What an import says: how many rows went in, and which were refused, where and why."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


class RowRefused(Exception):
    """A row that stays out; the sentence is for the person who prepared the file."""


class FileRefused(Exception):
    """A file that cannot be read at all; nothing of it goes in."""


class ImportUnderWay(FileRefused):
    """Another import is running; this one waits."""


@dataclass(frozen=True, order=True, slots=True)
class Refusal:
    """One refused row. `line` counts from 1, the header included."""

    file: str
    line: int
    row_id: str
    reason: str


@dataclass
class ImportReport:
    """What became of each row of one file."""

    file: str
    imported: int = 0
    already_there: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)  # what went in, by what it is

    @property
    def rows(self) -> int:
        return self.imported + self.already_there + len(self.refusals)

    def refuse(self, line: int, row_id: str, reason: str) -> None:
        self.refusals.append(Refusal(self.file, line, row_id, reason))


def write_report(path: Path, refusals: list[Refusal]) -> None:
    """Write the refused rows as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "line", "id", "reason"])
        for refusal in refusals:
            writer.writerow([refusal.file, refusal.line, _as_text(refusal.row_id), refusal.reason])


def _as_text(row_id: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{row_id}" if row_id[:1] in "=+-@" and row_id else row_id
