"""`make demo`, its end however it comes, and a backup's way back."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from config.children import free_port
from config.engines import erase

pytestmark = [pytest.mark.worker, pytest.mark.slow]
# Each builds on the one before: `make test` keeps a file on one worker.
PROJECT = Path(__file__).resolve().parents[2]
READY = "Ctrl-C stops everything"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Ports and a data folder for demos of our own, without this run's engines."""
    var = tmp_path_factory.mktemp("demo") / "var"
    inherited = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DATABASE_URL", "KEPT_DATABASE_OWNER_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
    }
    ports = ("KEPT_PORT", "KEPT_SANDBOX_PORT", "KEPT_SANDBOX_SMTP_PORT")
    yield {**inherited, "KEPT_VAR_DIR": str(var), **{port: str(free_port()) for port in ports}}
    erase(var / "engines")


@contextmanager
def started_demo(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    demo = subprocess.Popen(
        [sys.executable, "-m", "config.demo"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with demo:
        try:
            yield demo
        finally:
            demo.send_signal(signal.SIGTERM)


def words_until(demo: subprocess.Popen[str], mark: str) -> str:
    assert demo.stdout is not None
    words = ""
    for line in demo.stdout:
        words += line
        if mark in line:
            return words
    return pytest.fail(f"The demo ended early:\n{words}")


def everything_below(demo: subprocess.Popen[str]) -> list[psutil.Process]:
    children: list[psutil.Process] = psutil.Process(demo.pid).children(recursive=True)
    return children


def still_alive(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def run(environment: dict[str, str], *arguments: str) -> str:
    finished = subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def in_shell(environment: dict[str, str], code: str) -> str:
    return run(environment, "manage.py", "shell", "--no-imports", "-v0", "-c", code).strip()


def test_one_ctrl_c_ends_everything_and_a_second_demo_is_refused(environment: dict[str, str]) -> None:
    with started_demo(environment) as demo:
        words = words_until(demo, READY)
        address = f"http://127.0.0.1:{environment['KEPT_PORT']}/"
        assert address in words
        assert urlopen(f"{address}healthz", timeout=30).read() == b"ok\n"
        with started_demo(environment) as second:
            assert "already runs from this folder" in second.communicate()[0]
            assert second.returncode == 1

        processes = everything_below(demo)
        assert len(processes) > 8
        demo.send_signal(signal.SIGINT)
        assert "Nothing is left running" in demo.communicate()[0]
        assert demo.returncode == 0
    assert still_alive(processes, 0.5) == []


def test_a_taken_port_is_named_with_the_variable_that_moves_it(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with started_demo({**environment, "KEPT_SANDBOX_PORT": str(port)}) as demo:
            words = demo.communicate()[0]
    assert demo.returncode == 1
    assert f"Port {port} is taken" in words
    assert "make demo KEPT_SANDBOX_PORT=" in words


def test_a_second_run_keeps_the_data_and_leaves_nothing_even_when_killed(environment: dict[str, str]) -> None:
    with started_demo(environment) as demo:
        words = words_until(demo, READY)
        assert "Making the database cluster" not in words
        assert "Applying" not in words
        processes = everything_below(demo)
        demo.kill()
        demo.wait()
        assert still_alive(processes, 30) == []


def test_a_backup_comes_back_with_sending_paused(environment: dict[str, str]) -> None:
    in_shell(
        environment,
        "from accounts.models import Practice\n"
        "Practice.objects.filter(pk=1).delete()\n"
        "Practice.objects.create(pk=1, name='As backed up', display_name='Kept', phone='+12025550100')",
    )
    said = run(environment, "-m", "config.backups", "backup")
    dump = Path(environment["KEPT_VAR_DIR"]) / "backups"
    files = list(dump.glob("*.dump"))
    assert len(files) == 1
    assert str(files[0]) in said
    assert files[0].stat().st_mode & 0o077 == 0

    in_shell(
        environment, "from accounts.models import Practice\nPractice.objects.update(name='Changed since')"
    )
    run(environment, "-m", "config.backups", "restore", str(files[0]))
    assert (
        in_shell(
            environment,
            "from accounts.models import Practice\np = Practice.objects.get()\n"
            "print(p.name, p.sending_paused_at is not None, p.sending_paused_reason)",
        )
        == f"As backed up True Restored from the backup {files[0].name}"
    )


def test_a_broken_backup_changes_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.dump"
    broken.write_bytes(b"PGDMP but not really")
    finished = subprocess.run(
        [sys.executable, "-m", "config.backups", "restore", str(broken)],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert finished.returncode == 1
    assert "Nothing was changed" in finished.stderr
    name = in_shell(environment, "from accounts.models import Practice\nprint(Practice.objects.get().name)")
    assert name == "As backed up"
