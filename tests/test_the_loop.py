"""The whole job, on real parts: a text goes out, the client answers, the desk logs who came, the
missed one is called with a script in hand."""

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from attendance.models import AttendanceRecord
from clients.models import Case, Client, Suppression
from followups.models import FollowUp
from reminders.models import Message
from sessions_app.models import Participant, Response, TherapySession
from tests.conftest import case_of, person
from tests.plugins.processes import SandboxServer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

BookSession = Callable[..., TherapySession]
OpenPage = Callable[..., Page]
Process = subprocess.Popen[bytes]
# Everything here passes through other processes: a worker, a provider, two browsers.
SOON_MS = 30_000
TOMORROW_MINUTES = -22 * 60  # ten in the morning: it is noon here
WORDS = "The bus did not come, and my phone was empty."


@pytest.fixture
def at_noon(midday: str, rosa: Client) -> str:
    """Rosa lives where the practice is, so that no text waits for the morning."""
    Client.objects.update(timezone=midday)
    return midday


def phone_of(sandbox: SandboxServer, number: str) -> str:
    return f"{sandbox.url}/phones/{quote(number, safe='')}"


def one_of(session: TherapySession) -> Participant:
    return session.participants.select_related("client").get()


@pytest.mark.slow
def test_from_the_reminder_to_the_closed_follow_up(
    kept_beat: Process,
    sandbox_server: SandboxServer,
    open_page: OpenPage,
    page: Page,
    at_noon: str,
    rosa_case: Case,
    booked: BookSession,
    desk: User,
    amara: User,
) -> None:
    this_morning = one_of(booked(rosa_case, minutes_ago=60))
    tomorrow = one_of(booked(rosa_case, minutes_ago=TOMORROW_MINUTES))
    local = tomorrow.session.starts_at.astimezone(tomorrow.session.zone)

    # A text goes out, and she answers on her phone.
    page.goto(phone_of(sandbox_server, "+13125550101"))
    text = page.get_by_role("log").get_by_text("C to confirm")
    expect(text).to_be_visible(timeout=SOON_MS)
    expect(text).to_contain_text("Lakeside")
    expect(text).to_contain_text(f"{local:%H:%M}")
    page.get_by_role("button", name="C confirm").click()

    # The board of that day says so by itself.
    ahead = open_page(desk, f"/board/?on={local.date()}&view=list")
    row = ahead.locator(f"#participant-{tomorrow.public_id}")
    expect(row).to_contain_text("Confirmed", timeout=SOON_MS)
    tomorrow.refresh_from_db()
    assert (tomorrow.response, tomorrow.responded_by) == (Response.CONFIRMED, "sms")

    # The clinician looks at an empty queue while the desk logs who did not come.
    queue = open_page(amara, "/follow-ups/")
    expect(queue.get_by_text("Nobody is waiting for your call")).to_be_visible()
    board = open_page(desk, "/board/?view=list")
    board.locator(f"#participant-{this_morning.public_id} button[value=no_show]").click()
    expect(board.locator(f"#participant-{this_morning.public_id} > .status-mark")).to_contain_text("Missed")

    # It is there, without reloading, with a script that opens with concern.
    queue.get_by_role("link", name="Rosa Mendes").click(timeout=SOON_MS)
    follow_up = FollowUp.objects.get()
    recorded_at = AttendanceRecord.objects.get(participant=this_morning).recorded_at
    # As soon as the worker comes to it; how soon that is on a quiet machine is not for a test.
    assert follow_up.opened_at - recorded_at < timedelta(milliseconds=SOON_MS)
    expect(queue.get_by_role("heading", name="Call Rosa")).to_be_visible()
    expect(queue.get_by_text("wanted to hear how you are")).to_be_visible()
    expect(queue.get_by_role("link", name="(312) 555-0101")).to_have_attribute("href", "tel:+13125550101")
    expect(queue.locator(".call-head__facts")).to_contain_text("today by")

    # They talk; a single miss needs no more.
    queue.get_by_label("Transport").check()
    queue.get_by_label(re.compile("In their words")).fill(WORDS)
    queue.get_by_label("Nothing more for now").check()
    queue.get_by_role("button", name="We talked").click()
    expect(queue.get_by_role("heading", name="Closed")).to_be_visible()
    expect(queue.get_by_text(WORDS)).to_be_visible()
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.closed_by) == ("closed", amara)

    # The desk knows that they talked, and not what was said.
    theirs = open_page(desk, f"/follow-ups/{follow_up.public_id}/")
    expect(theirs.get_by_text("Their words are for their clinicians.")).to_be_visible()
    expect(theirs.get_by_text(WORDS)).to_have_count(0)


