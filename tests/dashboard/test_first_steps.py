"""A practice is set up from nothing: seven steps, each saved, to be left and taken up again."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import FirstStep, Practice, User
from sessions_app.models import Availability, Location, Participant, Service, TherapySession
from tests.conftest import ZONE


@pytest.fixture
def founder(founder: User, client: Browser) -> User:
    """The same, signed in."""
    client.force_login(founder)
    return founder


def url(code: str) -> str:
    return reverse("dashboard:first-step", args=[code])


def words(response: Any) -> str:
    return str(response.content.decode())


PRACTICE = {
    "name": "Hill House", "display_name": "Hill", "phone": "+1 312 555 0100", "email": "", "timezone": ZONE,
    "opens_at": "08:00", "closes_at": "19:00", "live_from": "2026-11-01",
}  # fmt: skip


def test_the_first_admin_is_led_step_by_step_to_the_board(client: Browser, founder: User) -> None:
    assert client.get("/")["Location"] == reverse("dashboard:first-steps")
    assert client.get(reverse("dashboard:first-steps"))["Location"] == url("practice")
    assert client.post(url("practice"), PRACTICE)["Location"] == url("place")
    place = {"name": "Hill Street", "address": "", "timezone": ZONE}
    assert client.post(url("place"), place)["Location"] == url("people")
    assert client.post(url("people"), {"work": ["clinician"]})["Location"] == url("services")
    service = {"name": "Individual session", "kind": "individual", "minutes": "50"}
    assert client.post(url("services"), service | {"again": "1"})["Location"] == url("services")
    assert "Individual session, 50 min" in words(client.get(url("services")))
    assert client.post(url("services"), {"pass": "1"})["Location"] == url("hours")
    founder.refresh_from_db()
    week = {"clinician": founder.public_id, "weekdays": [0, 1], "starts": "09:00", "ends": "17:00"}
    assert client.post(url("hours"), week)["Location"] == url("reminders")
    assert "Three days before" in words(client.get(url("reminders")))
    assert client.post(url("reminders"), {"go_out": "yes"})["Location"] == url("client")
    first = {
        "given_name": "Ada", "phone": "(312) 555-0177", "clinician": founder.public_id,
        "service": Service.objects.get().public_id, "on": "2036-11-17", "at": "10:00",
    }  # fmt: skip
    assert client.post(url("client"), first)["Location"] == reverse("dashboard:board")
    practice = Practice.objects.get()
    assert (practice.name, practice.live_from, practice.sending_paused_at) == (
        "Hill House",
        date(2026, 11, 1),
        None,
    )
    assert practice.first_steps is None
    assert Availability.objects.filter(clinician=founder, starts=time(9)).count() == 2
    session = TherapySession.objects.get()
    assert (session.on, session.minutes, session.location) == (date(2036, 11, 17), 50, Location.objects.get())
    assert Participant.objects.get().client.contact_points.get().consents.count() == 0


def test_nothing_goes_out_before_the_reminders_were_looked_at(client: Browser, founder: User) -> None:
    assert Practice.objects.get().sending_paused_at
    unsaid = client.post(url("reminders"), {})
    assert unsaid.status_code == 422
    assert "Choose one; you can change it" in words(unsaid)
    assert client.post(url("reminders"), {"pass": "1"}).status_code == 200
    assert "reminders" not in (Practice.objects.get().first_steps or [])
    client.post(url("reminders"), {"go_out": "later"})
    assert Practice.objects.get().sending_paused_at


def test_it_is_taken_up_again_where_it_was_left(client: Browser, founder: User) -> None:
    client.post(url("practice"), PRACTICE)
    client.post(url("place"), {"pass": "1"})
    assert client.get(reverse("dashboard:first-steps"))["Location"] == url("people")
    assert "Your practice is not set up yet" in words(client.get(reverse("dashboard:services")))
    client.post(url("services"), {"name": "Talk", "kind": "individual", "minutes": "50"})
    # A step that was passed can be opened again; the next one is the first that is left.
    assert client.get(url("practice")).status_code == 200
    assert client.get(reverse("dashboard:first-steps"))["Location"] == url("people")


def test_what_everything_stands_on_cannot_be_passed_by(client: Browser, founder: User) -> None:
    answer = client.post(url("services"), {"pass": "1"})
    assert answer.status_code == 200
    assert "services" not in (Practice.objects.get().first_steps or [])


def test_a_refused_step_keeps_what_was_typed(client: Browser, founder: User) -> None:
    answer = client.post(url("practice"), PRACTICE | {"display_name": "Hill Therapy", "name": "Hill Two"})
    assert answer.status_code == 422
    assert 'value="Hill Two"' in words(answer)
    assert Practice.objects.get().first_steps == []


def test_who_looks_after_settings_alone_may_finish_or_import(client: Browser, founder: User) -> None:
    Practice.objects.update(first_steps=[code for code in FirstStep.values if code != "client"])
    page = words(client.get(url("client")))
    assert "whoever is at the desk or sees clients" in page
    assert client.post(url("client"), {"pass": "import"})["Location"] == reverse("dashboard:imports")
    assert Practice.objects.get().first_steps is None
    assert client.get(reverse("dashboard:first-steps"))["Location"] == reverse("dashboard:settings")
    assert "not set up yet" not in words(client.get(reverse("dashboard:services")))


def test_nothing_is_finished_while_a_step_is_left(client: Browser, founder: User) -> None:
    """Without the day from which Kept counts, no follow-up would ever open, and nobody would be told."""
    assert client.post(url("client"), {"pass": "1"})["Location"] == url("practice")
    assert client.post(url("client"), {"pass": "import"})["Location"] == reverse("dashboard:imports")
    assert "not set up yet" in words(client.get(reverse("dashboard:services")))
    Practice.objects.update(first_steps=[code for code in FirstStep.values if code != "practice"])
    other = User.objects.create(email="bo@hill.example", name="Bo", roles=["practice_admin", "front_desk"])
    client.force_login(other)  # whoever takes it up
    assert client.get(reverse("dashboard:first-steps"))["Location"] == url("practice")
    assert client.post(url("practice"), PRACTICE)["Location"] == reverse("dashboard:board")
    assert Practice.objects.get().first_steps is None


def test_a_step_that_is_opened_later_leads_back_to_the_settings(client: Browser, founder: User) -> None:
    Practice.objects.update(first_steps=None)
    assert client.post(url("practice"), PRACTICE)["Location"] == reverse("dashboard:settings")
    assert Practice.objects.get().first_steps is None


def test_hours_that_clash_save_no_day_of_the_week(client: Browser, founder: User) -> None:
    User.objects.update(roles=["practice_admin", "clinician"])
    week = {"clinician": founder.public_id, "weekdays": [1], "starts": "09:00", "ends": "17:00"}
    client.post(url("hours"), week)
    answer = client.post(url("hours"), week | {"weekdays": [0, 1]})
    assert answer.status_code == 422
    assert Availability.objects.count() == 1


def test_a_practice_that_stands_is_asked_nothing(
    client: Browser, practice: Practice, admin_user: User
) -> None:
    client.force_login(admin_user)
    assert client.get("/")["Location"] != reverse("dashboard:first-steps")
    assert client.get(reverse("dashboard:first-steps"))["Location"] == reverse("dashboard:settings")
