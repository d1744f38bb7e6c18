"""The calendar in a real browser: what the mouse does, and the same without one."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FloatRect, Locator, Page, expect

from accounts.models import User
from clients.models import Case
from sessions_app.models import TherapySession
from tests.dashboard.test_booking_pages import soon
from tests.plugins.desks import BookSession, OpenPage
from tests.plugins.everybody import IsForEverybody

pytestmark = pytest.mark.browser
# What half an hour is high on the grid.
HALF_HOUR = 34


def monday() -> date:
    """The one after next: nothing of it is past."""
    return soon(14) - timedelta(days=soon(14).weekday())


@pytest.fixture
def week(
    transactional_db: None,
    field_case: Case,
    amara: User,
    book: BookSession,
    book_weekly: Callable[..., list[TherapySession]],
    keep_hours: Callable[..., None],
) -> str:
    """Amara's week: Maya and Jonah on Monday at two, Rosa on three Tuesdays at ten."""
    keep_hours(amara, ends=18, days=5)
    book(field_case, on=monday(), at="14:00", now=timezone.now() - timedelta(hours=1))
    book_weekly(monday() + timedelta(days=1), count=3, now=timezone.now())
    return f"{reverse('dashboard:calendar')}?view=week&on={monday().isoformat()}&who={amara.public_id}"


def on_grid(page: Page, name: str) -> Locator:
    return page.locator("#calendar-grid .ec-card", has_text=name)


def box_of(element: Locator) -> FloatRect:
    """Where it stands; drawn anew in this very moment, it is looked for again."""
    for _look in range(20):
        expect(element).to_be_visible()
        if box := element.bounding_box():
            return box
    pytest.fail("It is never still.")


def drag(page: Page, name: str, *, down: float = 0, right: float = 0, grip: float = 8) -> None:
    """Take hold of a session and let it go elsewhere, as a hand does."""
    box = box_of(on_grid(page, name))
    at = (box["x"] + 20, box["y"] + (grip if grip > 0 else box["height"] + grip))
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] + right / 2, at[1] + down / 2, steps=4)
    page.mouse.move(at[0] + right, at[1] + down, steps=4)


def test_a_series_is_dragged_an_overlap_refused_and_an_empty_hour_booked(
    week: str, rosa_case: Case, desk: User, look_at: OpenPage
) -> None:
    page = look_at(desk, week, viewport={"width": 1440, "height": 1000})
    dialog = page.get_by_role("dialog")
    drag(page, "Rosa Mendes", down=6 * HALF_HOUR)
    page.mouse.up()
    expect(dialog.get_by_label("Rosa Mendes")).to_be_checked()
    dialog.get_by_label("This one and the later ones: 3").check()
    dialog.get_by_role("button", name="Change 3 sessions").click()
    expect(page.get_by_text("3 sessions are changed").first).to_be_visible()
    expect(on_grid(page, "Rosa Mendes")).to_contain_text("13:00")
    assert [one.at for one in rosa_case.sessions.order_by("on")] == [time(13)] * 3
    # Onto Rosa: what is in the way is said, and Escape puts it back exactly.
    before, column = box_of(on_grid(page, "Maya Field")), box_of(page.locator(".ec-col-head").nth(1))["width"]
    drag(page, "Maya Field", down=-2 * HALF_HOUR, right=column)
    page.mouse.up()
    expect(dialog.get_by_text("Dr. Amara Okafor is taken")).to_be_visible()
    expect(dialog.get_by_role("button", name="15:00")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(on_grid(page, "Maya Field")).to_be_focused()
    assert box_of(on_grid(page, "Maya Field")) == before
    # Let go of in the middle of a drag, nothing is asked at all.
    drag(page, "Maya Field", down=2 * HALF_HOUR)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(on_grid(page, "Maya Field")).to_contain_text("14:00")
    expect(dialog).to_have_count(0)
    # Longer by its lower edge; nobody has to hear of it.
    drag(page, "Maya Field", down=HALF_HOUR, grip=-3)
    page.mouse.up()
    expect(dialog.get_by_label("Maya Field")).not_to_be_checked()
    dialog.get_by_role("button", name="Change it").click()
    expect(dialog).to_have_count(0)
    expect(on_grid(page, "Maya Field")).to_contain_text("15:20")
    # Two hours above it Monday is empty.
    box = box_of(on_grid(page, "Maya Field"))
    page.mouse.click(box["x"] + 20, box["y"] - 4 * HALF_HOUR + 2)
    page.wait_for_url(f"**/sessions/new/?on={monday().isoformat()}&at=12%3A0*")
    expect(page.get_by_text(f"{monday():%A} {monday().day} {monday():%B}, 12:0")).to_be_visible()
    page.go_back()
    # Or drawn over as long as it should be, which is seen while it is drawn.
    box = box_of(on_grid(page, "Maya Field"))
    page.mouse.move(box["x"] + 20, box["y"] - 4 * HALF_HOUR + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] - HALF_HOUR + 2, steps=6)
    expect(page.locator(".ec-preview")).to_contain_text(re.compile("12:00.13:3"))
    page.mouse.up()
    page.wait_for_url("**/sessions/new/**minutes=9*")
    # Where the grid cannot be had it says so, and the list is there.
    page.route("**/calendar/entries/**", lambda route: route.fulfill(body=""))
    page.go_back()
    expect(page.get_by_text("The calendar could not be loaded.")).to_be_visible()
    expect(page.get_by_role("link", name="Move Maya Field, Jonah Field, 14:00")).to_be_visible()


