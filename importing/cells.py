"""What one cell of a file may hold; each reader raises RowRefused in plain words."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_noop as _

from clients.services import normal_address
from importing.files import Cells
from importing.refusals import RowRefused

_SHORTENED = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:00)?")
_WHOLE = re.compile(r"[0-9]{1,4}")
_SPACES = re.compile(r"[\s|;,]+")
_PLAIN_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_YES = {"yes", "y", "true", "1"}
_NO = {"no", "n", "false", "0"}
_ID_LENGTH = 64
_OLDEST = 120
_EARLIEST_YEAR = 1890

_url_validator = URLValidator(schemes=["https", "http"])


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def row_id(cells: Cells, column: str, *, required: bool = True) -> str:
    """An id of the system before Kept."""
    cell = cells[column]
    if not cell and required:
        raise RowRefused(_("%(column)s is empty."), column=column)
    if _SHORTENED.fullmatch(cell):
        raise RowRefused(
            _(
                "%(column)s was shortened to scientific notation by a spreadsheet (%(cell)s). Export the column as text."
            ),
            column=column,
            cell=cell,
        )
    if len(cell) > _ID_LENGTH:
        raise RowRefused(
            _("%(column)s is longer than %(id_length)s characters."), column=column, id_length=_ID_LENGTH
        )
    return cell


def words(cells: Cells, column: str, length: int) -> str:
    """Free words of at most so many characters."""
    if len(cells[column]) > length:
        raise RowRefused(_("%(column)s is longer than %(length)s characters."), column=column, length=length)
    return cells[column]


def choice(cells: Cells, column: str, among: type[Enum], default: str = "") -> str:
    """One of a list of codes; capital letters and spaces are forgiven."""
    cell = cells[column]
    if not cell:
        return default
    if (code := _code(cell)) not in _codes(among):
        raise RowRefused(
            _("%(column)s “%(cell)s” is not one of %(words)s."),
            column=column,
            cell=cell[:40],
            words=", ".join(_codes(among)),
        )
    return code


@lru_cache
def _codes(among: type[Enum]) -> tuple[str, ...]:
    return tuple(str(member.value) for member in among)


def choices(cells: Cells, column: str, among: type[Enum]) -> tuple[str, ...]:
    """Several codes, parted by spaces, commas, semicolons or bars."""
    parts = parted(cells, column)
    return tuple(dict.fromkeys(choice(Cells({column: part}), column, among) for part in parts))


def parted(cells: Cells, column: str) -> list[str]:
    """The words of a cell that lists several."""
    return [part for part in _SPACES.split(cells[column]) if part] if cells[column] else []


def _code(cell: str) -> str:
    return cell.lower().replace(" ", "_").replace("-", "_")


def yes_no(cells: Cells, column: str, *, default: bool = False) -> bool:
    """Yes or no; empty is the default."""
    cell = cells[column].lower()
    if cell in _YES:
        return True
    if cell in _NO:
        return False
    if cell:
        raise RowRefused(_("%(column)s must be yes or no."), column=column)
    return default


def whole(cells: Cells, column: str, at_least: int, at_most: int) -> int | None:
    """A whole number within bounds; None where empty."""
    cell = cells[column]
    if not cell:
        return None
    if not _WHOLE.fullmatch(cell) or not at_least <= int(cell) <= at_most:
        raise RowRefused(
            _("%(column)s must be a whole number from %(at_least)s to %(at_most)s."),
            column=column,
            at_least=at_least,
            at_most=at_most,
        )
    return int(cell)


def day(cells: Cells, column: str) -> date | None:
    """A date as 2026-03-05: with another order, March and May could change places."""
    cell = cells[column]
    if not cell:
        return None
    try:
        return date.fromisoformat(cell) if _DAY.fullmatch(cell) else _no_day(column)
    except ValueError:
        return _no_day(column)


def _no_day(column: str) -> date:
    raise RowRefused(_("%(column)s is not a date. Write it as 2026-03-05."), column=column)


def past_day(cells: Cells, column: str, today: date) -> date | None:
    """A date that is not in the future."""
    found = day(cells, column)
    if found and found > today:
        raise RowRefused(_("%(column)s is in the future."), column=column)
    return found


def wall_time(cells: Cells, column: str) -> time | None:
    """A time of day as 15:30; None where empty."""
    cell = cells[column].zfill(5) if cells[column] else ""
    if not cell:
        return None
    try:
        return time.fromisoformat(cell) if _TIME.fullmatch(cell) else _no_time(column)
    except ValueError:
        return _no_time(column)


def _no_time(column: str) -> time:
    raise RowRefused(_("%(column)s is not a time of day. Write it as 15:30."), column=column)


def instant(cells: Cells, column: str, zone: ZoneInfo) -> datetime | None:
    """A date with or without a time, in `zone` unless it names its offset; a bare date is its start."""
    cell = cells[column].replace(" ", "T", 1)
    if not cell:
        return None
    try:
        found = datetime.fromisoformat(cell) if _DAY.match(cell) else _no_instant(column)
        if found.tzinfo is None:
            found = found.replace(tzinfo=zone)
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        return _no_instant(column)


def _no_instant(column: str) -> datetime:
    raise RowRefused(_("%(column)s is not a date and time. Write it as 2026-03-05 15:30."), column=column)


def timezone(cells: Cells, column: str) -> str:
    """The name of an IANA zone; empty where not given."""
    cell = cells[column]
    if cell and cell not in _zones():
        raise RowRefused(
            _("%(column)s “%(cell)s” is not a time zone. Try one such as America/Chicago."),
            column=column,
            cell=cell[:60],
        )
    return cell


def phone(cells: Cells, column: str, country: str) -> str:
    """A telephone number in E.164; the practice's country where it names none."""
    cell = cells[column]
    if _SHORTENED.fullmatch(cell):
        raise RowRefused(
            _("%(column)s was shortened to scientific notation by a spreadsheet. Export the column as text."),
            column=column,
        )
    address = _address(column, "phone", cell, country)
    # Rows are not looked at one by one, so numbers that nobody can have are kept out as well.
    if not phonenumbers.is_valid_number(phonenumbers.parse(address)):
        raise RowRefused(_("%(column)s is not a telephone number that can exist."), column=column)
    return address


