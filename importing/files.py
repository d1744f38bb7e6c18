"""Reads the CSV files as other systems and spreadsheets write them."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol, TextIO

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from importing.refusals import FileRefused, Reason, RowRefused

_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What people take for a CSV file: by how it begins.
_OTHER_KINDS = {
    b"PK\x03\x04": gettext_lazy("a spreadsheet or a folder, not a CSV file"),
    b"%PDF": gettext_lazy("a PDF"),
    b"\xd0\xcf\x11\xe0": gettext_lazy("an old spreadsheet"),
}
_DELIMITERS = ",;\t"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Cells(dict[str, str]):
    """The cells of a row by column; a column that the file lacks is empty."""

    def __missing__(self, column: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the number of its first line; `problem` says why it cannot be read."""

    number: int
    cells: Cells
    problem: Reason | None = None

    def checked(self) -> Cells:
        """The cells; raises RowRefused where the row cannot be read."""
        if self.problem:
            raise RowRefused(self.problem.words, **dict(self.problem.facts))
        return self.cells


@dataclass(frozen=True)
class Table:
    """One file whose encoding, delimiter and header are known to be good."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    lines: int

    def rows(self) -> Iterator[Line]:
        """Every row that is not blank, read as a stream."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            next(reader, None)
            while True:
                number = reader.line_num + 1
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    yield Line(number, Cells(), _broken(number, reader.line_num))
                    continue
                if any(cell.strip() for cell in row):
                    yield _line(number, row, self.header)


class RowSource(Protocol):
    """What the importer reads: rows in our format, from a file of ours or through somebody's map."""

    @property
    def lines(self) -> int: ...

    def rows(self) -> Iterator[Line]: ...


def open_table(path: Path, *, known: Sequence[str], required: Sequence[str]) -> Table:
    """Look the whole file over before anything is written.

    Raises FileRefused for a missing file, an unknown encoding or delimiter, and a header with
    columns that are missing, doubled or unknown: a misspelt safe-contact column that is quietly
    left out could put somebody in danger. Columns that begin with `x_` are left alone.
    """
    table = look_over(path)
    header = tuple(name.lower() for name in table.header)
    _check_header(path, header, known, required)
    return replace(table, header=header)


def look_over(path: Path) -> Table:
    """Any file with a row of column names, whatever they are; raises FileRefused for what is no such file."""
    encoding = _encoding(path)
    lines = _count_lines(path, encoding)
    with path.open(encoding=encoding, newline="") as file:
        delimiter, header = _header(path, file)
    return Table(path, encoding, delimiter, header, lines)


def _encoding(path: Path) -> str:
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise FileRefused(
            gettext("%(name)s cannot be opened: %(strerror)s.")
            % {"name": path.name, "strerror": error.strerror}
        ) from error
    if kind := _OTHER_KINDS.get(start):
        raise FileRefused(
            gettext("%(name)s is %(kind)s. Save it as “CSV UTF-8” in the program that made it.")
            % {"name": path.name, "kind": kind}
        )
    return _BYTE_ORDER_MARKS.get(start[:2], "utf-8-sig")


def _count_lines(path: Path, encoding: str) -> int:
    lines = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            for _ in file:
                lines += 1
    except UnicodeError as error:
        raise FileRefused(
            gettext(
                "%(name)s is not UTF-8 text (near line %(number)s). In a spreadsheet, save it as “CSV UTF-8”; otherwise names would come in garbled."
            )
            % {"name": path.name, "number": lines + 1}
        ) from error
    return lines


def _header(path: Path, file: TextIO) -> tuple[str, tuple[str, ...]]:
    first = file.readline()
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        header = next(csv.reader([first], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise _no_names(path) from error
    names = tuple(" ".join(name.split()) for name in header)
    if any(map(_CONTROL.search, names)):
        raise _no_names(path)
    return delimiter, names


def _no_names(path: Path) -> FileRefused:
    return FileRefused(
        gettext("The first line of %(name)s is not a row of column names.") % {"name": path.name}
    )


def _check_header(path: Path, header: Sequence[str], known: Sequence[str], required: Sequence[str]) -> None:
    if missing := [name for name in required if name not in header]:
        raise FileRefused(
            gettext("%(name)s has no column %(words)s. Its first line must name the columns.")
            % {"name": path.name, "words": ", ".join(missing)}
        )
    for name in header:
        if name.startswith("x_"):
            continue
        if name not in known:
            raise FileRefused(
                gettext("%(file)s has an unknown column “%(column)s”. %(advice)s")
                % {"file": path.name, "column": name, "advice": _advice(name, known)}
            )
        if header.count(name) > 1:
            raise FileRefused(
                gettext("%(name)s has the column %(column)s twice.") % {"name": path.name, "column": name}
            )


def _advice(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1)
    if close:
        return gettext("Did you mean %(close)s?") % {"close": close[0]}
    return gettext("Take it out, or put x_ before its name to leave it aside.")


def _broken(first: int, last: int) -> Reason:
    if last > first:
        return Reason.of(
            gettext_noop("A quotation mark is opened here and swallows everything down to line %(last)s."),
            last=last,
        )
    return Reason.of(gettext_noop("The quotation marks of this line do not match."))


def _line(number: int, row: Sequence[str], header: Sequence[str]) -> Line:
    cells = Cells(zip(header, (" ".join(cell.split()) for cell in row), strict=False))
    if len(row) != len(header):
        sentence = gettext_noop("It has %(cells)s cells where the first line has %(names)s.")
        return Line(number, cells, Reason.of(sentence, cells=len(row), names=len(header)))
    if any(map(_CONTROL.search, cells.values())):
        return Line(number, cells, Reason.of(gettext_noop("It holds characters that cannot be shown.")))
    return Line(number, cells)
