"""One partner misses, lived from both sides: the clinician's screen, and the phone of the one who did not come."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from attendance.models import Concern, HeldPart, HeldSession
from clients.confidentiality import Signed, enter_policy
from clients.models import USUAL_LIMITS, Case, Client
from followups.models import QueuedOutreach
from followups.services import complete_step, open_follow_up
from sessions_app.models import TherapySession
from sessions_app.services import mark_arrived
from tests.plugins.desks import PhoneOf
from tests.plugins.everybody import IsForEverybody
from tests.portal.conftest import link_of, path
from tests.reminders.conftest import pass_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BookSession = Callable[..., TherapySession]
OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
SAID = "He has been drinking again"


@pytest.fixture
def session(midday: str, field_case: Case, maya: Client, amara: User, booked: BookSession) -> TherapySession:
    """Twenty minutes ago it began; Maya is here, Jonah is not. They are booked again for tomorrow."""
    now = datetime.now(UTC)
    Client.objects.update(timezone=midday)
    signed = Signed(
        wording="What one of you says alone stays with me.", **USUAL_LIMITS, signed_on=date(2026, 2, 3)
    )
    enter_policy(case=field_case, signed=signed, actor=amara, today=date(2026, 11, 1), now=now)
    begun = booked(field_case, minutes_ago=20)
    booked(field_case, minutes_ago=-22 * 60)
    mark_arrived(participant=begun.participants.get(client=maya), actor=None, now=now - timedelta(minutes=22))
    return begun


def _says_nothing_of_her(page: Page) -> None:
    for word in (SAID, "drinking", "Maya", "missed"):
        expect(page.get_by_text(word)).to_have_count(0)


def test_the_session_is_held_with_one_and_the_other_hears_nothing_of_it(
    open_page: OpenPage,
    phone_of: PhoneOf,
    live_server: LiveServer,
    amara: User,
    jonah: Client,
    session: TherapySession,
) -> None:
    mine = open_page(amara, "/")
    mine.get_by_role("button", name="Hold the session with Maya").click()
    expect(mine.get_by_text("What one of you says alone stays with me.")).to_be_visible()
    expect(mine.get_by_text("What presses Maya")).to_have_count(0)
    mine.get_by_role("button", name="I have said this").click()
    expect(mine.get_by_text(re.compile("^at .* by Dr. Amara Okafor"))).to_be_visible()
    assert HeldSession.objects.get().reassured_by == amara

    mine.get_by_label("In their words").fill(SAID)
    mine.get_by_label("Addiction").check()
    mine.get_by_role("button", name="Add").click()
    mine.get_by_role("button", name="Carry forward").click()
    expect(mine.get_by_text("Addiction · Carried forward")).to_be_visible()
    assert Concern.objects.get().state == "carried"

    mine.get_by_label("Minutes used").fill("40")
    mine.get_by_role("group", name="Felt heard").get_by_label("Yes").check()
    mine.get_by_label("Their own answer").check()
    mine.get_by_role("button", name="Save").click()
    expect(mine.get_by_text("Saved.")).to_be_visible()
    assert HeldPart.objects.get().used_minutes == 40

    mine.context.grant_permissions(["clipboard-read", "clipboard-write"])
    mine.locator("summary", has_text="For the chart").click()
    mine.get_by_role("button", name="Copy for the chart").click()
    expect(mine.get_by_text("Copied")).to_be_visible()
    assert "Used: 40 min" in mine.evaluate("navigator.clipboard.readText()")

    mine.get_by_role("button", name="Reach out to Jonah after").click()
    expect(mine.get_by_text("Nobody is reached before.")).to_be_visible()
    assert QueuedOutreach.objects.get().participant.client == jonah

    # His phone, at the same time: a text with his next time, its page, and nothing else.
    ahead = TherapySession.objects.latest("starts_at")
    pass_at(datetime.now(UTC))
    his = phone_of(jonah)
    expect(his.get_by_role("log").get_by_text(re.compile("C (to confirm|confirms)"))).to_be_visible()
    _says_nothing_of_her(his)
    his.goto(f"{live_server.url}{path('time', link_of(ahead, jonah))}")
    expect(his.get_by_role("button", name="Yes, I'll be there")).to_be_visible()
    _says_nothing_of_her(his)

    # And tomorrow's session greets her with what was carried, closed until she opens it.
    mine.goto(f"{live_server.url}/sessions/{ahead.public_id}/")
    expect(mine.get_by_text(SAID)).not_to_be_visible()
    mine.get_by_text("1 concern carried forward").click()
    expect(mine.get_by_text(SAID)).to_be_visible()


def test_the_companion_is_for_everybody(
    open_page: OpenPage, is_for_everybody: IsForEverybody, amara: User, session: TherapySession
) -> None:
    page = open_page(amara, "/")
    for button in ("Hold the session with Maya", "I have said this"):
        is_for_everybody(page)
        page.get_by_role("button", name=button).click()
    page.get_by_label("In their words").fill(SAID)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("button", name="Carry forward")).to_be_visible()
    page.locator("summary", has_text="For the chart").click()
    is_for_everybody(page)
    page.get_by_role("link", name="Ask, and note it").click()
    expect(page.get_by_label("They were alone")).to_be_visible()
    is_for_everybody(page)


def test_what_she_says_of_her_safety_leaves_him_unreached_and_nobody_named(
    open_page: OpenPage, amara: User, maya: Client, jonah: Client, session: TherapySession
) -> None:
    his = open_follow_up(
        client=jonah, case=session.case, protocol_code="absent_partner", actor=amara, now=datetime.now(UTC)
    )
    complete_step(follow_up=his, actor=amara, now=datetime.now(UTC))
    page = open_page(amara, f"/clients/{maya.public_id}/safety/")
    page.get_by_label("Not safe", exact=True).check()
    page.get_by_label("They were alone").check()
    page.get_by_label("In their words").fill(SAID)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It stays with them")).to_be_visible()
    page.goto(f"{page.url.partition('/clients/')[0]}/follow-ups/{his.public_id}/")
    expect(page.get_by_text("asked alone, has said that it is safe").first).to_be_visible()
    expect(page.locator("a[href^='tel:']")).to_have_count(0)
    for told in (SAID, "Not safe", "Maya"):
        expect(page.get_by_text(told)).to_have_count(0)


def test_words_said_alone_leave_no_draft(open_page: OpenPage, amara: User, session: TherapySession) -> None:
    page = open_page(amara, "/")
    page.get_by_role("button", name="Hold the session with Maya").click()
    page.get_by_role("button", name="I have said this").click()
    page.get_by_label("In their words").fill(SAID)
    page.get_by_label("What they need now").fill(SAID)
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "drinking" not in kept
