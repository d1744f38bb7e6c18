"""`python -m bench NAME [--sessions N]` prints figures as JSON lines, each with its floor.

`python -m bench chaos --messages N --kills K` is the proof by killing, on engines of its own.
"""

import argparse
import os
import sys
from hashlib import blake2b
from importlib import import_module
from urllib.parse import urlsplit

import django
from django.core.management import call_command
from django.db import connection

from bench import world
from bench.chaos.run import main as chaos

# Modules of this package with a `run(at)`; loaded by name once Django knows its database.
NAMES = {
    "board": "board",
    "desks": "desks",
    "book": "book",
    "race": "race",
    "mark": "mark",
    "follow": "follow",
    "dispatch": "dispatch",
    "claim": "claim",
    "plan": "plan",
    "import": "importing",
    "reports": "reports",
    "find": "find",
    "paint": "paint",
}
# Each lays much besides, which the others would meet.
APART = ("reports", "find")


def main() -> None:
    """Fill the practice once for each size, then measure."""
    if sys.argv[1:2] == ["chaos"]:
        sys.exit(chaos(sys.argv[2:]))
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--a-day", type=int, default=100, help="sessions of a day")
    parser.add_argument("--history", type=int, default=1_000_000, help="past messages, for claim")
    chosen = parser.parse_args()
    name = f"bench_{chosen.sessions}_{chosen.a_day}_{_schema()}"
    if chosen.name in APART:
        name += f"_{chosen.name}"
    with world.running(name, sessions=chosen.sessions, history=chosen.history) as at:
        world.environment(at)
        django.setup()
        call_command("migrate", verbosity=0)
        import_module("bench.filling").fill_once(sessions=chosen.sessions, a_day=chosen.a_day)
        call_command("grant_roles", verbosity=0)
        _become_the_program(at)
        import_module(f"bench.{NAMES[chosen.name]}").run(at)
        connection.close()


def _schema() -> str:
    """Marks a practice that was filled under other migrations as another one."""
    files = sorted(world.ROOT.glob("*/migrations/*.py"))
    return blake2b(b"".join(file.read_bytes() for file in files), digest_size=4).hexdigest()


def _become_the_program(at: world.World) -> None:
    """What is measured runs under the role that the program has."""
    parts = urlsplit(at.database_url)
    connection.close()
    connection.settings_dict.update(USER=parts.username, PASSWORD=parts.password)
    os.environ["DATABASE_URL"] = at.database_url


if __name__ == "__main__":
    main()
