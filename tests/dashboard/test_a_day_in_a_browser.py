"""Two days at work in a real browser: a front desk's morning by keyboard, a clinician's day on a telephone."""

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from accounts.models import User
from attendance.models import AttendanceRecord
from clients.models import Case
from followups.models import ContactAttempt
from followups.reconcile import reconcile
from sessions_app.models import Participant, TherapySession
from tests.conftest import case_of, person

BookSession = Callable[..., TherapySession]
OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
A_DAY = 24 * 60


def test_a_desks_morning_from_what_was_left_to_who_walks_in(
    open_page: OpenPage, desk: User, luis: User, rosa_case: Case, field_case: Case, booked: BookSession
) -> None:
    left = booked(rosa_case, minutes_ago=A_DAY).participants.get()
    couple = list(booked(field_case, minutes_ago=5, room=None).participants.order_by("pk"))
    ada = case_of(luis, Case.Kind.INDIVIDUAL, person("Ada", "Lowell", 140))
    page = open_page(desk, "/board/?view=list")
    # What yesterday left open stands above today, and is recorded first.
    page.get_by_role("link", name="Record them").press("Enter")
    expect(page.get_by_role("link", name="Rosa Mendes")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("t")
    expect(page.locator(f"#participant-{left.public_id} > .status-mark")).to_contain_text("Attended")
    # Both of a couple arrive, one key each.
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.get_by_role("link", name="List").press("Enter")
    for one in couple:
        row = page.locator(f"#participant-{one.public_id}")
        expect(row.locator("> .status-mark")).to_contain_text("Late")
        page.keyboard.press("j")
        page.keyboard.press("a")
        expect(row.locator("> .status-mark")).to_contain_text("In session")
    # Somebody stands at the desk without an hour, and her name is heard wrongly.
    page.get_by_role("link", name="Walk-in").press("Enter")
    page.get_by_role("searchbox", name="Who is it?").fill("ada lowel")
    page.get_by_role("link", name="Ada Lowell").press("Enter")
    page.get_by_role("button", name="Here now").press("Enter")
    expect(page.locator(".row-item, .session-card").filter(has_text="Ada Lowell")).to_contain_text(
        "In session"
    )
    assert AttendanceRecord.objects.get().participant_id == left.pk
    assert Participant.objects.get(session__case=ada).is_walk_in


def test_a_clinicians_day_on_a_telephone(
    open_page: OpenPage, amara: User, rosa_case: Case, booked: BookSession
) -> None:
    gone_by = booked(rosa_case, minutes_ago=70).participants.get()
    page = open_page(amara, "/", viewport=PHONE)
    row = page.locator(f"#participant-{gone_by.public_id}")
    row.get_by_role("button", name="Missed").click()
    expect(row.locator("> .status-mark")).to_contain_text("Missed")
    reconcile(now=datetime.now(UTC))
    page.reload()
    page.get_by_role("link", name="Call Rosa").click()
    expect(page.get_by_text("Open with concern")).to_be_visible()
    page.get_by_label("In their words").fill("The bus did not come.")
    page.get_by_role("button", name="We talked").click()
    expect(page.get_by_role("status")).to_contain_text("Noted: we talked.")
    assert ContactAttempt.objects.get().client_words == "The bus did not come."
