"""The narrowest phone with text at twice its size: nothing runs over the edge, and nothing stands letter by letter."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from attendance.services import Seen, record_outcome
from clients.models import Case, Client
from sessions_app.models import TherapySession
from tests.plugins.desks import BookSession, OpenPage

pytestmark = pytest.mark.browser
WIDER_BY = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LARGE = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture
def together(transactional_db: None, field_case: Case, amara: User, booked: BookSession) -> TherapySession:
    """Maya and Jonah came an hour ago."""
    session = booked(field_case, minutes_ago=60)
    for one in session.participants.all():
        record_outcome(
            participant=one, seen=Seen(outcome="attended", source="board"), actor=amara, now=timezone.now()
        )
    return session


def test_nothing_runs_over_the_edge(
    together: TherapySession,
    field_case: Case,
    rosa_case: Case,
    amara: User,
    book: BookSession,
    look_at: OpenPage,
) -> None:
    ahead = book(rosa_case, on=timezone.now().date() + timedelta(days=7), at="10:00")
    rosa = rosa_case.members.get().client
    addresses = [
        reverse("dashboard:today"),
        reverse("dashboard:case", args=[field_case.public_id]),
        reverse("dashboard:client", args=[rosa.public_id]),
        reverse("dashboard:ways", args=[rosa.public_id]),
        reverse("dashboard:joint-record", args=[together.public_id]),
        reverse("dashboard:rescheduling", args=[ahead.public_id]),
        reverse("account_email"),
        reverse("dashboard:calendar"),
    ]
    for address in addresses:
        page = look_at(amara, address, viewport={"width": 320, "height": 844})
        page.evaluate(LARGE)
        assert page.evaluate(WIDER_BY) <= 0, address
    # Five places stand beside one another at the thumb, and what More opens is not wider than the phone.
    bar = page.locator(".bottom-bar .nav-item")
    assert [bar.nth(at).evaluate("one => one.scrollWidth - one.clientWidth") for at in range(4)] == [0] * 4
    page.locator(".bottom-bar summary").click()
    assert page.evaluate(WIDER_BY) <= 0


@pytest.mark.parametrize("width", [320, 390])
def test_a_cases_title_stands_beside_its_icon_and_parting_is_not_set_in(
    together: TherapySession, field_case: Case, amara: User, look_at: OpenPage, width: int
) -> None:
    Client.objects.filter(given_name="Maya").update(family_name="Featherstonehaugh Albrecht")
    page = look_at(
        amara,
        reverse("dashboard:case", args=[field_case.public_id]),
        viewport={"width": width, "height": 844},
    )
    icon = page.locator(".topbar > .icon").bounding_box()
    title = page.locator(".topbar__title").bounding_box()
    assert icon
    assert title
    assert title["y"] < icon["y"] + icon["height"]
    parting = page.get_by_role("button", name="Leaves").first
    assert parting.evaluate("one => getComputedStyle(one).paddingInlineStart") == "0px"
