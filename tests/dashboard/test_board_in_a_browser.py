"""The board in a real browser: by keyboard alone, at two desks, for everybody's eyes, without a broken policy."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import Practice, User
from attendance.models import AttendanceRecord
from clients.models import Case
from sessions_app.models import TherapySession
from sessions_app.services import cancel_session, mark_arrived
from tests.dashboard.test_booking_pages import soon
from tests.plugins.everybody import IsForEverybody

BookSession = Callable[..., TherapySession]
OpenPage = Callable[..., Page]
# Changes of one desk reach the other well within this.
SEEN_WITHIN_MS = 30_000


def test_arrival_and_a_miss_by_keyboard_alone_and_undone(
    open_page: OpenPage, desk: User, rosa_case: Case, field_case: Case, booked: BookSession
) -> None:
    rosa = booked(rosa_case, minutes_ago=20, room=None).participants.get()
    page = open_page(desk, "/board/?view=list")
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.locator(f"#participant-{rosa.public_id} > .status-mark")).to_contain_text("Missed")
    assert AttendanceRecord.objects.get(participant=rosa).outcome == "no_show"
    page.keyboard.press("u")
    expect(page.locator(f"#participant-{rosa.public_id} > .status-mark")).to_contain_text("Late")
    expect(page.locator(f"#participant-{rosa.public_id}")).to_have_attribute("data-selected", "")
    assert not AttendanceRecord.objects.exists()
    page.keyboard.press("a")
    expect(page.locator(f"#participant-{rosa.public_id} > .status-mark")).to_contain_text("In session")
    rosa.refresh_from_db()
    assert rosa.arrived_at


def test_an_undo_as_quick_as_can_be_stays_on_the_page_with_its_row(
    open_page: OpenPage, desk: User, rosa_case: Case, booked: BookSession
) -> None:
    rosa = booked(rosa_case, minutes_ago=20, room=None).participants.get()
    page = open_page(desk, "/board/?view=list")
    page.evaluate(
        """() => {
            window.thisVeryPage = true;
            const press = () => document.querySelector("[data-undo]")?.click();
            new MutationObserver(press).observe(document.getElementById("toasts"), { childList: true });
        }"""
    )
    page.keyboard.press("j")
    with page.expect_response("**/outcome/undo/**"):
        page.keyboard.press("m")
    row = page.locator(f"#participant-{rosa.public_id}")
    expect(row.locator("> .status-mark")).to_contain_text("Late")
    expect(row).to_have_attribute("data-selected", "")
    assert page.evaluate("window.thisVeryPage")


def test_a_name_looked_for_from_the_board_never_reaches_an_address(
    open_page: OpenPage, desk: User, rosa_case: Case, practice: Practice
) -> None:
    page = open_page(desk, "/board/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("/")
    page.keyboard.type("rosa")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Rosa Mendes")).to_be_visible()
    expect(page).to_have_url(re.compile("/clients/$"))
    field = page.get_by_role("searchbox")
    field.fill("zzzz")
    expect(page.get_by_text("Nobody found")).to_be_visible()
    expect(field).to_be_focused()
    field.fill("rosa")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Rosa Mendes")).to_be_visible()
    assert not [address for address in asked if "rosa" in address or "zzzz" in address]


def test_enter_opens_the_panel_and_keys_act_on_its_people(
    open_page: OpenPage, desk: User, rosa_case: Case, booked: BookSession
) -> None:
    rosa = booked(rosa_case, minutes_ago=20).participants.get()
    page = open_page(desk, "/board/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("Rosa Mendes")
    expect(page).to_have_url(re.compile(f"session={rosa.session.public_id}"))
    page.keyboard.press("t")
    expect(page.locator("#panel button[value=attended]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("u")
    expect(page.locator("#panel button[value=attended]")).to_have_attribute("aria-pressed", "false")


def test_two_desks_see_each_other_within_seconds(
    open_page: OpenPage, desk: User, amara: User, rosa_case: Case, booked: BookSession
) -> None:
    booked(rosa_case, minutes_ago=5)
    first, second = open_page(desk, "/board/"), open_page(amara, "/")
    first.get_by_role("button", name="Rosa Mendes: Here").click()
    expect(first.locator(".session-card")).to_contain_text("In session")
    expect(second.locator(".participant")).to_contain_text("In session", timeout=SEEN_WITHIN_MS)
    second.locator("button[value=attended]").click()
    expect(second.locator(".participant")).to_contain_text("Attended")
    expect(first.locator(".session-card")).to_contain_text("Attended", timeout=SEEN_WITHIN_MS)


def test_what_is_typed_outlives_another_desks_change(
    open_page: OpenPage, desk: User, rosa_case: Case, booked: BookSession
) -> None:
    session = booked(rosa_case, minutes_ago=20)
    page = open_page(desk, f"/board/?session={session.public_id}")
    page.get_by_text("More…").click()
    page.get_by_label("Minutes late").fill("7")
    mark_arrived(participant=session.participants.get(), actor=None, now=datetime.now(UTC))
    page.wait_for_timeout(4_000)
    expect(page.get_by_label("Minutes late")).to_have_value("7")
    page.get_by_role("button", name="Came late").click()
    expect(page.get_by_role("status")).to_contain_text("A colleague was quicker")


def test_board_and_today_are_for_everybody(
    look_at: OpenPage,
    is_for_everybody: IsForEverybody,
    desk: User,
    amara: User,
    rosa_case: Case,
    field_case: Case,
    quinn_case: Case,
    booked: BookSession,
) -> None:
    couple = booked(field_case, minutes_ago=20, room=None)
    booked(rosa_case, minutes_ago=120)
    booked(quinn_case, minutes_ago=-30, room=None)
    mark_arrived(
        participant=couple.participants.all()[0], actor=desk, now=datetime.now(UTC) - timedelta(minutes=21)
    )
    pages = (
        (desk, f"/board/?session={couple.public_id}"),
        (desk, "/board/?view=list"),
        (desk, "/board/not-recorded/"),
        (desk, "/board/walk-in/"),
        (amara, "/"),
    )
    for user, address in pages:
        page = look_at(user, address)
        if "walk-in" in address:
            page.keyboard.type("rosa")
            expect(page.get_by_role("link", name="Rosa Mendes")).to_be_visible()
        is_for_everybody(page)


def test_a_time_that_is_free_again_stands_below_who_called_off(
    look_at: OpenPage,
    is_for_everybody: IsForEverybody,
    desk: User,
    amara: User,
    rosa_case: Case,
    field_case: Case,
    book: BookSession,
    keep_hours: Callable[[User], None],
) -> None:
    keep_hours(amara)
    on, now = soon(), timezone.now() - timedelta(hours=1)
    book(field_case, on=on, at="12:00", now=now)
    off = book(rosa_case, on=on, at="10:00", now=now)
    cancel_session(session=off, by="practice", actor=desk, now=now, tell_clients=False)
    page = look_at(desk, f"/board/?on={on}")
    card = page.locator(f"#session-{off.public_id}")
    free, hour = card.get_by_role("link", name="Free 10:00"), card.locator("time")
    assert _left(free) <= _left(hour)
    assert _left(card.locator(".session-card__name")) - _right(hour) < 16
    is_for_everybody(page)


def _left(element: Locator) -> float:
    return element.evaluate("element => element.getBoundingClientRect().left")  # type: ignore[no-any-return]


def _right(element: Locator) -> float:
    return element.evaluate("element => element.getBoundingClientRect().right")  # type: ignore[no-any-return]
