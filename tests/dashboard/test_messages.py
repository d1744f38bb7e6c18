"""Messages on their pages: what went out and why not, what came in, whom to call, and threads."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.services import pause_sending
from clients.models import Case, Client, ContactPoint
from reminders.models import Attempt, InboundMessage, Message, ProviderState, State
from reminders.reconcile import reconcile
from reminders.services import Reply, receive_inbound
from sessions_app.models import Response, TherapySession
from sessions_app.services import cancel_session
from tests.conftest import NOW, TODAY, case_of, person

BookSession = Callable[..., TherapySession]
ROSA = "+13125550101"
LATER = NOW + timedelta(minutes=30)
OUTBOX = "/messages/"
EVERYTHING = f"{OUTBOX}?state=planned"


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def reminder(rosa_case: Case, book: BookSession) -> Message:
    """Rosa is reminded of tomorrow's session at three; it went out at nine."""
    book(rosa_case, on=TODAY + timedelta(days=1), at="15:00", now=NOW - timedelta(days=9))
    reconcile(now=NOW)
    message = Message.objects.get(rule__lead_days=1)
    Attempt.objects.create(
        message=message, channel="sms", address=ROSA, body="Lakeside: Tuesday 17 November, 15:00.",
        state="accepted", owner=1, committed_at=NOW, resolved_at=NOW, provider_id="SM0",
    )  # fmt: skip
    Message.objects.filter(pk=message.pk).update(state=State.DELIVERED, tries=1, due_at=NOW)
    message.refresh_from_db()
    return message


def text_of(body: str, *, number: str = ROSA, key: str = "SM1") -> InboundMessage:
    reply = Reply(provider_id=key, from_address=number, to_address="+13125550100", body=body)
    return receive_inbound(reply=reply, now=NOW + timedelta(minutes=10))


def stands(message: Message, state: str, reason: str = "", **fields: object) -> None:
    Message.objects.filter(pk=message.pk).update(state=state, reason=reason, **fields)


def seen(browser: Browser, user: User, url: str) -> str:
    browser.force_login(user)
    return str(browser.get(url).content.decode())


def test_outbox_says_what_went_where_and_how_it_ended(client: Browser, desk: User, reminder: Message) -> None:
    html = seen(client, desk, OUTBOX)
    for words in ("Rosa Mendes", "Reminder", "Tue 17 Nov, 15:00", "Delivered", "(312) 555-0101"):
        assert words in html
    assert "Lakeside: Tuesday 17 November, 15:00." in html


@pytest.mark.parametrize(
    ("state", "reason", "word", "sentence"),
    [
        (State.FAILED, "carrier_filter", "Not delivered", "A carrier filtered it out"),
        (State.HELD, "undecidable", "Please decide", "does not tell whether it went out"),
        (State.SUPPRESSED, "opted_out", "Not sent", "They asked for no more texts"),
        (State.EXPIRED, "overtaken", "Too late to send", "Its time had passed"),
        (State.CANCELLED, "session_changed", "Not needed", "there is a newer message"),
        (State.PLANNED, "quiet_hours", "Waits", "Waits for the morning where they are"),
        (State.UNKNOWN, "", "Being checked", ""),
    ],
)
def test_every_state_has_its_words_and_reason(
    client: Browser, desk: User, reminder: Message, state: str, reason: str, word: str, sentence: str
) -> None:
    stands(reminder, state, reason)
    html = seen(client, desk, OUTBOX)
    rows = html[html.index('class="rows"') :]
    assert word in rows
    assert sentence in rows


def test_every_state_is_drawn(client: Browser, desk: User, reminder: Message) -> None:
    for state in State:
        stands(reminder, state, claimed_by=1)
        client.force_login(desk)
        assert client.get(OUTBOX).status_code == 200, state


def test_filters_by_state_day_and_person(client: Browser, desk: User, reminder: Message) -> None:
    for query, is_there in (
        ("state=delivered", True), ("state=failed", False), ("state=nonsense", True),
        ("on=2026-11-16", True), ("on=2026-11-15", False), ("on=2026-99-99", True),
        ("page=7", True),
    ):  # fmt: skip
        html = seen(client, desk, f"{OUTBOX}?{query}")
        assert ("Rosa Mendes" in html) is is_there, query


