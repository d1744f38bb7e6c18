"""Backs the practice's database up, and brings it back with sending paused."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
from psycopg2 import sql

from config.children import spawn
from config.cluster import programs_of_wheel
from config.engines import EngineError, EnginesBusyError, engines, joined_engines
from config.places import ENGINES, ROOT, VAR_DIR

BACKUPS = VAR_DIR / "backups"


def main(arguments: list[str]) -> int:
    """Run `backup` or `restore FILE`; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m config.backups", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("backup").add_argument("--to", type=Path, default=BACKUPS)
    verbs.add_parser("restore").add_argument("file", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        _back_up(chosen.to) if chosen.verb == "backup" else _restore(chosen.file)
    except EngineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _back_up(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / f"kept-{datetime.now(UTC):%Y%m%d-%H%M%S}.dump"
    with _environment(writing=False) as environment:
        # Created closed: a dump holds everything that the practice knows.
        path.touch(mode=0o600)
        owner = environment["KEPT_DATABASE_OWNER_URL"]
        _run_program("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", path, url=owner)
    sys.stdout.write(f"Backed up to {path} ({path.stat().st_size:,} bytes).\n")


def _restore(path: Path) -> None:
    if not path.is_file():
        raise EngineError(f"There is no backup at {path}.")
    with _environment(writing=True) as environment:
        owner = environment["KEPT_DATABASE_OWNER_URL"]
        name = urlsplit(owner).path.lstrip("/")
        fresh, old = f"{name}_restoring", f"{name}_before_restore"
        _administer(owner, _drop(fresh), _create(fresh))
        options = (
            "--no-owner",
            "--no-privileges",
            "--no-comments",
            "--exit-on-error",
            "--single-transaction",
        )
        _run_program("pg_restore", *options, path, url=_with_database(owner, fresh))
        # Only a whole restore takes the place of what is there; that is kept once.
        _administer(owner, _drop(old), _rename(name, old), _rename(fresh, name))
        for command in (
            ["migrate", "--verbosity=0"],
            ["grant_roles"],
            ["pause_sending", "--reason", _reason(path)],
            ["hold_restored"],
        ):
            _manage(command, environment)
    sys.stdout.write(
        f"Restored from {path}. Sending is paused: decide about the held messages (what fell due meanwhile may have\n"
        f"gone out), then start it again on the settings page. The database as it was before is kept as {old}.\n"
    )


def _reason(path: Path) -> str:
    return f"Restored from the backup {path.name}"[:200]


@contextmanager
def _environment(*, writing: bool) -> Iterator[dict[str, str]]:
    if os.environ.get("KEPT_DATABASE_OWNER_URL"):
        yield dict(os.environ)
        return
    if os.environ.get("DATABASE_URL"):
        raise EngineError("Set KEPT_DATABASE_OWNER_URL as well: backups are taken as the tables' owner.")
    try:
        with engines(ENGINES) if writing else joined_engines(ENGINES) as addresses:
            yield {**os.environ, **addresses.environment()}
    except EnginesBusyError as error:
        raise EngineError("Kept runs from this folder: stop it first (Ctrl-C), then restore.") from error


def _program(name: str) -> str:
    try:
        return str(programs_of_wheel() / "bin" / name)
    except EngineError:
        return name


def _run_program(name: str, *arguments: str | Path, url: str) -> None:
    # The password goes by the environment, where other accounts cannot read it.
    environment = {**os.environ, **_connection_variables(url)}
    if name == "pg_restore":
        arguments = ("--dbname", environment["PGDATABASE"], *arguments)
    try:
        child = spawn([_program(name), *arguments], environment=environment)
    except FileNotFoundError:
        raise EngineError(f"{name} is not installed: it comes with PostgreSQL's client programs.") from None
    if child.wait() != 0:
        raise EngineError(f"{name} failed; its words are above. Nothing was changed.")


def _connection_variables(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    return {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.lstrip("/"),
    }


def _with_database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _administer(owner: str, *statements: sql.Composed) -> None:
    with closing(psycopg2.connect(_with_database(owner, "postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _drop(name: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))


def _create(name: str) -> sql.Composed:
    return sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))


def _rename(name: str, new: str) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new))


def _manage(command: list[str], environment: Mapping[str, str]) -> None:
    subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *command], cwd=ROOT, env=dict(environment), check=True
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
