"""What does not reach people: the alarm about today, numbers to mend, and what is tried first."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.models import Case, Client, ContactPoint
from clients.services import mark_unfit, order_ways, ways_of
from reminders.models import Message, State
from reminders.reconcile import reconcile
from sessions_app.models import TherapySession
from sessions_app.services import NewTime, cancel_session, reschedule_session
from tests.conftest import NOW, TODAY

Book = Callable[..., TherapySession]
BrowserOf = Callable[[User], Browser]
ALERTS, NUMBERS = "/messages/alerts/", "/messages/numbers/"


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reminder(rosa_case: Case, book: Book) -> Message:
    """The word about today's session at three, which goes out at three the day before."""
    book(rosa_case, on=TODAY, at="15:00", now=NOW - timedelta(days=9))
    reconcile(now=NOW - timedelta(days=2))
    return Message.objects.get(rule__lead_days=1)


def stands(message: Message, state: str, reason: str = "") -> None:
    Message.objects.filter(pk=message.pk).update(state=state, reason=reason)


def test_a_text_for_today_that_did_not_arrive_is_an_alarm_at_the_desk(
    browser_of: BrowserOf, desk: User, amara: User, luis: User, reminder: Message
) -> None:
    stands(reminder, State.FAILED, "carrier_filter")
    for user in (desk, amara):
        page = browser_of(user).get(ALERTS).content.decode()
        assert "1 message about today did not arrive" in page
        assert "Rosa Mendes" in page
        assert "A carrier filtered it out" in page
    # Amara's client is nobody to Luis.
    assert browser_of(luis).get(ALERTS).status_code == 204


def test_an_alarm_that_was_heard_is_not_said_again(
    browser_of: BrowserOf, desk: User, reminder: Message
) -> None:
    stands(reminder, State.FAILED, "not_delivered")
    browser = browser_of(desk)
    tag = browser.get(ALERTS).context["tag"]
    assert browser.get(ALERTS, {"seen": tag}).status_code == 204
    # Once somebody has seen to it, the alarm goes away.
    browser.post(reverse("dashboard:message-dismissal", args=[reminder.public_id]))
    answer = browser.get(ALERTS, {"seen": tag})
    assert (answer.status_code, answer.content.strip()) == (200, b"")


@pytest.mark.parametrize(
    ("state", "reason", "alarms"),
    [
        (State.HELD, "undecidable", True),
        (State.EXPIRED, "provider_down", True),
        (State.EXPIRED, "overtaken", False),
        (State.SUPPRESSED, "no_consent", False),
        (State.PLANNED, "quiet_hours", False),
        (State.DELIVERED, "", False),
    ],
)
def test_only_what_was_meant_to_arrive_is_an_alarm(
    browser_of: BrowserOf, desk: User, reminder: Message, state: str, reason: str, alarms: bool
) -> None:
    stands(reminder, state, reason)
    assert browser_of(desk).get(ALERTS).status_code == (200 if alarms else 204)


def test_who_was_told_otherwise_is_no_alarm(browser_of: BrowserOf, desk: User, reminder: Message) -> None:
    stands(reminder, State.FAILED, "not_delivered")
    Message.objects.filter(rule__lead_days=3).update(state=State.DELIVERED)
    assert browser_of(desk).get(ALERTS).status_code == 204


def test_news_about_today_that_cannot_be_written_is_an_alarm(
    browser_of: BrowserOf, desk: User, reminder: Message
) -> None:
    assert reminder.session is not None
    cancel_session(session=reminder.session, by="practice", actor=None, now=NOW)
    reconcile(now=NOW + timedelta(minutes=5))
    notice = Message.objects.get(purpose="cancelled")
    stands(notice, State.SUPPRESSED, "opted_out")
    assert "They asked for no more texts" in browser_of(desk).get(ALERTS).content.decode()


