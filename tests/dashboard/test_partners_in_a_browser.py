"""A reluctant partner, lived from both sides: each is asked alone, the client approves the words, he comes along."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import User
from clients.models import Case, Client, Engagement
from followups.models import Invitation
from reminders.models import Message
from sessions_app.models import TherapySession
from tests.plugins.browser import AXE_OPTIONS
from tests.plugins.desks import PhoneOf
from tests.reminders.conftest import pass_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
SAID = "I am afraid he stops talking"
WISH = "An evening a week"


def _reads_well(page: Page) -> None:
    assert Axe().run(page, options=AXE_OPTIONS).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _ask_alone(page: Page, name: str) -> None:
    page.locator(".next-step").get_by_role("link", name=name).click()
    page.get_by_label("Safe", exact=True).check()
    page.get_by_label("They were alone").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It stays with them")).to_be_visible()


def test_each_is_asked_alone_the_client_hands_it_over_and_he_comes_along(
    open_page: OpenPage,
    phone_of: PhoneOf,
    midday: str,
    amara: User,
    field_case: Case,
    maya: Client,
    jonah: Client,
    booked: Callable[..., TherapySession],
) -> None:
    Client.objects.update(timezone=midday)
    field_case.members.filter(client=jonah).update(engagement=Engagement.HESITANT)
    together = f"/clients/cases/{field_case.public_id}/together/"
    page = open_page(amara, together, viewport=PHONE)
    home = page.url.partition("/clients/")[0]
    expect(page.get_by_role("heading", name="First: ask each of them, alone")).to_be_visible()
    expect(page.get_by_text("invit")).to_have_count(0)

    # Each alone, on a page of their own.
    for client in (maya, jonah):
        page.goto(f"{home}{together}")
        _ask_alone(page, client.display_name)
    page.goto(f"{home}{together}")
    expect(page.get_by_role("heading", name="First: sessions together, on the relationship")).to_be_visible()

    # Written together; the client approves it in writing and takes it home.
    page.get_by_role("link", name="Write it together").click()
    page.get_by_role("button", name="See it as it goes").click()
    expect(page.get_by_text("it is fine to say no")).to_be_visible()
    page.get_by_label("Wrote their name here, in the room").check()
    _reads_well(page)
    page.get_by_role("button", name="They approved it").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="The letter as a PDF").click()
    assert download.value.suggested_filename == "letter.pdf"
    page.get_by_role("button", name="They have it, or take it home today").click()
    expect(page.get_by_role("heading", name="It is on its way")).to_be_visible()
    assert Invitation.objects.get().approved_as == "Maya Field"
    assert not Message.objects.filter(recipient=jonah).exists()  # Kept sent him nothing
    pass_at(datetime.now(UTC))
    expect(phone_of(jonah).get_by_role("log")).not_to_contain_text("Lakeside")

    # He comes along.
    member = field_case.members.get(client=jonah)
    assert member.engagement == Engagement.INVITED
    page.goto(f"{home}/clients/members/{member.public_id}/engagement/")
    page.get_by_label("Joined").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("What was before is kept.")).to_be_visible()
    session = booked(field_case, minutes_ago=20)
    page.goto(f"{home}/board/?session={session.public_id}")
    for client in (maya, jonah):
        person = page.locator(f"#participant-{session.participants.get(client=client).public_id}")
        person.get_by_role("button", name="Arrived").click()
        expect(person.get_by_role("button", name="Arrived")).to_have_attribute("aria-pressed", "true")

    # What each said is theirs; what she chose is on the page for both.
    page.goto(f"{home}/sessions/{session.public_id}/together/")
    hers = page.get_by_role("form", name="Maya")
    hers.get_by_label("Feelings").first.fill(SAID)
    hers.get_by_role("textbox", name="Wishes").fill(WISH)
    hers.get_by_role("checkbox", name="Wishes").check()
    hers.get_by_label("How well understood did they feel?").fill("6")
    _reads_well(page)
    hers.get_by_role("button", name="Save for Maya").click()
    page.get_by_role("link", name="Open it for them").click()
    expect(page.get_by_text(WISH)).to_be_visible()
    expect(page.get_by_text(SAID)).to_have_count(0)

    # His phone, now that he has joined: the next time together, and nothing that either of them said.
    booked(field_case, minutes_ago=-22 * 60)
    pass_at(datetime.now(UTC))
    his = phone_of(jonah)
    expect(his.get_by_role("log").get_by_text(re.compile("C (to confirm|confirms)"))).to_be_visible()
    for word in (SAID, WISH, "Maya", "invit"):
        expect(his.get_by_role("log").get_by_text(word)).to_have_count(0)

    page.goto(f"{home}{together}")
    expect(page.get_by_role("img", name="Maya Field: felt understood")).to_be_visible()
    _reads_well(page)
    page.get_by_role("link", name="Coming together, in numbers").click()
    row = page.get_by_role("row", name="Dr. Amara Okafor")
    expect(row.get_by_role("cell").first).to_have_text("1")
    _reads_well(page)
