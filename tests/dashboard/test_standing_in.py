"""Away for a while, and what is overdue: as the pages have it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Practice, User
from accounts.roles import Role
from clients.models import Case, Client
from followups.access import follow_ups_visible_to
from followups.models import FollowUp, ProtocolCode
from followups.reconcile import reconcile
from followups.services import open_follow_up, reassign
from sessions_app.models import Participant
from tests.followups.conftest import NOON, missed

__all__ = ["missed"]

SignIn = Callable[[User], Browser]
Missed = Callable[..., Participant]
QUEUE = "/follow-ups/"
# Due on Monday by closing time, eight in the evening; a day later it is overdue for a day.
DUE = NOON + timedelta(hours=8)
LATE = DUE + timedelta(hours=24)


@pytest.fixture(autouse=True)
def _on_tuesday_evening() -> Iterator[None]:
    with time_machine.travel(LATE, tick=False):
        yield


@pytest.fixture
def rosas(missed: Missed, rosa_case: Case, rosa: Client) -> FollowUp:
    """Rosa was missed on Monday; Amara has not got to it."""
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    return FollowUp.objects.get(client=rosa)


def words(browser: Browser, url: str) -> str:
    return str(browser.get(url).content.decode())


def test_one_says_that_one_is_away_and_that_one_is_back(
    rosas: FollowUp, amara: User, dana: User, browser_of: SignIn
) -> None:
    here = reverse("dashboard:own-absence")
    browser = browser_of(amara)
    page = words(browser, here)
    assert "Dana Reyes" in page
    typed = {"away_from": "2026-11-17", "away_until": "2026-11-17", "stands_in": ""}
    refused = browser.post(here, typed)
    assert refused.status_code == 422
    assert browser.post(here, typed | {"away_until": "2026-11-30"}).status_code == 302
    assert "back on Mon 30 Nov" in words(browser, here)
    seen = words(browser_of(dana), QUEUE)
    assert "Rosa Mendes" in seen
    assert "for Dr. Amara Okafor, away until Mon 30 Nov" in seen
    assert "for Dr. Amara Okafor" not in words(browser_of(amara), QUEUE)
    assert browser_of(amara).post(reverse("dashboard:own-return")).status_code == 302
    amara.refresh_from_db()
    assert amara.away_until is None


def test_what_is_overdue_for_long_is_the_supervisors_to_take_or_hand_on(
    rosas: FollowUp, amara: User, dana: User, luis: User, practice: Practice, browser_of: SignIn
) -> None:
    supervisor = browser_of(dana)
    for page in (words(supervisor, "/"), words(supervisor, QUEUE)):
        assert "Overdue in your team" in page
        assert "Rosa Mendes" in page or "Call Rosa" in page
        assert "Dr. Amara Okafor" in page
    assert words(supervisor, "/").count(reverse("dashboard:follow-up", args=[rosas.public_id]) + '"') == 1
    for other in (amara, luis):
        assert "Overdue in your team" not in words(browser_of(other), QUEUE)
    Practice.objects.update(overdue_hours=25)
    assert "Overdue in your team" not in words(browser_of(dana), "/")
    Practice.objects.update(overdue_hours=24)
    browser_of(dana).post(reverse("dashboard:follow-up-row-owner", args=[rosas.public_id]))
    rosas.refresh_from_db()
    assert rosas.owner == dana
    assert "Overdue in your team" not in words(browser_of(dana), "/")


def test_who_also_works_at_the_desk_sees_no_other_team_among_their_own(
    rosas: FollowUp, amara: User, dana: User, browser_of: SignIn
) -> None:
    User.objects.filter(pk=dana.pk).update(roles=[Role.SUPERVISOR, Role.FRONT_DESK])
    User.objects.filter(pk=amara.pk).update(supervisor=None)
    dana.refresh_from_db()
    seen = words(browser_of(dana), f"{QUEUE}?whose=all")
    assert "Rosa Mendes" in seen
    assert "Overdue in your team" not in seen


def test_whoever_gets_it_has_their_time_before_it_is_shown_again(
    rosas: FollowUp, amara: User, dana: User
) -> None:
    def waiting(hours: int) -> list[FollowUp]:
        now = LATE + timedelta(hours=hours)
        return list(follow_ups_visible_to(dana).overdue_in_team(dana, now=now, hours=24))

    assert waiting(0) == [rosas]
    reassign(follow_up=rosas, owner=None, actor=dana, now=LATE)
    assert waiting(23) == []
    assert waiting(24) == [rosas]
    assert not follow_ups_visible_to(amara).overdue_in_team(amara, now=LATE, hours=1).exists()


def test_what_is_riskiest_comes_first_and_the_page_costs_the_same(
    rosas: FollowUp, missed: Missed, field_case: Case, maya: Client, jonah: Client, amara: User, dana: User,
    browser_of: SignIn,
) -> None:  # fmt: skip
    browser = browser_of(dana)
    browser.get("/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get("/")
        return len(asked)

    with_one = cost()
    missed(field_case, maya, at="11:00")
    reconcile(now=NOON)
    open_follow_up(client=jonah, case=field_case, protocol_code=ProtocolCode.AT_RISK, actor=amara, now=NOON)
    page = words(browser, "/")
    assert page.index("Jonah") < page.index("Rosa")
    assert "Maya" in page
    assert cost() == with_one
