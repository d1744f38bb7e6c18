"""Somebody is missing: the plan in their row, one press, and their phone; then a check-in that is answered."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from clients.contingency import Agreed, agree_on_plan
from clients.models import Case, CheckInPlan, Client
from sessions_app.models import Modality, TherapySession
from tests.plugins.desks import PhoneOf, until_heard
from tests.plugins.everybody import IsForEverybody
from tests.reminders.conftest import pass_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BookSession = Callable[..., TherapySession]
OpenPage = Callable[..., Page]
SAID = "Not so good this week"


@pytest.fixture
def missing(midday: str, rosa_case: Case, rosa: Client, amara: User, booked: BookSession) -> TherapySession:
    """Rosa's session began twenty minutes ago; by video was agreed on for this."""
    Client.objects.update(timezone=midday)
    amara.video_link = "https://meet.example/okafor"
    amara.save()
    now = datetime.now(UTC)
    agreed = Agreed(agreed_on=now.date() - timedelta(days=9), by_video=True, by_phone=True)
    agree_on_plan(case=rosa_case, client=rosa, agreed=agreed, actor=amara, today=now.date(), now=now)
    return booked(rosa_case, minutes_ago=20)


def test_one_press_reaches_her_phone_and_her_answer_reaches_the_clinician(
    phone_of: PhoneOf,
    open_page: OpenPage,
    is_for_everybody: IsForEverybody,
    amara: User,
    rosa: Client,
    missing: TherapySession,
) -> None:
    mine = open_page(amara, "/")
    is_for_everybody(mine)
    mine.get_by_role("button", name="Switch to video now").click()
    mine.get_by_role("dialog").get_by_role("button", name="Switch now").click()
    expect(mine.get_by_text("By video now. Rosa gets the link.")).to_be_visible()
    missing.refresh_from_db()
    assert missing.modality == Modality.VIDEO
    pass_at(datetime.now(UTC))
    hers = phone_of(rosa)
    expect(hers.get_by_role("log").get_by_text("We are here for you now, by video")).to_be_visible()

    # She is asked in between how she is, and answers.
    CheckInPlan.objects.create(
        case=missing.case,
        client=missing.clients.get(),
        way="sms",
        starts_on=missing.on,
        at=(missing.starts_at + timedelta(minutes=21)).astimezone(missing.zone).time(),
        agreed_on=missing.on,
        entered_by=amara,
        effective_at=missing.starts_at,
    )
    pass_at(datetime.now(UTC) + timedelta(minutes=2))
    expect(hers.get_by_role("log").get_by_text("How are you?")).to_be_visible()
    hers.get_by_label("Your answer").fill(SAID)
    hers.get_by_role("button", name="Send").click()
    expect(hers.get_by_role("log").get_by_text(SAID)).to_be_visible()
    until_heard(hers)
    mine.reload()
    expect(mine.get_by_role("heading", name="Answers to check-ins")).to_be_visible()
    expect(mine.get_by_text(SAID).first).to_be_visible()
    is_for_everybody(mine)