def test_outbox_is_searched_by_name_with_no_name_in_an_address(
    client: Browser, desk: User, reminder: Message
) -> None:
    client.force_login(desk)
    state = reminder.state
    for words, is_there in (("mendes", True), ("okafor", False)):
        html = client.post(OUTBOX, {"q": words, "state": state, "on": ""}).content.decode()
        assert ("Rosa Mendes" in html) is is_there, words
        assert f'value="{words}"' in html
    assert "Rosa Mendes" in seen(client, desk, f"{OUTBOX}?q=okafor")
    look = client.post(OUTBOX, {"q": " ", "state": "failed", "on": "2026-11-17"})
    assert (look.status_code, look.headers["Location"]) == (303, f"{OUTBOX}?state=failed&on=2026-11-17")


def test_messages_are_seen_by_those_who_see_the_client(
    client: Browser,
    reminder: Message,
    rosa: Client,
    amara: User,
    luis: User,
    dana: User,
    desk: User,
    admin_user: User,
) -> None:
    for user in (amara, dana, desk):
        assert "Rosa Mendes" in seen(client, user, OUTBOX)
    assert "Rosa Mendes" not in seen(client, luis, OUTBOX)
    thread = reverse("dashboard:thread", args=[rosa.public_id])
    assert client.get(thread).status_code == 404
    client.force_login(admin_user)
    for url in (OUTBOX, "/messages/inbox/", "/messages/calls/", thread):
        assert client.get(url).status_code == 403


@pytest.mark.parametrize("page", ["/messages/", "/messages/inbox/", "/messages/calls/"])
def test_pages_cost_the_same_however_long(
    client: Browser, desk: User, amara: User, reminder: Message, page: str
) -> None:
    def cost() -> int:
        client.force_login(desk)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    stands(reminder, State.SUPPRESSED, "opted_out", needs_call=True)
    text_of("Running late", key="SM2")
    few = cost()
    for number in range(5):
        one = person(f"Client{number}", "Test", 140 + number)
        case = case_of(amara, Case.Kind.INDIVIDUAL, one)
        stands_for = Message.objects.get(pk=reminder.pk)
        Message.objects.create(
            purpose="staff", subject_id=case.public_id, recipient=one, words="Hello", priority=2,
            state=State.SUPPRESSED, needs_call=True, due_at=NOW, not_before=NOW,
            expires_at=stands_for.expires_at,
        )  # fmt: skip
        text_of("Hello", number=f"+1312555{140 + number:04d}", key=f"SMx{number}")
    assert cost() == few


def test_failed_message_goes_out_again(client: Browser, desk: User, reminder: Message) -> None:
    Attempt.objects.update(state="refused")
    stands(reminder, State.FAILED, "not_delivered")
    assert "Send again" in seen(client, desk, OUTBOX)
    url = reverse("dashboard:message-resending", args=[reminder.public_id])
    answer = client.post(url, {"next": f"{OUTBOX}?state=look"})
    assert (answer.status_code, answer["location"]) == (303, f"{OUTBOX}?state=look")
    reminder.refresh_from_db()
    assert reminder.state == State.PLANNED


def test_message_that_may_have_arrived_is_not_sent_twice(
    client: Browser, desk: User, reminder: Message
) -> None:
    stands(reminder, State.FAILED, "not_delivered")
    client.force_login(desk)
    url = reverse("dashboard:message-resending", args=[reminder.public_id])
    html = client.post(url, follow=True).content.decode()
    assert "may have arrived already" in html
    reminder.refresh_from_db()
    assert reminder.state == State.FAILED


def test_no_button_leads_out_of_the_house(client: Browser, desk: User, reminder: Message) -> None:
    client.force_login(desk)
    url = reverse("dashboard:message-dismissal", args=[reminder.public_id])
    assert client.post(url, {"next": "https://elsewhere.example/"})["location"] == OUTBOX