def test_a_time_that_was_moved_away_from_today_is_no_alarm(
    browser_of: BrowserOf, desk: User, reminder: Message
) -> None:
    stands(reminder, State.FAILED, "not_delivered")
    assert reminder.session is not None
    to = NewTime(on=TODAY + timedelta(days=3), at=time(15))
    reschedule_session(session=reminder.session, to=to, actor=None, now=NOW)
    assert browser_of(desk).get(ALERTS).status_code == 204


def test_every_page_listens_for_the_alarm(browser_of: BrowserOf, desk: User, admin_user: User) -> None:
    assert f'hx-get="{ALERTS}"' in browser_of(desk).get("/clients/").content.decode()
    assert ALERTS not in browser_of(admin_user).get("/settings/").content.decode()


def test_a_number_found_unfit_is_a_task_until_it_is_mended(
    browser_of: BrowserOf, desk: User, amara: User, luis: User, rosa_case: Case
) -> None:
    mark_unfit(address="+13125550101", reason="sms 21614", now=NOW)
    browser = browser_of(desk)
    page = browser.get(NUMBERS).content.decode()
    for words in ("Rosa Mendes", "(312) 555-0101", "It takes no texts"):
        assert words in page
    assert "1 number does not work" in browser_of(amara).get("/").content.decode()
    assert "Rosa" not in browser_of(luis).get(NUMBERS).content.decode()
    number = ContactPoint.objects.get(kind="phone")
    browser_of(desk).post(reverse("dashboard:number-mended", args=[number.public_id]))
    number.refresh_from_db()
    assert (number.unfit_at, number.unfit_reason) == (None, "")
    assert "Every number works" in browser_of(desk).get(NUMBERS).content.decode()


def _ways(rosa: Client) -> list[str]:
    return [way.channel for way in ways_of(rosa)]


def test_the_order_is_changed_button_by_button(browser_of: BrowserOf, desk: User, rosa: Client) -> None:
    phone, mail = (ContactPoint.objects.get(kind=kind).public_id for kind in ("phone", "email"))
    address, browser = reverse("dashboard:ways", args=[rosa.public_id]), browser_of(desk)
    assert _ways(rosa) == ["sms", "email"]
    for name, key, order in (
        ("earlier", f"{mail}:email", ["email", "sms"]),
        ("call", f"{phone}:voice", ["email", "sms", "voice"]),
        ("earlier", f"{phone}:voice", ["email", "voice", "sms"]),
        ("later", f"{mail}:email", ["voice", "email", "sms"]),
        ("later", f"{phone}:sms", ["voice", "email", "sms"]),
        ("no_call", f"{phone}:voice", ["email", "sms"]),
        ("earlier", "nonsense", ["email", "sms"]),
    ):
        assert browser.post(address, {name: key}).status_code == 302
        assert _ways(rosa) == order
    page = browser.get(address).content.decode()
    assert "Call (312) 555-0101 by machine too" in page


def test_a_way_that_somebody_does_not_have_is_refused(rosa: Client, maya: Client, desk: User) -> None:
    foreign = ContactPoint.objects.get(client=maya, kind="phone").public_id
    mail = ContactPoint.objects.get(client=rosa, kind="email").public_id
    for key in (f"{foreign}:sms", f"{mail}:voice", f"{mail}:pigeon"):
        with pytest.raises(ValidationError, match="has changed"):
            order_ways(client=rosa, order=[key], actor=desk)
    assert _ways(rosa) == ["sms", "email"]


def test_another_number_is_another_agreement_to_be_called(
    browser_of: BrowserOf, desk: User, rosa: Client
) -> None:
    phone = ContactPoint.objects.get(kind="phone")
    order_ways(client=rosa, order=[f"{phone.public_id}:voice"], actor=desk)
    assert _ways(rosa) == ["voice", "sms", "email"]
    form = {"kind": "phone", "address": "+1 312 555 0142", "may_text": "on", "may_call": "on"}
    browser_of(desk).post(reverse("dashboard:contact", args=[phone.public_id]), form)
    assert _ways(rosa) == ["sms", "email"]
