"""A toast after a plain form has the same way back as one that comes at once."""

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from attendance.models import AttendanceRecord
from clients.models import Case
from sessions_app.models import TherapySession
from tests.conftest import NOW

BookSession = Callable[..., TherapySession]
SignIn = Callable[[User], Browser]
HIDDEN = re.compile(r'<input type="hidden" name="(?!csrf)(\w+)" value="([^"]*)">')


@pytest.fixture(autouse=True)
def _at_half_past_ten() -> Iterator[None]:
    """Whoever is expected at ten can be recorded."""
    with time_machine.travel(NOW + timedelta(minutes=90), tick=False):
        yield


def way_back(page: str) -> tuple[str, dict[str, str]]:
    """Where the toast's form leads, and what it is sent with."""
    [toasts] = re.findall(r'id="toasts".*?</form>', page, re.DOTALL)
    [action] = re.findall(r'<form method="post" action="([^"]*)">', toasts)
    return action.replace("&amp;", "&"), dict(HIDDEN.findall(toasts))


@pytest.mark.parametrize("look", ["", "?page=today", "?view=list"])
def test_what_was_recorded_without_script_is_taken_back_from_the_toast(
    look: str, browser_of: SignIn, amara: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    browser = browser_of(amara)
    url = reverse("dashboard:outcome", args=[rosa.public_id])
    shown = browser.post(f"{url}{look}", {"outcome": "attended"}, follow=True).content.decode()
    action, sent = way_back(shown)
    assert sent == {"stood": "attended"}
    after = browser.post(action, sent, follow=True)
    assert "Taken back for Rosa Mendes." in after.content.decode()
    assert not AttendanceRecord.objects.exists()
    # Said once: the next page says it no more.
    assert "Taken back" not in browser.get(after.redirect_chain[-1][0]).content.decode()


def test_a_move_without_script_is_taken_back_from_the_toast(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    session = book(rosa_case, on=NOW.date() + timedelta(days=7))
    sent = {"on": session.on.isoformat(), "at": "15:00", "minutes": "50", "seen_version": "1"}
    url = reverse("dashboard:moving", args=[session.public_id])
    browser = browser_of(desk)
    action, undo = way_back(browser.post(url, sent, follow=True).content.decode())
    session.refresh_from_db()
    assert session.at == time(15)
    after = browser.post(action, undo, follow=True).content.decode()
    assert "It is back as it was." in after
    session.refresh_from_db()
    assert session.at == time(10)


def test_a_way_back_undoes_its_own_press_and_no_colleagues(
    browser_of: SignIn, amara: User, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    browser = browser_of(amara)
    url = reverse("dashboard:outcome", args=[rosa.public_id])
    action, sent = way_back(browser.post(url, {"outcome": "no_show"}, follow=True).content.decode())
    colleague = Browser()
    colleague.force_login(desk)
    colleague.post(url, {"outcome": "attended", "stood": "no_show"})
    answer = browser.post(action, sent, follow=True).content.decode()
    assert "A colleague was quicker" in answer
    assert AttendanceRecord.objects.get().outcome == "attended"


def test_the_way_back_speaks_spanish(
    browser_of: SignIn, amara: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    amara.language = "es"
    amara.save()
    url = reverse("dashboard:arrival", args=[rosa.public_id])
    shown = browser_of(amara).post(url, headers={"HX-Request": "true"}).content.decode()
    assert re.search(r"data-undo>Deshacer <kbd>", shown)
