"""The clients' pages on a real phone's screen: without script, readable for everybody."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Practice, User
from clients.models import Case, Client, ContactPoint
from sessions_app.models import TherapySession
from sessions_app.services import Wish, add_to_waitlist, cancel_session, make_offer
from tests.conftest import ZONE, case_of, held_time_of, person
from tests.plugins.everybody import barriers_of
from tests.portal.conftest import link_of, path
from tests.portal.test_waitlist import token

pytestmark = pytest.mark.browser
Book = Callable[..., TherapySession]
PHONE = {"width": 390, "height": 844}
EVERY_PAGE = ("time", "another-time", "move-request", "cancellation", "worry", "reach", "stop")


def soon(days: int = 7) -> date:
    return timezone.now().astimezone(ZoneInfo(ZONE)).date() + timedelta(days=days)


@pytest.fixture
def ahead(
    transactional_db: None,
    rosa_case: Case,
    rosa: Client,
    amara: User,
    book: Book,
    keep_hours: Callable[..., None],
) -> TherapySession:
    """Rosa in a week at ten; Amara sees people every day from nine to five, and by video."""
    keep_hours(amara, ends=17)
    ContactPoint.objects.filter(client=rosa).update(is_private=True)
    return book(
        rosa_case,
        on=soon(),
        at="10:00",
        now=timezone.now() - timedelta(hours=1),
        video_link="https://meet.example/ab12",
    )


@pytest.fixture
def phone(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> Iterator[Callable[[str, str], Page]]:
    """Open a page by name on a phone without script; nothing may be blocked or remembered."""
    context = new_context(viewport=PHONE, java_script_enabled=False, has_touch=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)

    def opened(name: str, token: str) -> Page:
        page.goto(live_server.url + path(name, token))
        return page

    yield opened
    assert complaints == []
    assert context.cookies() == []


def test_a_client_confirms_moves_and_cancels_without_script(
    ahead: TherapySession, phone: Callable[[str, str], Page]
) -> None:
    page = phone("time", link_of(ahead))
    page.get_by_role("button", name="Yes, I'll be there").click()
    expect(page.get_by_role("heading", name="Thank you. See you")).to_be_visible()
    page.get_by_role("link", name="To your page").click()
    expect(page.get_by_text("You have confirmed")).to_be_visible()
    page.get_by_role("link", name="Choose another time").click()
    page.get_by_role("link", name="Later days").click()
    page.get_by_label("3:00 PM").first.check(force=True)
    page.get_by_role("button", name="Move to this time").click()
    expect(page.get_by_role("heading", name="Your time is now")).to_be_visible()
    page.get_by_role("link", name="To your page").click()
    page.get_by_role("button", name="Meet by video instead").click()
    expect(page.get_by_role("heading", name="We meet by video")).to_be_visible()
    page.get_by_role("link", name="To your page").click()
    page.get_by_role("link", name="I can't come").click()
    page.get_by_label("What got in the way?").fill("The bus does not run")
    page.get_by_role("button", name="Cancel my time").click()
    expect(page.get_by_role("heading", name="It is cancelled")).to_be_visible()
    ahead.refresh_from_db()
    assert (ahead.at, ahead.modality, ahead.cancelled_by) == (time(15), "video", "client")


def test_the_pages_are_for_everybody(
    ahead: TherapySession,
    practice: Practice,
    new_context: Callable[..., BrowserContext],
    live_server: LiveServer,
) -> None:
    Practice.objects.update(late_policy="A late cancellation costs nothing.")
    TherapySession.objects.update(late_cancellation_hours=24 * 30)
    page = new_context(viewport=PHONE).new_page()
    token = link_of(ahead, is_private=True)
    found = {}
    for name, letters in [*((name, token) for name in EVERY_PAGE), ("time", "nothing")]:
        page.goto(live_server.url + path(name, letters))
        if barriers := barriers_of(page):
            found[name] = barriers
    page.goto(live_server.url + path("time", token))
    page.get_by_role("button", name="Yes, I'll be there").click()
    expect(page.get_by_role("heading", name="Thank you. See you")).to_be_visible()
    assert (found, barriers_of(page)) == ({}, [])


SMALL = """
() => [...document.querySelectorAll("a, button, label:has(input[type=radio])")]
    .filter((one) => !one.classList.contains("skip") && getComputedStyle(one).display !== "inline")
    .map((one) => [one.innerText, one.getBoundingClientRect()])
    .filter(([, box]) => box.height < 44 || box.width < 44)
    .map(([words]) => words)
"""


def test_everything_that_can_be_pressed_is_large_enough_for_a_thumb(
    ahead: TherapySession, new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(viewport=PHONE, has_touch=True).new_page()
    token = link_of(ahead, is_private=True)
    for name in EVERY_PAGE:
        page.goto(live_server.url + path(name, token))
        assert page.evaluate(SMALL) == [], name


def test_another_time_is_found_by_keys_alone(
    ahead: TherapySession, new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context().new_page()
    page.goto(live_server.url + path("another-time", link_of(ahead)))
    for _press in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "slot":
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your time is now")).to_be_visible()


def test_the_page_of_a_freed_time_is_for_everybody(
    ahead: TherapySession,
    amara: User,
    new_context: Callable[..., BrowserContext],
    live_server: LiveServer,
) -> None:
    now = timezone.now()
    waits = person("Wanda", "Waits", 501)
    entry = add_to_waitlist(
        wish=Wish(case=case_of(amara, Case.Kind.INDIVIDUAL, waits), client=waits), actor=None, now=now
    )
    cancel_session(session=ahead, by="practice", actor=None, now=now)
    vacancy = held_time_of(ahead, now)
    until = now + timedelta(hours=2)
    offer = make_offer(vacancy=vacancy, entry=entry, recipient=waits, until=until, at_most=1, now=now)
    assert offer
    page = new_context(viewport=PHONE, has_touch=True).new_page()
    page.goto(live_server.url + path("offer", token(offer)))
    expect(page.get_by_role("button").first).to_be_visible()
    assert barriers_of(page) == []
    assert page.evaluate(SMALL) == []
    page.keyboard.press("Tab")
    page.get_by_role("button").first.press("Enter")
    expect(page.get_by_role("heading", name="It is yours")).to_be_visible()
    assert barriers_of(page) == []
