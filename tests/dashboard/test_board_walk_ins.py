"""Walk-ins: who was not expected is at a session, and here, in two presses."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.models import Case, Client
from sessions_app.models import Room, TherapySession
from tests.conftest import NOW, person

BookSession = Callable[..., TherapySession]
SignIn = Callable[[User], Browser]


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_somebody_joins_a_session_that_is_there(
    browser_of: SignIn, desk: User, quinn_case: Case, rosa: Client, book: BookSession
) -> None:
    session = book(quinn_case, at="09:30")
    browser, url = browser_of(desk), reverse("dashboard:session-walk-in", args=[session.public_id])
    assert "Rosa Mendes" in browser.post(url, {"q": "rosa"}).content.decode()
    answer = browser.post(url, {"client": str(rosa.public_id)})
    assert answer.headers["Location"] == f"/board/?session={session.public_id}"
    joined = session.participants.get(client=rosa)
    assert (joined.arrived_at, joined.is_walk_in) == (NOW, True)


def test_the_same_person_joins_once(
    browser_of: SignIn, desk: User, quinn_case: Case, rosa: Client, book: BookSession
) -> None:
    session = book(quinn_case, at="09:30")
    url = reverse("dashboard:session-walk-in", args=[session.public_id])
    browser = browser_of(desk)
    browser.post(url, {"client": str(rosa.public_id)})
    again = browser.post(url, {"client": str(rosa.public_id)}, follow=True)
    assert "already on the list" in again.content.decode()
    assert session.participants.filter(client=rosa).count() == 1


def test_who_comes_without_an_appointment_is_seen_now(
    browser_of: SignIn, desk: User, amara: User, rosa: Client, rosa_case: Case, room: Room, service: object
) -> None:
    browser, url = browser_of(desk), reverse("dashboard:walk-in-of", args=[rosa.public_id])
    form = browser.get(url).context["form"]
    assert form.initial["clinician"] == amara.public_id
    answer = browser.post(
        url, {**{name: str(value) for name, value in form.initial.items()}, "room": str(room.public_id)}
    )
    session = TherapySession.objects.get()
    assert answer.headers["Location"] == f"/board/?session={session.public_id}"
    assert (session.starts_at, session.room) == (NOW, room)
    assert session.participants.get().arrived_at == NOW


def test_a_taken_room_is_said_beside_the_form(
    browser_of: SignIn,
    desk: User,
    rosa: Client,
    rosa_case: Case,
    quinn_case: Case,
    room: Room,
    book: BookSession,
) -> None:
    book(quinn_case, at="09:00")
    browser, url = browser_of(desk), reverse("dashboard:walk-in-of", args=[rosa.public_id])
    initial = browser.get(url).context["form"].initial
    answer = browser.post(
        url, {**{name: str(value) for name, value in initial.items()}, "room": str(room.public_id)}
    )
    assert answer.status_code == 422
    assert TherapySession.objects.count() == 1


def test_a_second_clinician_finds_no_stranger(
    browser_of: SignIn, luis: User, rosa: Client, rosa_case: Case
) -> None:
    browser = browser_of(luis)
    assert "Rosa Mendes" not in browser.post(reverse("dashboard:walk-in"), {"q": "rosa"}).content.decode()
    assert browser.get(reverse("dashboard:walk-in-of", args=[rosa.public_id])).status_code == 404


def test_two_of_one_name_are_told_apart_by_their_birth_year(
    browser_of: SignIn, desk: User, rosa: Client
) -> None:
    person("Rosa", "Mendes", 140, birth_year=1961)
    page = browser_of(desk).post(reverse("dashboard:walk-in"), {"q": "rosa mendes"}).content.decode()
    assert "born 1961" in page
    assert "birth year not known" in page
