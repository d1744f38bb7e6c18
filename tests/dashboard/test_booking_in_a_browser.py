"""Booking, moving and closing a day in a real browser, by mouse, by keys alone and without script."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from clients.models import Case
from sessions_app.models import Location, Service, TherapySession
from tests.conftest import ZONE
from tests.plugins.browser import visit
from tests.plugins.desks import OpenPage
from tests.plugins.everybody import IsForEverybody

pytestmark = pytest.mark.browser
Book = Callable[..., TherapySession]


def soon(days: int = 7) -> date:
    return timezone.now().astimezone(ZoneInfo(ZONE)).date() + timedelta(days=days)


@pytest.fixture
def hours(transactional_db: None, amara: User, service: Service, keep_hours: Callable[..., None]) -> None:
    """Amara sees people every day from nine to eight, for fifty minutes each."""
    keep_hours(amara)


@pytest.fixture
def ahead(transactional_db: None, field_case: Case, book: Book) -> TherapySession:
    """Maya and Jonah in a week, at ten."""
    return book(field_case, on=soon(), at="10:00", now=timezone.now() - timedelta(hours=1))


def sign_in(context: BrowserContext, live_server: LiveServer, user: User) -> None:
    browser = Browser()
    browser.force_login(user)
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])


@pytest.fixture
def at_the_desk(
    page: Page, context: BrowserContext, live_server: LiveServer, desk: User
) -> Iterator[Callable[[str], Page]]:
    """Open an address as the front desk; whatever the policy blocks fails the test."""
    sign_in(context, live_server, desk)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def opened(path: str) -> Page:
        visit(page, live_server.url + path)
        return page

    yield opened
    assert complaints == []


def booking_of(case: Case) -> str:
    return f"{reverse('dashboard:booking')}?case={case.public_id}"


def test_a_series_is_booked_through_the_picker(
    rosa_case: Case, hours: None, at_the_desk: Callable[[str], Page]
) -> None:
    page = at_the_desk(booking_of(rosa_case))
    page.get_by_label("From").fill(soon().isoformat())
    page.get_by_text("Evenings").click()
    expect(page.get_by_label("Evenings")).to_be_checked()
    expect(page.locator("#slots").get_by_text("9:00", exact=True)).to_have_count(0)
    page.get_by_label(f"{soon():%A} {soon().day} {soon():%B}, 18:00").check(force=True)
    page.get_by_label("Every week").check()
    page.get_by_label("How many times").fill("3")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_text("Booked 3 sessions.")).to_be_visible()
    assert [made.at for made in TherapySession.objects.all()] == [time(18)] * 3


def test_a_session_is_booked_by_keys_alone(
    rosa_case: Case, hours: None, at_the_desk: Callable[[str], Page]
) -> None:
    page = at_the_desk(reverse("dashboard:booking"))
    page.keyboard.type("rosa")
    expect(page.get_by_role("link", name="Rosa Mendes")).to_be_visible()
    _tab_to(page, "row-item__link")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Book a session")).to_be_visible()
    _tab_to(page, "", name="slot")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Booked for").first).to_be_visible()
    assert TherapySession.objects.count() == 1


def _tab_to(page: Page, css_class: str, *, name: str = "") -> None:
    """Press Tab until the focus is on such an element."""
    for _press in range(60):
        page.keyboard.press("Tab")
        focus = "document.activeElement"
        if css_class and page.evaluate(f"{focus}.classList.contains('{css_class}')"):
            return
        if name and page.evaluate(f"{focus}.name === '{name}'"):
            return
    pytest.fail("The keyboard never gets there.")


def test_a_session_is_moved_and_the_page_says_so(
    ahead: TherapySession, hours: None, at_the_desk: Callable[[str], Page]
) -> None:
    page = at_the_desk(reverse("dashboard:session", args=[ahead.public_id]))
    page.get_by_role("link", name="Another time").click()
    expect(page.get_by_text("Maya Field", exact=True)).to_be_visible()
    page.get_by_label("From").fill(soon(8).isoformat())
    page.get_by_label(f"{soon(8):%A} {soon(8).day} {soon(8):%B}, 15:00").check(force=True)
    page.get_by_role("button", name="Move the session").click()
    expect(page.get_by_text("Moved from")).to_be_visible()
    ahead.refresh_from_db()
    assert (ahead.on, ahead.at) == (soon(8), time(15))


def test_a_day_chosen_before_the_scripts_have_come_is_looked_up(
    rosa_case: Case, hours: None, live_server: LiveServer, page: Page, context: BrowserContext, desk: User
) -> None:
    sign_in(context, live_server, desk)
    held: list[Route] = []
    page.route("**/vendor/htmx/**", lambda route: held.append(route))
    page.goto(live_server.url + booking_of(rosa_case), wait_until="commit")
    page.get_by_label("From").fill(soon(8).isoformat())
    expect(page.get_by_text(f"{soon(8):%a} {soon(8).day} {soon(8):%b}")).to_have_count(0)
    held.pop().continue_()
    expect(page.get_by_text(f"{soon(8):%a} {soon(8).day} {soon(8):%b}")).to_be_visible()


def test_a_time_chosen_while_others_are_looked_up_stays_chosen(
    rosa_case: Case, hours: None, at_the_desk: Callable[[str], Page]
) -> None:
    page = at_the_desk(booking_of(rosa_case))
    page.get_by_label("From").fill(soon().isoformat())
    late = page.get_by_label(f"{soon():%A} {soon().day} {soon():%B}, 18:00")
    expect(late).to_be_visible()
    asked: list[Route] = []
    page.route("**/sessions/new/**", lambda route: asked.append(route))
    with page.expect_request("**/sessions/new/**"):
        page.get_by_text("Evenings").click()
    late.check(force=True)
    asked.pop().continue_()
    expect(page.locator("#slots").get_by_text("9:00", exact=True)).to_have_count(0)
    expect(late).to_be_checked()
    with page.expect_request("**/sessions/new/**"):
        page.get_by_text("Any time", exact=True).click()
    page.get_by_label("Another time").check(force=True)
    page.get_by_label("Day", exact=True).fill(soon(9).isoformat())
    asked.pop().continue_()
    expect(page.locator("#slots").get_by_text("9:00", exact=True).first).to_be_visible()
    expect(page.get_by_label("Another time")).to_be_checked()
    expect(page.get_by_label("Day", exact=True)).to_have_value(soon(9).isoformat())


def test_a_day_is_closed_after_one_preview(
    ahead: TherapySession, place: Location, at_the_desk: Callable[[str], Page]
) -> None:
    page = at_the_desk(reverse("dashboard:closure-new"))
    page.get_by_label("Which place?").select_option(label=place.name)
    page.get_by_label("Which day?").fill(soon().isoformat())
    page.get_by_role("button", name="See what it means").click()
    expect(page.get_by_text("1 session is called off")).to_be_visible()
    expect(page.get_by_text("2 people are told once")).to_be_visible()
    page.get_by_role("button", name="Call off 1 session").click()
    expect(page.get_by_text("1 session was called off")).to_be_visible()
    ahead.refresh_from_db()
    assert ahead.cancelled_by == "practice"


def test_booking_works_without_script(
    rosa_case: Case,
    hours: None,
    desk: User,
    new_context: Callable[..., BrowserContext],
    live_server: LiveServer,
) -> None:
    context = new_context(java_script_enabled=False)
    sign_in(context, live_server, desk)
    page = context.new_page()
    page.goto(live_server.url + reverse("dashboard:booking"))
    page.get_by_role("searchbox").fill("rosa")
    page.get_by_role("button", name="Find").click()
    assert page.url == live_server.url + reverse("dashboard:booking")
    page.get_by_role("link", name="Rosa Mendes").click()
    page.get_by_label("Weekends").check(force=True)
    page.get_by_role("button", name="Show times").click()
    offered = page.locator("#slots input[name=slot]:not([value=own])")
    weekend = page.locator("#slots legend").all_inner_texts()
    assert {day[:3] for day in weekend if day[:3].isalpha()} <= {"Sat", "Sun", "Tim"}
    offered.first.check(force=True)
    page.get_by_role("button", name="Book", exact=True).last.click()
    expect(page.get_by_text("Booked for").first).to_be_visible()
    assert TherapySession.objects.get().on.weekday() >= 5


def test_the_pages_are_for_everybody(
    ahead: TherapySession,
    field_case: Case,
    hours: None,
    desk: User,
    look_at: OpenPage,
    is_for_everybody: IsForEverybody,
) -> None:
    maya = field_case.clients.get(given_name="Maya")
    for path in (
        reverse("dashboard:clients"),
        reverse("dashboard:client", args=[maya.public_id]),
        reverse("dashboard:case", args=[field_case.public_id]),
        booking_of(field_case),
        reverse("dashboard:session", args=[ahead.public_id]),
        reverse("dashboard:rescheduling", args=[ahead.public_id]),
        f"{reverse('dashboard:calendar')}?on={soon().isoformat()}",
    ):
        is_for_everybody(look_at(desk, path))
