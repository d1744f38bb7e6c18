"""The refused rows of a run as a file that can be mended and brought in again."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from importing.bringing import names_in, opened
from importing.models import ImportFile, ImportRun, RefusedRow
from importing.refusals import FileRefused
from importing.translating import OUR_COLUMNS, in_their_words


def told(run: ImportRun, row: RefusedRow) -> str:
    """Why a row stays out: in the reader's language, with the file's own column names."""
    return in_their_words(row.sentence, run.tried_map(row.kind).get("columns", {}))


def refused_with_reasons(run: ImportRun, kind: str) -> Iterator[list[str]]:
    """The refused rows of one of its files, the column names first; its line and reason stand before each.

    Raises FileRefused once the files are removed.
    """
    files = list(run.files.filter(kind=kind))
    if not files or any(file.sealed is None for file in files):
        raise FileRefused(_("The files have been removed, and their refused rows with them."))
    return _rows(run, files)


def _rows(run: ImportRun, files: list[ImportFile]) -> Iterator[list[str]]:
    with opened(files) as tables:
        for kind, table in tables.items():
            reasons = {row.line: told(run, row) for row in run.refused_rows.filter(kind=kind)}
            names = names_in(table)
            yield [*OUR_COLUMNS, *names]
            for line in table.rows():
                if line.number in reasons:
                    cells = (line.cells[name] for name in names)
                    yield [str(line.number), reasons[line.number], *map(_as_text, cells)]


def _as_text(cell: str) -> str:
    """A spreadsheet would run a cell that begins like a formula; read again, the mark is left out."""
    return f"'{cell}" if cell[:1] in "=+-@" and cell else cell
