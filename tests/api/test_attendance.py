"""Attendance and the board through the API."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine

from accounts.models import User
from attendance.serializers import BoardPersonSerializer, BoardSessionSerializer
from clients.models import Case
from sessions_app.models import TherapySession
from tests.api.conftest import Caller
from tests.conftest import TODAY

Book = Callable[..., TherapySession]


def test_record_correct_and_take_back(
    as_user: Caller, desk: User, book: Book, rosa_case: Case, clock: time_machine.Traveller
) -> None:
    participant = book(rosa_case, at="08:00").participants.get()
    caller, address = as_user(desk), f"/api/v1/participants/{participant.public_id}/attendance/"
    assert caller.put(address, {"outcome": "no_show"}).json()["status"] == "no_show"
    clock.shift(timedelta(minutes=1))
    late = caller.put(address, {"outcome": "attended_late", "late_minutes": 12}).json()
    assert (late["attendance"]["late_minutes"], late["attendance"]["source"]) == (12, "api")
    assert caller.delete(address).json()["status"] == "no_show"


def test_minutes_without_their_outcome_are_refused(
    as_user: Caller, desk: User, book: Book, rosa_case: Case
) -> None:
    participant = book(rosa_case, at="08:00").participants.get()
    address = f"/api/v1/participants/{participant.public_id}/attendance/"
    refused = as_user(desk).put(address, {"outcome": "attended", "late_minutes": 5})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["late_minutes"])


def test_a_past_session_without_a_word_is_not_recorded_and_no_miss(
    as_user: Caller, desk: User, book: Book, rosa_case: Case
) -> None:
    book(rosa_case, at="08:00")
    book(rosa_case, at="11:00")
    [waiting] = as_user(desk).get("/api/v1/participants/?needing_outcome=true").json()["results"]
    assert (waiting["status"], waiting["attendance"]) == ("not_recorded", None)


def test_the_board_is_as_the_schema_says(as_user: Caller, desk: User, book: Book, field_case: Case) -> None:
    book(field_case)
    board = as_user(desk).get("/api/v1/board/").json()
    assert board["on"] == "2026-11-16"
    [session] = board["sessions"]
    assert set(session) == set(BoardSessionSerializer().fields)
    assert set(session["participants"][0]) == set(BoardPersonSerializer().fields)
    assert [person["status"] for person in session["participants"]] == ["expected", "expected"]


def test_the_board_costs_the_same_whatever_the_day_and_at_most_ten(
    as_user: Caller,
    desk: User,
    amara: User,
    book: Book,
    field_case: Case,
    quinn_case: Case,
    django_assert_num_queries: Any,
) -> None:
    caller = as_user(desk)
    book(field_case)
    place = caller.get("/api/v1/locations/").json()["results"][0]["id"]
    query = f"/api/v1/board/?on={TODAY}&location={place}&clinician={amara.public_id}"
    with django_assert_num_queries(7):
        caller.get(query)
    for hour in range(11, 18):
        book(field_case, at=f"{hour}:00")
        book(quinn_case, at=f"{hour}:00", room=None)
    with django_assert_num_queries(7):
        assert len(caller.get(query).json()["sessions"]) == 8


def test_the_board_shows_a_clinician_their_own(
    as_user: Caller, luis: User, desk: User, book: Book, field_case: Case, quinn_case: Case
) -> None:
    book(field_case)
    book(quinn_case, room=None)
    assert len(as_user(luis).get("/api/v1/board/").json()["sessions"]) == 1
    assert len(as_user(desk).get("/api/v1/board/").json()["sessions"]) == 2
    other = as_user(desk).get("/api/v1/board/?on=9999-12-31")
    assert other.status_code == 422
