"""Gives every test run engines of its own, before anything reads the settings."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from config.engines import Addresses, EnginesBusyError, engines
from config.postgres import ADMIN, OWNER, password_of
from config.private import private_secret

ROOT = Path(__file__).resolve().parents[2]
RUNS_AT_ONCE = 8

_stack = ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    # Before pytest-django reads the settings. The workers of xdist inherit the addresses.
    if "PYTEST_XDIST_WORKER" in os.environ:
        _move_to_own_broker(os.environ["PYTEST_XDIST_WORKER"])
    elif not early_config.known_args_namespace.help:
        os.environ.update(_stack.enter_context(_own_engines()).environment())
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        _stack.close()


@contextmanager
def _own_engines() -> Iterator[Addresses]:
    # Each run at the same time has a folder of its own, kept so that the next starts at once.
    for number in range(1, RUNS_AT_ONCE + 1):
        with ExitStack() as stack:
            folder = ROOT / "var" / f"test{number}"
            try:
                addresses = stack.enter_context(engines(folder, durable=False))
            except EnginesBusyError:
                continue
            _let_owner_set_triggers_aside(folder, addresses)
            yield addresses
            return
    raise pytest.UsageError(f"{RUNS_AT_ONCE} test runs are under way already.")


def _let_owner_set_triggers_aside(folder: Path, addresses: Addresses) -> None:
    # Tests with real transactions empty the tables afterwards; in production nobody may.
    address = urlsplit(addresses.owner_url)
    password = password_of(private_secret(folder / "postgres-password"), ADMIN)
    with closing(
        psycopg2.connect(
            host=address.hostname, port=address.port, dbname="postgres", user=ADMIN, password=password
        )
    ) as link:
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(f"GRANT SET ON PARAMETER session_replication_role TO {OWNER}")


def _move_to_own_broker(worker: str) -> None:
    number = 1 + int(worker.removeprefix("gw")) % 15
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}"
