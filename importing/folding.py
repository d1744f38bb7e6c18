"""Folds the rows of one session together, wherever in the file they stand."""

from collections import Counter
from collections.abc import Iterator

from importing.files import Line, RowSource


def fold(table: RowSource) -> Iterator[list[Line]]:
    """The rows of each session, once all of them are read; the file is read twice, as a stream.

    A row without an id, or that cannot be read, stands alone.
    """
    counts = Counter(_session_id(line) for line in table.rows())
    begun: dict[str, list[Line]] = {}
    for line in table.rows():
        session_id = _session_id(line)
        if not session_id or counts[session_id] == 1:
            yield [line]
            continue
        lines = begun.setdefault(session_id, [])
        lines.append(line)
        if len(lines) == counts[session_id]:
            yield begun.pop(session_id)


def _session_id(line: Line) -> str:
    return "" if line.problem else line.cells["session_id"]
