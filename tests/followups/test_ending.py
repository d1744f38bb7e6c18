"""Closing a case: deliberate, with a reason, and never while somebody is expected or looked for."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.models import Case, Client
from followups.ending import close_case, reopen_case
from followups.models import FollowUp, ProtocolCode
from followups.reconcile import reconcile
from followups.services import close_follow_up, open_follow_up
from sessions_app.models import Participant, TherapySession
from sessions_app.services import cancel_session
from tests.conftest import TODAY
from tests.followups.conftest import NOON

Book = Callable[..., TherapySession]
WHY = "Reached what we set out for."


def test_a_case_is_closed_with_its_reason_and_opened_again(rosa_case: Case, amara: User) -> None:
    closed = close_case(case=rosa_case, because=f" {WHY} ", actor=amara, now=NOON)
    assert (closed.closed_on, closed.closed_because) == (TODAY, WHY)
    opened = reopen_case(case=rosa_case, actor=amara)
    assert (opened.closed_on, opened.closed_because) == (None, "")


def test_nothing_is_booked_for_a_closed_case(rosa_case: Case, amara: User, book: Book) -> None:
    close_case(case=rosa_case, because=WHY, actor=amara, now=NOON)
    rosa_case.refresh_from_db()
    with pytest.raises(ValidationError, match="This case is closed"):
        book(rosa_case, on=date(2026, 11, 20))


def test_a_case_is_not_closed_without_a_word(rosa_case: Case, amara: User) -> None:
    with pytest.raises(ValidationError, match="Say in a few words"):
        close_case(case=rosa_case, because=" ", actor=amara, now=NOON)


def test_a_booked_session_stands_in_the_way(rosa_case: Case, amara: User, book: Book) -> None:
    ahead = book(rosa_case, on=date(2026, 11, 20))
    with pytest.raises(ValidationError, match="1 session is still booked"):
        close_case(case=rosa_case, because=WHY, actor=amara, now=NOON)
    cancel_session(session=ahead, by="practice", actor=amara, now=NOON)
    assert close_case(case=rosa_case, because=WHY, actor=amara, now=NOON).closed_on == TODAY


def test_a_session_that_is_not_recorded_stands_in_the_way(rosa_case: Case, amara: User, book: Book) -> None:
    book(rosa_case)
    with pytest.raises(ValidationError, match="not recorded yet"):
        close_case(case=rosa_case, because=WHY, actor=amara, now=NOON)


def test_an_open_worry_stands_in_the_way(rosa: Client, rosa_case: Case, amara: User) -> None:
    worry = open_follow_up(
        client=rosa, case=rosa_case, protocol_code=ProtocolCode.AT_RISK, actor=amara, now=NOON
    )
    with pytest.raises(ValidationError, match="A follow-up for Rosa stands open"):
        close_case(case=rosa_case, because=WHY, actor=amara, now=NOON)
    close_follow_up(follow_up=worry, because="She is well.", actor=amara, now=NOON)
    assert close_case(case=rosa_case, because=WHY, actor=amara, now=NOON).closed_on == TODAY


@pytest.mark.parametrize("who", ["luis", "desk", "admin_user"])
def test_nobody_else_closes_it(rosa_case: Case, request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises(PermissionDenied):
        close_case(case=rosa_case, because=WHY, actor=request.getfixturevalue(who), now=NOON)


def test_three_misses_close_nothing(
    rosa: Client, rosa_case: Case, missed: Callable[..., Participant]
) -> None:
    for weeks in (2, 1, 0):
        missed(rosa_case, rosa, on=TODAY - timedelta(weeks=weeks))
    reconcile(now=NOON)
    assert FollowUp.objects.open().exists()
    reconcile(now=NOON + timedelta(days=60))
    rosa_case.refresh_from_db()
    assert rosa_case.closed_on is None


def test_the_page_says_first_what_stands_in_the_way(
    client: Browser, rosa: Client, rosa_case: Case, amara: User, desk: User
) -> None:
    worry = open_follow_up(
        client=rosa, case=rosa_case, protocol_code=ProtocolCode.AT_RISK, actor=amara, now=NOON
    )
    url, page = (
        reverse(f"dashboard:{name}", args=[rosa_case.public_id]) for name in ("case-closing", "case")
    )
    client.force_login(amara)
    assert "A follow-up for Rosa stands open" in client.get(url).content.decode()
    refused = client.post(url, {"because": WHY})
    assert refused.status_code == 422
    assert f'value="{WHY}"' in refused.content.decode()
    close_follow_up(follow_up=worry, because="She is well.", actor=amara, now=NOON)
    assert WHY in client.post(url, {"because": WHY}, follow=True).content.decode()
    client.force_login(desk)
    seen_by_the_desk = client.get(page).content.decode()
    assert "closed " in seen_by_the_desk
    assert WHY not in seen_by_the_desk
    client.force_login(amara)
    client.post(reverse("dashboard:case-reopening", args=[rosa_case.public_id]))
    rosa_case.refresh_from_db()
    assert rosa_case.closed_on is None
