"""One conversation over all channels: what staff read of it, and what they write into it."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.services import pause_sending
from clients.models import Case, Client
from clients.services import add_guardian, settle_safe_contact, suppress
from followups.models import AttemptChannel, AttemptResult
from followups.services import AttemptDetails, log_attempt, open_follow_up
from reminders.models import InboundMessage, Message, State
from reminders.providers import OPENS_AFTER, note_answers, pause_channel
from reminders.services import Leave, resume_channel, write_to_client
from tests.conftest import NOW, case_of, person

SignIn = Callable[[User], Browser]
WORDS = "Lakeside: Would Thursday at 17:00 suit you?"
# Eleven at night in Chicago.
LATE = datetime(2026, 11, 17, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def thread_of(client: Client) -> str:
    return reverse("dashboard:thread", args=[client.public_id])


def write(browser: Browser, client: Client, words: str, **more: object) -> str:
    url = reverse("dashboard:own-words", args=[client.public_id])
    return str(browser.post(url, {"words": words, **more}, follow=True).content.decode())


def test_what_a_colleague_writes_is_planned_and_signed_for_colleagues(
    browser_of: SignIn, desk: User, rosa: Client, rosa_case: Case
) -> None:
    html = write(browser_of(desk), rosa, WORDS)
    assert "On its way to Rosa." in html
    assert WORDS in html
    assert "Fran Desk" in html
    message = Message.objects.get()
    assert (message.words, message.written_by, message.state) == (WORDS, desk, State.PLANNED)


def test_a_text_begins_with_whom_it_is_from(
    browser_of: SignIn, amara: User, rosa_case: Case, rosa: Client
) -> None:
    for page in (thread_of(rosa), reverse("dashboard:client", args=[rosa.public_id])):
        assert ">\nLakeside: </textarea>" in browser_of(amara).get(page).content.decode()


def test_pressed_twice_it_is_one_text(browser_of: SignIn, desk: User, rosa: Client) -> None:
    browser, key = browser_of(desk), uuid4()
    write(browser, rosa, WORDS, once_for=key)
    write(browser, rosa, WORDS, once_for=key)
    assert Message.objects.count() == 1


def test_words_that_reveal_are_refused_and_kept(browser_of: SignIn, desk: User, rosa: Client) -> None:
    words = "Lakeside: your therapy is on Thursday"
    html = write(browser_of(desk), rosa, words, keep_flagged="on")
    assert "“therapy” would tell others why somebody comes here." in html
    assert words in html
    assert "all the same" not in html
    assert not Message.objects.exists()


def test_blame_is_flagged_with_kinder_words_and_stays_if_a_person_wants_it(
    browser_of: SignIn, desk: User, rosa: Client
) -> None:
    browser, words = browser_of(desk), "Lakeside: You missed Thursday"
    html = write(browser, rosa, words)
    assert "“You missed” may sound like blame. Kinder: “we missed each other”." in html
    assert words in html
    assert "Send it in these words all the same" in html
    write(browser, rosa, words, keep_flagged="on")
    assert Message.objects.get().words == words


def test_nothing_goes_to_who_asked_for_no_more_and_the_words_stay(
    browser_of: SignIn, desk: User, rosa: Client
) -> None:
    suppress(address="+13125550101", channel="sms", reason="opted_out", actor=None, now=NOW)
    html = write(browser_of(desk), rosa, WORDS)
    assert "Nothing can be written to Rosa just now. They asked for no more texts." in html
    assert WORDS in html
    assert not Message.objects.exists()


def test_who_is_reached_by_telephone_only_is_not_written_to(
    browser_of: SignIn, amara: User, rosa: Client, rosa_case: Case
) -> None:
    settle_safe_contact(client=rosa, level="call_only", reason="at home", actor=amara, now=NOW)
    html = write(browser_of(amara), rosa, WORDS)
    assert "Telephone only, nothing in writing" in html
    assert "at home" not in html
    assert not Message.objects.exists()


def test_without_a_recorded_yes_nothing_is_written(browser_of: SignIn, desk: User, rosa: Client) -> None:
    for contact in rosa.contact_points.all():
        contact.consents.all().delete()
    assert "No recorded consent" in write(browser_of(desk), rosa, WORDS)


def test_a_minor_is_not_written_to(browser_of: SignIn, desk: User, practice: object) -> None:
    child = person("Ella", "Quinn", 123, birth_year=2014)
    assert "Ella is a minor." in write(browser_of(desk), child, WORDS)
    assert not Message.objects.exists()


def test_at_night_it_waits_for_the_morning_unless_somebody_says_why(
    browser_of: SignIn, desk: User, rosa: Client
) -> None:
    with time_machine.travel(LATE, tick=False):
        browser = browser_of(desk)
        assert "It goes out on Tue 17 Nov, 8:00" in write(browser, rosa, WORDS)
        html = write(browser, rosa, WORDS, any_hour_because="The house has no heating tomorrow")
    assert "On its way to Rosa." in html
    assert "At this hour because: The house has no heating tomorrow" in html
    assert Message.objects.exclude(any_hour_because="").get().written_by == desk


def test_while_sending_is_paused_a_text_is_not_said_to_be_on_its_way(
    browser_of: SignIn, desk: User, admin_user: User, rosa: Client
) -> None:
    pause_sending(actor=admin_user, reason="Wrong times", now=NOW)
    html = write(browser_of(desk), rosa, WORDS)
    assert "It waits, and has not gone to Rosa yet. Sending is paused" in html
    assert "On its way" not in html


def test_a_way_that_is_stopped_or_rests_is_named(browser_of: SignIn, desk: User, rosa: Client) -> None:
    pause_channel(channel="sms", reason="20003", now=NOW)
    assert "It waits, and has not gone to Rosa yet. The provider refuses us" in write(
        browser_of(desk), rosa, WORDS
    )
    resume_channel(channel="sms", actor=desk, now=NOW)
    note_answers(answered=set(), failed=Counter({"sms": OPENS_AFTER}), now=NOW)
    assert "The provider does not answer; we try again soon." in write(browser_of(desk), rosa, WORDS)


def test_a_minors_refusal_leads_to_who_receives_their_messages(
    browser_of: SignIn, desk: User, practice: object
) -> None:
    child, mother = person("Ella", "Quinn", 123, birth_year=2014), person("Nora", "Quinn", 121)
    aunt = person("Anne", "Quinn", 124)
    for guardian, may_receive in ((mother, True), (aunt, False)):
        add_guardian(
            minor=child, guardian=guardian, relation="", may_receive=may_receive, may_consent=True, actor=desk
        )
    html = write(browser_of(desk), child, WORDS)
    assert f'<a href="{thread_of(mother)}">Write to Nora Quinn</a>' in html
    assert thread_of(aunt) not in html


def test_what_may_not_be_typed_is_said_beside_it(browser_of: SignIn, desk: User, rosa: Client) -> None:
    browser = browser_of(desk)
    assert "Please write something first." in write(browser, rosa, " ")
    assert "at most 1600" in write(browser, rosa, "a" * 1601)
    two = "Lakeside: Llámenos, por favor, así buscamos otra hora que le convenga más."
    assert "2 texts · 82 letters · dearer by áí" in write(browser, rosa, two + " terapia")


def test_talks_are_seen_beside_the_texts_without_what_was_said(
    browser_of: SignIn, desk: User, amara: User, rosa: Client, rosa_case: Case
) -> None:
    follow_up = open_follow_up(
        client=rosa, case=rosa_case, protocol_code="single_missed", actor=amara, now=NOW
    )
    said = AttemptDetails(
        channel=AttemptChannel.CALL, result=AttemptResult.REACHED, client_words="My mother is ill."
    )
    log_attempt(follow_up=follow_up, attempt=said, actor=amara, now=NOW)
    for user in (desk, amara):
        for page in (thread_of(rosa), reverse("dashboard:client", args=[rosa.public_id])):
            html = browser_of(user).get(page).content.decode()
            assert "Call: We talked" in html
            assert "My mother is ill." not in html


def test_a_second_clinician_reads_neither_talk_nor_text_of_another_case(
    browser_of: SignIn, amara: User, luis: User, rosa: Client, rosa_case: Case
) -> None:
    follow_up = open_follow_up(
        client=rosa, case=rosa_case, protocol_code="single_missed", actor=amara, now=NOW
    )
    tried = AttemptDetails(channel=AttemptChannel.CALL, result=AttemptResult.NO_ANSWER)
    log_attempt(follow_up=follow_up, attempt=tried, actor=amara, now=NOW)
    assert browser_of(luis).get(thread_of(rosa)).status_code == 404
    case_of(luis, Case.Kind.INDIVIDUAL, rosa)
    assert "No answer" not in browser_of(luis).get(thread_of(rosa)).content.decode()


def test_a_conversation_costs_the_same_at_any_length(
    browser_of: SignIn, desk: User, amara: User, rosa: Client, rosa_case: Case
) -> None:
    def say(count: int) -> None:
        follow_up = open_follow_up(
            client=rosa, case=rosa_case, protocol_code="single_missed", actor=amara, now=NOW
        )
        for n in range(count):
            at = NOW - timedelta(minutes=n)
            write_to_client(client=rosa, words=f"{WORDS} {n}", actor=desk, now=at, leave=Leave())
            InboundMessage.objects.create(
                provider_id=str(uuid4()),
                from_address="+13125550101",
                body="Yes?",
                kind="free",
                client=rosa,
                received_at=at,
            )
            tried = AttemptDetails(channel=AttemptChannel.CALL, result=AttemptResult.NO_ANSWER)
            log_attempt(follow_up=follow_up, attempt=tried, actor=amara, now=at)

    def queries(page: str) -> int:
        browser = browser_of(desk)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert browser.get(page).status_code == 200
        return len(seen)

    pages = (thread_of(rosa), reverse("dashboard:client", args=[rosa.public_id]))
    say(1)
    few = [queries(page) for page in pages]
    say(6)
    assert [queries(page) for page in pages] == few
