"""Follow-ups and messages in a real browser: by keyboard, at the thumb, for everybody's eyes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.models import User
from attendance.services import Seen, record_outcome
from clients.models import Case, Client, ContactPoint
from followups.models import ContactAttempt, FollowUp
from followups.reconcile import reconcile
from reminders.reconcile import reconcile as plan_messages
from reminders.services import Reply, receive_inbound
from sessions_app.models import TherapySession
from tests.plugins.everybody import IsForEverybody

OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def follow_up(
    transactional_db: None,
    rosa_case: Case,
    rosa: Client,
    desk: User,
    booked: Callable[..., TherapySession],
) -> FollowUp:
    """Rosa was missed an hour ago; tomorrow she is expected again."""
    now = datetime.now(UTC)
    missed = booked(rosa_case, minutes_ago=60).participants.get()
    booked(rosa_case, minutes_ago=-22 * 60)
    record_outcome(participant=missed, seen=Seen(outcome="no_show", source="board"), actor=desk, now=now)
    reconcile(now=now)
    plan_messages(now=now)
    return FollowUp.objects.get()


def text_of(body: str, number: str) -> None:
    reply = Reply(provider_id=f"SM{number}", from_address=number, to_address="+13125550100", body=body)
    receive_inbound(reply=reply, now=datetime.now(UTC))


def test_queue_is_walked_by_keyboard_and_talk_logged(
    open_page: OpenPage, amara: User, follow_up: FollowUp
) -> None:
    page = open_page(amara, "/follow-ups/")
    page.keyboard.press("j")
    expect(page.locator(f"#follow-up-{follow_up.public_id}")).to_have_attribute("data-selected", "")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Call Rosa")).to_be_visible()
    page.get_by_label("Call again").check()
    expect(page.get_by_label("When shall we call?")).to_be_visible()
    page.get_by_role("button", name="We talked").click()
    expect(page.get_by_role("status")).to_contain_text("Noted: we talked.")
    assert ContactAttempt.objects.get().next_step == "call_again"


def test_a_call_is_noted_with_one_key_and_taken_back_with_another(
    open_page: OpenPage, amara: User, follow_up: FollowUp
) -> None:
    page = open_page(amara, "/follow-ups/")
    page.keyboard.press("j")
    row = page.locator(f"#follow-up-{follow_up.public_id}")
    expect(row).to_have_attribute("data-selected", "")
    page.keyboard.press("w")
    expect(page.get_by_role("status").filter(has_text="Rosa Mendes:")).to_be_visible()
    assert ContactAttempt.objects.count() == 1
    page.keyboard.press("u")
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_be_visible()
    expect(row).to_be_visible()
    assert not ContactAttempt.objects.exists()


def test_row_is_put_off_at_the_thumb(open_page: OpenPage, amara: User, follow_up: FollowUp) -> None:
    page = open_page(amara, "/follow-ups/", viewport=PHONE)
    row = page.locator(f"#follow-up-{follow_up.public_id}")
    button = row.get_by_role("button", name="No answer").bounding_box()
    assert button
    assert button["height"] >= 44
    row.locator("summary").click()
    row.get_by_role("button", name="Tomorrow, 9:00").click()
    expect(page.get_by_role("status").filter(has_text="Put off: tomorrow by 9:00.")).to_be_visible()


def test_actions_are_at_the_thumb_and_later_is_two_presses(
    open_page: OpenPage, amara: User, follow_up: FollowUp
) -> None:
    page = open_page(amara, f"/follow-ups/{follow_up.public_id}/", viewport=PHONE)
    bar = page.locator(".action-bar").bounding_box()
    assert bar
    assert PHONE["height"] - 120 < bar["y"] + bar["height"] <= PHONE["height"]
    page.get_by_text("Call later").click()
    page.get_by_role("button", name="Tomorrow, 9:00").click()
    expect(page.get_by_role("status")).to_contain_text("Put off: tomorrow by 9:00.")


def test_call_again_is_pressed_by_a_thumb(open_page: OpenPage, amara: User, follow_up: FollowUp) -> None:
    page = open_page(amara, f"/follow-ups/{follow_up.public_id}/", viewport=PHONE, has_touch=True)
    chip = page.locator(".chip", has_text="Call again")
    # As far up as it takes to come out from behind the bar, and no further: as somebody scrolls.
    chip.tap()
    expect(page.get_by_label("Call again")).to_be_checked()
    asked = page.get_by_label("When shall we call?")
    asked.tap()
    expect(asked).to_be_focused()
    page.get_by_role("button", name="We talked").tap()
    expect(page.get_by_role("status")).to_contain_text("Noted: we talked.")
    assert ContactAttempt.objects.get().next_step == "call_again"


def test_enter_in_a_field_presses_no_result(
    open_page: OpenPage, amara: User, follow_up: FollowUp, complaints: list[str]
) -> None:
    page = open_page(amara, f"/follow-ups/{follow_up.public_id}/")
    page.get_by_label("Call again").check()
    page.get_by_label("When shall we call?").press("Enter")
    expect(page.get_by_text("Press the button that says how it went.")).to_be_visible()
    expect(page.get_by_label("Call again")).to_be_checked()
    assert not ContactAttempt.objects.exists()
    complaints.clear()  # of the 422


def test_private_words_leave_no_draft(open_page: OpenPage, amara: User, follow_up: FollowUp) -> None:
    page = open_page(amara, f"/follow-ups/{follow_up.public_id}/")
    page.get_by_label("In their words").fill("The bus did not come.")
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "bus" not in kept


def test_private_words_wait_on_their_page_until_somebody_can_take_them(
    open_page: OpenPage, amara: User, follow_up: FollowUp, complaints: list[str]
) -> None:
    page = open_page(amara, f"/follow-ups/{follow_up.public_id}/")
    words = page.get_by_label("In their words")
    words.fill("The bus did not come.")
    page.route("**/signed-in/", lambda route: route.abort())
    page.get_by_role("button", name="We talked").click()
    expect(page.get_by_text("Kept could not be reached. Nothing was lost.")).to_be_visible()
    page.unroute("**/signed-in/")
    Session.objects.all().delete()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("You have been signed out.")).to_be_visible()
    expect(words).to_have_value("The bus did not come.")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in").click()
    other = opened.value
    other.locator("input[name=login]").fill(amara.email)
    other.locator("input[name=password]").fill("correct horse battery")
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", name="To follow up")).to_be_visible()
    # In a browser without windows both tabs have the focus all the time.
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_text("You have been signed out.")).to_have_count(0)
    page.get_by_role("button", name="We talked").click()
    expect(page.get_by_role("status")).to_contain_text("Noted: we talked.")
    assert ContactAttempt.objects.get().client_words == "The bus did not come."
    complaints.clear()  # of the question that reached nobody


def test_pages_are_for_everybody(
    look_at: OpenPage,
    is_for_everybody: IsForEverybody,
    desk: User,
    amara: User,
    rosa: Client,
    follow_up: FollowUp,
) -> None:
    text_of("Could we meet earlier?", "+13125550199")
    text_of("R", "+13125550101")
    FollowUp.objects.update(due_at=datetime.now(UTC) - timedelta(hours=3))
    ContactPoint.objects.filter(client=rosa).update(unfit_at=datetime.now(UTC), unfit_reason="sms 21614")
    ContactPoint.objects.filter(client=rosa, kind="phone").update(call_position=2)
    for user, address in (
        (amara, "/follow-ups/"),
        (amara, f"/follow-ups/{follow_up.public_id}/"),
        (desk, "/messages/?state=planned"),
        (desk, "/messages/inbox/"),
        (desk, "/messages/calls/"),
        (desk, "/messages/numbers/"),
        (desk, f"/clients/{rosa.public_id}/ways/"),
        (desk, f"/messages/threads/{rosa.public_id}/"),
    ):
        is_for_everybody(look_at(user, address))


def test_one_goes_away_and_the_supervisor_takes_what_is_overdue(
    open_page: OpenPage, amara: User, dana: User, follow_up: FollowUp, is_for_everybody: IsForEverybody
) -> None:
    FollowUp.objects.update(due_at=datetime.now(UTC) - timedelta(hours=30))
    page = open_page(amara, "/follow-ups/away/", viewport=PHONE)
    today = datetime.now(UTC).date()
    page.get_by_label("The first day away").fill(f"{today - timedelta(days=1)}")
    page.get_by_label("The day you are back").fill(f"{today + timedelta(days=9)}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your supervisor sees to your follow-ups")).to_be_visible()
    is_for_everybody(page)
    page = open_page(dana, "/", viewport=PHONE)
    waiting = page.get_by_role("region", name="Overdue in your team")
    expect(waiting.get_by_text("with Dr. Amara Okafor")).to_be_visible()
    is_for_everybody(page)
    waiting.get_by_role("button", name="I take it").click()
    expect(page.get_by_text("It is yours now.")).to_be_visible()
    follow_up.refresh_from_db()
    assert follow_up.owner == dana