@pytest.mark.parametrize(("was_sent", "state"), [("yes", State.SENT), ("no", State.PLANNED)])
def test_person_decides_about_a_held_message(
    client: Browser, desk: User, reminder: Message, was_sent: str, state: str
) -> None:
    stands(reminder, State.HELD, "undecidable")
    assert "It arrived" in seen(client, desk, OUTBOX)
    client.post(reverse("dashboard:message-decision", args=[reminder.public_id]), {"was_sent": was_sent})
    reminder.refresh_from_db()
    assert reminder.state == state


def test_dismissed_message_needs_no_look_any_more(client: Browser, desk: User, reminder: Message) -> None:
    stands(reminder, State.EXPIRED, "overtaken")
    look = f"{OUTBOX}?state=look"
    assert "Rosa Mendes" in seen(client, desk, look)
    client.post(reverse("dashboard:message-dismissal", args=[reminder.public_id]))
    assert "Rosa Mendes" not in seen(client, desk, look)


def test_a_search_stands_after_a_row_is_seen_to(client: Browser, desk: User, reminder: Message) -> None:
    stands(reminder, State.FAILED, "no_address")
    client.force_login(desk)
    searched = client.post("/messages/", {"q": "mendes", "state": "failed"}).content.decode()
    assert '<input type="hidden" name="q" value="mendes">' in searched
    dismissal = reverse("dashboard:message-dismissal", args=[reminder.public_id])
    answer = client.post(dismissal, {"q": "mendes", "state": "failed", "on": ""})
    assert (answer.status_code, answer["location"]) == (307, "/messages/")
    html = client.post(dismissal, {"q": "mendes", "state": "failed"}, follow=True).content.decode()
    assert 'value="mendes"' in html
    assert "Put aside." in html


def test_paused_sending_is_said_on_top(client: Browser, desk: User, admin_user: User) -> None:
    assert "Sending is paused" not in seen(client, desk, OUTBOX)
    pause_sending(reason="New number tomorrow", actor=admin_user, now=NOW)
    html = seen(client, desk, OUTBOX)
    assert "Sending is paused" in html
    assert "New number tomorrow" in html


def test_stopped_channel_is_resumed_by_the_desk(client: Browser, desk: User, amara: User) -> None:
    ProviderState.objects.update_or_create(
        channel="sms", defaults={"paused_at": NOW, "paused_reason": "20003: wrong key"}
    )
    assert "Texts are stopped" in seen(client, amara, OUTBOX)
    url = reverse("dashboard:channel-resumption", args=["sms"])
    assert client.post(url).status_code == 403
    assert "20003: wrong key" in seen(client, desk, OUTBOX)
    client.post(url)
    assert not ProviderState.objects.exclude(paused_at=None).exists()


def test_confirmation_is_taken_in_by_itself(client: Browser, desk: User, reminder: Message) -> None:
    text_of("C")
    assert "Rosa Mendes" not in seen(client, desk, "/messages/inbox/")
    html = seen(client, desk, "/messages/inbox/?show=resolved")
    for words in ("Rosa Mendes", "Confirmed Tue 17 Nov, 15:00", "by itself"):
        assert words in html


def test_wish_for_another_time_leads_to_finding_one(client: Browser, desk: User, reminder: Message) -> None:
    text_of("R")
    assert reminder.participant
    assert reminder.session
    reminder.participant.refresh_from_db()
    assert reminder.participant.response == Response.ASKS_TO_MOVE
    html = seen(client, desk, "/messages/inbox/")
    assert "Asks for another time than Tue 17 Nov, 15:00" in html
    assert reverse("dashboard:rescheduling", args=[reminder.session.public_id]) in html
    assert reverse("dashboard:thread", args=[reminder.recipient.public_id]) in html  # type: ignore[union-attr]  # hers


def test_inbox_counts_in_the_rail_and_empties(client: Browser, desk: User, rosa: Client) -> None:
    inbound = text_of("Can I bring my sister?")
    html = seen(client, desk, "/messages/inbox/")
    assert "Can I bring my sister?" in html
    assert 'nav-item__badge">1<' in html
    url = reverse("dashboard:inbound-resolution", args=[inbound.public_id])
    client.post(url, {"resolution": "Called her, she may"})
    html = seen(client, desk, "/messages/inbox/?show=resolved")
    assert "Called her, she may" in html
    assert "Fran Desk" in html
    assert "nav-item__badge" not in html


