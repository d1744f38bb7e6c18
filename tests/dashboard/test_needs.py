"""What somebody expected today still needs: small marks, as far as their reader may know of them."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from attendance.models import Outcome, Source
from attendance.services import Seen, record_outcome
from clients.contingency import Agreed, agree_on_plan
from clients.models import Case, Client, Consent
from followups.reconcile import reconcile
from reminders.models import InboundMessage
from sessions_app.models import TherapySession
from tests.conftest import NOW, TODAY

BookSession = Callable[..., TherapySession]
SignIn = Callable[[User], Browser]
# 10:12 in Chicago: who is expected at ten is late.
DURING = datetime(2026, 11, 16, 16, 12, tzinfo=UTC)
REPLY, CONSENT, FOLLOW_UP, PLAN = (
    "They wrote, and nobody has answered yet",
    "No yes to reminders yet: ask for it",
    "A follow-up is open",
    "There is a plan for when they cannot come",
)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def marks(browser: Browser, view: str = "timeline") -> set[str]:
    page = browser.get(reverse("dashboard:board"), {"view": view}).content.decode()
    return set(re.findall(r'<a class="need"[^>]* data-words="([^"]+)"', page))


@pytest.mark.parametrize("view", ["timeline", "list"])
def test_nothing_is_marked_where_nothing_is_needed(
    view: str, desk: User, rosa_case: Case, book: BookSession, browser_of: SignIn
) -> None:
    book(rosa_case)
    assert marks(browser_of(desk), view) == set()


@pytest.mark.parametrize("view", ["timeline", "list"])
def test_a_text_that_waits_is_marked_until_it_is_seen_to(
    view: str, rosa: Client, desk: User, luis: User, rosa_case: Case, book: BookSession, browser_of: SignIn
) -> None:
    book(rosa_case)
    text = InboundMessage.objects.create(
        provider_id="1", kind="free", body="May I bring my sister?", from_address="+13125550101", client=rosa,
        received_at=NOW,
    )  # fmt: skip
    assert marks(browser_of(desk), view) == {REPLY}
    assert marks(browser_of(luis), view) == set(), "Rosa is not his client"
    text.resolved_at = NOW
    text.save()
    assert marks(browser_of(desk), view) == set()


def test_who_never_said_yes_to_reminders_is_to_be_asked(
    rosa: Client, desk: User, rosa_case: Case, book: BookSession, browser_of: SignIn
) -> None:
    book(rosa_case)
    Consent.objects.filter(contact_point__client=rosa).update(withdrawn_at=NOW)
    assert marks(browser_of(desk)) == {CONSENT}


def test_an_open_follow_up_is_marked_at_the_next_session(
    desk: User, rosa_case: Case, book: BookSession, browser_of: SignIn
) -> None:
    before = book(rosa_case, on=TODAY - timedelta(days=7), now=NOW - timedelta(days=20))
    seen = Seen(outcome=Outcome.NO_SHOW, source=Source.BOARD)
    record_outcome(participant=before.participants.get(), seen=seen, actor=desk, now=before.ends_at)
    reconcile(now=timezone.now())
    book(rosa_case)
    assert FOLLOW_UP in marks(browser_of(desk))


def test_a_plan_is_marked_when_it_may_be_wanted_and_a_couples_for_their_clinician_alone(
    maya: Client,
    jonah: Client,
    field_case: Case,
    amara: User,
    desk: User,
    book: BookSession,
    browser_of: SignIn,
) -> None:
    agreed = Agreed(agreed_on=TODAY, by_phone=True, agreed_by=(maya, jonah))
    agree_on_plan(case=field_case, client=jonah, agreed=agreed, actor=amara, today=TODAY, now=NOW)
    book(field_case)
    assert marks(browser_of(amara)) == set(), "nobody is missing yet"
    with time_machine.travel(DURING, tick=False):
        assert marks(browser_of(amara)) == {PLAN}
        assert marks(browser_of(desk)) == set()


def test_an_open_board_is_told_of_a_new_mark(
    rosa: Client, desk: User, rosa_case: Case, book: BookSession, browser_of: SignIn
) -> None:
    book(rosa_case)
    browser = browser_of(desk)
    page = browser.get(reverse("dashboard:board")).content.decode()
    [seen] = re.findall(r'name="seen" value="([^"]+)"', page)
    InboundMessage.objects.create(
        provider_id="1", kind="free", body="?", from_address="+13125550101", client=rosa, received_at=NOW
    )
    answer = browser.get(reverse("dashboard:board-day"), {"seen": seen}).content.decode()
    assert REPLY in answer
    assert answer.count("session-card") < page.count("session-card") + 1
