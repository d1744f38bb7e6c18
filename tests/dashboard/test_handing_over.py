"""Handing a row of the outbox to a colleague; and both stories of one that a person decides."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from accounts.services import deactivate_staff
from clients.models import Case, Client
from reminders.models import Attempt, Handover, Message, Purpose, State
from reminders.services import hand_message, take_back_message
from tests.api.conftest import as_user
from tests.conftest import NOW
from tests.plugins.desks import OpenPage
from tests.plugins.everybody import IsForEverybody

__all__ = ["as_user"]
OUTBOX = "/messages/"
MINE = f"{OUTBOX}?state=mine"
BrowserOf = Callable[[User], Browser]


@pytest.fixture
def morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def failed(rosa: Client, rosa_case: Case) -> Message:
    """A text to Rosa that did not arrive."""
    return message_to(rosa, state=State.FAILED, reason="not_delivered")


def message_to(client: Client, **fields: object) -> Message:
    return Message.objects.create(
        purpose=Purpose.STAFF,
        subject_id=client.public_id,
        recipient=client,
        words="See you on Monday.",
        priority=2,
        due_at=NOW,
        not_before=NOW,
        **{"expires_at": NOW + timedelta(days=2), **fields},
    )


def address(message: Message) -> str:
    return reverse("dashboard:message-handover", args=[message.public_id])


@pytest.mark.usefixtures("morning")
def test_a_colleague_finds_what_was_handed_to_them_on_their_own_page(
    browser_of: BrowserOf, desk: User, amara: User, failed: Message
) -> None:
    browser = browser_of(desk)
    assert "Dr. Amara Okafor" in browser.get(address(failed)).content.decode()
    answer = browser.post(address(failed), {"colleague": amara.public_id}, follow=True)
    assert "Dr. Amara Okafor sees to it now." in answer.content.decode()
    hers = browser_of(amara).get("/").content.decode()
    assert "Handed to you" in hers
    assert "from Fran Desk" in hers
    assert 'nav-item__badge">1<' in hers
    assert "Rosa Mendes" in browser_of(amara).get(MINE).content.decode()
    assert "1 handed to you" in browser_of(amara).get(OUTBOX).content.decode()
    assert "Rosa Mendes" not in browser_of(desk).get(MINE).content.decode()


@pytest.mark.usefixtures("morning")
def test_what_is_seen_to_is_in_nobodys_hands_any_more(
    browser_of: BrowserOf, desk: User, amara: User, failed: Message
) -> None:
    hand_message(message=failed, colleague=amara, actor=desk, now=NOW)
    browser_of(amara).post(reverse("dashboard:message-dismissal", args=[failed.public_id]))
    assert "Rosa Mendes" not in browser_of(amara).get(MINE).content.decode()
    assert "Handed to you" not in browser_of(amara).get("/").content.decode()


@pytest.mark.usefixtures("morning")
def test_it_is_handed_on_and_taken_back(
    browser_of: BrowserOf, desk: User, amara: User, dana: User, failed: Message
) -> None:
    for colleague in (amara, dana):
        browser_of(desk).post(address(failed), {"colleague": colleague.public_id})
    assert Handover.objects.get().colleague == dana
    browser_of(desk).post(reverse("dashboard:message-handover-end", args=[failed.public_id]))
    assert not Handover.objects.exists()


def test_who_had_it_and_from_whom_is_in_the_history(
    desk: User, amara: User, dana: User, failed: Message
) -> None:
    hand_message(message=failed, colleague=amara, actor=desk, now=NOW)
    hand_message(message=failed, colleague=dana, actor=amara, now=NOW)
    take_back_message(message=failed, actor=dana)
    events = apps.get_model("reminders", "HandoverEvent").objects.order_by("pk")
    assert [(event.pgh_label, event.colleague_id, event.handed_by_id) for event in events] == [
        ("insert", amara.pk, desk.pk),
        ("update", dana.pk, amara.pk),
        ("delete", dana.pk, amara.pk),
    ]
    assert [event.pgh_context["verb"] for event in events] == [
        "hand_message", "hand_message", "take_back_message",
    ]  # fmt: skip


def test_nobody_gets_what_they_may_not_see(
    desk: User, amara: User, luis: User, admin_user: User, failed: Message
) -> None:
    deactivate_staff(user=amara, actor=admin_user, now=NOW)
    amara.refresh_from_db()
    gone = User.objects.get(pk=amara.pk)
    for colleague in (luis, admin_user, gone):
        with pytest.raises(ValidationError, match="cannot open this message"):
            hand_message(message=failed, colleague=colleague, actor=desk, now=NOW)


@pytest.mark.usefixtures("morning")
def test_only_colleagues_who_may_see_it_are_offered(
    browser_of: BrowserOf, desk: User, luis: User, admin_user: User, failed: Message
) -> None:
    form = browser_of(desk).get(address(failed)).content.decode()
    assert "Dana Reyes" in form
    assert "Luis Herrera" not in form
    assert "Ari Admin" not in form
    answer = browser_of(desk).post(address(failed), {"colleague": luis.public_id})
    assert answer.status_code == 422


def test_what_arrived_needs_nobody(desk: User, amara: User, failed: Message) -> None:
    Message.objects.update(state=State.DELIVERED)
    with pytest.raises(ValidationError, match="nothing left to do"):
        hand_message(message=failed, colleague=amara, actor=desk, now=NOW)


@pytest.mark.usefixtures("morning")
def test_the_api_hands_over_and_lists_ones_own(
    as_user: Callable[..., Browser], desk: User, amara: User, luis: User, failed: Message
) -> None:
    one = f"/api/v1/messages/{failed.public_id}/"
    given = as_user(desk).put(f"{one}handover/", {"colleague": str(amara.public_id)})
    assert given.status_code == 200, given.content
    assert given.json()["assigned_to"]["name"] == "Dr. Amara Okafor"
    listed = as_user(amara).get("/api/v1/messages/?mine=true").json()["results"]
    assert [row["id"] for row in listed] == [str(failed.public_id)]
    refused = as_user(desk).put(f"{one}handover/", {"colleague": str(luis.public_id)})
    assert refused.status_code == 422
    assert as_user(luis).put(f"{one}handover/", {"colleague": str(luis.public_id)}).status_code == 404
    assert as_user(desk).delete(f"{one}handover/").status_code == 204
    assert as_user(desk).get(one).json()["assigned_to"] is None


def held_with(message: Message, listed: object, channel: str = "sms") -> None:
    Message.objects.filter(pk=message.pk).update(state=State.HELD, reason="undecidable")
    Attempt.objects.create(
        message=message, channel=channel, address="+13125550101" if channel == "sms" else "rosa@example.org",
        body="Lakeside: See you on Monday.", state="held", owner=1, committed_at=NOW, unknown_at=NOW,
        resolved_at=NOW, listed=listed,
    )  # fmt: skip


TWICE = {
    "asked_at": (NOW + timedelta(minutes=3)).isoformat(),
    "found": [
        {"id": "SM1", "at": (NOW + timedelta(seconds=1)).isoformat(), "status": "delivered"},
        {"id": "SM2", "at": (NOW + timedelta(seconds=4)).isoformat(), "status": "sent"},
    ],
}


@pytest.mark.usefixtures("morning")
def test_both_stories_stand_side_by_side(browser_of: BrowserOf, desk: User, failed: Message) -> None:
    held_with(failed, TWICE)
    html = browser_of(desk).get(OUTBOX).content.decode()
    for words in (
        "What we did", "Mon 16 Nov, 9:00:00 · (312) 555-0101", "the connection broke off",
        "Lakeside: See you on Monday.", "asked Mon 16 Nov, 9:03:00", "holds 2 that may be this one",
        "9:00:01 · delivered", "9:00:04 · sent", "It arrived", "It did not: send it again",
    ):  # fmt: skip
        assert words in html, words


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(
    ("listed", "channel", "reason", "words"),
    [
        (None, "email", "undecidable", "keeps no list that can be asked"),
        ({"asked_at": NOW.isoformat()}, "sms", "undecidable", "could not be read for a day"),
        (None, "sms", "restored", "restored from a backup"),
    ],
)
def test_a_story_that_is_not_known_says_so(
    browser_of: BrowserOf, desk: User, failed: Message, listed: object, channel: str, reason: str, words: str
) -> None:
    held_with(failed, listed, channel)
    Message.objects.update(reason=reason)
    assert words in browser_of(desk).get(OUTBOX).content.decode()


@pytest.mark.browser
def test_the_pages_are_for_everybody(
    transactional_db: None,
    look_at: OpenPage,
    is_for_everybody: IsForEverybody,
    desk: User,
    amara: User,
    dana: User,
    failed: Message,
) -> None:
    held_with(failed, TWICE)
    hand_message(message=failed, colleague=amara, actor=desk, now=NOW)
    for user, where in (
        (desk, "/messages/?state=held"),
        (desk, address(failed)),
        (dana, "/messages/health/"),
        (amara, "/"),
    ):
        is_for_everybody(look_at(user, where))


@pytest.mark.browser
def test_it_is_handed_over_and_decided_by_keyboard(
    transactional_db: None, open_page: OpenPage, desk: User, amara: User, failed: Message
) -> None:
    held_with(failed, TWICE)
    page = open_page(desk, "/messages/?state=held")
    page.get_by_role("link", name="Hand over").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Who sees to it").select_option(label="Dr. Amara Okafor")
    page.get_by_role("button", name="Hand over").press("Enter")
    expect(page.get_by_text("Dr. Amara Okafor sees to it now.")).to_be_visible()
    page = open_page(amara, "/messages/?state=mine")
    page.get_by_role("button", name="It arrived").press("Enter")
    expect(page.get_by_text("Noted: it arrived.")).to_be_visible()
    failed.refresh_from_db()
    assert failed.state == State.SENT
