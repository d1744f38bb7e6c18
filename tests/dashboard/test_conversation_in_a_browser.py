"""Writing to a client in a real browser: what a text costs is said while it is typed."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from clients.models import Case, Client
from reminders.models import Message
from reminders.segments import size_of
from tests.plugins.everybody import IsForEverybody

OpenPage = Callable[..., Page]
SAMPLES = (
    "a" * 160,
    "a" * 161,
    "[" * 81,
    "\u2019" + "a" * 70,
    "mañana así",
    "€ 5 \U0001f600",
    "two\nlines",
    "a" * 307,
)


def test_what_a_text_costs_is_said_while_it_is_typed_as_the_server_counts(
    transactional_db: None, open_page: OpenPage, desk: User, rosa: Client, complaints: list[str]
) -> None:
    page = open_page(desk, f"/messages/threads/{rosa.public_id}/")
    meter = page.locator("[data-size]")
    for words in SAMPLES:
        page.get_by_label("Write to them").fill(words)
        size = size_of(words)
        texts = "1 text" if size.segments == 1 else f"{size.segments} texts"
        odd = f" · dearer by {size.odd_characters}" if size.odd_characters else ""
        expect(meter).to_have_text(f"{texts} · {size.characters} letters{odd}")
    assert complaints == []


def test_a_refused_text_is_mended_and_sent_by_keyboard(
    transactional_db: None,
    open_page: OpenPage,
    is_for_everybody: IsForEverybody,
    amara: User,
    rosa: Client,
    rosa_case: Case,
    complaints: list[str],
) -> None:
    page = open_page(amara, f"/messages/threads/{rosa.public_id}/")
    field = page.get_by_label("Write to them")
    field.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("You missed Friday, no matter")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_text("Kinder: “we missed each other”")).to_be_visible()
    expect(field).to_have_value("Lakeside: You missed Friday, no matter")
    complaints.clear()  # of the 422
    is_for_everybody(page)
    field.fill("Lakeside: We missed each other on Friday, no matter")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.locator(".bubble", has_text="We missed each other on Friday")).to_be_visible()
    assert Message.objects.get().written_by == amara
