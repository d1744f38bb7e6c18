"""What an import says: how many rows went in, and which were refused, where and why."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from django.utils.translation import gettext


@dataclass(frozen=True, order=True, slots=True)
class Reason:
    """Why a row stays out: `words` as the catalogue has them, so that each reader reads their own language."""

    words: str
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, words: str, /, **facts: object) -> Self:
        return cls(words, tuple((name, str(value)) for name, value in facts.items()))

    def __str__(self) -> str:
        said = gettext(self.words)
        return said % dict(self.facts) if self.facts else said


class RowRefused(Exception):
    """A row that stays out; the sentence is for the person who prepared the file."""

    def __init__(self, words: str, /, **facts: object) -> None:
        self.reason = Reason.of(words, **facts)
        super().__init__(words)

    def __str__(self) -> str:
        return str(self.reason)


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
    reason: Reason


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

    def refuse(self, line: int, row_id: str, reason: Reason) -> None:
        self.refusals.append(Refusal(self.file, line, row_id, reason))


def write_report(path: Path, refusals: list[Refusal]) -> None:
    """Write the refused rows as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "line", "id", "reason"])
        for refusal in refusals:
            writer.writerow([refusal.file, refusal.line, _as_text(refusal.row_id), str(refusal.reason)])


def _as_text(row_id: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{row_id}" if row_id[:1] in "=+-@" and row_id else row_id
