"""The queue's rows: how a call went, with one key; taken back; put off; taken over."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from clients.models import Case, Client
from followups.models import ContactAttempt, FollowUp, ProtocolCode
from followups.reconcile import reconcile
from followups.services import open_follow_up
from sessions_app.models import Participant
from tests.followups.conftest import NOON, missed

__all__ = ["missed"]

AFTERNOON = NOON + timedelta(hours=1)
HTMX = {"HX-Request": "true"}
QUEUE = "/follow-ups/"


@pytest.fixture(autouse=True)
def _in_the_afternoon() -> Iterator[None]:
    with time_machine.travel(AFTERNOON, tick=False):
        yield


@pytest.fixture
def rosas(missed: Callable[..., Participant], rosa_case: Case, rosa: Client) -> FollowUp:
    """Rosa was missed at ten: Amara is to call her."""
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    return FollowUp.objects.get(client=rosa)


def url(follow_up: FollowUp, name: str) -> str:
    return reverse(f"dashboard:follow-up-row-{name}", args=[follow_up.public_id])


def words(response: object) -> str:
    return str(response.content.decode())  # type: ignore[attr-defined]


def test_a_call_is_noted_and_taken_back(
    browser_of: Callable[[User], Browser], amara: User, rosas: FollowUp
) -> None:
    browser = browser_of(amara)
    due = rosas.due_at
    html = words(browser.post(url(rosas, "call"), {"result": "no_answer"}, headers=HTMX))
    assert "Rosa Mendes: no answer. Next: tomorrow by 20:00." in html
    attempt = ContactAttempt.objects.get()
    assert str(attempt.public_id) in html
    html = words(browser.post(url(rosas, "call-undo"), {"attempt": attempt.public_id}, headers=HTMX))
    assert "it stands as it stood before" in html
    assert not ContactAttempt.objects.exists()
    rosas.refresh_from_db()
    assert rosas.due_at == due


def test_without_script_it_leads_back_to_the_same_page(
    browser_of: Callable[[User], Browser], amara: User, rosas: FollowUp
) -> None:
    answer = browser_of(amara).post(url(rosas, "call") + "?whose=all", {"result": "reached"})
    assert answer.status_code == 303
    assert answer["Location"].startswith("/follow-ups/?show=to-do&whose=all")
    rosas.refresh_from_db()
    assert rosas.closed_because == "You talked."


def test_a_colleagues_attempt_is_not_there_to_take_back(
    browser_of: Callable[[User], Browser], amara: User, dana: User, rosas: FollowUp
) -> None:
    browser_of(amara).post(url(rosas, "call"), {"result": "no_answer"})
    sent = {"attempt": ContactAttempt.objects.get().public_id}
    assert browser_of(dana).post(url(rosas, "call-undo"), sent).status_code == 404
    assert ContactAttempt.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"result": "declined"}, {"result": "sued"}])
def test_what_is_no_button_changes_nothing(
    sent: dict[str, str], browser_of: Callable[[User], Browser], amara: User, rosas: FollowUp
) -> None:
    html = words(browser_of(amara).post(url(rosas, "call"), sent, headers=HTMX))
    assert "Please press one of the buttons." in html
    assert not ContactAttempt.objects.exists()


def test_it_is_put_off_and_taken_over_from_the_row(
    browser_of: Callable[[User], Browser], dana: User, rosas: FollowUp
) -> None:
    browser = browser_of(dana)
    html = words(browser.post(url(rosas, "due"), {"quick": "2026-11-17T09:00"}, headers=HTMX))
    assert "Put off: tomorrow by 9:00." in html
    assert "It is yours now." in words(browser.post(url(rosas, "owner"), headers=HTMX))
    rosas.refresh_from_db()
    assert rosas.owner == dana
    far = words(browser.post(url(rosas, "due"), {"quick": "2027-11-17T09:00"}, headers=HTMX))
    assert "within the next 30 days" in far


def test_behind_the_wall_the_row_only_notes_the_call(
    browser_of: Callable[[User], Browser], desk: User, amara: User, rosa: Client, rosa_case: Case
) -> None:
    worry = open_follow_up(
        client=rosa, case=rosa_case, protocol_code=ProtocolCode.AT_RISK, actor=amara, now=NOON
    )
    browser = browser_of(desk)
    html = words(browser.get(QUEUE + "?whose=all"))
    assert "No answer" in html
    assert "Hand it to a colleague" not in html
    assert "their clinician" in words(
        browser.post(url(worry, "due"), {"quick": "2026-11-17T09:00"}, headers=HTMX)
    )
    html = words(browser.post(url(worry, "call") + "?whose=all", {"result": "reached"}, headers=HTMX))
    assert "Wellbeing" not in html
    worry.refresh_from_db()
    assert worry.is_open


def test_rows_with_buttons_cost_the_same_however_many(
    browser_of: Callable[[User], Browser],
    amara: User,
    rosas: FollowUp,
    missed: Callable[..., Participant],
    field_case: Case,
    maya: Client,
) -> None:
    browser = browser_of(amara)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(QUEUE).status_code == 200
        return len(queries)

    cost()
    one = cost()
    missed(field_case, maya, at="11:00")
    reconcile(now=AFTERNOON, full=True)
    assert FollowUp.objects.open().count() == 2
    assert cost() == one


def test_a_nul_character_is_read_as_if_it_had_not_been_sent(
    rosas: FollowUp, amara: User, browser_of: Callable[[User], Browser]
) -> None:
    browser = browser_of(amara)
    here = reverse("dashboard:follow-up-attempts", args=[rosas.public_id])
    sent = {"channel": "call", "result": "no_answer", "client_words": "The b\0us", "barriers": ["\0"]}
    assert browser.post(here, sent).status_code == 422  # no such barrier, and no fault of ours
    browser.post(here, sent | {"barriers": ["transport\0ation"]})
    assert ContactAttempt.objects.get().client_words == "The bus"
    assert browser.get(f"{reverse('dashboard:follow-ups')}?whose=%00").status_code == 200
