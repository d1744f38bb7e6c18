"""The health of sending on its page: for who answers for the practice, in plain words."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import User
from accounts.services import pause_sending
from clients.models import Client
from reminders.health import log_pass
from reminders.models import Message, PassKind, Purpose
from reminders.providers import OPENS_AFTER, note_answers, pause_channel
from tests.conftest import NOW

PAGE = "/messages/health/"
BrowserOf = Callable[[User], Browser]


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def well(practice: object) -> None:
    for kind in PassKind:
        log_pass(kind=kind, now=NOW - timedelta(seconds=8), rows_count=0)


def shown(browser: Browser) -> str:
    return browser.get(PAGE).content.decode()


def test_a_healthy_practice_reads_that_messages_get_out(
    browser_of: BrowserOf, dana: User, well: None
) -> None:
    html = shown(browser_of(dana))
    assert "Messages get out" in html
    assert html.count("8 s ago") == 3
    assert "Nothing waits." in html


def test_a_worker_that_is_gone_is_named_in_plain_words(browser_of: BrowserOf, admin_user: User) -> None:
    log_pass(kind=PassKind.DISPATCH, now=NOW - timedelta(minutes=20), rows_count=1)
    html = shown(browser_of(admin_user))
    assert "Messages do not get out as they should" in html
    assert "For 20 min nothing has done this: sends what is due. Is the worker running?" in html
    assert "Nothing has done this yet: plans what should be sent." in html


def test_a_pause_a_stopped_way_and_a_resting_one_are_told(
    browser_of: BrowserOf, dana: User, admin_user: User, well: None
) -> None:
    pause_sending(actor=admin_user, reason="Wrong times", now=NOW)
    pause_channel(channel="email", reason="The key was refused (535)", now=NOW)
    note_answers(answered=set(), failed=Counter({"sms": OPENS_AFTER}), now=NOW)
    html = shown(browser_of(dana))
    assert "Sending is paused, so nothing goes out." in html
    assert "E-mail: The key was refused (535)" in html
    assert "tried again at 09:01:00" in html


def test_what_is_due_is_counted_with_its_reasons(
    browser_of: BrowserOf, dana: User, well: None, rosa: Client
) -> None:
    for reason in ("quiet_hours", "quiet_hours", "cap_day"):
        Message.objects.create(
            purpose=Purpose.STAFF, subject_id=uuid4(), recipient=rosa, words="Hello", priority=2, reason=reason,
            due_at=NOW - timedelta(hours=1), not_before=NOW + timedelta(hours=1), expires_at=NOW + timedelta(days=1),
        )  # fmt: skip
    html = shown(browser_of(dana))
    first = html.index("Waits for the morning where they are")
    assert first < html.index("They have had today")
    assert "Rosa" not in html


def test_messages_and_settings_lead_there_only_for_whom_it_is(
    browser_of: BrowserOf, dana: User, desk: User, admin_user: User, well: None
) -> None:
    assert PAGE in browser_of(dana).get("/messages/").content.decode()
    assert PAGE not in browser_of(desk).get("/messages/").content.decode()
    assert PAGE in browser_of(admin_user).get("/settings/").content.decode()
