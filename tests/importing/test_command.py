"""The command: what it prints, what it writes, and that the sample goes in."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Practice
from attendance.models import AttendanceRecord
from clients.models import Case, Guardianship
from importing import columns
from importing.management.commands.import_practice import ProgressBar
from sessions_app.models import Participant, TherapySession
from tests.importing.conftest import write_csv

ROOT = Path(__file__).resolve().parents[2]


def _run(folder: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_practice", folder, stdout=out, **options)
    return out.getvalue()


def test_the_sample_goes_in_whole(practice: Practice) -> None:
    said = _run(ROOT / "importing" / "sample")
    assert "clients.csv: 5 rows went in, 0 were there already, 0 refused." in said
    assert "appointments.csv: 6 rows went in, 0 were there already, 0 refused." in said
    assert "1 clients have not agreed to messages" in said
    assert Guardianship.objects.get().minor.given_name == "Leo"
    assert Case.objects.get(external_id="F-20").is_addiction
    joint = TherapySession.objects.get(external_id="S-504")
    assert joint.participants.count() == 2
    assert Participant.objects.get(session=joint, cancelled_late=True).client.name_used == "Jules"
    outcomes = AttendanceRecord.objects.values_list("outcome", flat=True)
    assert sorted(outcomes) == ["attended", "attended", "no_show", "not_brought"]


def test_a_dry_run_says_so(practice: Practice) -> None:
    said = _run(ROOT / "importing" / "sample", dry_run=True)
    assert "nothing was written" in said
    assert "clients.csv: 5 rows would go in" in said
    assert not TherapySession.objects.exists()


def test_refused_rows_are_shown_or_reported(practice: Practice, tmp_path: Path) -> None:
    rows = [{"client_id": f"{n}E+10", "given_name": "Ada"} for n in range(25)]
    write_csv(tmp_path / "clients.csv", rows)
    said = _run(tmp_path)
    assert "clients.csv line 2: client_id was shortened to scientific notation" in said
    assert "… and 5 more" in said
    _run(tmp_path, report=tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        report = list(csv.DictReader(file))
    assert (len(report), report[24]["line"], report[24]["id"]) == (25, "26", "24E+10")


def test_a_file_that_cannot_be_read_ends_in_plain_words(practice: Practice, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="neither"):
        _run(tmp_path)


def test_before_set_up_nothing_can_be_brought_in(db: None) -> None:
    with pytest.raises(CommandError, match="Set the practice up first"):
        _run(ROOT / "importing" / "sample")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_moves_on_a_terminal_and_is_silent_elsewhere() -> None:
    terminal, file = _Terminal(), io.StringIO()
    for stream in (terminal, file):
        bar = ProgressBar(stream)
        for done in range(0, 1001, 5):
            bar.show("clients.csv", done, 1000)
        bar.clear()
    drawn = terminal.getvalue().split("\r")
    assert "100 %" in drawn[-3]
    assert len(drawn) == 104  # one for each percent, and two that wipe the line
    assert file.getvalue() == ""


def test_every_column_is_documented() -> None:
    text = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    shared = ("phone_2", "email_", "guardian_2_", "case_2_")
    names = {*columns.CLIENTS, *columns.APPOINTMENTS}
    plain = [name for name in names if not name.startswith(shared)]
    assert [name for name in sorted(plain) if f"`{name}`" not in text] == []
