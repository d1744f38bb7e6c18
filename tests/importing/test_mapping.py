"""Files of other systems: what their columns, dates and words are taken for."""

from datetime import date, time

import pytest

from importing.guessing import guess_columns, guess_word
from importing.refusals import RowRefused
from importing.translating import People, in_their_words, split_name
from importing.writings import clock_of, day_of, minutes_of, order_of, time_of

SIMPLE_PRACTICE = {
    "Legal first name": ["Alma"],
    "Legal last name": ["Reed"],
    "What name do they go by?": ["Al"],
    "Date of birth": ["03/25/1985"],
    "Mobile phone": ["(202) 555-0141"],
    "Email": ["alma@example.org"],
    "Primary clinician": ["Dr. Amara Okafor"],
    "Client status": ["Active"],
    "Insurance": ["None"],
}
JANE = {
    "Patient Number": ["77"],
    "Start At": ["2025-10-13 15:00"],
    "Staff Member": ["Amara Okafor"],
    "Treatment": ["Individual session"],
    "Location": ["Lake Street"],
    "State": ["Arrived"],
}
THERAPY_NOTES = {
    "Patient": ["Reed, Alma"],
    "Date": ["10/13/2025"],
    "Start Time": ["3:00 PM"],
    "Duration": ["50"],
    "Clinician": ["Okafor, Amara"],
    "Type": ["Individual session"],
    "Status": ["No Show"],
}


def test_the_columns_of_known_systems_are_guessed() -> None:
    assert guess_columns("clients", SIMPLE_PRACTICE) == {
        "Legal first name": "given_name",
        "Legal last name": "family_name",
        "What name do they go by?": "name_used",
        "Date of birth": "born_on",
        "Mobile phone": "phone",
        "Email": "email",
        "Primary clinician": "case_clinician",
        "Client status": "standing",
        "Insurance": "",
    }
    assert list(guess_columns("appointments", JANE).values()) == [
        "client_id", "starts", "clinician", "service", "place", "status",
    ]  # fmt: skip
    assert list(guess_columns("appointments", THERAPY_NOTES).values()) == [
        "client_name", "date", "time", "minutes", "clinician", "service", "status",
    ]  # fmt: skip


def test_short_words_and_accents_in_headers_are_known() -> None:
    """“Patient #” was taken for the patient's name, and every number for somebody's."""
    clients = {
        "Patient #": ["0012"],
        "Name": ["Reed, Alma"],
        "Pref. Language": ["Spanish"],
        "Teléfono": [],
        "Correo electrónico": [],
    }
    assert list(guess_columns("clients", clients).values()) == [
        "client_id", "full_name", "language", "phone", "email",
    ]  # fmt: skip
    appointments = {
        "Appt #": ["A1"],
        "Pt #": ["0012"],
        "Appt. Start": ["11/30/2026 9:00 AM"],
        "Dur": ["50"],
        "Svc": ["Individual session"],
    }
    assert list(guess_columns("appointments", appointments).values()) == [
        "session_id", "client_id", "starts", "minutes", "service",
    ]  # fmt: skip


def test_a_column_without_a_telling_name_is_guessed_by_its_values() -> None:
    guessed = guess_columns(
        "clients", {"A": ["x@y.org"], "B": ["202 555 0141"], "C": ["1985-03-25"], "D": ["7"]}
    )
    assert guessed == {"A": "email", "B": "phone", "C": "", "D": ""}
    guessed = guess_columns("appointments", {"A": ["Show", "No Show"], "When": ["3/5/2025 3:00 PM"]})
    assert guessed == {"A": "status", "When": "starts"}


def test_dates_that_could_be_two_days_are_left_to_a_person() -> None:
    assert order_of(["03/25/1985", "01/02/1990"]).answer == "mdy"
    assert order_of(["25/03/1985"]).answer == "dmy"
    doubt = order_of(["03/05/2026", "1.2.2025"])
    assert doubt.is_asked
    assert doubt.answer == ""
    assert order_of(["25/03/1985", "03/25/1985"]).answer == ""
    assert not order_of(["2026-03-05", "Mar 5, 2026"]).is_asked
    with pytest.raises(RowRefused, match="month or the day"):
        day_of("03/05/2026", "", "Date")


