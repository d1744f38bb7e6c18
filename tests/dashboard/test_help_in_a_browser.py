"""What got in the way, lived through: named in the call, help offered at once, followed until it helped."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import Practice, User
from attendance.services import Seen, record_outcome
from clients.catalogue import ResourceDetails, write_resource
from clients.models import AgreedStrategy, Barrier, Case, Client, Referral
from followups.models import FollowUp
from followups.reconcile import reconcile
from sessions_app.models import TherapySession
from tests.plugins.browser import AXE_OPTIONS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def missed(
    rosa_case: Case,
    amara: User,
    midday: str,
    book: Callable[..., TherapySession],
    booked: Callable[..., TherapySession],
) -> FollowUp:
    """An hour ago Rosa was missed; she had come a week ago, and two weeks ago not."""
    now = datetime.now(UTC)
    bus = Barrier.objects.get(code="transportation")
    write_resource(resource=None, details=ResourceDetails(name="Lakeside rides", barriers=(bus,)))
    today = Practice.objects.get().today(now)
    before = {"timezone": midday, "now": now - timedelta(days=30)}
    for session, outcome in (
        (book(rosa_case, on=today - timedelta(days=14), **before), "no_show"),
        (book(rosa_case, on=today - timedelta(days=7), **before), "attended"),
        (booked(rosa_case, minutes_ago=60), "no_show"),
    ):
        seen = Seen(outcome=outcome, source="board")
        record_outcome(participant=session.participants.get(), seen=seen, actor=amara, now=now)
    reconcile(now=now)
    return FollowUp.objects.get()


def is_for_everybody(page: Page, complaints: list[str]) -> None:
    assert complaints == []
    assert Axe().run(page, options=AXE_OPTIONS).response["violations"] == []
    complaints.clear()  # axe tries inline styles of its own, which the policy refuses
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_barrier_leads_to_help_and_to_an_agreement_that_is_measured(
    open_page: OpenPage, missed: FollowUp, rosa: Client, amara: User, complaints: list[str]
) -> None:
    page = open_page(amara, f"/follow-ups/{missed.public_id}/", viewport=PHONE)
    page.get_by_label("In their words").fill("The bus line was cut")
    page.get_by_role("checkbox", name="Transport", exact=True).check()
    # What can help is there at once, and offered while the talk goes on.
    page.get_by_role("button", name="Offer this: Lakeside rides").click()
    expect(page.get_by_text("Offered, asked again")).to_be_visible()
    expect(page.get_by_label("In their words")).to_have_value("The bus line was cut")
    is_for_everybody(page, complaints)
    page.get_by_role("button", name="We talked").click()
    expect(page.get_by_text("Noted: we talked.")).to_be_visible()

    # Two weeks are over: it is asked about, and it helped.
    Referral.objects.update(revisit_on=Practice.objects.get().today(datetime.now(UTC)))
    page.goto(page.url.split("/follow-ups/")[0])
    page.get_by_role("region", name="Ask how it went").get_by_role("link", name="Lakeside rides").click()
    page.get_by_label("Resolved: it helped").check()
    page.get_by_label("What you heard").fill("The driver waits for her")
    is_for_everybody(page, complaints)
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("The driver waits for her")).to_be_visible()
    assert Referral.objects.get().state == "helped"

    # What they agreed on a week ago stands beside how she came before and since.
    page.goto(page.url.split("/help/")[0] + f"/clients/{rosa.public_id}/agreements/new/")
    page.get_by_label("What helps").select_option(label="A time and a way that fit")
    page.get_by_label("What exactly").fill("By video when the bus fails")
    week_ago = Practice.objects.get().today(datetime.now(UTC)) - timedelta(days=7)
    page.get_by_label("Since").fill(week_ago.isoformat())
    is_for_everybody(page, complaints)
    page.get_by_role("button", name="We agreed on it").click()
    agreed = page.get_by_role("region", name="Agreed together")
    expect(agreed).to_contain_text("Came to 1 of 1 before, 0 of 1 since.")
    is_for_everybody(page, complaints)
    assert AgreedStrategy.objects.get().client == rosa
