"""The words of the board follow the reader's language, also where what was drawn once is kept."""

import re
import struct
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.core.mail import EmailMessage
from django.test import Client as Browser
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from pytest_django.fixtures import Settings

from accounts.adapter import send_password_link
from accounts.models import Practice, User
from attendance.models import Outcome
from config.formats.es import formats
from dashboard.board.choices import Choice
from dashboard.board.drawing import _button, _marks, _status
from dashboard.templatetags.kept_ui import STATUSES, status_word

IN_SPANISH = {"Attended": "Vino", "Late": "Tarde", "Couple": "Pareja", "by video": "por video"}


@pytest.fixture
def spanish(tmp_path: Path, settings: Settings) -> None:
    """A catalogue with a few words of the board."""
    words = {"": "Content-Type: text/plain; charset=UTF-8\n"} | IN_SPANISH
    catalogue = tmp_path / "es/LC_MESSAGES/django.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(compiled(words))
    settings.LOCALE_PATHS = [tmp_path]


def compiled(words: dict[str, str]) -> bytes:
    """A catalogue in gettext's own format: a head, two tables of lengths and places, and the words."""
    pairs = sorted((key.encode(), value.encode()) for key, value in words.items())
    place = 28 + 16 * len(pairs)
    tables: list[bytes] = []
    body = b""
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<2I", len(pair[column]), place + len(body)))
            body += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(tables) + body


def drawn() -> str:
    late = Choice("attended_late", STATUSES["late"].word, "clock", "late", "l")
    language = translation.get_language()
    return " ".join(
        (
            _status(Outcome.ATTENDED, "", language),
            _button(late, language),
            _marks("couple", "video", language),
            status_word("attended"),
        )
    )


def test_words_follow_the_reader_and_not_who_came_first(spanish: None) -> None:
    before = drawn()
    with translation.override("es"):
        theirs = drawn()
    assert before == drawn()
    for english, word in IN_SPANISH.items():
        assert english in before
        assert word in theirs
        assert english not in theirs


def test_a_person_reads_in_the_language_that_they_chose(
    desk: User, browser_of: Callable[[User], Browser]
) -> None:
    browser, page = browser_of(desk), reverse("dashboard:own-language")
    assert '<html lang="en"' in browser.get(page).content.decode()
    answer = browser.post(page, {"language": "es"}, follow=True)
    assert '<html lang="es"' in answer.content.decode()
    assert User.objects.get(pk=desk.pk).language == "es"
    assert browser.post(page, {"language": "tlh"}).status_code == 422


def test_who_chose_none_reads_in_the_language_of_the_practice_else_of_the_browser(
    practice: Practice, desk: User, browser_of: Callable[[User], Browser]
) -> None:
    browser, page = browser_of(desk), reverse("dashboard:clients")
    asking = {"accept-language": "es-MX,es;q=0.9"}
    assert '<html lang="es"' in browser.get(page, headers=asking).content.decode()
    Practice.objects.update(language="en")
    assert '<html lang="en"' in browser.get(page, headers=asking).content.decode()
    User.objects.filter(pk=desk.pk).update(language="es")
    assert '<html lang="es"' in browser.get(page).content.decode()


def test_before_signing_in_the_browser_says_which_language(client: Browser, practice: Practice) -> None:
    page = client.get(reverse("account_login"), headers={"accept-language": "es"})
    assert '<html lang="es"' in page.content.decode()
    assert "Accept-Language" in page["Vary"]
    assert '<html lang="es"' in client.get("/nowhere/", headers={"accept-language": "es"}).content.decode()


def test_the_api_answers_in_english_whatever_its_caller_speaks(
    desk: User, browser_of: Callable[[User], Browser]
) -> None:
    User.objects.filter(pk=desk.pk).update(language="es")
    refused = browser_of(desk).get(f"/api/v1/clients/{UUID(int=7)}/", headers={"accept-language": "es"})
    assert refused.status_code == 404
    assert "Not found" in refused.content.decode()


@pytest.mark.parametrize(
    ("pattern", "spanish"),
    [
        ("l j F", "jueves 19 de noviembre"),
        ("j F Y", "19 de noviembre de 2026"),
        ("D j M, G:i", "jue 19 de nov, 15:05"),
    ],
)
def test_days_are_said_as_each_language_says_them(pattern: str, spanish: str) -> None:
    moment = datetime(2026, 11, 19, 15, 5)  # noqa: DTZ001 - a wall time
    with translation.override("es"):
        assert date_format(moment, pattern) == spanish
    with translation.override("en"):
        assert date_format(moment, "l j F") == "Thursday 19 November"


def test_every_way_in_which_pages_name_a_day_is_known_in_spanish() -> None:
    used = {
        pattern
        for page in Path("templates").rglob("*.html")
        for pattern in re.findall(r"""\|date:["']([^"']+)["']""", page.read_text())
    }
    assert used - {"c", "Y-m-d", "Y", "j", "G:i", "G:i:s", "H:i"} <= vars(formats).keys()


def test_an_invitation_is_written_in_the_language_of_who_is_invited(
    amara: User, mailoutbox: list[EmailMessage]
) -> None:
    amara.language = "es"
    amara.set_unusable_password()
    send_password_link(amara)
    assert "Su cuenta está lista" in mailoutbox[0].body
    assert "le invita a Kept" in mailoutbox[0].subject