def test_too_long_a_resolution_is_refused_kindly(client: Browser, desk: User, rosa: Client) -> None:
    inbound = text_of("Hello")
    client.force_login(desk)
    url = reverse("dashboard:inbound-resolution", args=[inbound.public_id])
    html = client.post(url, {"resolution": "x" * 201}, follow=True).content.decode()
    assert "200 letters or less" in html
    inbound.refresh_from_db()
    assert inbound.resolved_at is None


def test_unknown_number_is_given_to_somebody_by_hand(client: Browser, desk: User, rosa: Client) -> None:
    inbound = text_of("It is me", number="+13125559999")
    assert "Whose number?" in seen(client, desk, "/messages/inbox/")
    url = reverse("dashboard:inbound-sender", args=[inbound.public_id])
    assert "Rosa Mendes" in client.post(url, {"q": "mendez"}).content.decode()
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"client": "x"}).status_code == 422
    client.post(url, {"client": rosa.public_id})
    assert "Rosa Mendes" in seen(client, desk, "/messages/inbox/")


def test_shared_number_names_those_who_share_it(
    client: Browser, desk: User, maya: Client, jonah: Client
) -> None:
    ContactPoint.objects.filter(client=jonah, kind="phone").update(address="+13125550111")
    inbound = text_of("We are late", number="+13125550111")
    html = seen(client, desk, reverse("dashboard:inbound-sender", args=[inbound.public_id]))
    for words in ("They share this number", "Maya Field", "Jonah Field"):
        assert words in html


def test_text_is_given_to_nobody_invisible(
    client: Browser, luis: User, quinn_case: Case, rosa: Client
) -> None:
    inbound = text_of("Hello", number="+13125550121")
    client.force_login(luis)
    url = reverse("dashboard:inbound-sender", args=[inbound.public_id])
    assert client.post(url, {"client": rosa.public_id}).status_code == 404
    inbound.refresh_from_db()
    assert inbound.client
    assert inbound.client.given_name == "Nora"


def test_news_that_cannot_be_written_becomes_a_call(
    client: Browser, desk: User, rosa: Client, rosa_case: Case, book: BookSession
) -> None:
    rosa.contact_points.filter(kind="email").delete()
    session = book(rosa_case, on=TODAY + timedelta(days=1), at="15:00", now=NOW - timedelta(days=9))
    reconcile(now=NOW - timedelta(days=2))
    cancel_session(session=session, by="practice", reason="", actor=desk, now=NOW)
    reconcile(now=LATER)
    notice = Message.objects.get(purpose="cancelled")
    stands(notice, State.SUPPRESSED, "no_consent", needs_call=True)
    html = seen(client, desk, "/messages/calls/")
    for words in (
        "Rosa Mendes",
        f"tel:{ROSA}",
        "Their session on Tue 17 Nov, 15:00 is cancelled.",
        "No recorded consent",
    ):
        assert words in html
    html = client.post(reverse("dashboard:call-done", args=[notice.public_id]), follow=True).content.decode()
    assert "Rosa Mendes knows." in html
    assert "No calls to make" in html


def test_thread_shows_both_sides_in_order(
    client: Browser, amara: User, reminder: Message, rosa: Client
) -> None:
    text_of("C")
    html = seen(client, amara, reverse("dashboard:thread", args=[rosa.public_id]))
    ours, theirs = html.index("Lakeside: Tuesday 17 November"), html.index("Confirmed Tue 17 Nov")
    assert ours < theirs
    assert "Delivered" in html


@pytest.mark.parametrize("number", ["+1", "+", "LAKESIDE", "+9999999999999999999999"])
def test_a_sender_that_is_no_number_shuts_nobody_out_of_the_inbox(
    client: Browser, desk: User, number: str
) -> None:
    text_of("Can I come later?", number=number)
    client.force_login(desk)
    answer = client.get("/messages/inbox/")
    assert answer.status_code == 200
    assert "Can I come later?" in answer.content.decode()
