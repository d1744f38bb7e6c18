"""The marks that every page shares are whole: icon, word, colour."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from dashboard.templatetags.kept_ui import STATUSES, icon, initials, status, tally

ROOT = Path(__file__).resolve().parents[2]
SPRITE = (ROOT / "static/icons/sprite.svg").read_text()
DRAWN = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))
TEMPLATES = list((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("code", STATUSES)
def test_status_has_icon_word_and_tone(code: str) -> None:
    mark = STATUSES[code]
    assert mark.icon in DRAWN
    html = status(code)
    assert str(mark.word) in html
    assert f'data-tone="{mark.tone}"' in html
    assert f"#{mark.icon}" in html


@pytest.mark.parametrize("code", STATUSES)
def test_tone_of_a_status_is_drawn(code: str) -> None:
    sheet = (ROOT / "static/css/components/status.css").read_text()
    assert f'[data-tone="{STATUSES[code].tone}"] {{' in sheet


def test_missed_is_sad_not_alarming() -> None:
    assert STATUSES["no_show"] == ("Missed", "armchair", "missed")
    assert "danger" not in {mark.tone for mark in STATUSES.values()}


def test_unknown_status_is_refused() -> None:
    with pytest.raises(KeyError):
        status("vanished")


def test_detail_of_a_status_is_escaped() -> None:
    assert "<b>" not in status("arrived", "<b>9:58</b>")


def test_icon_with_a_label_is_an_image_of_its_own() -> None:
    assert 'aria-label="Close"' in icon("x", "Close")
    assert 'aria-hidden="true"' in icon("x")


def test_tally_takes_words_of_its_own() -> None:
    assert "14 to come" in tally("expected", 14, "to come")
    assert "1 missed" in tally("no_show", 1)


def test_tally_says_one_and_several_as_spanish_does() -> None:
    assert "12 attended" in tally("attended", 12)
    with translation.override("es"):
        assert "12 vinieron" in tally("attended", 12)
        assert "1 vino" in tally("attended", 1)
        assert "2 sin venir" in tally("no_show", 2)
    assert "12 attended" in tally("attended", 12)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Dr. Amara Okafor", "AO"), ("Luis Herrera, LCSW", "LH"), ("Cher", "C"), ("", "?"), ("J. Doe", "JD")],
)
def test_initials_leave_titles_and_credentials_out(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_names_only_icons_that_are_drawn(path: Path) -> None:
    named = set(re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text()))
    assert named <= DRAWN


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_name_is_asked_for_in_a_form_that_puts_it_into_the_address(path: Path) -> None:
    for form in re.findall(r"<form\b.*?</form>", path.read_text(), re.DOTALL):
        if re.search(r'\bname="(q|name)"', form):
            assert re.match(r'<form\b[^>]*\bmethod="post"', form)
            assert "hx-get" not in form


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_keeps_the_content_security_policy(path: Path) -> None:
    html = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", html)
    for attributes, body in re.findall(r"<script\b([^>]*)>(.*?)</script>", html, re.DOTALL):
        assert "src=" in attributes or "application/json" in attributes
        assert "application/json" in attributes or not body.strip()
