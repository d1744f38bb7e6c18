"""The style sheets keep the house rules, and every colour can be read in both themes."""

import posixpath
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from config.stylesheets import OneSheetStorage
from scripts import tabler

CSS = Path(__file__).resolve().parents[2] / "static/css"
SHEETS = sorted(CSS.rglob("*.css"))
TOKENS = (CSS / "tokens.css").read_text()
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
}
PAIRS |= {name: (colour, colour) for name, colour in re.findall(r"--([\w-]+): (#\w{6});", TOKENS)}
GROUNDS = ("surface", "paper", "raised")
STATUS_INKS = ("arrived", "attended", "late", "missed", "cancelled", "unrecorded", "danger")

WORDS = [
    *[(ink, ground) for ink in ("ink", "muted") for ground in (*GROUNDS, "accent-soft")],
    *[("accent", ground) for ground in ("surface", "paper", "accent-soft")],
    *[(ink, ground) for ink in STATUS_INKS for ground in ("surface", "paper", f"{ink}-soft")],
    *[(ink, f"{ground}-soft") for ink in ("ink", "muted") for ground in STATUS_INKS],
    ("on-accent", "accent-fill"),
    ("on-accent", "accent-fill-strong"),
    ("rail-ink", "rail"),
    ("rail-ink-strong", "rail-active"),
    ("on-badge", "badge"),
    ("on-now", "now"),
]
EDGES = [
    ("control", "surface"),
    ("control", "paper"),
    ("focus", "surface"),
    ("focus", "paper"),
    ("rail-focus", "rail"),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_can_be_read(ink: str, ground: str, theme: int) -> None:
    assert contrast(PAIRS[ink][theme], PAIRS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_can_be_seen(edge: str, ground: str, theme: int) -> None:
    assert contrast(PAIRS[edge][theme], PAIRS[ground][theme]) >= 3


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_sheet_keeps_the_house_rules(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert "!important" not in css
    assert not re.search(
        r"(?<![\w-])(margin|padding|border)-(left|right|top|bottom)\b|(?<![\w-])(left|right|top|bottom):", css
    )


def test_every_sheet_is_brought_in_once() -> None:
    """By the staff's sheet; the clients' pages and the calendar have small ones of their own beside it."""
    roots = ("kept.css", "portal.css", "calendar-page.css")
    brought, by_portal, by_calendar = (
        re.findall(r'@import url\("([^"]+)"\)', (CSS / name).read_text()) for name in roots
    )
    assert len(brought) == len(set(brought))
    ours = {str(path.relative_to(CSS)) for path in SHEETS} - set(roots)
    assert {name for name in [*brought, *by_portal, *by_calendar] if not name.startswith("../")} == ours
    assert not set(by_calendar) & set(brought)
    assert set(by_portal) - set(brought) == {"pages/own-page.css"}
    assert all((CSS / name).is_file() for name in brought)


def test_every_token_that_is_used_is_named() -> None:
    named = set(re.findall(r"(--[\w-]+):", "".join(path.read_text() for path in SHEETS)))
    used = set(re.findall(r"var\((--[\w-]+)", "".join(path.read_text() for path in SHEETS)))
    assert used <= named


def test_every_rule_of_tablers_that_a_page_of_ours_may_need_is_served() -> None:
    whole, served = (sheet.read_text(encoding="utf-8") for sheet in (tabler.WHOLE, tabler.SERVED))
    # What was needed once may stay until the sheet is cut again.
    words = tabler.named_words() | tabler.classes_in(served)
    assert tabler.cut(whole, words) == served, "Run python -m scripts.tabler."


def test_a_rule_is_left_out_only_where_it_can_match_nothing() -> None:
    sheet = ".btn,.xyz{a:b}.btn:not(.xyz){c:d}.btn.xyz{e:f}@media print{.xyz{g:h}.btn>a{i:j}}p{k:l}"
    kept = ".btn{a:b}.btn:not(.xyz){c:d}@media print{.btn>a{i:j}}p{k:l}"
    assert tabler.cut(sheet, frozenset({"btn"})) == kept


def test_in_production_a_sheet_is_sent_as_one(tmp_path: Path) -> None:
    storage = OneSheetStorage(location=tmp_path, base_url="/static/")
    files = {
        "css/kept.css": '@layer a, b;\n@import url("../vendor/one.css") layer(a);\n'
        '@import url("parts/two.css") layer(b);\n',
        "css/parts/two.css": 'p{background:url("../../two.svg")}',
        "vendor/one.css": '@charset "UTF-8";a{background:url("data:image/png;base64,AA")}',
        "two.svg": "<svg/>",
    }
    source = FileSystemStorage(location=tmp_path)
    for name, text in files.items():
        source.save(name, ContentFile(text))
    list(storage.post_process({name: (source, name) for name in files}))
    sheet = (tmp_path / storage.stored_name("css/kept.css")).read_text()
    two = posixpath.basename(storage.stored_name("two.svg"))
    assert "@import" not in sheet
    assert sheet.startswith('@layer a, b;\n@layer a {\na{background:url("data:image/png;base64,AA")}\n}\n')
    assert f'@layer b {{\np{{background:url("parts/../../{two}")}}\n}}' in sheet
