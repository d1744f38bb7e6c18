"""What a report shows: lines of figures with their definitions, small ones hidden so that nobody is found out by them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise
# A rate of nothing.
NOTHING = "\N{EN DASH}"
Value = float | int | Decimal | None

# Fewer say nothing about the rest, and may say who it was.
FEWEST_SESSIONS = 10
FEWEST_CLIENTS = 5


class Kind(StrEnum):
    """How a figure reads."""

    COUNT = "count"
    SHARE = "share"  # 0 to 1
    DAYS = "days"
    HOURS = "hours"
    MONEY = "money"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One figure of each line: its name, what exactly it is, and its tone where the chart draws it."""

    label: Words
    means: Words
    kind: Kind = Kind.COUNT
    drawn: str = ""  # a tone: attended, missed, late, cancelled, arrived


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line; `counted` and `clients` are what its figures stand on."""

    label: Words
    values: tuple[Value, ...]
    counted: int
    clients: int
    is_hidden: bool = False

    @property
    def is_small(self) -> bool:
        return are_few(self.counted, self.clients)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure as it is read, and as a chart and a sheet take it."""

    words: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line as it is shown; without cells it is too few to say."""

    label: Words
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table; `name` is its part of the address of the sheet."""

    name: str
    title: Words
    head: Words
    columns: tuple[Column, ...]
    lines: Sequence[Line]
    total: Line | None = None
    chart: str = ""  # "bars" or "stack"; the columns that are drawn have a tone
    note: Words = ""
    rows: list[Row] = field(init=False)
    total_row: Row | None = field(init=False)

    def __post_init__(self) -> None:
        shown = hide_small(self.lines)
        object.__setattr__(self, "lines", shown)
        object.__setattr__(self, "rows", [self._row(line) for line in shown])
        total = self.total and replace(self.total, is_hidden=self.total.is_small)
        object.__setattr__(self, "total_row", self._row(total) if total else None)

    @property
    def hides_all(self) -> bool:
        """Each line says that it is too few; perhaps not the total."""
        return bool(self.rows) and not any(row.cells for row in self.rows)

    @property
    def is_too_few(self) -> bool:
        """So does the total, if there is one: that is one sentence and no table."""
        return self.hides_all and not (self.total_row and self.total_row.cells)

    @property
    def is_drawn(self) -> bool:
        """A chart of one mark compares nothing, and one without any is an empty frame."""
        places = [place for place, column in enumerate(self.columns) if column.drawn]
        marks = [[row.cells[place].value for place in places] for row in self.rows if row.cells]
        seen = [values for values in marks if any(values)]
        return (
            bool(self.chart) and len(seen) > 1 and any(float(one or 0) for values in seen for one in values)
        )

    def _row(self, line: Line) -> Row:
        if line.is_hidden:
            return Row(label=line.label, cells=())
        pairs = zip(line.values, self.columns, strict=True)
        return Row(label=line.label, cells=tuple(_cell(value, column.kind) for value, column in pairs))


def are_few(counted: int, clients: int) -> bool:
    """Whether figures of so many, of so many different people, say nothing of the rest."""
    return counted < FEWEST_SESSIONS or clients < FEWEST_CLIENTS


def parts_of_one(
    parts: Iterable[tuple[Words, tuple[Value, ...]]], *, counted: int, clients: int
) -> list[Line]:
    """One figure in several lines: together they are shown, or too few; of nothing there is none."""
    if not counted:
        return []
    return [Line(label=label, values=values, counted=counted, clients=clients) for label, values in parts]


def hide_small(lines: Iterable[Line]) -> list[Line]:
    """The same lines with the small ones hidden, and as many more that no hidden one follows from the total.

    What is hidden must be at least two lines, and together no longer small: the smallest of the others go with them.
    What was hidden before stays so.
    """
    found = list(lines)
    hidden = {at for at, line in enumerate(found) if line.is_hidden or line.is_small}
    others = sorted((line.counted, at) for at, line in enumerate(found) if at not in hidden)
    while hidden and others and _gives_away([found[at] for at in hidden]):
        hidden.add(others.pop(0)[1])
    return [replace(line, is_hidden=at in hidden) for at, line in enumerate(found)]


def _gives_away(hidden: Sequence[Line]) -> bool:
    counting = [line for line in hidden if line.counted]
    if not counting:
        return False
    together = sum(line.counted for line in counting)
    return len(counting) < 2 or together < FEWEST_SESSIONS


def share(part: int, whole: int) -> float | None:
    """What part of the whole; None of nothing."""
    return part / whole if whole else None


def _cell(value: Value, kind: Kind) -> Cell:
    if value is None:
        return Cell(words=NOTHING, value="")
    if kind == Kind.SHARE:
        return Cell(words=percent(float(value)), value=f"{value:.4f}")
    if kind == Kind.MONEY:
        return Cell(words=_number(value, 2), value=f"{value:.2f}")
    if kind in (Kind.DAYS, Kind.HOURS):
        return Cell(words=_number(value, 1), value=f"{value:.1f}")
    return Cell(words=_number(value, 0), value=f"{value:.0f}")


def percent(value: float) -> str:
    """A share as one says it: "15%"."""
    return _("%(number)s%%") % {"number": round(value * 100)}


def _number(value: float | Decimal, places: int) -> str:
    return formats.number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
