"""The local engines start, refuse a second master, and end with whoever started them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis

from config.children import living_in
from config.engines import EnginesBusyError, engines, erase, joined_engines, running_addresses

pytestmark = pytest.mark.worker
PROJECT = Path(__file__).resolve().parents[2]
HOLD = """
import sys, time
from pathlib import Path
from config.engines import engines
with engines(Path(sys.argv[1])) as addresses:
    print("up", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "var" / "engines"
    yield folder
    cluster = cluster_of(folder)
    assert wait_until_gone(cluster, "postgres")
    erase(folder)
    assert not cluster.exists()


@pytest.fixture
def holder(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that runs the engines of `root`."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "up\n"
    yield child
    child.kill()
    child.wait()
    child.stdout.close()


def cluster_of(root: Path) -> Path:
    elsewhere = root / "elsewhere"
    return (Path(elsewhere.read_text()) if elsewhere.exists() else root) / "postgres"


def wait_until_gone(folder: Path, program: str) -> bool:
    for _ in range(300):
        if not living_in(folder, program):
            return True
        time.sleep(0.1)
    return False


def test_engines_keep_what_was_written_and_leave_no_process(root: Path) -> None:
    with engines(root) as addresses:
        link = psycopg2.connect(addresses.owner_url)
        with link, link.cursor() as cursor:
            cursor.execute("CREATE TABLE kept_note AS SELECT 'kept' AS word")
        link.close()
        with redis.Redis.from_url(addresses.redis_url) as client:
            assert client.ping()
    assert not living_in(cluster_of(root), "postgres")
    assert not living_in(root / "valkey", "valkey-server")

    with engines(root) as addresses:
        link = psycopg2.connect(addresses.owner_url)
        with link, link.cursor() as cursor:
            cursor.execute("SELECT word FROM kept_note")
            assert cursor.fetchone() == ("kept",)
        link.close()


def test_the_programs_role_has_no_rights_beyond_its_own(root: Path) -> None:
    with engines(root) as addresses:
        link = psycopg2.connect(addresses.database_url)
        with link.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper, rolcreatedb, rolcreaterole, has_schema_privilege('public', 'CREATE')"
                " FROM pg_roles WHERE rolname = current_user"
            )
            assert cursor.fetchone() == (False, False, False, False)
        link.close()


def test_an_error_leaves_no_row_in_the_databases_log(root: Path) -> None:
    with engines(root) as addresses:
        link = psycopg2.connect(addresses.owner_url)
        with link.cursor() as cursor:
            cursor.execute("CREATE TABLE kept_name (name text UNIQUE)")
            cursor.execute("INSERT INTO kept_name VALUES ('Rosa Mendes')")
            with pytest.raises(psycopg2.errors.UniqueViolation, match="Rosa Mendes"):
                cursor.execute("INSERT INTO kept_name VALUES ('Rosa Mendes')")
        link.close()
    log = (root / "postgres.log").read_text()
    assert "duplicate key value" in log
    assert "Rosa Mendes" not in log


def test_a_second_supervisor_is_refused_and_a_command_joins(
    root: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(EnginesBusyError, match="already run"), engines(root):
        pass
    with joined_engines(root) as addresses:
        assert addresses.supervisor_pid == holder.pid
        psycopg2.connect(addresses.database_url).close()
    assert holder.poll() is None


def test_engines_end_when_their_supervisor_is_killed_outright(
    root: Path, holder: subprocess.Popen[str]
) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert wait_until_gone(cluster_of(root), "postgres")
    assert wait_until_gone(root / "valkey", "valkey-server")
    assert running_addresses(root) is None


def test_engines_start_again_at_once_after_everything_was_killed(
    root: Path, holder: subprocess.Popen[str]
) -> None:
    postmaster = int((cluster_of(root) / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with engines(root) as addresses:
        psycopg2.connect(addresses.database_url).close()


def test_a_stale_note_that_names_a_foreign_process_costs_it_nothing(root: Path) -> None:
    with engines(root):
        pass
    note = cluster_of(root) / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{cluster_of(root)}\n")
    with engines(root) as addresses:
        psycopg2.connect(addresses.database_url).close()
    assert psutil.pid_exists(os.getpid())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to change its account")
def test_as_root_a_closed_parent_folder_moves_the_data_and_says_so(root: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    said: list[str] = []
    with engines(root, say=said.append) as addresses:
        psycopg2.connect(addresses.database_url).close()
    elsewhere = (root / "elsewhere").read_text()
    assert any(elsewhere in line for line in said)
    assert Path(elsewhere).stat().st_mode & 0o077 == 0
    assert tmp_path.stat().st_mode & 0o777 == 0o700
