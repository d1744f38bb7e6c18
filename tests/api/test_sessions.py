"""Sessions through the API: the same verbs, in JSON."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import User, ViewLog
from clients.models import Case, Client
from sessions_app.models import Location, Room, Service, TherapySession
from tests.api.conftest import Caller
from tests.conftest import NOW, TODAY

Book = Callable[..., TherapySession]


@pytest.fixture
def booking(rosa_case: Case, amara: User, service: Service, place: Location, room: Room) -> dict[str, Any]:
    return {
        "case": str(rosa_case.public_id),
        "clinicians": [str(amara.public_id)],
        "service": str(service.public_id),
        "location": str(place.public_id),
        "room": str(room.public_id),
        "on": "2026-11-17",
        "at": "15:00",
    }


def test_the_desk_books_a_session(as_user: Caller, desk: User, booking: dict[str, Any]) -> None:
    answer = as_user(desk).post("/api/v1/sessions/", booking)
    assert answer.status_code == 201, answer.json()
    shown = answer.json()
    assert shown["starts_at"] == "2026-11-17T21:00:00Z"
    assert shown["minutes"] == 50
    assert [person["client"]["name"] for person in shown["participants"]] == ["Rosa Mendes"]


def test_a_taken_slot_is_a_conflict_said_kindly(as_user: Caller, desk: User, booking: dict[str, Any]) -> None:
    caller = as_user(desk)
    caller.post("/api/v1/sessions/", booking)
    refused = caller.post("/api/v1/sessions/", booking)
    assert refused.status_code == 409
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["type"] == "urn:kept:problem:slot-taken"
    assert "Choose another time" in refused.json()["detail"]


def test_what_is_missing_is_named_field_by_field(as_user: Caller, desk: User) -> None:
    refused = as_user(desk).post("/api/v1/sessions/", {"on": "2026-11-31"})
    assert refused.status_code == 422
    assert {"case", "clinicians", "service", "on", "at"} <= set(refused.json()["errors"])


def test_another_clinicians_case_reads_like_one_that_does_not_exist(
    as_user: Caller, luis: User, booking: dict[str, Any]
) -> None:
    refused = as_user(luis).post("/api/v1/sessions/", booking)
    nowhere = as_user(luis).post(
        "/api/v1/sessions/", booking | {"case": "0" * 8 + "-0000-4000-8000-" + "0" * 12}
    )
    assert refused.status_code == nowhere.status_code == 422
    assert refused.json() == nowhere.json()
    assert TherapySession.objects.count() == 0


def test_moving_raises_the_version_and_a_second_mover_hears_of_it(
    as_user: Caller, desk: User, book: Book, rosa_case: Case
) -> None:
    session = book(rosa_case)
    caller, address = as_user(desk), f"/api/v1/sessions/{session.public_id}/rescheduling/"
    moved = caller.post(address, {"on": "2026-11-18", "at": "11:00", "version": 1})
    assert (moved.status_code, moved.json()["version"]) == (200, 2)
    stale = caller.post(address, {"on": "2026-11-19", "at": "11:00", "version": 1})
    assert (stale.status_code, stale.json()["type"]) == (409, "urn:kept:problem:stale")


def test_a_series_is_moved_as_one_after_a_look_at_what_it_means(
    as_user: Caller,
    desk: User,
    amara: User,
    book: Book,
    quinn_case: Case,
    book_weekly: Callable[..., list[TherapySession]],
) -> None:
    first, second, _third, last = book_weekly(date(2026, 11, 17), count=4)
    book(quinn_case, on=last.on, at="14:20", clinicians=(amara,), room=None)
    caller, address = as_user(desk), f"/api/v1/sessions/{second.public_id}/rescheduling/"
    wanted = {"on": "2026-11-24", "at": "14:00"}
    planned = caller.get(address, {**wanted, "scope": "all"}).json()
    assert planned["this"]["goes"]
    assert [one["goes"] for one in planned["others"]] == [True, True, False]
    assert [one.at for one in TherapySession.objects.filter(series=first.series)] == [time(10)] * 4
    moved = caller.post(address, {**wanted, "scope": "later", "version": 1}).json()
    assert (moved["at"], moved["version"], len(moved["others"])) == ("14:00:00", 2, 2)
    assert moved["others"][1] == {
        "id": str(last.public_id),
        "goes": False,
        "on": "2026-12-08",
        "at": "14:00:00",
        "minutes": 50,
        "because": "The clinician already has a session then. Choose another time.",
        "is_its_own": False,
    }
    times = first.case.sessions.exclude(series=None).order_by("on").values_list("at", flat=True)
    assert list(times) == [time(10), time(14), time(14), time(10)]
    assert caller.post(address, {**wanted, "scope": "every"}).status_code == 422


def test_an_answer_to_an_earlier_time_no_longer_counts(
    as_user: Caller, desk: User, book: Book, rosa_case: Case
) -> None:
    session = book(rosa_case)
    caller, address = as_user(desk), f"/api/v1/sessions/{session.public_id}"
    confirmed = caller.post(f"{address}/confirmation/", {})
    assert confirmed.json()["participants"][0]["response"] == "confirmed"
    moved = caller.post(f"{address}/rescheduling/", {"on": "2026-11-18", "at": "11:00"})
    assert moved.json()["participants"][0]["response"] == "none"


def test_who_confirms_is_said_where_several_are_expected(
    as_user: Caller, desk: User, book: Book, field_case: Case
) -> None:
    session = book(field_case)
    caller, address = as_user(desk), f"/api/v1/sessions/{session.public_id}/confirmation/"
    assert caller.post(address, {}).status_code == 422
    maya = session.participants.get(client__given_name="Maya")
    shown = caller.post(address, {"participant": str(maya.public_id)}).json()
    answers = {person["client"]["name"]: person["response"] for person in shown["participants"]}
    assert answers == {"Maya Field": "confirmed", "Jonah Field": "none"}


def test_a_cancellation_can_be_taken_back_until_somebody_is_told(
    as_user: Caller, desk: User, book: Book, rosa_case: Case, clock: time_machine.Traveller
) -> None:
    session = book(rosa_case)
    caller, address = as_user(desk), f"/api/v1/sessions/{session.public_id}/cancellation/"
    assert caller.post(address, {"by": "practice"}).json()["cancelled_by"] == "practice"
    assert caller.delete(address).json()["cancelled_at"] is None
    caller.post(address, {"by": "practice"})
    clock.move_to(NOW + timedelta(minutes=4))
    assert caller.delete(address).status_code == 422


def test_a_series_says_which_days_it_could_not_have(
    as_user: Caller, desk: User, book: Book, rosa_case: Case, booking: dict[str, Any]
) -> None:
    book(rosa_case, on=TODAY + timedelta(days=8), at="15:00")
    answer = as_user(desk).post("/api/v1/series/", booking | {"count": 3})
    assert answer.status_code == 201, answer.json()
    assert [s["on"] for s in answer.json()["sessions"]] == ["2026-11-17", "2026-12-01"]
    assert [day["on"] for day in answer.json()["refused"]] == ["2026-11-24"]


def test_sessions_are_found_by_day_clinician_and_status(
    as_user: Caller, desk: User, amara: User, book: Book, rosa_case: Case, quinn_case: Case
) -> None:
    book(rosa_case)
    book(quinn_case, on=TODAY + timedelta(days=1))
    caller = as_user(desk)

    def found(query: str) -> int:
        return len(caller.get(f"/api/v1/sessions/?{query}").json()["results"])

    assert found("") == 2
    assert found("on=2026-11-17") == 1
    assert found(f"clinician={amara.public_id}") == 1
    assert found("status=cancelled") == 0
    assert found("status=upcoming") == 2


def test_a_list_costs_the_same_whatever_its_length(
    as_user: Caller, desk: User, book: Book, rosa_case: Case, field_case: Case, django_assert_num_queries: Any
) -> None:
    caller = as_user(desk)
    book(rosa_case)
    caller.get("/api/v1/sessions/")
    with django_assert_num_queries(7):
        caller.get("/api/v1/sessions/")
    for hour in range(11, 18):
        book(field_case, at=f"{hour}:00")
    with django_assert_num_queries(7):
        assert len(caller.get("/api/v1/sessions/").json()["results"]) == 8


def test_an_opened_session_is_in_the_view_log(
    as_user: Caller, amara: User, book: Book, rosa_case: Case, rosa: Client
) -> None:
    session = book(rosa_case)
    as_user(amara).get(f"/api/v1/sessions/{session.public_id}/")
    [seen] = ViewLog.objects.all()
    assert (seen.user, seen.kind, seen.object_ids) == (amara, "session", [session.public_id])


@pytest.mark.parametrize("body", ['{"a":' * 5000, '{"on": "\\ud800"}', "\0", "[1]", '"x"', "{"])
def test_what_cannot_be_read_is_refused_in_words(as_user: Caller, desk: User, body: str) -> None:
    answer = as_user(desk).post("/api/v1/sessions/", body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["title"]


@time_machine.travel(NOW, tick=False)
def test_a_time_that_is_over_is_refused_as_on_the_page(
    as_user: Caller, desk: User, booking: dict[str, Any], book: Book, rosa_case: Case
) -> None:
    caller, over = as_user(desk), {"on": "2026-11-13", "at": "10:00"}
    ahead = book(rosa_case, on=TODAY + timedelta(days=3))
    asked = [
        ("/api/v1/sessions/", booking | over),
        ("/api/v1/series/", booking | over | {"count": 3}),
        (f"/api/v1/sessions/{ahead.public_id}/rescheduling/", over),
    ]
    for address, sent in asked:
        refused = caller.post(address, sent)
        assert refused.status_code == 422, address
        assert "That time is over already" in refused.json()["errors"]["at"][0]
    assert TherapySession.objects.count() == 1


@time_machine.travel(NOW, tick=False)
def test_a_time_that_has_begun_can_still_be_booked(
    as_user: Caller, desk: User, booking: dict[str, Any]
) -> None:
    begun = booking | {"on": str(TODAY), "at": "08:30"}
    assert as_user(desk).post("/api/v1/sessions/", begun).status_code == 201
