"""appointments.csv: what becomes a session, whose time it takes, and what is refused why."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from accounts.models import Practice, User
from attendance.models import AttendanceRecord, BarrierNamed
from clients.models import Case, Client, ProtectiveOrder
from clients.protection import ASK_THE_CLINICIAN
from importing.taken import Taken
from sessions_app.models import Closure, Location, Occupancy, Participant, Room, Service, TherapySession
from tests.conftest import NOW
from tests.importing.conftest import Bring, Row, reasons

PEOPLE: list[Row] = [
    {"client_id": "A1", "given_name": "Ada"},
    {"client_id": "A2", "given_name": "Maya", "case_id": "K1", "case_kind": "couple"},
    {"client_id": "A3", "given_name": "Jonah", "case_id": "K1", "case_kind": "couple"},
    {"client_id": "A4", "given_name": "Ella", "born_on": "2014-05-02"},
]
PAST: Row = {"session_id": "S1", "client_id": "A1", "date": "2025-03-05"}


@pytest.fixture
def coming(amara: User, service: Service, place: Location, room: Room) -> Row:
    """A whole row for tomorrow at ten."""
    return {
        "session_id": "F1",
        "client_id": "A1",
        "date": "2026-11-17",
        "time": "10:00",
        "clinician": amara.email,
        "service": service.name,
        "place": place.name,
        "room": room.name,
    }


def test_history_may_lack_time_and_clinician_and_takes_nobodys_time(bring: Bring) -> None:
    result = bring(PEOPLE, [PAST | {"status": "no_show"}])
    assert result.appointments.imported == 1
    session = TherapySession.objects.get()
    assert (session.is_history, session.at, session.on) == (True, None, date(2025, 3, 5))
    # Noon in Chicago, before the clocks change.
    assert session.starts_at == datetime(2025, 3, 5, 18, 0, tzinfo=UTC)
    assert session.settled_at == NOW
    assert not Occupancy.objects.exists()


def test_an_outcome_is_an_attendance_record_from_the_import(bring: Bring) -> None:
    row = PAST | {"time": "9:05", "status": "attended_late", "late_minutes": "12"}
    bring(PEOPLE, [row])
    record = AttendanceRecord.objects.select_related("participant__session").get()
    assert (record.outcome, record.late_minutes, record.source) == ("attended_late", 12, "import")
    assert record.participant.session.at == time(9, 5)
    assert record.starts_at == record.participant.starts_at == datetime(2025, 3, 5, 15, 5, tzinfo=UTC)
    assert record.participant.recorded_at == record.recorded_at == NOW


def test_barriers_come_along_with_an_absence(bring: Bring, practice: Practice) -> None:
    bring(PEOPLE, [PAST | {"status": "no_show", "barriers": "transportation; forgot"}])
    assert set(BarrierNamed.objects.values_list("barrier__code", flat=True)) == {"transportation", "forgot"}


def test_a_minor_was_not_brought(bring: Bring) -> None:
    rows = [
        PAST | {"client_id": "A4", "status": "not_brought"},
        PAST | {"session_id": "S2", "status": "not_brought"},
    ]
    assert "for children" in reasons(bring(PEOPLE, rows))[3]
    assert AttendanceRecord.objects.get().outcome == "not_brought"


def test_a_past_session_without_outcome_is_no_absence(bring: Bring) -> None:
    bring(PEOPLE, [PAST])
    assert not AttendanceRecord.objects.exists()
    assert not TherapySession.objects.needing_outcome(NOW).exists()


def test_since_the_live_date_a_session_awaits_its_outcome(bring: Bring, coming: Row) -> None:
    bring(PEOPLE, [coming | {"date": "2026-11-12"}])
    session = TherapySession.objects.needing_outcome(NOW).get()
    assert (session.is_history, session.settled_at) == (False, None)


@pytest.mark.parametrize(
    ("change", "late", "at"),
    [
        ({"status": "cancelled", "cancelled_at": "2025-03-03 09:00"}, False, "2025-03-03T15:00"),
        ({"cancelled_at": "2025-03-05T08:00"}, True, "2025-03-05T14:00"),
        ({"status": "cancelled"}, False, "2025-03-04T16:00"),
        ({"status": "cancelled_late"}, True, "2025-03-05T16:00"),
        (
            {"status": "cancelled", "cancelled_at": "2025-03-05 09:30", "cancelled_by": "practice"},
            False,
            "2025-03-05T15:30",
        ),
    ],
)
def test_a_cancellation_is_late_or_in_time_by_the_policy(
    bring: Bring, change: dict[str, str], late: bool, at: str
) -> None:
    bring(PEOPLE, [PAST | {"time": "10:00"} | change])
    participant = Participant.objects.select_related("session").get()
    assert participant.cancelled_late is late
    assert participant.cancelled_at == datetime.fromisoformat(f"{at}+00:00")
    assert participant.session.cancelled_at == participant.cancelled_at
    assert participant.session.tell_clients is False


def test_a_coming_session_takes_the_time_of_clinician_and_room(
    bring: Bring, coming: Row, amara: User
) -> None:
    bring(PEOPLE, [coming | {"status": "confirmed", "booked_at": "2026-11-01"}])
    session = TherapySession.objects.get()
    assert (session.is_history, session.settled_at, session.late_cancellation_hours) == (False, None, 24)
    taken = Occupancy.objects.filter(session=session)
    assert {each.resource.partition(":")[0] for each in taken} == {"clinician", "room"}
    assert {each.during for each in taken} == {DateTimeTZRange(session.starts_at, session.ends_at)}
    assert session.participants.get().current_response == "confirmed"
    assert list(session.clinicians.all()) == [amara]


def test_rows_of_one_session_fold_into_a_joint_one(bring: Bring, coming: Row) -> None:
    other = coming | {"session_id": "F2", "time": "12:00"}
    rows = [coming | {"client_id": "A2"}, other, coming | {"client_id": "A3"}]
    result = bring(PEOPLE, rows)
    assert result.appointments.imported == 3
    joint = TherapySession.objects.get(external_id="F1")
    assert joint.case.external_id == "K1"
    assert {client.given_name for client in joint.clients.all()} == {"Maya", "Jonah"}
    assert Occupancy.objects.filter(session=joint).count() == 2


def test_one_refused_partner_leaves_a_joint_session_joint(bring: Bring, coming: Row) -> None:
    people = [*PEOPLE[:1], PEOPLE[1] | {"case_2_kind": "individual"}, *PEOPLE[2:]]
    rows = [coming | {"client_id": "A2"}, coming | {"client_id": "A3", "status": "attended"}]
    assert "has not begun" in reasons(bring(people, rows))[3]
    assert TherapySession.objects.get().case.external_id == "K1"
    rows[1]["status"] = "booked"
    assert bring(people, rows).appointments.imported == 1
    assert TherapySession.objects.get().participants.count() == 2


def test_part_attended_history_keeps_each_ones_outcome(bring: Bring) -> None:
    rows = [
        PAST | {"client_id": "A2", "status": "attended"},
        PAST | {"client_id": "A3", "status": "cancelled_late"},
    ]
    bring(PEOPLE, rows)
    session = TherapySession.objects.get()
    assert session.cancelled_at is None
    assert AttendanceRecord.objects.get().client.given_name == "Maya"
    assert Participant.objects.get(client__given_name="Jonah").cancelled_late


def test_an_overlap_is_refused_with_its_line(bring: Bring, coming: Row, luis: User) -> None:
    rows = [
        coming,
        coming | {"session_id": "F2", "time": "10:30", "room": ""},
        coming | {"session_id": "F3", "time": "10:30", "clinician": luis.email},
        coming | {"session_id": "F4", "time": "10:50"},
    ]
    result = bring(PEOPLE, rows)
    assert reasons(result) == {
        3: "The clinician already has a session then. Choose another time.",
        4: "The room already has a session then. Choose another time.",
    }
    assert result.appointments.imported == 2


def test_a_session_in_kept_is_in_the_way(
    bring: Bring, book: Callable[..., TherapySession], rosa_case: Case, coming: Row
) -> None:
    book(rosa_case, on=date(2026, 11, 17))
    assert "already has a session" in reasons(bring(PEOPLE, [coming]))[2]


def test_a_slot_taken_while_the_import_runs_is_refused_and_the_rest_goes_in(
    bring: Bring,
    book: Callable[..., TherapySession],
    rosa_case: Case,
    coming: Row,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing_seen = Taken()
    monkeypatch.setattr(Taken, "load", lambda *, now: nothing_seen)
    book(rosa_case, on=date(2026, 11, 17))
    rows = [coming, coming | {"session_id": "F2", "time": "15:00"}, PAST | {"status": "attended"}]
    result = bring(PEOPLE, rows)
    assert "while the import ran" in reasons(result)[2]
    assert result.appointments.imported == 2


def test_a_cancelled_coming_session_frees_its_slot(bring: Bring, coming: Row) -> None:
    rows = [coming | {"status": "cancelled"}, coming | {"session_id": "F2"}]
    result = bring(PEOPLE, rows)
    assert result.appointments.imported == 2
    assert Occupancy.objects.values("session").distinct().count() == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"session_id": ""}, "session_id is empty"),
        ({"session_id": "4.5E+12"}, "scientific notation"),
        ({"client_id": "Z9"}, "Nobody is known with this client_id (Z9)"),
        ({"date": "11/17/2026"}, "Write it as 2026-03-05"),
        ({"date": "1926-11-17"}, "not possible"),
        ({"date": "2036-11-17"}, "not possible"),
        ({"time": "25:00"}, "Write it as 15:30"),
        ({"time": "3 pm"}, "Write it as 15:30"),
        ({"time": ""}, "Only history"),
        ({"clinician": ""}, "Only history"),
        ({"date": "2026-01-02", "time": ""}, "Only history"),
        ({"clinician": "x@example.org"}, "not a clinician here"),
        ({"service": ""}, "Only past appointments"),
        ({"service": "Reiki"}, "not set up"),
        ({"place": "Mars"}, "not set up"),
        ({"place": ""}, "needs its place"),
        ({"room": "Room 9"}, "not set up at this place"),
        ({"timezone": "CST6"}, "not a time zone"),
        ({"minutes": "5000"}, "minutes must be a whole number"),
        ({"modality": "telepathy"}, "not one of"),
        ({"status": "vanished"}, "not one of"),
        ({"status": "attended"}, "has not begun"),
        ({"booked_at": "2026-11-18"}, "booked_at is after the session took place"),
        ({"booked_at": "2026-11-16 20:00"}, "in the future"),
        ({"booked_at": "2026-11-10", "cancelled_at": "2026-11-09"}, "before booked_at"),
        ({"status": "booked", "cancelled_at": "2026-11-09"}, "the status is booked"),
        ({"barriers": "forgot"}, "belong to an absence"),
        ({"barriers": "gravity", "status": "cancelled"}, "not the code of a barrier"),
        ({"late_minutes": "5"}, "does not go with"),
        ({"case_id": "K9"}, "Nobody belongs to a case"),
        ({"case_id": "K1"}, "does not belong to the case"),
        ({"video_link": "here"}, "not a web address"),
        ({"date": "2025-03-05", "booked_at": "2025-03-06"}, "booked_at is after"),
        ({"date": "2025-03-05", "time": "", "booked_at": "2025-03-07"}, "booked_at is after"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_in_plain_words(
    bring: Bring, coming: Row, change: dict[str, str], reason: str
) -> None:
    result = bring(PEOPLE, [PAST, coming | change])
    assert list(reasons(result)) == [3]
    assert reason in reasons(result)[3]
    assert TherapySession.objects.get().external_id == "S1"


def test_what_booking_refuses_is_refused(bring: Bring, coming: Row, place: Location, amara: User) -> None:
    Closure.objects.create(location=place, on=date(2026, 11, 17))
    assert "closed that day" in reasons(bring(PEOPLE, [coming]))[2]
    Closure.objects.all().delete()
    Client.objects.filter(external_id="A1").update(left_on=date(2026, 11, 1))
    assert "left or died" in reasons(bring(PEOPLE, [coming]))[2]
    User.objects.filter(pk=amara.pk).update(is_active=False)
    assert "no longer active" in reasons(bring(PEOPLE, [coming | {"client_id": "A2"}]))[2]


def test_rows_of_one_session_must_agree(bring: Bring, coming: Row) -> None:
    rows = [
        coming | {"client_id": "A2"},
        coming | {"client_id": "A3", "time": "11:00"},
        coming | {"client_id": "A2"},
    ]
    assert reasons(bring(PEOPLE, rows)) == {
        3: "It has another time than the same session elsewhere (line 2).",
        4: "This client is already in this session (line 2).",
    }


def test_people_without_a_case_in_common_need_one_named(bring: Bring, coming: Row) -> None:
    rows = [coming, coming | {"client_id": "A4"}]
    refused = reasons(bring(PEOPLE, rows))
    assert list(refused) == [2, 3]
    assert "Name it in case_id" in refused[2]


def test_running_twice_changes_nothing(bring: Bring, coming: Row) -> None:
    rows = [PAST | {"status": "no_show"}, coming, coming | {"session_id": "F2"}]
    first = bring(PEOPLE, rows)
    before = _counts()
    second = bring(PEOPLE, rows)
    assert second.appointments.already_there == first.appointments.imported == 2
    assert second.refusals == first.refusals
    assert _counts() == before


def test_a_session_moved_in_kept_takes_nobody_new_at_its_old_time(bring: Bring, coming: Row) -> None:
    bring(PEOPLE, [coming | {"client_id": "A2"}])
    TherapySession.objects.update(at=time(11))
    rows = [coming | {"client_id": "A2"}, coming | {"client_id": "A3"}]
    result = bring(PEOPLE, rows)
    assert reasons(result) == {3: "In Kept this session is at another time."}
    assert result.appointments.already_there == 1


def test_a_dry_run_says_the_same_and_writes_nothing(bring: Bring, coming: Row) -> None:
    rows = [
        PAST | {"status": "no_show"},
        coming | {"client_id": "A2"},
        coming | {"client_id": "A3"},
        coming | {"session_id": "F2", "time": "10:30"},
        PAST | {"session_id": "S3", "client_id": "Z1"},
    ]
    before = _counts()
    dry = bring([*PEOPLE, {"client_id": "A1", "given_name": "Again"}], rows, dry_run=True)
    assert _counts() == before
    real = bring([*PEOPLE, {"client_id": "A1", "given_name": "Again"}], rows)
    assert (dry.clients, dry.appointments) == (real.clients, real.appointments)
    assert len(dry.refusals) == 3


def _counts() -> list[int]:
    models = (Client, Case, TherapySession, Participant, AttendanceRecord, Occupancy)
    return [model.objects.count() for model in models]


def test_nobody_is_booked_with_one_whom_an_order_keeps_away_and_history_stays(
    bring: Bring, coming: Row, amara: User
) -> None:
    bring(PEOPLE, [])
    maya, jonah = (Client.objects.get(external_id=one) for one in ("A2", "A3"))
    ProtectiveOrder.objects.create(client=maya, other=jonah, noted_at=NOW, noted_by=amara)
    both = [coming | {"client_id": one, "case_id": "K1"} for one in ("A2", "A3")]
    past = [PAST | {"client_id": one, "case_id": "K1"} for one in ("A2", "A3")]
    result = bring(PEOPLE, [*both, *past])
    assert set(reasons(result).values()) == {ASK_THE_CLINICIAN}
    assert TherapySession.objects.get().is_history
