"""The files themselves: encodings, delimiters, headers, and rows of every shape."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Practice, User
from clients.models import Client
from importing import columns
from importing.files import open_table
from importing.known import Known
from importing.refusals import FileRefused, Reason, Refusal, write_report
from importing.services import import_practice
from sessions_app.models import TherapySession
from tests.conftest import NOW
from tests.importing.conftest import Bring, Row, reasons, write_csv

ROWS: list[Row] = [{"client_id": "A1", "given_name": "Zoë", "family_name": "Núñez"}]


def _import(folder: Path, **options: object):  # type: ignore[no-untyped-def]
    return import_practice(folder=folder, **{"actor": None, "now": NOW, **options})  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(
    practice: Practice, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    write_csv(tmp_path / "clients.csv", ROWS, delimiter, encoding)
    assert _import(tmp_path).clients.imported == 1
    assert Client.objects.get().display_name == "Zoë Núñez"


def test_an_old_encoding_is_refused_before_anything_is_written(practice: Practice, tmp_path: Path) -> None:
    write_csv(tmp_path / "clients.csv", [{"client_id": "A0", "given_name": "Ada"}])
    appointments = {"session_id": "S1", "client_id": "A0", "date": "2025-01-02", "case_id": "Café"}
    write_csv(tmp_path / "appointments.csv", [appointments], encoding="cp1252")
    with pytest.raises(FileRefused, match=r"appointments\.csv is not UTF-8"):
        _import(tmp_path)
    assert not Client.objects.exists()


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("client_id,name", "no column given_name"),
        ("client_id,given_name,safe_contakt", "Did you mean safe_contact"),
        ("client_id,given_name,shoe_size_of_the_client", "put x_ before"),
        ("client_id,given_name,client_id", "client_id twice"),
        ('client_id,"given_name', "not a row of column names"),
        ("", "no column client_id"),
    ],
)
def test_a_header_that_is_not_understood_is_refused(
    practice: Practice, tmp_path: Path, header: str, reason: str
) -> None:
    (tmp_path / "clients.csv").write_text(f"{header}\nA1,Ada,no\n")
    with pytest.raises(FileRefused, match=reason):
        _import(tmp_path)


def test_columns_marked_as_other_are_left_aside(bring: Bring) -> None:
    assert bring([ROWS[0] | {"x_shoe_size": "39"}]).clients.imported == 1


def test_an_empty_folder_is_refused(practice: Practice, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="neither"):
        _import(tmp_path)


def test_line_numbers_count_blank_and_broken_lines(practice: Practice, tmp_path: Path) -> None:
    lines = [
        "client_id,given_name,family_name",
        "A1,Ada,",
        "",
        ",,",
        'A2,"two',
        'lines",',
        "A3,too,many,cells",
        "A4,few",
        "A5,bell\x07,",
        'A6,"quote"s,',
        "A7,Bea,",
        'A8,"open,',
        "A9,Cleo,",
    ]
    (tmp_path / "clients.csv").write_text("\n".join(lines) + "\n")
    result = _import(tmp_path)
    assert reasons(result) == {
        7: "It has 4 cells where the first line has 3.",
        8: "It has 2 cells where the first line has 3.",
        9: "It holds characters that cannot be shown.",
        10: "The quotation marks of this line do not match.",
        12: "A quotation mark is opened here and swallows everything down to line 13.",
    }
    assert set(Client.objects.values_list("given_name", flat=True)) == {"Ada", "two lines", "Bea"}


def test_the_report_cannot_run_as_a_formula(tmp_path: Path) -> None:
    write_report(tmp_path / "out.csv", [Refusal("clients.csv", 2, "=cmd()", Reason("No."))])
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == ["clients.csv", "2", "'=cmd()", "No."]


def test_only_who_may_change_settings_imports(bring: Bring, desk: User, admin_user: User) -> None:
    with pytest.raises(PermissionDenied):
        bring(ROWS, actor=desk)
    assert bring(ROWS, actor=admin_user).clients.imported == 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_do_not_run_at_once(practice: Practice, tmp_path: Path) -> None:
    write_csv(tmp_path / "clients.csv", ROWS)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended('kept:import', 0))")
        with pytest.raises(FileRefused, match="Another import is running"):
            _import(tmp_path)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    assert _import(tmp_path).clients.imported == 1


class _PulledPlugError(Exception):
    """The machine goes down in the middle of a run."""


@pytest.mark.django_db(transaction=True)
def test_a_run_that_broke_off_is_completed_by_the_next(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importing.arriving.BATCH", 2)
    monkeypatch.setattr("importing.scheduling.BATCH", 2)
    people = [{"client_id": f"A{n}", "given_name": f"Ada {n}"} for n in range(7)]
    sessions = [
        {"session_id": f"S{n}", "client_id": f"A{n}", "date": "2025-01-02", "status": "attended"}
        for n in range(7)
    ]
    write_csv(tmp_path / "clients.csv", people)
    write_csv(tmp_path / "appointments.csv", sessions)

    def pull_plug(file: str, done: int, lines: int) -> None:
        if file == "appointments.csv" and done == 6:
            raise _PulledPlugError

    with pytest.raises(_PulledPlugError):
        _import(tmp_path, progress=pull_plug)
    assert (Client.objects.count(), TherapySession.objects.count()) == (7, 4)
    result = _import(tmp_path)
    assert (result.appointments.imported, result.appointments.already_there) == (3, 4)
    assert TherapySession.objects.count() == 7


_CELL = st.one_of(
    st.sampled_from(
        [
            "A1",
            "A2",
            "yes",
            "no",
            "2026-11-17",
            "2025-02-30",
            "10:00",
            "1E+5",
            "couple",
            "group",
            "+13125550101",
            "appointments",
            "a@example.org",
            "attended",
            "no_show",
            "cancelled",
            "-1",
            "=1+1",
            "America/Chicago",
            "signed",
            "9999-12-31",
            "0001-01-01",
            "0001-01-01T00:00+14:00",
            "K1",
            "50",
        ]
    ),
    st.just(""),
    st.text(max_size=12),
)


def _row_of(names: tuple[str, ...]) -> st.SearchStrategy[Row]:
    """The required columns with anything in them, and some of the others."""
    return st.dictionaries(st.sampled_from(names), _CELL, max_size=8)


def _write_any(path: Path, names: tuple[str, ...], rows: list[Row]) -> int:
    """Write the rows; returns how many of them are not blank."""
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return sum(any(str(cell).strip() for cell in row.values()) for row in rows)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(_row_of(columns.CLIENTS), max_size=6),
    rows=st.lists(_row_of(columns.APPOINTMENTS), max_size=6),
)
def test_every_row_is_in_or_refused(
    practice: Practice, tmp_path: Path, people: list[Row], rows: list[Row]
) -> None:
    expected = (
        _write_any(tmp_path / "clients.csv", columns.CLIENTS, people),
        _write_any(tmp_path / "appointments.csv", columns.APPOINTMENTS, rows),
    )
    with transaction.atomic():
        dry = _import(tmp_path, dry_run=True)
        result = _import(tmp_path)
        again = _import(tmp_path, now=NOW + timedelta(minutes=1))
        # Every example begins with an empty practice.
        transaction.set_rollback(True)
    assert (result.clients.rows, result.appointments.rows) == expected
    assert (dry.clients, dry.appointments) == (result.clients, result.appointments)
    assert (again.clients.imported, again.appointments.imported) == (0, 0)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_no_file_breaks_the_reader(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes(b"client_id,given_name\n" + text)
    try:
        table = open_table(path, known=columns.CLIENTS, required=columns.CLIENTS_REQUIRED)
    except FileRefused:
        return
    numbers = [line.number for line in table.rows()]
    assert numbers == sorted(set(numbers))


def test_everything_known_is_loaded_in_a_constant_number_of_queries(
    bring: Bring, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    bring(ROWS)
    with django_assert_num_queries(13):  # type: ignore[operator]
        Known.load(now=NOW)
