"""The words of the board follow the reader's language, also where what was drawn once is kept."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import translation
from pytest_django.fixtures import Settings

from accounts.models import User
from attendance.models import Outcome
from dashboard.board.choices import Choice
from dashboard.board.drawing import _button, _marks, _status
from dashboard.templatetags.kept_ui import STATUSES, status_word, tally

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
            tally("attended", 3),
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
    assert "3 attended" in before
    assert "3 vino" in theirs


def test_staff_pages_speak_one_language_whatever_the_browser_asks_for(
    desk: User, browser_of: Callable[[User], Browser]
) -> None:
    # Django has its own sentences in Spanish, and Kept has no catalogue yet: they would be mixed.
    refused = browser_of(desk).post(
        reverse("dashboard:client-new"),
        {"family_name": "Vega"},
        headers={"accept-language": "es-MX,es;q=0.9"},
    )
    page = refused.content.decode()
    assert refused.status_code == 422
    assert '<html lang="en"' in page
    assert "This field is required" in page
