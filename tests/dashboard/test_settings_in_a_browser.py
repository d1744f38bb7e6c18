"""Settings in a real browser: words tried while they are typed, for everybody's eyes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Practice, User
from reminders.models import MessageTemplate, Trial
from tests.plugins.everybody import IsForEverybody

OpenPage = Callable[..., Page]
REMINDER = "/settings/words/reminder/en/sms/"


@pytest.fixture
def ari(transactional_db: None, practice: Practice, admin_user: User) -> User:
    """The practice admin, with real transactions."""
    return admin_user


def test_words_are_read_aloud_and_priced_while_they_are_typed(open_page: OpenPage, ari: User) -> None:
    page = open_page(ari, REMINDER)
    body = page.get_by_label("Words", exact=True)
    preview = page.get_by_role("region", name="Preview")
    body.fill("{practice}: {when}{video}. We\u2019ll wait. {phone}")
    expect(preview.get_by_text("(curly apostrophe) doubles the price")).to_be_visible()
    expect(preview.get_by_text("We\u2019ll wait. (312) 555-0100").first).to_be_visible()
    page.get_by_role("button", name="Use plain characters").click()
    expect(body).to_have_value("{practice}: {when}{video}. We'll wait. {phone}")
    page.get_by_role("button", name="Save these words").click()
    expect(page.get_by_role("status").filter(has_text="These words go out")).to_be_visible()
    assert MessageTemplate.objects.get().body == "{practice}: {when}{video}. We'll wait. {phone}"


def test_a_field_is_put_in_by_keyboard_where_somebody_was_writing(open_page: OpenPage, ari: User) -> None:
    page = open_page(ari, REMINDER)
    body = page.get_by_label("Words", exact=True)
    body.fill("{practice}:  {video} {phone}")
    body.evaluate("field => field.setSelectionRange(12, 12)")
    page.get_by_role("button", name="{when}").focus()
    page.keyboard.press("Enter")
    expect(body).to_be_focused()
    page.keyboard.type("!")
    expect(body).to_have_value("{practice}: {when}! {video} {phone}")
    expect(page.get_by_role("region", name="Preview").get_by_text("PM!").first).to_be_visible()


def test_refused_words_and_a_reload_lose_nothing(
    open_page: OpenPage, ari: User, complaints: list[str]
) -> None:
    page = open_page(ari, REMINDER)
    body = page.get_by_label("Words", exact=True)
    body.fill("Your therapist, {practice}")
    expect(page.get_by_role("region", name="Preview").get_by_text("would tell others")).to_be_visible()
    page.reload()
    expect(body).to_have_value("Your therapist, {practice}")
    page.get_by_role("button", name="Save these words").click()
    expect(page.get_by_text("would tell others").first).to_be_visible()
    expect(body).to_have_value("Your therapist, {practice}")
    complaints.clear()  # of the 422


def test_a_trial_is_sent_without_losing_what_is_typed(open_page: OpenPage, ari: User) -> None:
    page = open_page(ari, REMINDER)
    body = page.get_by_label("Words", exact=True)
    body.fill("{practice}: {when}{video}. Ours. {phone}")
    page.get_by_label("Your own mobile number").fill("(312) 555-0187")
    page.get_by_role("button", name="Send it as it is typed").click()
    expect(page.get_by_text("On its way")).to_be_visible()
    expect(body).to_have_value("{practice}: {when}{video}. Ours. {phone}")
    Trial.objects.update(state="sent")
    expect(page.get_by_role("status").filter(has_text="Sent")).to_be_visible()


def test_pages_are_for_everybody(
    look_at: OpenPage, is_for_everybody: IsForEverybody, ari: User, desk: User
) -> None:
    pages = (
        (ari, "/settings/words/"),
        (ari, REMINDER),
        (ari, "/settings/words/reminder/es/email/"),
        (ari, "/settings/reminders/new/"),
        (ari, "/settings/agreements/"),
        (ari, "/messages/health/"),
        (ari, "/settings/senders/"),
        (desk, "/messages/forecast/"),
    )
    for user, address in pages:
        is_for_everybody(look_at(user, address))


def test_reach_of_a_rule_is_counted_while_it_is_written(open_page: OpenPage, ari: User) -> None:
    page = open_page(ari, "/settings/reminders/new/")
    page.get_by_label("Days before").fill("2")
    page.get_by_label("For whom").select_option("telehealth")
    expect(page.get_by_role("status").filter(has_text="of the 0 sessions")).to_be_visible()
