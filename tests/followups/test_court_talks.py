"""A talk under a court's order: what is for care and what is for the court never mix."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from clients.models import Case, Client, Mandate
from followups.access import get_follow_up
from followups.court_talks import CourtTalkDetails
from followups.models import ContactAttempt, CourtTalk, FollowUp
from followups.presenting import present
from followups.reconcile import reconcile
from followups.services import AttemptDetails, log_attempt
from sessions_app.models import Participant
from tests.followups.conftest import NOON, only_follow_up

Missed = Callable[..., Participant]
TALK = CourtTalkDetails(
    said_what_goes=True,
    said_what_follows=True,
    help_offered="A bus pass for a month",
    plan="Thursdays at nine, by video when the bus fails",
    court_words="The bus line was cut; I want to go on.",
    is_approved=True,
)
TALKED = AttemptDetails(channel="call", result="reached", client_words="I am ashamed of it", court=TALK)


@pytest.fixture
def mandate(rosa_case: Case, rosa: Client) -> Mandate:
    return Mandate.objects.create(
        case=rosa_case, client=rosa, order_reference="26-CF-7", misses_before_alert=1
    )


@pytest.fixture
def follow_up(mandate: Mandate, missed: Missed, rosa_case: Case, rosa: Client) -> FollowUp:
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    return only_follow_up()


def test_words_for_care_and_for_the_court_are_two_fields(follow_up: FollowUp, amara: User) -> None:
    log_attempt(follow_up=follow_up, attempt=TALKED, actor=amara, now=NOON)
    talk = CourtTalk.objects.get()
    assert (talk.attempt.client_words, talk.court_words) == (
        "I am ashamed of it",
        "The bus line was cut; I want to go on.",
    )
    assert talk.is_approved
    assert (talk.help_offered, talk.plan) == (TALK.help_offered, TALK.plan)


def test_words_can_wait_for_their_approval(follow_up: FollowUp, amara: User) -> None:
    waiting = replace(TALKED, court=replace(TALK, is_approved=False))
    log_attempt(follow_up=follow_up, attempt=waiting, actor=amara, now=NOON)
    assert not CourtTalk.objects.get().is_approved


def test_nothing_is_approved_that_was_not_written(follow_up: FollowUp, amara: User) -> None:
    empty = replace(TALKED, court=replace(TALK, court_words=" "))
    with pytest.raises(ValidationError, match="Write down the words"):
        log_attempt(follow_up=follow_up, attempt=empty, actor=amara, now=NOON)
    assert not ContactAttempt.objects.exists()


def test_without_a_talk_nothing_is_said_for_the_court(follow_up: FollowUp, amara: User) -> None:
    with pytest.raises(ValidationError, match="agreed in a talk"):
        log_attempt(follow_up=follow_up, attempt=replace(TALKED, result="no_answer"), actor=amara, now=NOON)
    assert not ContactAttempt.objects.exists()


def test_desk_writes_nothing_for_the_court_and_reads_none_of_it(
    follow_up: FollowUp, amara: User, desk: User
) -> None:
    with pytest.raises(PermissionDenied):
        log_attempt(follow_up=follow_up, attempt=TALKED, actor=desk, now=NOON)
    log_attempt(follow_up=follow_up, attempt=TALKED, actor=amara, now=NOON)
    shown = present(desk, get_follow_up(desk, follow_up.public_id), now=NOON)
    assert [one.talk for one in shown.attempts] == [None]
    assert shown.mandate is None


def test_without_an_order_nothing_is_for_a_court(follow_up: FollowUp, mandate: Mandate, amara: User) -> None:
    mandate.ended_on = NOON.date()
    mandate.save()
    with pytest.raises(ValidationError, match="No court's order is in force"):
        log_attempt(follow_up=follow_up, attempt=TALKED, actor=amara, now=NOON)


def test_call_screen_has_the_account_first_and_both_in_sight(
    follow_up: FollowUp, amara: User, desk: User, client: Browser
) -> None:
    url = reverse("dashboard:follow-up", args=[follow_up.public_id])
    client.force_login(amara)
    shown = client.get(url).content.decode()
    places = [
        shown.index(words)
        for words in (
            "Open with concern",
            "Nothing may go to the court yet",
            "For their care",
            "For the court",
            "What got in the way?",
            "What help did you offer?",
            "What did you plan together?",
            "what may follow under the order",
        )
    ]
    assert places == sorted(places)
    client.force_login(desk)
    assert "court" not in client.get(url).content.decode().lower()


def test_call_screen_says_to_whom_attendance_goes(
    follow_up: FollowUp, mandate: Mandate, amara: User, client: Browser
) -> None:
    mandate.bases.create(
        kind="consent", discloser="Lakeside", recipient="Pat Lowell", purpose="Reports",
        covers=["attendance", "plan"], signed_on=NOON.date(), expires_on=date(2036, 1, 1), recorded_by=amara,
    )  # fmt: skip
    client.force_login(amara)
    shown = client.get(reverse("dashboard:follow-up", args=[follow_up.public_id])).content.decode()
    assert "Whether they came goes to Pat Lowell. Nothing that they say goes" in shown


def test_call_screen_notes_a_talk_and_shows_it_to_clinicians(
    follow_up: FollowUp, amara: User, desk: User, client: Browser
) -> None:
    page = reverse("dashboard:follow-up", args=[follow_up.public_id])
    url = reverse("dashboard:follow-up-attempts", args=[follow_up.public_id])
    typed = {
        "result": "reached", "channel": "call", "client_words": "I am ashamed of it",
        "said_what_goes": "on", "help_offered": "A bus pass", "plan": "By video",
        "court_words": "The bus line was cut", "is_approved": "on",
    }  # fmt: skip
    client.force_login(amara)
    refused = client.post(url, typed | {"court_words": ""})
    assert refused.status_code == 422
    assert "Write down the words that they approved." in refused.content.decode()
    assert "A bus pass" in refused.content.decode()
    assert client.post(url, typed).status_code == 303
    shown = client.get(page).content.decode()
    for words in ("For the court, approved: The bus line was cut", "Help offered: A bus pass", "By video"):
        assert words in shown
    client.force_login(desk)
    shown = client.get(page).content.decode()
    for words in ("bus line", "bus pass", "ashamed", "By video"):
        assert words not in shown


def test_what_was_written_for_the_court_survives_putting_off(
    follow_up: FollowUp, amara: User, client: Browser
) -> None:
    client.force_login(amara)
    url = reverse("dashboard:follow-up-due", args=[follow_up.public_id])
    written = {
        "until": f"{timezone.now() + timedelta(days=2):%Y-%m-%dT%H:%M}",
        "court_words": "The bus line was cut",
        "said_what_goes": "on",
    }
    assert "The bus line was cut" in client.post(url, written).content.decode()


def test_talk_is_logged_and_read_through_the_api(
    follow_up: FollowUp, amara: User, desk: User, client: Browser
) -> None:
    url = reverse("api:attempts", args=[follow_up.public_id])
    sent = {"channel": "call", "result": "reached", "court": {"court_words": "The bus", "is_approved": True}}
    client.force_login(amara)
    answer = client.post(url, sent, content_type="application/json")
    assert answer.status_code == 201, answer.json()
    [attempt] = client.get(url).json()
    assert (attempt["court"]["court_words"], attempt["court"]["is_approved"]) == ("The bus", True)
    client.force_login(desk)
    assert client.get(url).json()[0]["court"] is None