def test_the_same_is_done_without_a_mouse(
    week: str, rosa_case: Case, desk: User, look_at: OpenPage, is_for_everybody: IsForEverybody
) -> None:
    page = look_at(desk, week, viewport={"width": 1440, "height": 1000})
    dialog = page.get_by_role("dialog")
    expect(on_grid(page, "Rosa Mendes")).to_be_visible()
    # Longer, from the list, by one key.
    page.keyboard.press("j")
    page.keyboard.press("l")
    expect(dialog.get_by_label("Minutes")).to_be_focused()
    page.keyboard.type("80")
    page.keyboard.press("Tab")
    expect(dialog.locator(".moving__step")).to_contain_text("80 min")
    is_for_everybody(page)
    press_until(page, "[data-agree]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("14:00, 80 minutes.").first).to_be_visible()
    expect(page.get_by_role("link", name="Lengthen Maya Field, Jonah Field, 14:00")).to_be_visible()
    assert TherapySession.objects.get(on=monday()).minutes == 80
    # From the grid: Enter opens what can be done, and Move asks for the hour.
    on_grid(page, "Rosa Mendes").focus()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("link", name="Move Rosa Mendes, 10:00")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("Day")).to_be_visible()
    dialog.get_by_label("Day").fill(monday().isoformat())
    dialog.get_by_label("From").fill("14:30")
    page.keyboard.press("Tab")
    expect(dialog.get_by_text("Dr. Amara Okafor is taken")).to_be_visible()
    press_until(page, ".moving__free button")
    page.keyboard.press("Enter")
    expect(dialog.locator("[data-agree]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("15:30, 50 minutes.").first).to_be_visible()
    expect(on_grid(page, "Rosa Mendes")).to_be_focused()
    # Before anybody is told, one key takes it back.
    page.keyboard.press("u")
    expect(page.get_by_text("It is back as it was.").first).to_be_visible()
    expect(on_grid(page, "Rosa Mendes")).to_contain_text("10:00")
    # And booked: every free hour of the list is a link, and goes along to the page that books.
    press_until(page, "#agenda a.chip[href*='at=09:00']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions/new/**at=09:00**")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("rosa")
    expect(page.get_by_role("link", name="Rosa Mendes")).to_be_visible()
    press_until(page, ".row-item__link")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Book a session")).to_be_visible()
    expect(page.get_by_label(f"{monday():%A} {monday().day} {monday():%B}, 9:00")).to_be_checked()
    press_until(page, "button.btn-primary[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Booked for").first).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/calendar/**")
    assert TherapySession.objects.get(on=monday(), at=time(9)).case == rosa_case


def test_what_is_drawn_anew_keeps_the_focus_of_whoever_is_on_the_grid(
    week: str, rosa_case: Case, desk: User, look_at: OpenPage, book: BookSession
) -> None:
    page = look_at(desk, week, viewport={"width": 1440, "height": 1000})
    on_grid(page, "Rosa Mendes").focus()
    page.evaluate(
        """() => new MutationObserver(() => {
            document.documentElement.dataset.lost = String(document.activeElement === document.body);
        }).observe(document.querySelector("#calendar-grid [data-ec]"), { childList: true, subtree: true })"""
    )
    # A colleague books; the calendar shows it by itself.
    book(rosa_case, on=monday() + timedelta(days=2), at="15:00", now=timezone.now())
    expect(on_grid(page, "Rosa Mendes")).to_have_count(2)
    expect(page.locator("html")).to_have_attribute("data-lost", "false")
    expect(on_grid(page, "Rosa Mendes").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("link", name="Move Rosa Mendes, 10:00")).to_be_focused()


def test_the_page_that_moves_leads_on_once_it_is_done(
    week: str, field_case: Case, desk: User, look_at: OpenPage
) -> None:
    session = field_case.sessions.get()
    page = look_at(desk, reverse("dashboard:moving", args=[session.public_id]))
    page.get_by_label("From").fill("15:00")
    page.keyboard.press("Tab")
    expect(page.locator(".moving__step strong")).to_contain_text("15:00")
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_role("heading", name="15:00")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("It is back as it was.")).to_be_visible()
    expect(page.get_by_role("heading", name="14:00")).to_be_visible()


def press_until(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _press in range(90):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail("The keyboard never gets there.")
