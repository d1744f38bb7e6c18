"""What the pages change beside booking, through the API: setting, closed days, guardians, departures, ends."""

from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import User
from clients.models import Case, Client
from sessions_app.models import Closure, Location, Room, TherapySession
from tests.api.conftest import Caller
from tests.conftest import person

Book = Callable[..., TherapySession]
FRIDAY = date(2026, 11, 20)


def test_a_session_goes_over_to_video(
    as_user: Caller, desk: User, amara: User, rosa_case: Case, book: Book
) -> None:
    session = book(rosa_case, on=FRIDAY)
    setting = {
        "modality": "video",
        "video_link": "https://video.example/room",
        "clinicians": [str(amara.public_id)],
        "version": 1,
    }
    address = f"/api/v1/sessions/{session.public_id}/setting/"
    shown = as_user(desk).put(address, setting)
    assert shown.status_code == 200, shown.json()
    session.refresh_from_db()
    assert (session.modality, session.room, session.location) == ("video", None, None)
    assert (session.video_link, session.version) == ("https://video.example/room", 2)
    again = as_user(desk).put(address, setting)
    assert (again.status_code, again.json()["type"]) == (409, "urn:kept:problem:stale")


def test_a_taken_room_is_a_conflict(
    as_user: Caller, desk: User, amara: User, rosa_case: Case, quinn_case: Case, place: Location, book: Book
) -> None:
    other = Room.objects.create(location=place, name="Room 9")
    book(quinn_case, on=FRIDAY, room=other)
    session = book(rosa_case, on=FRIDAY)
    sent = {"modality": "in_person", "room": str(other.public_id), "clinicians": [str(amara.public_id)]}
    refused = as_user(desk).put(f"/api/v1/sessions/{session.public_id}/setting/", sent)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:kept:problem:slot-taken")


@pytest.mark.parametrize(("who", "sees"), [("desk", 1), ("admin_user", 0)])
def test_a_day_is_looked_at_closed_and_opened_again(
    as_user: Caller,
    request: pytest.FixtureRequest,
    who: str,
    sees: int,
    rosa_case: Case,
    place: Location,
    book: Book,
) -> None:
    session, caller = book(rosa_case, on=FRIDAY), as_user(request.getfixturevalue(who))
    day = f"/api/v1/locations/{place.public_id}/closures/2026-11-20/"
    preview = caller.get(day).json()
    assert (preview["is_closed"], preview["count"], len(preview["sessions"])) == (False, 1, sees)
    assert not Closure.objects.exists()
    closed = caller.put(day, {"reason": "Water damage"}).json()
    assert (closed["is_closed"], closed["count"]) == (True, 1)
    session.refresh_from_db()
    assert session.cancelled_by == "practice"
    listed = caller.get("/api/v1/closures/").json()["results"]
    assert [(one["on"], one["reason"]) for one in listed] == [("2026-11-20", "Water damage")]
    assert caller.delete(day).status_code == 204
    assert not Closure.objects.exists()


def test_a_clinician_closes_no_place(as_user: Caller, amara: User, place: Location) -> None:
    day = f"/api/v1/locations/{place.public_id}/closures/2026-11-20/"
    assert as_user(amara).put(day, {}).status_code == 403
    assert as_user(amara).get("/api/v1/closures/").status_code == 200


def test_a_day_that_is_none_is_not_there(as_user: Caller, desk: User, place: Location) -> None:
    for day in ("2026-02-30", "someday", "9999-12-31"):
        assert as_user(desk).get(f"/api/v1/locations/{place.public_id}/closures/{day}/").status_code == 404


def test_a_guardian_stands_in_and_no_longer(as_user: Caller, desk: User, rosa: Client) -> None:
    caller, nora = as_user(desk), person("Nora", "Mendes", 140)
    address = f"/api/v1/clients/{rosa.public_id}/guardians/"
    added = caller.post(address, {"guardian": str(nora.public_id), "relation": "Mother"})
    assert added.status_code == 201, added.json()
    assert added.json()["may_receive"]
    assert caller.delete(f"/api/v1/guardianships/{added.json()['id']}/").status_code == 204
    assert rosa.guardianships.get().until is not None
    themselves = caller.post(address, {"guardian": str(rosa.public_id)})
    assert (themselves.status_code, list(themselves.json()["errors"])) == (422, ["guardian"])


@pytest.mark.parametrize("name", ["departure", "death"])
def test_who_is_gone_frees_what_lay_ahead(
    as_user: Caller, desk: User, rosa: Client, rosa_case: Case, book: Book, name: str
) -> None:
    session, caller = book(rosa_case, on=FRIDAY), as_user(desk)
    address = f"/api/v1/clients/{rosa.public_id}/{name}/"
    assert caller.put(address, {"on": "2030-01-01"}).status_code == 422
    gone = caller.put(address, {"on": "2026-11-16"})
    assert gone.status_code == 200, gone.json()
    assert len(gone.json()["freed"]) == 1
    session.refresh_from_db()
    rosa.refresh_from_db()
    assert session.is_cancelled
    assert rosa.is_silent
    assert caller.delete(address).status_code == 204
    rosa.refresh_from_db()
    assert not rosa.is_silent


def test_a_place_in_a_case_ends(as_user: Caller, desk: User, field_case: Case, jonah: Client) -> None:
    member = field_case.members.get(client=jonah)
    assert as_user(desk).delete(f"/api/v1/members/{member.public_id}/").status_code == 204
    member.refresh_from_db()
    assert member.left_on is not None


def test_a_case_is_closed_by_its_clinician_and_nobody_else(
    as_user: Caller, amara: User, desk: User, rosa_case: Case, book: Book
) -> None:
    address, why = (
        f"/api/v1/cases/{rosa_case.public_id}/closure/",
        {"because": "Reached what we set out for."},
    )
    assert as_user(desk).post(address, why).status_code == 403
    book(rosa_case, on=FRIDAY)
    refused = as_user(amara).post(address, why)
    assert refused.status_code == 422
    assert "still booked" in refused.json()["detail"]
    rosa_case.sessions.update(cancelled_at="2026-11-16T15:00Z", cancelled_by="practice")
    closed = as_user(amara).post(address, why)
    assert (closed.status_code, closed.json()["closed_on"]) == (200, "2026-11-16")
    assert as_user(amara).delete(address).json()["closed_on"] is None
