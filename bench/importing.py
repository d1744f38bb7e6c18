"""Bringing a practice in: 62,000 clients and 110,000 past appointments, by the command itself.

The floor copies both files as they are into bare tables: no check, no history, no index.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.db import connection, transaction

from accounts.models import User
from accounts.roles import Role
from bench.import_files import InventedPractice
from bench.meter import measured
from bench.report import figure
from bench.world import ROOT, World
from sessions_app.models import Service

CLIENTS = 62_000
APPOINTMENTS = 110_000


@dataclass
class Ended:
    """What a run of the command took."""

    seconds: float
    cpu: float
    mebibytes: float
    output: str


def run(at: World) -> None:
    """Print the seconds and the memory of an import, and of the second run that changes nothing."""
    folder = Path(tempfile.mkdtemp(prefix="kept-import-"))
    try:
        _write(folder)
        floor = _bare_copy(folder)
        for name in ("import", "import_again"):
            with measured(postgres=at.postgres) as spent:
                ended = _import(folder, at)
            _print(name, ended, floor, postgres=spent.cpu["postgres"])
    finally:
        shutil.rmtree(folder)


def _print(name: str, ended: Ended, floor: float, *, postgres: float) -> None:
    figure(
        name,
        ended.seconds,
        "s",
        floor=floor,
        clients=CLIENTS,
        appointments=APPOINTMENTS,
        app_cpu=round(ended.cpu, 1),
        postgres_cpu=round(postgres, 1),
        said=ended.output.splitlines()[:2],
    )
    figure(f"{name}_memory", ended.mebibytes, "MiB RSS")


def _write(folder: Path) -> None:
    """Files with ids of their own, so that each run brings everybody in anew."""
    clinicians = User.objects.filter(roles__contains=[Role.CLINICIAN], is_active=True).order_by("pk")
    InventedPractice(
        clients=CLIENTS,
        appointments=APPOINTMENTS,
        clinicians=[clinician.email for clinician in clinicians[:50]],
        service=Service.objects.order_by("pk")[0].name,
        today=date.today(),  # noqa: DTZ011 - any day will do, all of it is past
        prefix=uuid4().hex[:6],
    ).write(folder)


def _bare_copy(folder: Path) -> float:
    """Seconds to copy both files into tables without an index."""
    began = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        for name in ("clients", "appointments"):
            with (folder / f"{name}.csv").open(encoding="utf-8") as file:
                columns = ", ".join(f'"{column}" text' for column in file.readline().strip().split(","))
                cursor.execute(f"CREATE TEMPORARY TABLE bare_{name} ({columns}) ON COMMIT DROP")
                cursor.copy_expert(f"COPY bare_{name} FROM STDIN WITH (FORMAT csv)", file)
    return time.monotonic() - began


def _import(folder: Path, at: World) -> Ended:
    """Run the command as the program's role, and read what the system says of it."""
    command = [sys.executable, "manage.py", "import_practice", str(folder)]
    environment = os.environ | {"DATABASE_URL": at.database_url, "REDIS_URL": at.redis_url}
    began = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
        output = child.stdout.read() if child.stdout else ""
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit("The import did not end well.")
    return Ended(
        seconds=time.monotonic() - began,
        cpu=usage.ru_utime + usage.ru_stime,
        mebibytes=usage.ru_maxrss / 1024,
        output=output,
    )
