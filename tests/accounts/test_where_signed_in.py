"""Where somebody is signed in: in words that they recognize, and when each was last used."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client as Browser

from accounts.devices import device_of
from accounts.models import User
from tests.conftest import NOW

PAGE = "/accounts/sessions/"
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
IPAD = (
    "Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "CriOS/110 Mobile/15E148 Safari/604.1"
)
MAC = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.0 Safari/605.1.15"
)
UBUNTU = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"
PASSWORD = "a long enough sentence for signing in"


@pytest.mark.parametrize(
    ("user_agent", "words", "is_in_the_hand"),
    [
        (WINDOWS, "Chrome on Windows", False),
        (IPHONE, "Safari on iPhone", True),
        (IPAD, "Chrome on iPad", True),
        (MAC, "Safari on Mac", False),
        (UBUNTU, "Firefox on Linux", False),
        ("curl/8.0", "curl", False),
        ("", "A browser that we do not know", False),
        ("<script>", "A browser that we do not know", False),
    ],
)
def test_a_browser_is_named_as_people_name_it(user_agent: str, words: str, is_in_the_hand: bool) -> None:
    device = device_of(user_agent)
    assert (device.words, device.is_in_the_hand) == (words, is_in_the_hand)


def signed_in(user: User, user_agent: str) -> Browser:
    """A browser of this kind, signed in by the form as everybody is."""
    user.set_password(PASSWORD)
    user.save()
    browser = Browser(headers={"user-agent": user_agent})
    answer = browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def test_the_page_names_each_browser_and_says_when_it_was_used(amara: User) -> None:
    with time_machine.travel(NOW, tick=False):
        phone = signed_in(amara, IPHONE)
        # What was noted before counts for five minutes.
    UserSession.objects.filter(session_key=phone.session.session_key).update(
        last_seen_at=NOW - timedelta(hours=2)
    )
    amara.refresh_from_db()
    with time_machine.travel(NOW, tick=False):
        desk = Browser(headers={"user-agent": WINDOWS})
        desk.post("/accounts/login/", {"login": amara.email, "password": PASSWORD})
        shown = desk.get(PAGE).content.decode()
    assert "Safari on iPhone" in shown
    assert "Last used 2\N{NO-BREAK SPACE}hours ago" in shown
    assert "Chrome on Windows" in shown
    assert "In use now" in shown
    assert "Mozilla" not in shown


def test_use_is_noted_to_five_minutes_and_what_a_page_asks_by_itself_is_not(amara: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        browser = signed_in(amara, WINDOWS)
        mine = UserSession.objects.filter(session_key=browser.session.session_key)

        def after(minutes: int, page: str = PAGE, **headers: str) -> int:
            """How many minutes after signing in it was last used, once this was asked for."""
            clock.move_to(NOW + timedelta(minutes=minutes))
            browser.get(page, headers=headers)
            return int((mine.get().last_seen_at - NOW).total_seconds() // 60)

        assert after(4) == 0
        assert after(20, "/board/day/", **{"HX-Request": "true"}) == 0
        assert after(20) == 20
        assert after(24) == 20
        assert after(25) == 25