@pytest.mark.parametrize(
    ("written", "order", "meant"),
    [
        ("03/05/2026", "mdy", date(2026, 3, 5)),
        ("03/05/2026", "dmy", date(2026, 5, 3)),
        ("2026-03-05T15:00", "", date(2026, 3, 5)),
        ("Thu, Mar 5, 2026", "", date(2026, 3, 5)),
        ("5 March 2026", "", date(2026, 3, 5)),
        ("March 5, 2026 3:00 PM", "", date(2026, 3, 5)),
    ],
)
def test_days_are_read_as_they_are_written(written: str, order: str, meant: date) -> None:
    assert day_of(written, order, "Date") == meant


@pytest.mark.parametrize("written", ["45000", "45000.5", "32215"])
def test_a_day_that_a_spreadsheet_has_made_a_number_of_says_what_to_do(written: str) -> None:
    with pytest.raises(RowRefused, match="how a spreadsheet counts days"):
        day_of(written, "mdy", "Date")


@pytest.mark.parametrize("written", ["13/25/2026", "3/5/26", "soon", "Room 4", "02/30/2026", "Mar 2026"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(RowRefused, match="Date"):
        day_of(written, "mdy", "Date")


@pytest.mark.parametrize(
    ("written", "clock", "meant"),
    [
        ("3:00 PM", "", time(15)),
        ("12:15 am", "24", time(0, 15)),
        ("15:30:00", "", time(15, 30)),
        ("3:00", "12", time(15)),
        ("03/05/2026 9:05 AM", "", time(9, 5)),
        ("2026-03-05T09:05:00Z", "24", time(9, 5)),
    ],
)
def test_times_are_read_as_they_are_written(written: str, clock: str, meant: time) -> None:
    assert time_of(written, clock, "Time") == meant


def test_early_hours_without_am_or_pm_are_asked_about() -> None:
    assert clock_of(["3:00", "9:00"]).is_asked
    assert not clock_of(["3:00", "15:00"]).is_asked
    assert not clock_of(["3:00 PM", "9:00"]).is_asked


def test_lengths_and_names_are_read() -> None:
    written = ("50", "50 min", "0:50", "1 hr 20 min")
    assert [minutes_of(value, "Duration") for value in written] == ["50", "50", "50", "80"]
    assert split_name("Reed, Alma June") == split_name("Alma June Reed") == ("Alma June", "Reed")


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("No Show", "no_show"),
        ("LATE CANCEL", "cancelled_late"),
        ("Canceled", "cancelled"),
        ("Show", "attended"),
        ("Completed", "attended"),
        ("Clinician Cancelled", "cancelled:practice"),
        ("No asistió", "no_show"),
        ("Rescheduled", ""),
    ],
)
def test_outcome_words_are_guessed_or_asked(word: str, meaning: str) -> None:
    assert guess_word("status", word, {}) == meaning


def test_names_of_ours_are_known_in_other_writings() -> None:
    staff = {"a": "Dr. Amara Okafor", "l": "Luis Herrera", "m": "Luis Marsh"}
    assert guess_word("clinician", "Okafor, Amara, LCSW", staff) == "a"
    assert guess_word("clinician", "Luis", staff) == ""
    assert guess_word("service", "90834: Individual session", {"i": "Individual session"}) == "i"
    assert guess_word("place", "Telehealth", {}) == "video"


def test_a_name_of_two_people_is_nobodys() -> None:
    people = People()
    people.add(("Alma Reed",), "1", date(1985, 3, 25), "")
    people.add(("Alma Reed",), "2", date(1990, 1, 1), "")
    assert people.find("Reed, Alma", date(1990, 1, 1), "") == "2"
    with pytest.raises(RowRefused, match="Several"):
        people.find("Alma Reed", None, "")
    with pytest.raises(RowRefused, match="Nobody"):
        people.find("Ada Reed", None, "")


def test_a_column_is_named_as_it_is_written_whatever_it_is_called() -> None:
    said = in_their_words("client_id is empty.", {r"Client\1 \g<x>": "client_id"})
    assert said == r"“Client\1 \g<x>” is empty."
