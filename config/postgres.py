"""Runs a PostgreSQL of our own: foreground child, private data folder, loopback only."""

import hashlib
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql

from config.children import end, free_port, spawn
from config.cluster import EngineError, Place, check_version, find_place, heal, make_cluster
from config.private import private_secret

DATABASE = "kept"
ADMIN, OWNER, APP = "kept_admin", "kept_owner", "kept_app"
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
START_SECONDS = 60.0
# Tests throw their databases away, so a power cut may take them; a killed process takes nothing.
CARELESS = ("-c", "fsync=off", "-c", "full_page_writes=off")
# An error's detail and statement quote rows: neither is written to the log.
DISCREET = ("-c", "log_error_verbosity=terse", "-c", "log_min_error_statement=panic")


@dataclass(frozen=True)
class Postgres:
    """A running PostgreSQL."""

    child: subprocess.Popen[bytes]
    port: int
    secret: str
    place: Place

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgres://{role}:{password_of(self.secret, role)}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """End it: fast shutdown, then immediate, then by force (seconds: 20, 5, 5)."""
        end(self.child, (signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))


def start_postgres(
    root: Path, *, durable: bool, say: Callable[[str], None], port: int | None = None
) -> Postgres:
    """Start PostgreSQL with its data under `root`, made on first use; on a free port unless one is named.

    Raises EngineError when it does not answer within START_SECONDS.
    """
    place = find_place(root, say)
    secret = private_secret(root / "postgres-password")
    if not place.cluster.exists():
        say("Making the database cluster ...")
        make_cluster(place, admin=ADMIN, password=password_of(secret, ADMIN))
    check_version(place)
    heal(place.cluster)
    port = port or free_port()
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
    return [*options, *DISCREET, *(() if durable else CARELESS)]


def _wait_for_answer(postgres: Postgres, log_path: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and postgres.child.poll() is None:
        with suppress(psycopg2.OperationalError):
            psycopg2.connect(postgres.url(ADMIN, "postgres"), connect_timeout=5).close()
            return
        time.sleep(0.05)
    raise EngineError(f"PostgreSQL did not start; its last words are in {log_path}.")


def password_of(secret: str, role: str) -> str:
    """The role's password in the cluster with this secret."""
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
        cursor.execute(statement.format(sql.Identifier(role), sql.Literal(password_of(secret, role))))
    # So that a measurement can begin with nothing left to be written.
    cursor.execute(sql.SQL("GRANT pg_checkpoint TO {}").format(sql.Identifier(OWNER)))


def _add_extensions(url: str) -> None:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for extension in EXTENSIONS:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