def email(cells: Cells, column: str) -> str:
    """An e-mail address in lower case."""
    address = _address(column, "email", cells[column])
    # A quoted local part may hold spaces and signs that no address book takes.
    if len(address) > 254 or not _PLAIN_EMAIL.fullmatch(address):
        raise RowRefused(_("%(column)s is not an e-mail address."), column=column)
    return address


def _address(column: str, kind: str, cell: str, country: str = "US") -> str:
    """In the form that the verb for one address would keep it."""
    try:
        return normal_address(kind=kind, address=cell, region=country)
    except ValidationError as error:
        if kind == "phone":
            raise RowRefused(_("%(column)s is not a telephone number."), column=column) from error
        raise RowRefused(_("%(column)s is not an e-mail address."), column=column) from error


def link(cells: Cells, column: str) -> str:
    """A web address; empty where not given."""
    cell = words(cells, column, 200)
    if cell:
        try:
            _url_validator(cell)
        except ValidationError as error:
            raise RowRefused(_("%(column)s is not a web address."), column=column) from error
    return cell


def birth(cells: Cells, today: date) -> tuple[date | None, int | None]:
    """Date and year of birth, both or either; impossible ages are refused."""
    born_on = day(cells, "born_on")
    year = whole(cells, "birth_year", 0, 9999)
    if born_on and year not in (None, born_on.year):
        raise RowRefused(_("born_on and birth_year disagree."))
    if born_on and born_on > today:
        raise RowRefused(_("This person would be born in the future. Is the century right?"))
    year = born_on.year if born_on else year
    if year is not None and year > today.year:
        raise RowRefused(_("This person would be born in the future. Is the century right?"))
    if year is not None and (today.year - year > _OLDEST or year < _EARLIEST_YEAR):
        raise RowRefused(
            _("This person would be over %(oldest)s years old. Is the century right?"), oldest=_OLDEST
        )
    return born_on, year


def refuse_twice(found: Iterable[str], sentence: str) -> None:
    """Raise, in these words, if something that may stand once stands twice."""
    seen: set[str] = set()
    for each in found:
        if each in seen:
            raise RowRefused(sentence)
        seen.add(each)
