"""Leaving a case is no side door: who stopped coming and was not heard is not let go by another name (4.12)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.mandates import MandateDetails, end_mandate, record_mandate
from clients.models import Case, CaseMember, Client
from followups.ending import close_case, leave_case
from followups.models import FollowUp, MissPattern
from followups.reconcile import reconcile
from followups.services import AttemptDetails, close_follow_up, log_attempt
from followups.wellbeing import finish_wellbeing_concern, raise_wellbeing_concern
from sessions_app.models import Participant
from tests.conftest import TODAY
from tests.dashboard.conftest import browser_of
from tests.followups.conftest import NOON

__all__ = ["browser_of"]  # the fixture
Missed = Callable[..., Participant]
SignIn = Callable[[User], Browser]
SOON = NOON + timedelta(seconds=2)


@pytest.fixture
def rosas(missed: Missed, rosa_case: Case, rosa: Client) -> FollowUp:
    """Rosa was missed last week and today."""
    for weeks in (1, 0):
        missed(rosa_case, rosa, on=TODAY - timedelta(weeks=weeks))
    reconcile(now=SOON)
    return FollowUp.objects.with_people().with_attempts().get()


def test_who_stopped_coming_leaves_no_case_before_they_were_heard(
    rosas: FollowUp, amara: User, desk: User, browser_of: SignIn
) -> None:
    member = CaseMember.objects.get(case=rosas.case)
    close_follow_up(follow_up=rosas, because="Let it rest", actor=amara, now=SOON)
    with time_machine.travel(SOON, tick=False):
        browser = browser_of(amara)
        refused = browser.delete(reverse("api:membership", args=[member.public_id]))
        assert refused.status_code == 422
        assert "abandoning them" in refused.json()["detail"]
        browser.force_login(desk)
        page = browser.post(reverse("dashboard:membership-ending", args=[member.public_id]), follow=True)
        assert "Their clinician ends this." in page.content.decode()
        assert "abandoning" not in page.content.decode()
    member.refresh_from_db()
    assert member.left_on is None
    with pytest.raises(ValidationError, match="abandoning"):
        close_case(case=rosas.case, because="Gone", actor=amara, now=SOON)


def test_who_was_heard_leaves_when_they_wish(rosas: FollowUp, amara: User) -> None:
    heard = AttemptDetails(channel="call", result="declined", client_words="I have moved away")
    log_attempt(follow_up=rosas, attempt=heard, actor=amara, now=SOON)
    member = CaseMember.objects.select_related("case", "client").get(case=rosas.case)
    leave_case(member=member, actor=amara, now=SOON)
    member.refresh_from_db()
    assert member.left_on == TODAY


def test_nobody_leaves_while_somebody_worries_about_them(
    rosa: Client, rosa_case: Case, amara: User, desk: User
) -> None:
    worry = raise_wellbeing_concern(client=rosa, case=rosa_case, words="Low", actor=desk, now=SOON)
    member = CaseMember.objects.select_related("case", "client").get(case=rosa_case)
    with pytest.raises(ValidationError, match="Somebody worries"):
        leave_case(member=member, actor=amara, now=SOON)
    finish_wellbeing_concern(concern=worry, outcome="Safe", actor=amara, now=SOON)
    leave_case(member=member, actor=amara, now=SOON)


def test_an_order_that_stands_is_not_hidden_by_one_that_ended(
    rosas: FollowUp, rosa: Client, rosa_case: Case, amara: User
) -> None:
    MissPattern.objects.update(times=9)  # the order alone holds it
    for reference in ("26-CF-1", "26-CF-2"):
        details = MandateDetails(order_reference=reference)
        last = record_mandate(case=rosa_case, client=rosa, details=details, actor=amara)
    end_mandate(mandate=last, on=TODAY - timedelta(weeks=5), actor=amara)
    close_follow_up(follow_up=rosas, because="Let it rest", actor=amara, now=SOON)
    with pytest.raises(ValidationError, match="abandoning"):
        close_case(case=rosa_case, because="Gone", actor=amara, now=SOON)
