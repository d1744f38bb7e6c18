"""The one verb of the import: bring a practice in from its files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import May
from importing import columns
from importing.arriving import Arriving, Progress
from importing.files import RowSource, Table, open_table
from importing.known import Known
from importing.refusals import FileRefused, ImportReport, ImportUnderWay, Refusal
from importing.scheduling import Scheduling
from importing.taken import Taken

CLIENTS_FILE = "clients.csv"
APPOINTMENTS_FILE = "appointments.csv"
_LOCK = "kept:import"


@dataclass(frozen=True)
class PracticeImport:
    """What became of both files."""

    clients: ImportReport
    appointments: ImportReport
    is_dry_run: bool

    @property
    def refusals(self) -> list[Refusal]:
        return [*sorted(self.clients.refusals), *sorted(self.appointments.refusals)]


def _silently(file: str, done: int, lines: int) -> None:
    """Say nothing of the progress."""


def import_practice(
    *,
    folder: Path,
    actor: User | None,
    now: datetime,
    dry_run: bool = False,
    progress: Progress = _silently,
) -> PracticeImport:
    """Bring in `clients.csv` and `appointments.csv` of a folder; either may be missing, not both.

    Good rows go in, in batches that each stand by themselves: after a crash, running it again
    completes it, and running it twice changes nothing. What is in Kept already is left as it is.
    A dry run gives the same report and writes nothing. Raises FileRefused where a file cannot be
    read at all, before anything is written, and PermissionDenied for who may not change settings.
    """
    people, sessions = _open(folder)
    return import_tables(
        people=people, sessions=sessions, actor=actor, now=now, dry_run=dry_run, progress=progress
    )


def import_tables(
    *,
    people: RowSource | None,
    sessions: RowSource | None,
    actor: User | None,
    now: datetime,
    dry_run: bool = False,
    progress: Progress = _silently,
) -> PracticeImport:
    """The same for rows from anywhere that read as our format does."""
    if actor and not actor.may(May.MANAGE_SETTINGS):
        raise PermissionDenied
    with _alone():
        known = Known.load(now=now)
        result = PracticeImport(ImportReport(CLIENTS_FILE), ImportReport(APPOINTMENTS_FILE), dry_run)
        if people:
            Arriving(known, result.clients, actor, dry_run, progress).run(people)
        if sessions:
            taken = Taken.load(now=now)
            Scheduling(known, result.appointments, actor, dry_run, progress, taken).run(sessions)
    return result


def _open(folder: Path) -> tuple[Table | None, Table | None]:
    """Both files looked over, so that nothing is written while one of them cannot be read."""
    people = folder / CLIENTS_FILE
    sessions = folder / APPOINTMENTS_FILE
    if not people.exists() and not sessions.exists():
        raise FileRefused(
            _("The folder has neither %(clients_file)s nor %(appointments_file)s.")
            % {"clients_file": CLIENTS_FILE, "appointments_file": APPOINTMENTS_FILE}
        )
    return (
        open_table(people, known=columns.CLIENTS, required=columns.CLIENTS_REQUIRED)
        if people.exists()
        else None,
        open_table(sessions, known=columns.APPOINTMENTS, required=columns.APPOINTMENTS_REQUIRED)
        if sessions.exists()
        else None,
    )


@contextmanager
def _alone() -> Iterator[None]:
    """Two imports at once would refuse each other's rows; the lock ends with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [_LOCK])
        if not cursor.fetchone()[0]:
            raise ImportUnderWay(_("Another import is running. Wait until it is done."))
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [_LOCK])
