"""The text of a follow-up: sent by whoever presses the button, in the words shown or their own."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from accounts.services import pause_sending
from clients.models import Case, Client, ConsentPurpose
from clients.screening import take_screen
from clients.services import withdraw_consent
from followups.models import ContactAttempt, FollowUp, FollowUpStep, StepKind
from followups.services import AttemptDetails, log_attempt, open_follow_up, send_text, skip_step
from reminders.dispatch import dispatch
from reminders.models import Message, Purpose, State
from sandbox.launch import Sandbox
from tests.conftest import NOW
from tests.reminders.conftest import sandbox, silent_company

__all__ = ["sandbox", "silent_company"]

SignIn = Callable[[User], Browser]
WORDS = "Lakeside: We would be glad to see you. R for another time, or call (312) 555-0100."


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def at_its_text(code: str, client: Client, case: Case, actor: User) -> FollowUp:
    """A follow-up whose current step is a text."""
    follow_up = open_follow_up(client=client, case=case, protocol_code=code, actor=actor, now=NOW)
    while FollowUpStep.objects.get(follow_up=follow_up, done_at=None, skipped_at=None).kind != StepKind.TEXT:
        skip_step(follow_up=follow_up, because="for the test", actor=actor, now=NOW)
        follow_up.refresh_from_db()
    return follow_up


@pytest.fixture
def missed(rosa: Client, rosa_case: Case, amara: User) -> FollowUp:
    return at_its_text("single_missed", rosa, rosa_case, amara)


def page_of(browser: Browser, follow_up: FollowUp, **typed: str) -> str:
    url = reverse("dashboard:follow-up-text", args=[follow_up.public_id])
    return str(browser.post(url, typed, follow=True).content.decode())


def test_the_button_sends_the_words_shown_and_notes_the_attempt(
    sandbox: Sandbox, browser_of: SignIn, desk: User, missed: FollowUp
) -> None:
    browser = browser_of(desk)
    shown = browser.get(reverse("dashboard:follow-up", args=[missed.public_id])).content.decode()
    assert "Lakeside: Sorry we missed each other lately. No need to explain." in shown
    assert not Message.objects.exists()
    assert "The text is on its way" in page_of(browser, missed, words=WORDS)
    message, attempt = Message.objects.get(), ContactAttempt.objects.get()
    assert (message.purpose, message.written_by) == (Purpose.OUTREACH, desk)
    assert (attempt.channel, attempt.result, attempt.logged_by) == ("text", "left_word", desk)
    dispatch(now=NOW)
    [sent] = sandbox.messages(to="+13125550101", direction="outbound-api")
    assert sent["body"] == WORDS


def test_a_text_that_waits_is_said_to_wait(
    browser_of: SignIn, desk: User, admin_user: User, missed: FollowUp
) -> None:
    pause_sending(actor=admin_user, reason="Wrong times", now=NOW)
    html = page_of(browser_of(desk), missed, words=WORDS)
    assert "It waits, and has not gone to Rosa yet. Sending is paused" in html
    assert "on its way" not in html


def test_a_word_beyond_the_days_texts_is_said_to_wait_for_the_next_day(
    browser_of: SignIn, desk: User, missed: FollowUp, rosa: Client
) -> None:
    had = Message.objects.create(
        purpose=Purpose.OUTREACH, subject_id=rosa.public_id, recipient=rosa, priority=2, state=State.SENT,
        due_at=NOW, not_before=NOW, expires_at=NOW + timedelta(days=1), tries=1,
    )  # fmt: skip
    had.attempts.create(
        channel="sms", address="+13125550101", body="Hello", state="accepted", owner=1, committed_at=NOW
    )
    html = page_of(browser_of(desk), missed, words=WORDS)
    assert "It waits, and goes to Rosa on Tue 17 Nov, 8:00 at the earliest. They have had today" in html


def test_words_that_may_not_leave_stay_on_the_page_and_the_step_stays(
    browser_of: SignIn, desk: User, missed: FollowUp
) -> None:
    html = page_of(browser_of(desk), missed, words="Lakeside: Your therapy was missed again")
    assert "would tell others why somebody comes here" in html
    assert "Your therapy was missed again" in html
    assert not Message.objects.exists()
    assert not ContactAttempt.objects.exists()


def test_a_word_after_a_miss_needs_its_own_yes(missed: FollowUp, rosa: Client, desk: User) -> None:
    for contact in rosa.contact_points.all():
        withdraw_consent(contact=contact, purpose=ConsentPurpose.OUTREACH, actor=desk, now=NOW)
    with pytest.raises(ValidationError, match="No recorded consent"):
        send_text(follow_up=missed, words=WORDS, actor=desk, now=NOW)
    assert not ContactAttempt.objects.exists()


def test_pressed_twice_it_goes_once(browser_of: SignIn, desk: User, missed: FollowUp) -> None:
    browser = browser_of(desk)
    page_of(browser, missed, words=WORDS)
    page_of(browser, missed, words=WORDS)
    assert Message.objects.filter(purpose=Purpose.OUTREACH).count() == 1
    assert ContactAttempt.objects.count() == 1


def test_a_clinicians_text_is_not_the_desks_to_send(
    browser_of: SignIn, maya: Client, jonah: Client, field_case: Case, amara: User, desk: User
) -> None:
    follow_up = at_its_text("absent_partner", maya, field_case, amara)
    with pytest.raises(ValidationError, match="asked alone"):
        send_text(follow_up=follow_up, words=WORDS, actor=amara, now=NOW)
    for person in (maya, jonah):
        take_screen(client=person, result="safe", words="", was_alone=True, actor=amara, now=NOW)
    shown = browser_of(desk).get(reverse("dashboard:follow-up", args=[follow_up.public_id])).content.decode()
    assert "Send it" not in shown
    with pytest.raises(PermissionDenied):
        send_text(follow_up=follow_up, words=WORDS, actor=desk, now=NOW)
    assert send_text(follow_up=follow_up, words=WORDS, actor=amara, now=NOW).state == State.PLANNED


def test_a_step_that_is_no_text_sends_nothing(rosa: Client, rosa_case: Case, amara: User) -> None:
    follow_up = open_follow_up(
        client=rosa, case=rosa_case, protocol_code="single_missed", actor=amara, now=NOW
    )
    with pytest.raises(ValidationError, match="no text"):
        send_text(follow_up=follow_up, words=WORDS, actor=amara, now=NOW)
    tried = AttemptDetails(channel="call", result="no_answer")
    log_attempt(follow_up=follow_up, attempt=tried, actor=amara, now=NOW)
    assert not Message.objects.exists()
