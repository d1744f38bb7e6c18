"""Where a bench takes place: engines of its own, and a practice of so many sessions."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg2

from bench.meter import Clock, tree
from config.engines import engines

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class World:
    """The addresses of what is measured; the practice has so many sessions, and past messages if asked for."""

    sessions: int
    history: int
    owner_url: str
    database_url: str
    redis_url: str

    @property
    def postgres(self) -> Clock:
        """The CPU of our own PostgreSQL: a child of this process."""
        children = psutil.Process().children(recursive=True)
        return tree(next(child.pid for child in children if "postgres" in child.name()))


@contextmanager
def running(name: str, *, sessions: int, history: int) -> Iterator[World]:
    """Engines under var/bench, which keep their data between runs, and a database of this name."""
    with engines(ROOT / "var" / "bench") as addresses:
        _create_database(addresses.owner_url, name)
        yield World(
            sessions=sessions,
            history=history,
            owner_url=_named(addresses.owner_url, name),
            database_url=_named(addresses.database_url, name),
            redis_url=addresses.redis_url,
        )


def environment(at: World) -> None:
    """Let Django, when it is set up, find the database as its owner: it is filled first."""
    os.environ["DATABASE_URL"] = at.owner_url
    os.environ["REDIS_URL"] = at.redis_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    os.environ.setdefault("KEPT_LOG_LEVEL", "WARNING")


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _create_database(owner_url: str, name: str) -> None:
    link = psycopg2.connect(owner_url)
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{name}"')
    link.close()