@pytest.mark.slow
def test_wish_for_another_time_and_no_more_texts(
    kept_beat: Process,
    sandbox_server: SandboxServer,
    open_page: OpenPage,
    page: Page,
    at_noon: str,
    rosa_case: Case,
    booked: BookSession,
    desk: User,
    amara: User,
) -> None:
    ben = person("Ben", "Adler", 131, timezone=at_noon)
    hers = one_of(booked(rosa_case, minutes_ago=TOMORROW_MINUTES))
    booked(case_of(amara, Case.Kind.INDIVIDUAL, ben), minutes_ago=TOMORROW_MINUTES - 60)

    # R becomes a task for the desk, with the way to a new time.
    page.goto(phone_of(sandbox_server, "+13125550101"))
    expect(page.get_by_role("log").get_by_text("C to confirm")).to_be_visible(timeout=SOON_MS)
    page.get_by_role("button", name="R another time").click()
    inbox = open_page(desk, "/messages/inbox/")
    wish = inbox.locator(".inbound", has_text="Rosa Mendes")
    _reload_until(inbox, lambda: wish.count() == 1)
    expect(wish).to_contain_text("Asks for another time than")
    wish.get_by_role("link", name="Find another time").click()
    expect(inbox).to_have_url(re.compile(str(hers.session.public_id)))
    hers.refresh_from_db()
    assert hers.response == Response.ASKS_TO_MOVE
    thread = open_page(desk, f"/messages/threads/{hers.client.public_id}/")
    expect(thread.locator(".bubble", has_text="Asks for another time")).to_be_visible()

    # STOP is the end of texts, said once.
    page.goto(phone_of(sandbox_server, "+13125550131"))
    expect(page.get_by_role("log").get_by_text("C to confirm")).to_be_visible(timeout=SOON_MS)
    page.get_by_role("button", name="STOP").click()
    inbox.goto(inbox.url.split("/sessions/")[0] + "/messages/inbox/?show=resolved")
    _reload_until(inbox, lambda: inbox.locator(".inbound", has_text="Ben Adler").count() == 1)
    expect(inbox.locator(".inbound", has_text="Ben Adler")).to_contain_text("No more texts go to this number")
    assert Suppression.objects.get().address == "+13125550131"


@pytest.mark.slow
def test_missed_client_who_writes_needs_no_call(
    kept_beat: Process,
    sandbox_server: SandboxServer,
    open_page: OpenPage,
    page: Page,
    at_noon: str,
    rosa_case: Case,
    booked: BookSession,
    desk: User,
    amara: User,
) -> None:
    missed = one_of(booked(rosa_case, minutes_ago=60))
    board = open_page(desk, "/board/?view=list")
    board.locator(f"#participant-{missed.public_id} button[value=no_show]").click()
    queue = open_page(amara, "/follow-ups/")
    expect(queue.get_by_role("link", name="Rosa Mendes")).to_be_visible(timeout=SOON_MS)

    page.goto(phone_of(sandbox_server, "+13125550101"))
    page.get_by_label("Your answer").fill("So sorry, I slept in. Friday?")
    page.get_by_role("button", name="Send").click()

    expect(queue.get_by_text("Nobody is waiting for your call")).to_be_visible(timeout=SOON_MS)
    queue.get_by_role("link", name="Closed").click()
    expect(queue.locator(".row-item")).to_contain_text("Rosa Mendes")
    assert FollowUp.objects.get().closed_by is None
    assert Message.objects.filter(inbound__client=missed.client, purpose="answer").exists()


def _reload_until(page: Page, is_there: Callable[[], bool]) -> None:
    deadline = datetime.now(UTC) + timedelta(milliseconds=SOON_MS)
    while not is_there() and datetime.now(UTC) < deadline:
        page.wait_for_timeout(300)
        page.reload()
    assert is_there()
