"""Verbs on files that somebody brings through the pages."""

import gzip
import hashlib
import json
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count as numbers_from
from pathlib import Path
from typing import Any

import structlog
from celery import current_app
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.sealing import seal_file, unseal_file
from importing.files import Table, look_over
from importing.guessing import guess_columns, guess_word
from importing.models import FileKind, ImportFile, ImportRun, SavedMap
from importing.refusals import FileRefused
from importing.targets import (
    APPOINTMENTS,
    CLIENT_GIVEN,
    CLIENT_NAME,
    CLIENTS,
    DATE_TARGETS,
    FULL_NAME,
    STARTS,
    TIME_TARGETS,
    WORD_TARGETS,
)
from importing.translating import OUR_COLUMNS
from importing.writings import Doubt, clock_of, order_of

LARGEST_MEGABYTES = 25
KEPT_DAYS = 7
TASK = "importing.tasks.bring_in"
_SAMPLES = 3
_LOOKED_AT = 200
_MOST_WORDS = 100

log = structlog.get_logger(__name__)


def receive_files(*, files: Mapping[str, Iterable[bytes]], actor: User, now: datetime) -> ImportRun:
    """Keep what was sent, sealed, until it has been brought in; `files` are their pieces by kind.

    Raises ValidationError, by kind, for a file that cannot be read, and says what to do.
    """
    if not files:
        raise ValidationError(_("Choose a file first: clients, appointments, or both."))
    received = {kind: _received(kind, pieces) for kind, pieces in files.items()}
    with acting("receive_files", actor=actor):
        run = ImportRun.objects.create(created_by=actor, created_at=now)
        for each in received.values():
            each.run = run
        ImportFile.objects.bulk_create(received.values())
    return run


def _received(kind: str, pieces: Iterable[bytes]) -> ImportFile:
    with tempfile.TemporaryDirectory(prefix="kept-import-") as folder:
        path = Path(folder) / f"{kind}.csv"
        _write_down(path, pieces, kind)
        try:
            table = with_own_names(look_over(path))
            rows = sum(1 for _line in table.rows())
        except FileRefused as refused:
            raise ValidationError({kind: str(refused)}) from refused
        if len(names_in(table)) < 2 or not rows:
            raise ValidationError(
                {kind: _("There are no rows under column names in it. Export it anew, as CSV with a header.")}
            )
        sealed = seal_file(gzip.compress(path.read_bytes(), 6))
    header = list(names_in(table))
    return ImportFile(kind=kind, rows=rows, header=header, header_key=header_key(header), sealed=sealed)


def _write_down(path: Path, pieces: Iterable[bytes], kind: str) -> None:
    size = 0
    with path.open("wb") as file:
        for piece in pieces:
            size += len(piece)
            if size > LARGEST_MEGABYTES * 2**20:
                words = _(
                    "The file is larger than %(most)s MB. Export it in parts, such as a year at a time."
                )
                raise ValidationError({kind: words % {"most": LARGEST_MEGABYTES}})
            file.write(piece)


def header_key(header: Iterable[str]) -> str:
    """By which a file with the same columns is known again, whatever the order."""
    return hashlib.sha256(json.dumps(sorted(header)).encode()).hexdigest()


def with_own_names(table: Table) -> Table:
    """The table with a name of its own for each column, also where the file repeats or omits them."""
    given = [name or f"column {place}" for place, name in enumerate(table.header, start=1)]
    taken = {name.casefold() for name in given}
    names: list[str] = []
    for place, name in enumerate(given):
        is_double = name.casefold() in map(str.casefold, given[:place])
        names.append(_numbered(name, taken) if is_double else name)
    return replace(table, header=tuple(names))


def _numbered(name: str, taken: set[str]) -> str:
    """The name with a number behind it that no other column has."""
    candidates = (f"{name} ({turn})" for turn in numbers_from(2))
    own = next(one for one in candidates if one.casefold() not in taken)
    taken.add(own.casefold())
    return own


def names_in(table: Table) -> tuple[str, ...]:
    """The file's own columns, without those that Kept added to a list of refused rows."""
    return tuple(name for name in table.header if name not in OUR_COLUMNS)


