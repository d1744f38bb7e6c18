"""Booking through the pages: the case, the free times, a series, and what is in the way."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from clients.models import Case, Client
from sessions_app.models import Location, Room, Service, TherapySession
from sessions_app.querysets import day_bounds
from tests.conftest import ZONE, case_of

SignIn = Callable[[User], Browser]
Book = Callable[..., TherapySession]


def text(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


@pytest.fixture
def hours(amara: User, luis: User, keep_hours: Callable[..., None]) -> None:
    """Amara and Luis see people every day from nine to eight."""
    keep_hours(amara, luis)


def soon(days: int = 7) -> date:
    return timezone.now().date() + timedelta(days=days)


def instant(on: date, at: str) -> str:
    begins, _end = day_bounds(on, ZoneInfo(ZONE))
    wall = datetime.combine(on, time.fromisoformat(at), tzinfo=begins.tzinfo)
    return wall.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def filled(case: Case, amara: User, service: Service, room: Room, **changes: Any) -> dict[str, Any]:
    """The form as somebody fills it in."""
    return {
        "service": str(service.public_id),
        "clinician": str(amara.public_id),
        "modality": "in_person",
        "where": str(room.public_id),
        "clients": [str(member.client.public_id) for member in case.members.all()],
        "repeat": "0",
        "when": "any",
        "slot": instant(soon(), "10:00"),
        **changes,
    }


def booking_url(case: Case) -> str:
    return f"{reverse('dashboard:booking')}?case={case.public_id}"


@pytest.fixture
def form(rosa_case: Case, amara: User, service: Service, room: Room, hours: None) -> dict[str, Any]:
    return filled(rosa_case, amara, service, room)


def test_a_client_with_one_case_is_booked_for_at_once(
    rosa: Client, rosa_case: Case, desk: User, browser_of: SignIn
) -> None:
    answer = browser_of(desk).get(reverse("dashboard:booking"), {"client": str(rosa.public_id)})
    assert answer["Location"] == booking_url(rosa_case)


def test_the_page_proposes_what_is_likely(
    field_case: Case, amara: User, desk: User, service: Service, hours: None, browser_of: SignIn
) -> None:
    shown = text(browser_of(desk).get(booking_url(field_case)))
    assert f'value="{amara.public_id}" selected' in shown
    assert "Free for 50 minutes" in shown
    assert ">9:00<" in shown


def test_a_first_session_is_proposed_where_the_clinician_sees_people(
    hours: None, rosa_case: Case, place: Location, desk: User, browser_of: SignIn
) -> None:
    Location.objects.create(name="Annex", timezone=ZONE)
    page = browser_of(desk).get(reverse("dashboard:booking"), {"case": str(rosa_case.public_id)})
    assert f'<option value="{place.public_id}" selected>' in text(page)


def test_booking_writes_the_session_that_was_chosen(
    rosa_case: Case, room: Room, desk: User, form: dict[str, Any], browser_of: SignIn
) -> None:
    answer = browser_of(desk).post(booking_url(rosa_case), form)
    booked = TherapySession.objects.get()
    assert answer["Location"] == reverse("dashboard:session", args=[booked.public_id])
    assert (booked.on, booked.at, booked.minutes, booked.room) == (soon(), time(10), 50, room)
    assert booked.booked_by == desk


def test_a_series_is_booked_and_says_what_it_left_out(
    rosa_case: Case, place: Location, desk: User, form: dict[str, Any], browser_of: SignIn
) -> None:
    place.closures.create(on=soon() + timedelta(weeks=2))
    answer = browser_of(desk).post(booking_url(rosa_case), {**form, "repeat": "1", "count": "4"}, follow=True)
    assert TherapySession.objects.count() == 3
    assert "Booked 3 sessions." in text(answer)
    assert "Lake Street is closed that day." in text(answer)


def test_a_taken_time_is_refused_with_what_is_in_the_way_and_what_is_free(
    rosa_case: Case,
    field_case: Case,
    desk: User,
    form: dict[str, Any],
    book: Book,
    browser_of: SignIn,
) -> None:
    book(field_case, on=soon(), at="10:00", now=timezone.now())
    refused = browser_of(desk).post(booking_url(rosa_case), {**form, "minutes": "45"})
    assert refused.status_code == 422
    shown = text(refused)
    assert "Dr. Amara Okafor is taken" in shown
    assert "from 10:00 to 10:50" in shown
    assert 'value="45"' in shown
    assert f'value="{instant(soon(), "09:00")}"' in shown
    assert f'value="{instant(soon(), "10:00")}"' not in shown


def test_no_time_is_a_kind_refusal_that_keeps_what_was_typed(
    rosa_case: Case, desk: User, form: dict[str, Any], browser_of: SignIn
) -> None:
    refused = browser_of(desk).post(
        booking_url(rosa_case), {**form, "slot": "own", "own_on": soon().isoformat(), "own_at": ""}
    )
    assert refused.status_code == 422
    assert "Type the day and the time." in text(refused)
    assert f'value="{soon().isoformat()}"' in text(refused)


def test_an_own_time_is_wall_time_of_the_place(
    rosa_case: Case, desk: User, form: dict[str, Any], browser_of: SignIn
) -> None:
    own = {**form, "slot": "own", "own_on": soon().isoformat(), "own_at": "07:15"}
    browser_of(desk).post(booking_url(rosa_case), own)
    assert TherapySession.objects.get().at == time(7, 15)


def test_showing_times_books_nothing_and_judges_nothing(
    rosa_case: Case, desk: User, form: dict[str, Any], browser_of: SignIn
) -> None:
    browser = browser_of(desk)
    wish = {**form, "slot": "", "when": "evenings", "show": "times"}
    shown = browser.post(booking_url(rosa_case), wish)
    assert shown.status_code == 200
    assert "Choose one of the times" not in text(shown)
    assert "17:00" in text(shown)
    assert ">9:00<" not in text(shown)
    part = browser.post(booking_url(rosa_case), wish, headers={"hx-request": "true"})
    assert text(part).startswith('<section class="slots" id="slots"')
    assert not TherapySession.objects.exists()


def test_cotherapy_offers_only_times_that_suit_both(
    rosa_case: Case,
    quinn_case: Case,
    luis: User,
    desk: User,
    form: dict[str, Any],
    book: Book,
    browser_of: SignIn,
) -> None:
    book(quinn_case, on=soon(), at="10:00", room=None, now=timezone.now())
    wish = {**form, "second": str(luis.public_id), "first": soon().isoformat(), "show": "times"}
    shown = text(browser_of(desk).post(booking_url(rosa_case), wish))
    assert f'value="{instant(soon(), "09:00")}"' in shown
    assert f'value="{instant(soon(), "10:00")}"' not in shown


def test_a_taken_room_is_not_offered(
    rosa_case: Case, quinn_case: Case, desk: User, form: dict[str, Any], book: Book, browser_of: SignIn
) -> None:
    book(quinn_case, on=soon(), at="10:00", now=timezone.now())
    wish = {**form, "first": soon().isoformat(), "show": "times"}
    shown = text(browser_of(desk).post(booking_url(rosa_case), wish))
    assert f'value="{instant(soon(), "10:00")}"' not in shown


def test_a_clients_own_overlap_warns_and_can_be_booked_all_the_same(
    rosa: Client,
    rosa_case: Case,
    luis: User,
    desk: User,
    form: dict[str, Any],
    book: Book,
    browser_of: SignIn,
) -> None:
    other = case_of(luis, Case.Kind.INDIVIDUAL, rosa)
    book(other, on=soon(), at="10:00", room=None, now=timezone.now())
    browser = browser_of(desk)
    warned = browser.post(booking_url(rosa_case), form)
    assert warned.status_code == 422
    assert "Rosa Mendes already has another session at that time." in text(warned)
    assert browser.post(booking_url(rosa_case), {**form, "overlap_ok": "on"}).status_code == 302


def test_nobody_books_for_somebody_elses_case(
    rosa_case: Case, luis: User, admin_user: User, form: dict[str, Any], client: Browser
) -> None:
    client.force_login(luis)
    assert client.post(booking_url(rosa_case), form).status_code == 404
    client.force_login(admin_user)
    assert client.post(booking_url(rosa_case), form).status_code == 403


@pytest.mark.parametrize(
    "typed",
    [
        {"slot": "own", "own_on": "9999-12-31", "own_at": "23:30"},
        {"slot": "own", "own_on": "0001-01-01", "own_at": "00:00"},
        {"slot": "9999-12-31T23:59Z"},
        {"slot": "soon\0"},
        {"first": "9999-12-31", "show": "9999-12-31"},
        {"minutes": "-5"},
    ],
)
def test_an_impossible_time_is_said_kindly(
    typed: dict[str, str], rosa_case: Case, desk: User, form: dict[str, Any], hours: None, browser_of: SignIn
) -> None:
    answer = browser_of(desk).post(booking_url(rosa_case), {**form, **typed})
    assert answer.status_code == (200 if "show" in typed else 422)


@pytest.mark.parametrize("query", ["on=0001-01-01", "on=9999-12-31", "on=9999-99-99", "who=%00&by=x"])
def test_a_week_beyond_the_calendar_is_this_week(query: str, desk: User, browser_of: SignIn) -> None:
    assert browser_of(desk).get(f"/calendar/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["case=x", "on=9999-12-31&at=23:00", "q=%00", "q=" + "a+" * 3000])
def test_a_strange_address_is_no_fault_of_ours(query: str, desk: User, browser_of: SignIn) -> None:
    assert browser_of(desk).get(f"/sessions/new/?{query}").status_code in (200, 404)


@pytest.mark.parametrize("taken", [1, 12])
def test_the_picker_costs_the_same_whatever_is_taken(
    taken: int,
    rosa_case: Case,
    desk: User,
    hours: None,
    service: Service,
    book: Book,
    browser_of: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(taken):
        book(rosa_case, on=soon(2 + n), at="10:00", now=timezone.now())
    browser = browser_of(desk)
    # Room for the frame's own counts, and less than one query for each row.
    with django_assert_max_num_queries(25):
        browser.get(booking_url(rosa_case))


def test_a_video_session_without_a_link_is_warned_of_and_keeps_what_was_typed(
    rosa_case: Case, desk: User, form: dict[str, Any], browser_of: SignIn
) -> None:
    by_video = {**form, "modality": "video", "minutes": "35"}
    warned = browser_of(desk).post(booking_url(rosa_case), by_video)
    assert warned.status_code == 422
    assert "Without a link no reminder" in text(warned)
    assert 'value="35"' in text(warned)
    assert not TherapySession.objects.exists()
    later = browser_of(desk).post(booking_url(rosa_case), {**by_video, "linkless_ok": "on"})
    assert later.status_code == 302
    assert TherapySession.objects.get().modality == "video"


def test_a_time_that_is_over_is_not_booked(
    rosa_case: Case, desk: User, form: dict[str, Any], browser_of: SignIn
) -> None:
    past = {**form, "slot": "own", "own_on": soon(-1).isoformat(), "own_at": "10:00"}
    refused = browser_of(desk).post(booking_url(rosa_case), past)
    assert refused.status_code == 422
    assert "That time is over already" in text(refused)
    assert f'value="{soon(-1).isoformat()}"' in text(refused)
    assert not TherapySession.objects.exists()
