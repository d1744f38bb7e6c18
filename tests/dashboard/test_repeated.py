"""Missed several times, on the pages: the picture, the talk, what is agreed, and who reads what."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Practice, User
from attendance.models import BarrierNamed, Outcome
from clients.models import Barrier, Case, Client
from followups.models import FollowUp, MissPattern
from followups.reconcile import reconcile
from followups.timeline import timeline_of
from sessions_app.models import Participant, TherapySession
from sessions_app.services import NewTime, cancel_participant, reschedule_session
from tests.conftest import TODAY
from tests.followups.conftest import NOON, missed, participant_of, record

__all__ = ["missed"]  # the fixture
Book = Callable[..., TherapySession]
Missed = Callable[..., Participant]
SignIn = Callable[[User], Browser]
SOON = NOON + timedelta(seconds=2)


@pytest.fixture
def rosas(missed: Missed, book: Book, rosa_case: Case, rosa: Client) -> FollowUp:
    """Five weeks: came, moved and came, cancelled late, missed twice; transport was named."""
    for weeks in (5, 4):
        session = book(rosa_case, on=TODAY - timedelta(weeks=weeks), now=NOON - timedelta(weeks=6))
        if weeks == 4:
            to = NewTime(on=session.on + timedelta(days=1), at=session.at)  # type: ignore[arg-type]
            session = reschedule_session(session=session, to=to, actor=None, now=NOON - timedelta(weeks=5))
        record(session, rosa, Outcome.ATTENDED, now=session.ends_at)
    late = book(rosa_case, on=TODAY - timedelta(weeks=2), now=NOON - timedelta(weeks=3))
    before = late.starts_at - timedelta(hours=2)
    cancel_participant(participant=participant_of(late, rosa), by="client", actor=None, now=before)
    missed(rosa_case, rosa, on=TODAY - timedelta(weeks=1))
    last = missed(rosa_case, rosa)
    BarrierNamed.objects.create(participant=last, barrier=Barrier.objects.get(code="transportation"))
    reconcile(now=SOON)
    return FollowUp.objects.get()


def test_the_timeline_tells_with_and_without_notice_apart(rosas: FollowUp, amara: User) -> None:
    timeline = timeline_of(amara, rosas.client, rosas.case, now=NOON)
    assert [mark.status for mark in timeline.marks] == [
        "attended", "attended", "cancelled_late", "no_show", "no_show",
    ]  # fmt: skip
    assert (timeline.kept, timeline.without_notice, timeline.with_notice, timeline.counted) == (2, 2, 1, 5)
    assert timeline.marks[1].moved_from == TODAY - timedelta(weeks=4)
    assert (timeline.longest_gap_days, timeline.days_since_kept) == (8, 27)
    assert [(barrier.code, times) for barrier, times in timeline.reasons] == [("transportation", 1)]
    assert timeline.pattern == MissPattern.objects.get()


def test_the_picture_is_on_the_sheet_and_the_clients_page_with_a_list_beside_it(
    rosas: FollowUp, rosa: Client, amara: User, browser_of: SignIn
) -> None:
    browser = browser_of(amara)
    with time_machine.travel(SOON, tick=False):
        for name, about in (("follow-up", rosas.public_id), ("client", rosa.public_id)):
            page = browser.get(reverse(f"dashboard:{name}", args=[about])).content.decode()
            assert "Came to 2 of 5." in page
            assert "2 missed without notice." in page
            assert "Once cancelled late." in page
            assert "27 days since the last one." in page
            assert page.count('data-shape="diamond"') == 2
            assert "moved from 19 Oct" in page
            assert Barrier.objects.get(code="transportation").label in page
            assert "style=" not in page.partition("pattern__picture")[2].partition("</section>")[0]


def test_the_desk_sees_no_picture(rosas: FollowUp, rosa: Client, desk: User, browser_of: SignIn) -> None:
    browser = browser_of(desk)
    with time_machine.travel(SOON, tick=False):
        for name, about in (("follow-up", rosas.public_id), ("client", rosa.public_id)):
            page = browser.get(reverse(f"dashboard:{name}", args=[about]))
            assert page.status_code == 200
            assert "pattern__picture" not in page.content.decode()


def test_an_admin_sets_what_counts_as_repeated(admin_user: User, rosas: FollowUp, browser_of: SignIn) -> None:
    browser = browser_of(admin_user)
    here = reverse("dashboard:following")
    assert "2 missed without notice within 30 days" in browser.get(here).content.decode()
    form = {"kind": "share", "counted": "both", "times": 3, "percent": 30, "of_last": ""}
    refused = browser.post(reverse("dashboard:new-pattern"), form)
    assert refused.status_code == 422
    assert 'value="30"' in refused.content.decode()
    browser.post(reverse("dashboard:new-pattern"), form | {"of_last": 10})
    page = browser.get(here).content.decode()
    assert "30 % of the last 10 missed or cancelled late, and at least 3" in page
    for pattern in MissPattern.objects.all():
        browser.post(reverse("dashboard:pattern-removal", args=[pattern.public_id]))
    assert MissPattern.objects.count() == 1
    browser.post(here, {"wellbeing_hours": 2})
    assert Practice.objects.get().wellbeing_hours == 2
