"""Files that a practice admin brings through the pages: kept safely, tried, brought in, let go."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import translation

from accounts.models import Practice, User
from attendance.models import AttendanceRecord
from clients.models import Client
from importing.access import get_import
from importing.bringing import (
    ask_for_run,
    ask_for_trial,
    columns_of,
    forget_old_files,
    opened,
    questions_of,
    receive_files,
    save_columns,
    save_meanings,
)
from importing.models import ImportRun
from importing.refused import refused_with_reasons, told
from importing.running import bring_in_asked
from sessions_app.models import Location, Service, TherapySession
from tests.conftest import NOW

CLIENTS = """First Name,Last Name,Date of Birth,Mobile Phone,Primary Clinician,Favourite colour
Alma,Reed,03/25/1985,(202) 555-0141,"Okafor, Amara",green
Theo,Marsh,11/02/1979,(202) 555-0142,Dr. Amara Okafor,
Jules,Marsh,31/31/1981,,,
"""
APPOINTMENTS = """Client Name,Date of Service,Start Time,End Time,Clinician,Service,Location,Status
"Reed, Alma",10/13/2025,3:00 PM,3:50 PM,Okafor,Individual session,Lake Street,Show
Alma Reed,10/20/2025,3:00 PM,3:50 PM,Okafor,Individual session,Telehealth,No Show
Theo Marsh,12/01/2026,4:00 PM,4:50 PM,Okafor,Individual session,Lake Street,Scheduled
Ada Nobody,10/20/2025,5:00 PM,5:50 PM,Okafor,Individual session,Lake Street,Show
Theo Marsh,10/27/2025,4:00 PM,4:50 PM,Okafor,Individual session,Lake Street,Rescheduled
"""


@pytest.fixture
def brought(admin_user: User, amara: User, service: Service, place: Location) -> ImportRun:
    """Both files, as two other systems export them."""
    files = {"clients": [CLIENTS.encode()], "appointments": [APPOINTMENTS.encode("utf-8-sig")]}
    return receive_files(files=files, actor=admin_user, now=NOW)


def say(run: ImportRun, actor: User, names: dict[str, Any], **words: dict[str, str]) -> None:
    """Take every guess, and say what could not be guessed."""
    with opened(run.files.all()) as tables:
        for file in run.files.all():
            columns = columns_of(file, tables[file.kind])
            save_columns(file=file, holds={one.name: one.holds for one in columns}, actor=actor, now=NOW)
            asked = questions_of(file, tables[file.kind], names)
            guessed = {
                target: {word.text: word.means for word in found} | words.get(target, {})
                for target, found in asked.words.items()
            }
            save_meanings(
                file=file,
                order=asked.order.answer or "mdy",
                clock=asked.clock.answer,
                words=guessed,
                actor=actor,
                now=NOW,
            )


@pytest.fixture
def names(amara: User, service: Service, place: Location) -> dict[str, dict[str, str]]:
    staff = {str(amara.public_id): amara.name}
    return {
        "clinician": staff,
        "case_clinician": staff,
        "service": {str(service.public_id): service.name},
        "place": {str(place.public_id): place.name},
    }


def reasons(run: ImportRun) -> list[tuple[str, int, str]]:
    run.refresh_from_db()
    return [(row.kind, row.line, told(run, row)) for row in run.refused_rows.all()]


def test_another_systems_files_are_tried_and_then_come_in(
    brought: ImportRun, admin_user: User, names: dict[str, Any], amara: User
) -> None:
    say(brought, admin_user, names, status={"Rescheduled": "!"})
    ask_for_trial(run=brought, actor=admin_user)
    assert bring_in_asked(now=NOW) == 1
    brought.refresh_from_db()
    assert brought.state == "checked"
    assert not Client.objects.exists()
    tried = brought.result
    assert [tried[kind]["imported"] for kind in ("clients", "appointments")] == [2, 3]
    assert tried["appointments"]["left_aside"] == 1
    assert tried["appointments"]["of_what"] == {"attended": 1, "no_show": 1, "booked": 1}
    refused = reasons(brought)
    assert [(kind, line) for kind, line, _reason in refused] == [("clients", 4), ("appointments", 5)]
    assert refused[0][2].startswith("“Date of Birth” says “31/31/1981”")
    assert "Nobody is known by this name" in refused[1][2]

    ask_for_run(run=brought, actor=admin_user)
    bring_in_asked(now=NOW)
    brought.refresh_from_db()
    assert brought.state == "done"
    assert brought.result == tried
    alma = Client.objects.get(given_name="Alma")
    assert (alma.family_name, alma.born_on) == ("Reed", date(1985, 3, 25))
    assert alma.cases.get().clinicians.get() == amara
    video = TherapySession.objects.get(on=date(2025, 10, 20))
    assert (video.modality, video.location, video.minutes) == ("video", None, 50)
    assert AttendanceRecord.objects.filter(outcome="no_show", client=alma).count() == 1


def test_bringing_the_same_files_again_changes_nothing(
    brought: ImportRun, admin_user: User, names: dict[str, Any]
) -> None:
    say(brought, admin_user, names, status={"Rescheduled": "!"})
    for ask in (ask_for_trial, ask_for_run, ask_for_run):
        ask(run=brought, actor=admin_user)
        bring_in_asked(now=NOW)
        brought.refresh_from_db()
    assert brought.result["clients"]["already_there"] == 2
    assert brought.result["appointments"]["already_there"] == 3
    assert Client.objects.count() == 2
    assert TherapySession.objects.count() == 3


def test_the_map_is_known_again_for_a_file_with_the_same_columns(
    brought: ImportRun, admin_user: User, names: dict[str, Any]
) -> None:
    say(brought, admin_user, names, status={"Rescheduled": "cancelled:practice"})
    again = receive_files(files={"appointments": [APPOINTMENTS.encode()]}, actor=admin_user, now=NOW)
    file = again.files.get()
    with opened([file]) as tables:
        asked = questions_of(file, tables["appointments"], {})
    assert {word.text: word.means for word in asked.words["status"]}["Rescheduled"] == "cancelled:practice"


def test_a_word_without_a_meaning_keeps_its_rows_out_and_says_so(
    brought: ImportRun, admin_user: User, names: dict[str, Any]
) -> None:
    say(brought, admin_user, names)
    ask_for_trial(run=brought, actor=admin_user)
    bring_in_asked(now=NOW)
    assert "“Status” says “Rescheduled”. Say what that means" in reasons(brought)[-1][2]


def test_what_the_importer_refuses_is_told_in_the_files_own_words(
    brought: ImportRun, admin_user: User, names: dict[str, Any]
) -> None:
    say(brought, admin_user, {**names, "service": {}}, status={"Rescheduled": "!"})
    ask_for_trial(run=brought, actor=admin_user)
    bring_in_asked(now=NOW)
    assert "“Service” “Individual session” is not set up in Kept" not in str(reasons(brought))
    Service.objects.update(name="Something else")
    ask_for_trial(run=brought, actor=admin_user)
    bring_in_asked(now=NOW)
    assert "“Service” “Individual session” is not set up in Kept. Add it" in str(reasons(brought))


def test_whoever_reads_a_refusal_reads_it_in_their_own_language(
    brought: ImportRun, admin_user: User, names: dict[str, Any]
) -> None:
    """Also where somebody else asked for it, in another language."""
    say(brought, admin_user, names)
    ask_for_trial(run=brought, actor=admin_user)
    with translation.override("es"):
        bring_in_asked(now=NOW)
    assert "Nobody is known by this name. Bring the clients in first" in str(reasons(brought))
    with translation.override("es"):
        spanish = str(reasons(brought))
    assert "«Date of Birth» dice «31/31/1981»" in spanish
    assert "«Status» dice «Rescheduled». Diga qué significa" in spanish
    assert "Nobody" not in spanish


def test_what_a_map_says_now_is_tried_before_it_brings_anything_in(
    brought: ImportRun, admin_user: User, names: dict[str, Any]
) -> None:
    """A map serves every file with these columns: somebody may change it for another file."""
    say(brought, admin_user, names)
    ask_for_trial(run=brought, actor=admin_user)
    bring_in_asked(now=NOW)
    brought.refresh_from_db()
    other = receive_files(files={"appointments": [APPOINTMENTS.encode()]}, actor=admin_user, now=NOW)
    say(other, admin_user, names, status={"No Show": "attended"})
    with pytest.raises(ValidationError, match="Try it once more"):
        ask_for_run(run=brought, actor=admin_user)
    say(other, admin_user, names, status={"No Show": "no_show"})
    ask_for_run(run=brought, actor=admin_user)
    # What is said once it is asked for is for the next time.
    say(other, admin_user, names, status={"No Show": "attended"})
    bring_in_asked(now=NOW)
    assert AttendanceRecord.objects.filter(outcome="no_show").count() == 1


def test_refused_rows_go_out_with_their_reason_and_come_back_mended(
    brought: ImportRun, admin_user: User, names: dict[str, Any]
) -> None:
    say(brought, admin_user, names, status={"Rescheduled": "!"})
    ask_for_trial(run=brought, actor=admin_user)
    bring_in_asked(now=NOW)
    header, row = refused_with_reasons(brought, "clients")
    assert header[:3] == ["Kept: line", "Kept: reason", "First Name"]
    assert row[0] == "4"
    assert row[2:4] == ["Jules", "Marsh"]
    mended = ",".join(header) + "\n4,why,Jules,Marsh,03/03/1981,,,\n"
    again = receive_files(files={"clients": [mended.encode()]}, actor=admin_user, now=NOW)
    ask_for_trial(run=again, actor=admin_user)
    bring_in_asked(now=NOW)
    again.refresh_from_db()
    assert again.result["clients"]["imported"] == 1


def test_a_client_entered_by_hand_is_found_by_name(
    admin_user: User, rosa: Client, rosa_case: Any, service: Service, names: dict[str, Any], place: Location
) -> None:
    rows = "Client,Date,Time,Clinician,Service,Status\nRosa Mendes,2026-12-01,4:00 PM,Okafor,Individual session,Booked\n"
    run = receive_files(files={"appointments": [rows.encode()]}, actor=admin_user, now=NOW)
    say(run, admin_user, names)
    ask_for_trial(run=run, actor=admin_user)
    bring_in_asked(now=NOW)
    run.refresh_from_db()
    assert reasons(run) == []
    assert run.result["appointments"]["imported"] == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 not text", "a spreadsheet or a folder"),
        (b"", "no rows under column names"),
        (b"First,Last\n", "no rows under column names"),
        ("First,Last\nAda,Low\n".encode("utf-16-le"), "not a row of column names"),
        ("Vorname,Name\nJ\u00fcrgen,Ott\n".encode("latin-1"), "CSV UTF-8"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(admin_user: User, content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        receive_files(files={"clients": [content]}, actor=admin_user, now=NOW)
    assert not ImportRun.objects.exists()


def test_a_column_may_be_called_as_a_zip_file_begins(admin_user: User) -> None:
    run = receive_files(files={"clients": [b"PK,First name\n1,Ada\n"]}, actor=admin_user, now=NOW)
    assert run.files.get().header == ["PK", "First name"]


def test_every_column_has_a_name_of_its_own(admin_user: User) -> None:
    rows = b"Phone,Phone,phone (2),,Column 4\n1,2,3,4,5\n"
    run = receive_files(files={"clients": [rows]}, actor=admin_user, now=NOW)
    with opened(run.files.all()) as tables:
        [line] = tables["clients"].rows()
    assert dict(line.cells) == {"Phone": "1", "Phone (3)": "2", "phone (2)": "3", "column 4": "4", "Column 4 (2)": "5"}  # fmt: skip


def test_a_row_that_cannot_be_read_is_known_by_its_number(admin_user: User, names: dict[str, Any]) -> None:
    rows = b"Client ID,First name,DOB\nC-7,Ada,12/06/79\n"
    run = receive_files(files={"clients": [rows]}, actor=admin_user, now=NOW)
    say(run, admin_user, names)
    ask_for_trial(run=run, actor=admin_user)
    bring_in_asked(now=NOW)
    assert run.refused_rows.get().row_id == "C-7"


def test_names_in_other_letters_are_another_map(admin_user: User, names: dict[str, Any]) -> None:
    """What was said of one file would be read from columns that the other does not have."""
    first, other = (
        receive_files(files={"clients": [content]}, actor=admin_user, now=NOW)
        for content in (b"First name,Safe contact\nAda,\n", b"FIRST NAME,SAFE CONTACT\nBo,discreet\n")
    )
    say(first, admin_user, names)
    with opened(other.files.all()) as tables:
        columns = columns_of(other.files.get(), tables["clients"])
    assert [column.holds for column in columns] == ["given_name", "safe_contact"]


def test_a_file_that_is_too_large_is_refused(admin_user: User) -> None:
    with pytest.raises(ValidationError, match="larger than 25 MB"):
        receive_files(files={"clients": [b"a,b\n"] * 3 + [b"x" * 2**20] * 26}, actor=admin_user, now=NOW)


def test_what_is_kept_of_a_file_cannot_be_read_in_the_database(brought: ImportRun) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM importing_importfile")
        assert not any(b"Alma" in bytes(sealed) for (sealed,) in cursor.fetchall())


def test_files_go_when_they_have_served(brought: ImportRun, admin_user: User, names: dict[str, Any]) -> None:
    assert forget_old_files(now=NOW + timedelta(days=6)) == 0
    assert forget_old_files(now=NOW + timedelta(days=8)) == 1
    assert set(brought.files.values_list("sealed", flat=True)) == {None}
    good = b"First name,Last name\nAda,Low\n"
    run = receive_files(files={"clients": [good]}, actor=admin_user, now=NOW)
    say(run, admin_user, names)
    for ask in (ask_for_trial, ask_for_run):
        ask(run=run, actor=admin_user)
        bring_in_asked(now=NOW)
        run.refresh_from_db()
    assert run.files_removed_at
    assert run.files.get().sealed is None
    with pytest.raises(ValidationError, match="removed"):
        ask_for_run(run=run, actor=admin_user)


def test_a_run_whose_worker_fell_silent_is_taken_up_again(
    brought: ImportRun, admin_user: User, names: Any
) -> None:
    say(brought, admin_user, names)
    ask_for_trial(run=brought, actor=admin_user)
    ImportRun.objects.update(begun_at=NOW, progress_at=NOW)
    assert bring_in_asked(now=NOW + timedelta(minutes=4)) == 0
    assert bring_in_asked(now=NOW + timedelta(minutes=6)) == 1


def test_nothing_comes_in_untried_or_for_who_is_no_admin_any_more(
    brought: ImportRun, admin_user: User, desk: User, names: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError, match="Check the files first"):
        ask_for_run(run=brought, actor=admin_user)
    with pytest.raises(PermissionDenied):
        get_import(desk, brought.public_id)
    say(brought, admin_user, names)
    ask_for_trial(run=brought, actor=admin_user)
    User.objects.filter(pk=admin_user.pk).update(roles=["front_desk"])
    with pytest.raises(PermissionDenied):
        bring_in_asked(now=NOW)
    brought.refresh_from_db()
    assert brought.state == "mapping"
    assert "broke off" in brought.problem


def test_a_practice_that_is_not_live_yet_takes_its_past_as_history(
    brought: ImportRun, admin_user: User, names: dict[str, Any]
) -> None:
    Practice.objects.update(live_from=None)
    say(brought, admin_user, names, status={"Rescheduled": "!"})
    for ask in (ask_for_trial, ask_for_run):
        ask(run=brought, actor=admin_user)
        bring_in_asked(now=NOW)
        brought.refresh_from_db()
    assert TherapySession.objects.filter(is_history=True).count() == 2
