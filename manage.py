#!/usr/bin/env python
"""Runs Kept's management commands, with the local engines where no others are named."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from django.core.management import execute_from_command_line

from config.engines import EngineError, joined_engines
from config.places import ENGINES

LOCAL_SETTINGS = "config.settings.local"
OWNER_COMMANDS = frozenset({"migrate", "grant_roles", "sqlflush", "sqlmigrate", "flush", "pgtrigger"})
WITHOUT_ENGINES = frozenset(
    {
        "check",
        "collectstatic",
        "compilemessages",
        "findstatic",
        "help",
        "makemessages",
        "spectacular",
        "version",
    }
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", LOCAL_SETTINGS)
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    try:
        with _engines_for(command):
            _take_the_owners_role(command)
            execute_from_command_line(sys.argv)
    except EngineError as error:
        sys.exit(str(error))


def _engines_for(command: str) -> AbstractContextManager[None]:
    local = os.environ["DJANGO_SETTINGS_MODULE"] == LOCAL_SETTINGS
    if not local or command in WITHOUT_ENGINES or os.environ.get("DATABASE_URL"):
        return nullcontext()
    return _joined()


@contextmanager
def _joined() -> Iterator[None]:
    with joined_engines(ENGINES) as addresses:
        os.environ.update(addresses.environment())
        yield


def _take_the_owners_role(command: str) -> None:
    # The program's own role may not change tables; these commands do nothing else.
    owner_url = os.environ.get("KEPT_DATABASE_OWNER_URL")
    if owner_url and command in OWNER_COMMANDS:
        os.environ["DATABASE_URL"] = owner_url


if __name__ == "__main__":
    main()
