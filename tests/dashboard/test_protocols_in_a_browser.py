"""Protocols in a real browser: by keyboard, on a phone, for everybody's eyes."""

import pytest
from playwright.sync_api import expect

from accounts.models import Practice, User
from followups.models import ProtocolCode
from followups.protocols import current_versions, install_shipped
from tests.plugins.desks import OpenPage
from tests.plugins.everybody import IsForEverybody

SINGLE = "/settings/protocols/single_missed/"


@pytest.fixture
def ari(transactional_db: None, practice: Practice, admin_user: User) -> User:
    """The practice admin, with real transactions."""
    install_shipped()
    return admin_user


def test_a_step_is_moved_and_saved_by_keyboard(open_page: OpenPage, ari: User) -> None:
    page = open_page(ari, SINGLE)
    page.get_by_role("button", name="Move step 3 up").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    moved = page.get_by_label("What to do, in English").nth(1)
    expect(moved).to_have_value("Decide what would help {name} next")
    expect(moved).to_be_focused()
    moved.fill("Think with {name}")
    page.get_by_label("Due after working days").nth(1).press("Enter")  # the first button of the form saves
    expect(page.get_by_role("status").filter(has_text="New follow-ups begin with these")).to_be_visible()
    plan = current_versions()[ProtocolCode.SINGLE_MISSED].plan
    assert [step.title for step in plan][1] == "Think with {name}"


def test_a_fee_put_first_is_refused_with_a_sentence(
    open_page: OpenPage, ari: User, complaints: list[str]
) -> None:
    page = open_page(ari, SINGLE)
    page.get_by_label("What", exact=True).first.select_option("fee")
    page.get_by_role("button", name="Save these steps").click()
    expect(page.get_by_role("alert").get_by_text("never comes first")).to_be_visible()
    expect(page.get_by_text("Opens once somebody has tried to reach the client.")).to_be_visible()
    expect(page.get_by_label("What", exact=True).first).to_have_value("fee")
    complaints.clear()  # of the 422


def test_pages_are_for_everybody(look_at: OpenPage, is_for_everybody: IsForEverybody, ari: User) -> None:
    for address in ("/settings/protocols/", "/settings/protocols/court_mandated/"):
        page = look_at(ari, address)
        for words in page.get_by_text("The words", exact=True).all():
            words.click()
        is_for_everybody(page)
