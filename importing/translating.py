"""Reads somebody else's file row by row as if it were in our format."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_noop

from importing.files import Cells, Line, Table
from importing.guessing import BY_PRACTICE, LEFT_OUT, ROW_ASIDE
from importing.refusals import RowRefused
from importing.targets import (
    ASIDE,
    CLIENT_BORN,
    CLIENT_EMAIL,
    CLIENT_FAMILY,
    CLIENT_GIVEN,
    CLIENT_NAME,
    CLIENTS,
    DATE_TARGETS,
    END_TIME,
    ENDS,
    FULL_NAME,
    STANDING,
    STARTS,
    WORD_TARGETS,
)
from importing.writings import day_of, has_time, minutes_of, offset_in, time_of

# What Kept adds to a file of refused rows, so that it can be mended and brought in as it is.
OUR_COLUMNS = ("Kept: line", "Kept: reason")
_MADE_UP = re.compile(r"[ns]:[0-9a-f]{20}")
_INSTANTS = ("booked_at", "cancelled_at")


@dataclass(frozen=True)
class Choices:
    """What a person said of a file: what its columns hold, how it writes dates, what its words mean."""

    columns: Mapping[str, str]
    date_order: str = ""
    clock: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, saved: Mapping[str, Any]) -> "Choices":
        return cls(
            columns=saved.get("columns", {}),
            date_order=saved.get("date_order", ""),
            clock=saved.get("clock", ""),
            words=saved.get("words", {}),
        )

    def column_of(self, target: str) -> str:
        """The column that holds this; empty where none does."""
        return next((column for column, holds in self.columns.items() if holds == target), "")


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the keys that were chosen for words stand for in our format, such as a clinician's e-mail."""

    by_target: Mapping[str, Mapping[str, str]]
    today: date

    def of(self, target: str, chosen: str) -> str:
        return self.by_target.get(target, {}).get(chosen, chosen)


@dataclass
class People:
    """Who is called what, for appointments that name people and not their numbers."""

    ids: dict[str, set[tuple[str, date | None, str]]] = field(default_factory=lambda: defaultdict(set))

    def add(self, names: tuple[str, ...], client_id: str, born_on: date | None, email: str) -> None:
        for name in filter(None, {_folded(name) for name in names}):
            self.ids[name].add((client_id, born_on, email.lower()))

    def find(self, name: str, born_on: date | None, email: str) -> str:
        """The id of the one person who is called so; raises RowRefused for nobody and for several."""
        called = self.ids.get(_folded(name), set())
        if born_on:
            called = {one for one in called if one[1] in (born_on, None)}
        if email and len({one[0] for one in called}) > 1:
            called = {one for one in called if one[2] == email.lower()}
        found = {one[0] for one in called}
        if not found:
            raise RowRefused(
                gettext_noop(
                    "Nobody is known by this name. Bring the clients in first, or write the name alike."
                )
            )
        if len(found) > 1:
            raise RowRefused(
                gettext_noop(
                    "Several people have this name. Add a column with their number in the old system or their date of birth."
                )
            )
        return found.pop()


def _folded(name: str) -> str:
    return " ".join(sorted(re.findall(r"[^\W_]+", name.casefold())))


def split_name(whole: str) -> tuple[str, str]:
    """First and last name of “Reed, Alma” or “Alma Reed”; all but the last word are first names."""
    if "," in whole:
        family, _, given = whole.partition(",")
        return given.strip(), family.strip()
    given, _, family = whole.strip().rpartition(" ")
    return (given, family) if given else (family, "")


