"""What is sent twice happens once: a double click, a slow line, the back button."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.models import Barrier, Case, Client
from followups.agreeing import agree_on_change
from followups.gates import ground_of
from followups.later_options import Noted, look_again, note_option, settle_option
from followups.models import AgreedChange, ContactAttempt, FollowUp, LaterOption
from followups.reconcile import reconcile
from followups.repeated import ask_supervisor
from followups.services import AttemptDetails, log_attempt
from followups.wellbeing import raise_wellbeing_concern
from reminders.models import Message
from sessions_app.models import Modality, Participant, TherapySession
from sessions_app.services import Rhythm
from tests.conftest import TODAY
from tests.dashboard.conftest import browser_of
from tests.followups.conftest import NOON

__all__ = ["browser_of"]  # the fixture
Missed = Callable[..., Participant]
SignIn = Callable[[User], Browser]
SOON = NOON + timedelta(seconds=2)
A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def rosas(missed: Missed, rosa_case: Case, rosa: Client) -> FollowUp:
    """Rosa was missed last week and today."""
    for weeks in (1, 0):
        missed(rosa_case, rosa, on=TODAY - timedelta(weeks=weeks))
    reconcile(now=SOON)
    return FollowUp.objects.with_people().with_attempts().get()


def test_a_call_noted_three_times_at_once_is_one_call(
    rosas: FollowUp, amara: User, browser_of: SignIn
) -> None:
    browser = browser_of(amara)
    row = reverse("dashboard:follow-up-row-call", args=[rosas.public_id])
    form = reverse("dashboard:follow-up-attempts", args=[rosas.public_id])
    with time_machine.travel(SOON) as clock:
        for _ in range(3):
            browser.post(row, {"result": "no_answer"})
            clock.shift(A_MOMENT)
        browser.post(form, {"channel": "call", "result": "no_answer", "client_words": "", "next_step": ""})
    assert ContactAttempt.objects.count() == 1
    fresh = FollowUp.objects.with_attempts().get()
    assert not ground_of(fresh).could_not_be_reached


def test_another_call_and_another_result_are_attempts_of_their_own(rosas: FollowUp, amara: User) -> None:
    for result, at in (("no_answer", 0), ("left_word", 1), ("no_answer", 60)):
        attempt = AttemptDetails(channel="call", result=result)
        log_attempt(follow_up=rosas, attempt=attempt, actor=amara, now=SOON + timedelta(seconds=at))
    assert ContactAttempt.objects.count() == 3


def test_what_is_added_to_a_hasty_press_is_kept(rosas: FollowUp, amara: User) -> None:
    barrier = Barrier.objects.get(code="transportation")
    for named in ((), (barrier,), (barrier,)):
        attempt = AttemptDetails(channel="call", result="reached", barriers=named)
        last = log_attempt(follow_up=rosas, attempt=attempt, actor=amara, now=SOON)
    assert [one.barrier for one in last.barriers_named.all()] == [barrier]
    assert ContactAttempt.objects.count() == 2
    again = AttemptDetails(
        channel="call", result="reached", next_step="call_again", call_again_at=NOON + timedelta(days=2)
    )
    for at in (again, again, replace(again, call_again_at=NOON + timedelta(days=3))):
        log_attempt(follow_up=rosas, attempt=at, actor=amara, now=SOON)
    assert ContactAttempt.objects.count() == 4
    rosas.refresh_from_db()
    assert rosas.due_at == NOON + timedelta(days=3)


def test_a_talk_that_closes_it_is_noted_once_without_a_refusal(
    missed: Missed, rosa_case: Case, rosa: Client, amara: User
) -> None:
    missed(rosa_case, rosa)
    reconcile(now=SOON)
    follow_up = FollowUp.objects.get()
    talked = AttemptDetails(channel="call", result="reached")
    first = log_attempt(follow_up=follow_up, attempt=talked, actor=amara, now=SOON)
    assert log_attempt(follow_up=follow_up, attempt=talked, actor=amara, now=SOON + A_MOMENT) == first
    follow_up.refresh_from_db()
    assert not follow_up.is_open


def test_a_worry_and_a_question_sent_twice_are_said_once(rosas: FollowUp, rosa: Client, amara: User) -> None:
    for words in ("Low", "Low", "Sleeps badly"):
        worry = raise_wellbeing_concern(client=rosa, case=rosas.case, words=words, actor=amara, now=SOON)
        question = ask_supervisor(follow_up=rosas, question=words, actor=amara, now=SOON)
    assert (worry.words, question.question) == ("Low\n\nSleeps badly",) * 2


def test_an_agreement_pressed_twice_is_one_agreement_and_one_text(
    rosas: FollowUp, amara: User, book: Callable[..., TherapySession]
) -> None:
    session = book(rosas.case, on=TODAY + timedelta(days=7))
    rhythm = Rhythm(every_weeks=2, weekday=session.on.weekday(), at=time(10), modality=Modality.PHONE)
    said = "Lakeside: as agreed, every 2 weeks by telephone."
    for moments in range(2):
        agree_on_change(
            follow_up=rosas, rhythm=rhythm, support="", words=said, actor=amara, now=SOON + moments * A_MOMENT
        )
    assert AgreedChange.objects.count() == 1
    assert Message.objects.filter(words=said).count() == 1


def test_one_of_a_kind_is_in_view_whatever_is_taken_up_again(
    field_case: Case, jonah: Client, amara: User
) -> None:
    member = field_case.members.get(client=jonah)
    noted = Noted(revisit_on=TODAY + timedelta(days=9))
    before = note_option(member=member, kind="alone", noted=noted, today=TODAY, actor=amara, now=NOON)
    settle_option(option=before, state="let_go", actor=amara, now=NOON)
    note_option(member=member, kind="alone", noted=noted, today=TODAY, actor=amara, now=NOON)
    with pytest.raises(ValidationError, match="noted again since"):
        settle_option(option=before, state="in_view", actor=amara, now=NOON)
    with pytest.raises(ValidationError, match="noted again since"):
        look_again(option=before, noted=noted, today=TODAY, actor=amara, now=NOON)
    assert LaterOption.objects.filter(state="in_view").count() == 1
