"""Today in a real browser: what comes by itself takes nothing out of a clinician's hands."""

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from accounts.models import User
from clients.models import Case, Client
from followups.services import open_follow_up
from sessions_app.models import TherapySession

BookSession = Callable[..., TherapySession]
OpenPage = Callable[..., Page]


def raised(client: Client, case: Case, actor: User) -> None:
    open_follow_up(client=client, case=case, protocol_code="at_risk", actor=actor, now=datetime.now(UTC))


def test_a_follow_up_comes_by_itself_and_the_focus_stays_where_it_is(
    open_page: OpenPage, amara: User, rosa: Client, maya: Client, rosa_case: Case, field_case: Case
) -> None:
    raised(rosa, rosa_case, amara)
    page = open_page(amara, "/")
    first = page.get_by_role("link", name="Call Rosa and hear how they are")
    first.focus()
    raised(maya, field_case, amara)
    expect(page.get_by_role("link", name="Call Maya and hear how they are")).to_be_visible()
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Call Rosa and hear how they are")).to_be_visible()


def test_a_follow_up_waits_while_somebody_writes_beside_it(
    open_page: OpenPage,
    amara: User,
    rosa: Client,
    rosa_case: Case,
    field_case: Case,
    maya: Client,
    booked: BookSession,
) -> None:
    booked(rosa_case, minutes_ago=20)
    page = open_page(amara, "/")
    page.get_by_text("More…").press("Enter")
    minutes = page.get_by_label("Minutes late")
    as_offered = minutes.input_value()
    minutes.fill("7")
    page.evaluate(
        """() => document.addEventListener("htmx:beforeRequest", (event) => {
            document.documentElement.dataset.waited = event.defaultPrevented;
        })"""
    )
    raised(maya, field_case, amara)
    expect(page.locator("html")).to_have_attribute("data-waited", "true")
    expect(minutes).to_have_value("7")
    assert page.get_by_role("link", name="Call Maya").count() == 0
    # Nothing is left to lose.
    minutes.fill(as_offered)
    page.get_by_text("More…").press("Enter")
    expect(page.get_by_role("link", name="Call Maya and hear how they are")).to_be_visible()
