"""Missed several times, lived from both sides: the picture, the talk, what is agreed, the client's phone, the review."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import User
from attendance.services import Seen, record_outcome
from clients.models import Case, Client
from followups.models import FollowUp, SuitabilityReview
from followups.reconcile import reconcile
from followups.services import AttemptDetails, log_attempt
from reminders.models import Message
from sessions_app.models import TherapySession
from tests.plugins.browser import AXE_OPTIONS
from tests.plugins.desks import PhoneOf, until_heard
from tests.reminders.conftest import pass_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
ANSWERED = "That suits me so much better, thank you"
LONG_AGO = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def third_miss(
    midday: str, book: Callable[..., TherapySession], rosa_case: Case, rosa: Client, desk: User
) -> FollowUp:
    """Three weeks without her; four more times are booked."""
    now = datetime.now(UTC)
    Client.objects.update(timezone=midday)
    for days in (21, 14, 7):
        session = book(rosa_case, on=now.date() - timedelta(days=days), timezone=midday, now=LONG_AGO)
        seen = Seen(outcome="no_show", source="board")
        record_outcome(participant=session.participants.get(), seen=seen, actor=desk, now=now)
    for weeks in (1, 2, 3, 4):
        book(rosa_case, on=now.date() + timedelta(weeks=weeks), timezone=midday, now=LONG_AGO)
    reconcile(now=now)
    return FollowUp.objects.get()


def test_third_miss_is_talked_about_and_they_go_on_by_video_every_two_weeks(
    open_page: OpenPage, phone_of: PhoneOf, amara: User, rosa: Client, third_miss: FollowUp
) -> None:
    page = open_page(amara, f"/follow-ups/{third_miss.public_id}/", viewport=PHONE)
    expect(page.get_by_role("img", name="How Rosa has been coming")).to_be_visible()
    expect(page.get_by_text("3 missed without notice.")).to_be_visible()
    page.get_by_role("link", name="Talk about it").click()
    expect(page.get_by_text("Nobody is in trouble")).to_be_visible()
    page.get_by_label("The time: day, hour").fill("The bus takes two hours")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("The bus takes two hours")).to_be_visible()
    assert Axe().run(page, options=AXE_OPTIONS).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.get_by_role("link", name="Agree how you go on").first.click()
    page.get_by_label("Every two weeks").check()
    page.get_by_label("By video", exact=True).check()
    page.get_by_label("Where you meet by video").fill("https://video.example.org/rosa")
    page.get_by_role("button", name="See what it changes").click()
    expect(page.get_by_text("is called off").first).to_be_visible()
    assert Axe().run(page, options=AXE_OPTIONS).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="This is what we agreed: do it").click()
    expect(page.get_by_text(re.compile("Agreed and done: 2 changed, 0 booked, 2 called off"))).to_be_visible()
    ahead = TherapySession.objects.filter(starts_at__gt=datetime.now(UTC), cancelled_at=None)
    assert {one.modality for one in ahead} == {"video"}

    # One text on her phone, which says all of it; and what she answers is in their thread.
    pass_at(datetime.now(UTC))
    hers = phone_of(rosa)
    expect(hers.get_by_role("log").get_by_text("every 2 weeks by video")).to_be_visible()
    assert Message.objects.get(purpose="staff").recipient == rosa
    hers.get_by_label("Your answer").fill(ANSWERED)
    hers.get_by_role("button", name="Send").click()
    until_heard(hers)
    pass_at(datetime.now(UTC))
    expect(hers.get_by_role("log").get_by_text("read texts around the clock")).to_be_visible()
    page.goto(f"{page.url.partition('/follow-ups/')[0]}/messages/threads/{rosa.public_id}/")
    expect(page.get_by_text(ANSWERED).first).to_be_visible()


def test_a_review_is_decided_by_two_people(
    open_page: OpenPage, amara: User, dana: User, third_miss: FollowUp
) -> None:
    for hours in (3, 2, 1):
        attempt = AttemptDetails(channel="call", result="no_answer")
        at = datetime.now(UTC) - timedelta(hours=hours)
        log_attempt(follow_up=third_miss, attempt=attempt, actor=amara, now=at)
    page = open_page(amara, f"/follow-ups/{third_miss.public_id}/")
    page.get_by_role("button", name="Ask what would serve them now").click()
    expect(page.get_by_text("Nobody is at fault.")).to_be_visible()
    page.get_by_label("What would serve them now?").fill("A place nearer to her home")
    page.get_by_label("Which other ways did you consider?").fill("Video, evenings")
    page.get_by_label("Go on in another way").check()
    page.get_by_role("button", name="My name, as their clinician").click()
    expect(page.get_by_text("Your name stands under it.")).to_be_visible()

    theirs = open_page(dana, "/", viewport=PHONE, color_scheme="dark")
    theirs.get_by_role("link", name="Rosa Mendes").last.click()
    expect(theirs.get_by_text("A place nearer to her home")).to_be_visible()
    assert Axe().run(theirs, options=AXE_OPTIONS).response["violations"] == []
    assert theirs.evaluate("document.documentElement.scrollWidth <= innerWidth")
    theirs.get_by_role("button", name="My name, as supervisor").click()
    expect(theirs.get_by_text("Decided, by both of you.")).to_be_visible()
    decided = SuitabilityReview.objects.get()
    assert (decided.clinician, decided.supervisor, decided.outcome) == (amara, dana, "adjust")