@contextmanager
def opened(files: Iterable[ImportFile]) -> Iterator[dict[str, Table]]:
    """The tables by kind, unsealed in a private folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kept-import-") as folder:
        tables = {}
        for each in files:
            if each.sealed is None:
                raise FileRefused(
                    _("The file has been removed. Choose it again; what you said of it is kept.")
                )
            path = Path(folder) / f"{each.kind}.csv"
            path.write_bytes(gzip.decompress(unseal_file(bytes(each.sealed))))
            tables[each.kind] = with_own_names(look_over(path))
        yield tables


@dataclass(frozen=True)
class Column:
    """A column with its first values, what it holds by our guess or by the saved map."""

    name: str
    samples: tuple[str, ...]
    holds: str


def saved_choices(file: ImportFile) -> dict[str, Any]:
    """What was said of a file with these columns; empty at the first one."""
    found = SavedMap.objects.filter(kind=file.kind, header_key=file.header_key).first()
    return dict(found.choices) if found else {}


def columns_of(file: ImportFile, table: Table) -> list[Column]:
    """Each column, its first values, and what it was said or is guessed to hold."""
    samples: dict[str, list[str]] = {name: [] for name in names_in(table)}
    for place, line in enumerate(table.rows()):
        if place >= _LOOKED_AT:
            break
        for name, values in samples.items():
            if value := line.cells[name]:
                values.append(value)
    said = saved_choices(file).get("columns") or guess_columns(file.kind, samples)
    return [
        Column(name, tuple(dict.fromkeys(values))[:_SAMPLES], said.get(name, ""))
        for name, values in samples.items()
    ]


def save_columns(*, file: ImportFile, holds: Mapping[str, str], actor: User, now: datetime) -> None:
    """Keep what each column holds, for this file and the next one like it; raises ValidationError."""
    chosen = [target for target in holds.values() if target]
    if twice := {target for target in chosen if chosen.count(target) > 1}:
        columns = ", ".join(f"“{column}”" for column, target in holds.items() if target in twice)
        raise ValidationError(
            _("Two columns cannot hold the same thing: %(columns)s."), params={"columns": columns}
        )
    _refuse_missing(file.kind, chosen)
    with acting("save_columns", actor=actor):
        saved = _saved(file)
        saved.choices = {**saved.choices, "columns": {**holds}}
        saved.changed_at = now
        saved.save()
        ImportRun.objects.filter(pk=file.run_id).exclude(state__in=ImportRun.WORKING).update(
            state=ImportRun.State.MAPPING
        )


def _saved(file: ImportFile) -> SavedMap:
    saved, _new = SavedMap.objects.select_for_update().get_or_create(
        kind=file.kind, header_key=file.header_key
    )
    return saved


def _refuse_missing(kind: str, chosen: Collection[str]) -> None:
    if kind == CLIENTS and not {FULL_NAME, "given_name"} & set(chosen):
        raise ValidationError(_("Say which column holds the clients' names."))
    if kind != APPOINTMENTS:
        return
    if not {"client_id", CLIENT_NAME, CLIENT_GIVEN} & set(chosen):
        raise ValidationError(_("Say which column tells whose appointment it is: a number or a name."))
    if not {"date", STARTS} & set(chosen):
        raise ValidationError(_("Say which column holds the day."))


@dataclass(frozen=True)
class Word:
    """A value of a column whose meaning is asked; `means` is what was said or is guessed."""

    text: str
    rows: int
    means: str


@dataclass(frozen=True)
class Questions:
    """What a file leaves open once its columns are known."""

    order: Doubt
    clock: Doubt
    words: dict[str, list[Word]]  # by target, the most frequent first
    too_many: list[str]  # columns with more different values than anybody wants to look through


def questions_of(file: ImportFile, table: Table, names: Mapping[str, Mapping[str, str]]) -> Questions:
    """What is asked before a trial; `names` are the clinicians, services and places of Kept by target."""
    choices = saved_choices(file)
    holds: dict[str, str] = choices.get("columns", {})
    columns = {target: column for column, target in holds.items() if target}
    days, times = _asked(columns, DATE_TARGETS[file.kind]), _asked(columns, TIME_TARGETS[file.kind])
    words = {target: columns[target] for target in WORD_TARGETS[file.kind] if target in columns}
    seen_days: set[str] = set()
    seen_times: set[str] = set()
    counts: dict[str, dict[str, int]] = {target: {} for target in words}
    for line in table.rows():
        seen_days.update(line.cells[column] for column in days)
        seen_times.update(line.cells[column] for column in times)
        for target, column in words.items():
            if value := line.cells[column]:
                counts[target][value] = counts[target].get(value, 0) + 1
    said = choices.get("words", {})
    return Questions(
        order=order_of(sorted(seen_days)),
        clock=clock_of(sorted(seen_times)),
        words={
            target: [
                Word(
                    text,
                    rows,
                    said.get(target, {}).get(text.casefold())
                    or guess_word(target, text, names.get(target, {})),
                )
                for text, rows in sorted(_folded(found).items(), key=lambda one: (-one[1], one[0]))
            ]
            for target, found in counts.items()
            if found and len(found) <= _MOST_WORDS
        },
        too_many=[words[target] for target, found in counts.items() if len(found) > _MOST_WORDS],
    )


def _asked(columns: Mapping[str, str], targets: Iterable[str]) -> list[str]:
    return [columns[target] for target in targets if target in columns]


def _folded(counts: Mapping[str, int]) -> dict[str, int]:
    """The words in one writing each: “No Show” and “no show” are one question."""
    first: dict[str, str] = {}
    rows: dict[str, int] = {}
    for text, count in counts.items():
        written = first.setdefault(text.casefold(), text)
        rows[written] = rows.get(written, 0) + count
    return rows


def save_meanings(
    *,
    file: ImportFile,
    order: str,
    clock: str,
    words: Mapping[str, Mapping[str, str]],
    actor: User,
    now: datetime,
) -> None:
    """Keep how the file writes dates and what its words mean; words of earlier files stay known."""
    with acting("save_meanings", actor=actor):
        saved = _saved(file)
        known = saved.choices.get("words", {})
        said = {
            target: {**known.get(target, {}), **{text.casefold(): means for text, means in meant.items()}}
            for target, meant in words.items()
        }
        saved.choices = {
            **saved.choices,
            "date_order": order or saved.choices.get("date_order", ""),
            "clock": clock or saved.choices.get("clock", ""),
            "words": {**known, **said},
        }
        saved.changed_at = now
        saved.save()


def ask_for_trial(*, run: ImportRun, actor: User) -> ImportRun:
    """Have the files tried: everything is said and nothing is written."""
    return _ask(run, ImportRun.State.CHECKING, actor)


def ask_for_run(*, run: ImportRun, actor: User) -> ImportRun:
    """Have the files brought in; raises ValidationError where they have not been tried as they now stand."""
    if run.state not in (ImportRun.State.CHECKED, ImportRun.State.DONE):
        raise ValidationError(_("Check the files first; then bring them in."))
    if not is_as_tried(run):
        raise ValidationError(
            _("What its columns or words mean was changed since it was tried. Try it once more.")
        )
    return _ask(run, ImportRun.State.RUNNING, actor)


def is_as_tried(run: ImportRun) -> bool:
    """Whether the files still mean what they meant when they were tried: a map serves others, too."""
    files = run.files.defer("sealed")
    return all(run.tried_map(file.kind) == saved_choices(file) for file in files)


def _ask(run: ImportRun, state: str, actor: User) -> ImportRun:
    with acting("ask_for_import", actor=actor):
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.is_working:
            return locked
        if locked.files_removed_at:
            raise ValidationError(_("The files have been removed. Choose them again; your map is kept."))
        locked.state, locked.asked_by, locked.problem = state, actor, ""
        locked.begun_at = locked.progress_at = locked.finished_at = None
        locked.rows_done, locked.kind_now = 0, ""
        locked.rows_in_all = sum(locked.files.values_list("rows", flat=True))
        locked.save()
        transaction.on_commit(_nudge, robust=True)
    return locked


def _nudge() -> None:
    try:
        current_app.send_task(TASK)
    except Exception:  # noqa: BLE001 - what was asked stands whatever the broker does; beat rings, too
        log.warning("import.unheard")


def remove_files(*, run: ImportRun, actor: User | None, now: datetime) -> None:
    """Take the files and their refused rows away at once; what came in and the map stay."""
    with acting("remove_import_files", actor=actor):
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.is_working:
            raise ValidationError(_("It is being read just now. Wait until that is done."))
        take_away([locked.pk], now=now)


def take_away(runs: Collection[int], *, now: datetime) -> None:
    """The words of these files leave the database."""
    ImportFile.objects.filter(run__in=runs).update(sealed=None)
    for refused in ImportRun.objects.filter(pk__in=runs):
        refused.refused_rows.all().delete()
    ImportRun.objects.filter(pk__in=runs, files_removed_at=None).update(files_removed_at=now)


def forget_old_files(*, now: datetime) -> int:
    """Files that nobody brought in go after some days; returns of how many runs."""
    with transaction.atomic():
        old = ImportRun.objects.filter(files_removed_at=None, created_at__lt=now - timedelta(days=KEPT_DAYS))
        runs = list(old.exclude(state__in=ImportRun.WORKING).values_list("pk", flat=True))
        if runs:
            take_away(runs, now=now)
    return len(runs)


def kinds_of(run: ImportRun) -> list[str]:
    """Of which kinds it holds a file, clients first."""
    there = set(run.files.values_list("kind", flat=True))
    return [kind for kind in FileKind.values if kind in there]