@dataclass
class TranslatedTable:
    """A table with the interface of `Table`; rows that cannot be read say why, in the file's own words."""

    kind: str
    table: Table
    said: Mapping[str, Any]
    meanings: Meanings
    people: People = field(default_factory=People)
    left_aside: int = 0

    def __post_init__(self) -> None:
        self.choices = Choices.of(self.said)

    @property
    def lines(self) -> int:
        return self.table.lines

    def rows(self) -> Iterator[Line]:
        """Every row but those that are left aside, which are counted anew at each reading."""
        self.left_aside = 0
        for line in self.table.rows():
            if line.problem:
                yield Line(line.number, Cells(), line.problem)
                continue
            try:
                cells = self._translated(line.cells)
            except RowRefused as refused:
                yield Line(line.number, self._its_number(line.cells), refused.reason)
                continue
            if cells is None:
                self.left_aside += 1
            else:
                yield Line(line.number, cells)

    def _its_number(self, source: Cells) -> Cells:
        """What a refused row is known by, so that whoever mends it finds it."""
        number = "client_id" if self.kind == CLIENTS else "session_id"
        return Cells({number: source[self.choices.column_of(number)]})

    def _translated(self, source: Cells) -> Cells | None:
        said = Cells()
        for column, target in self.choices.columns.items():
            if target != ASIDE and (cell := _as_meant(source[column])):
                said[target] = cell
        if self._take_words(said) == ROW_ASIDE:
            return None
        return self._client(said) if self.kind == CLIENTS else self._appointment(said)

    def _take_words(self, said: Cells) -> str:
        # As they stand in the file: the place's word may say the modality as well.
        found = [(target, said[target]) for target in WORD_TARGETS[self.kind] if said[target]]
        for target, word in found:
            chosen = self.choices.words.get(target, {}).get(word.casefold(), "")
            if chosen == ROW_ASIDE:
                return ROW_ASIDE
            if chosen in (LEFT_OUT, ""):
                # Without a meaning the word goes on as it stands: the importer says what is wrong with it.
                said[target] = "" if chosen == LEFT_OUT else self._unknown(target, word)
                continue
            self._put(said, target, chosen)
        return ""

    def _unknown(self, target: str, word: str) -> str:
        if target in ("status", STANDING, "language", "modality"):
            raise RowRefused(
                gettext_noop("“%(column_of)s” says “%(word)s”. Say what that means, then check again."),
                column_of=self.choices.column_of(target),
                word=word[:40],
            )
        return word

    def _put(self, said: Cells, target: str, chosen: str) -> None:
        if target == "place" and chosen in ("video", "phone"):
            said["place"], said["modality"] = "", chosen
        elif target == "status" and chosen == BY_PRACTICE:
            said["status"], said["cancelled_by"] = "cancelled", "practice"
        else:
            said[target] = self.meanings.of(target, chosen)

    def _client(self, said: Cells) -> Cells:
        if whole := said.pop(FULL_NAME, ""):
            given, family = split_name(whole)
            said["given_name"] = said["given_name"] or given
            said["family_name"] = said["family_name"] or family
        for target in DATE_TARGETS[CLIENTS]:
            if cell := said[target]:
                said[target] = self._day(target, cell).isoformat()
        if said.pop(STANDING, "") == "left" and not said["left_on"]:
            said["left_on"] = self.meanings.today.isoformat()
        if not self.choices.column_of("client_id"):
            said["client_id"] = _made_up("n", _whole(said), said["born_on"] or said["phone"] or said["email"])
        return said

    def _appointment(self, said: Cells) -> Cells:
        self._take_times(said)
        if not self.choices.column_of("client_id"):
            said["client_id"] = self._who(said)
        for target in (CLIENT_NAME, CLIENT_GIVEN, CLIENT_FAMILY, CLIENT_BORN, CLIENT_EMAIL):
            said.pop(target, None)
        if said["minutes"]:
            said["minutes"] = minutes_of(said["minutes"], self.choices.column_of("minutes") or "minutes")
        for target in _INSTANTS:
            if cell := said[target]:
                said[target] = self._instant(target, cell)
        if not self.choices.column_of("session_id"):
            parts = ("client_id", "date", "time", "clinician", "service")
            said["session_id"] = _made_up("s", *(said[part] for part in parts))
        return said

    def _who(self, said: Cells) -> str:
        name = said[CLIENT_NAME] or f"{said[CLIENT_GIVEN]} {said[CLIENT_FAMILY]}".strip()
        if not name:
            raise RowRefused(gettext_noop("It names no client."))
        born_on = self._day(CLIENT_BORN, said[CLIENT_BORN]) if said[CLIENT_BORN] else None
        return self.people.find(name, born_on, said[CLIENT_EMAIL])

    def _take_times(self, said: Cells) -> None:
        """Day, time and length, from one cell or from several."""
        starts, ends, end_time = said.pop(STARTS, ""), said.pop(ENDS, ""), said.pop(END_TIME, "")
        if starts:
            said["date"] = self._day(STARTS, starts).isoformat()
            if has_time(starts):
                said["time"] = self._time(STARTS, starts)
        else:
            for target, reader in (("date", self._day), ("time", self._time)):
                if cell := said[target]:
                    said[target] = str(reader(target, cell))
        last = self._time(ENDS, ends) if ends and has_time(ends) else ""
        last = last or (self._time(END_TIME, end_time) if end_time else "")
        if last and said["time"] and not said["minutes"]:
            length = _minute(last) - _minute(said["time"])
            said["minutes"] = str(length if length > 0 else length + 24 * 60)

    def _day(self, target: str, cell: str) -> date:
        return day_of(cell, self.choices.date_order, self.choices.column_of(target) or target)

    def _time(self, target: str, cell: str) -> str:
        found = time_of(cell, self.choices.clock, self.choices.column_of(target) or target)
        return found.isoformat("minutes")

    def _instant(self, target: str, cell: str) -> str:
        on = self._day(target, cell).isoformat()
        return f"{on} {self._time(target, cell)}{offset_in(cell)}" if has_time(cell) else on


def _as_meant(cell: str) -> str:
    """Without the mark that keeps a spreadsheet from running the cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1:2] in "=+-@" else cell


def _whole(said: Cells) -> str:
    return f"{said['given_name']} {said['family_name']}".casefold()


def _minute(wall_time: str) -> int:
    hour, minute = wall_time.split(":")[:2]
    return int(hour) * 60 + int(minute)


def _made_up(kind: str, *parts: str) -> str:
    """An id for what has none in the file: the same for the same words, so that a second run finds it."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"{kind}:{digest[:20]}"


def shown_id(row_id: str) -> str:
    """An id as staff know it: one that we made up says nothing to anybody."""
    return "" if _MADE_UP.fullmatch(row_id) else row_id


def in_their_words(reason: str, columns: Mapping[str, str]) -> str:
    """A refusal of the importer with the file's own column names in the place of ours."""
    for column, target in columns.items():
        if not target:
            continue
        theirs = gettext("“%(name)s”") % {"name": column}
        if "_" in target:
            reason = theirs.join(re.split(rf"\b{target}\b", reason))
        elif reason.startswith(f"{target} "):
            reason = f"{theirs}{reason[len(target) :]}"
    reason = reason.replace(gettext("This client_id is"), gettext("This person is"))
    reason = reason.replace(gettext("with this client_id"), gettext("like this"))
    return re.sub(r"\((?:[ns]:[0-9a-f]{20})\)", "", reason).replace(" .", ".")


def people_of(table: TranslatedTable, people: People) -> None:
    """Whom a file of clients names, beside those in Kept."""
    for line in table.rows():
        cells = line.cells
        if line.problem or not cells["client_id"]:
            continue
        born_on = date.fromisoformat(cells["born_on"]) if cells["born_on"] else None
        names = (_whole(cells), f"{cells['name_used']} {cells['family_name']}" if cells["name_used"] else "")
        people.add(names, cells["client_id"], born_on, cells["email"])
