"""Nothing typed or pressed is lost in a real browser: not by a sign-in that ended, nor by a server that was away."""

from collections.abc import Callable

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.models import User
from clients.models import Case, Client
from sessions_app.models import TherapySession

OpenPage = Callable[..., Page]
KEPT = "() => Object.keys(sessionStorage).filter(key => key.startsWith('kept-draft:')).length"


def test_words_outlive_the_end_of_a_sign_in_and_are_forgotten_once_they_are_sent(
    transactional_db: None, open_page: OpenPage, amara: User, rosa: Client, rosa_case: Case
) -> None:
    page = open_page(amara, f"/messages/threads/{rosa.public_id}/")
    words = "Lakeside: See you on Monday, Rosa"
    page.get_by_label("Write to them").fill(words)
    Session.objects.all().delete()
    page.get_by_role("button", name="Send").click()
    page.locator("input[name=login]").fill(amara.email)
    page.locator("input[name=password]").fill("correct horse battery")
    page.keyboard.press("Enter")
    # Back on the page that she wrote on, not where its form was sent.
    expect(page.get_by_label("Write to them")).to_have_value(words)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".bubble", has_text="See you on Monday, Rosa")).to_be_visible()
    expect(page.get_by_label("Write to them")).not_to_have_value(words)
    assert page.evaluate(KEPT) == 0


def test_a_press_that_reaches_nobody_is_said_and_made_again(
    open_page: OpenPage,
    desk: User,
    rosa_case: Case,
    booked: Callable[..., TherapySession],
    complaints: list[str],
) -> None:
    rosa = booked(rosa_case, minutes_ago=20, room=None).participants.get()
    page = open_page(desk, "/board/?view=list")
    row = page.locator(f"#participant-{rosa.public_id}")
    page.route("**/outcome/**", lambda route: route.abort())
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.get_by_text("Kept could not be reached. Nothing was lost.")).to_be_visible()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    expect(row.locator("> .status-mark")).to_contain_text("Late")
    page.unroute("**/outcome/**")
    page.get_by_role("button", name="Try again").press("Enter")
    expect(row.locator("> .status-mark")).to_contain_text("Missed")
    expect(page.get_by_text("Kept could not be reached")).to_have_count(0)
    # Refused, it says what to do, and nothing is taken back.
    page.context.clear_cookies(name="csrftoken")
    page.keyboard.press("u")
    expect(page.get_by_text("You may not do this, or you have signed in anew since.")).to_be_visible()
    expect(row.locator("> .status-mark")).to_contain_text("Missed")
    complaints.clear()  # of the press that reached nobody, and the one that was refused
