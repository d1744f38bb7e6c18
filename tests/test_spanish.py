"""Kept speaks Spanish wholly: each sentence has its words, and no page keeps English to itself.

A sentence that was added since: `make messages` lists it; docs/spanish.md says how to go on.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from django.template.base import Lexer, TokenType

from reminders.wording_check import blaming_in
from scripts.messages import COMPILED, pages, read, sentences

FIELDS = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")
# What is called the same in every language, and what the API calls its own parts.
SAME = {"Kept", "CSV", "English", "Español"}
IN_ENGLISH = "api"
# Tags alone, around what allauth puts into them.
SLOTS = "elements"
# Blocks that hold no words but the name of something.
NAMES_ONLY = {"shell_class", "draft_key", "sheet_width"}
# Among staff alone, in no text to a client: the record's plain word and its code in a file, and a court's paper.
AMONG_STAFF = {"no vino", "no_show", "incumplimiento"}
SPOKEN = {"aria-label", "title", "placeholder", "alt", "data-confirm"}
SAID_LATER = re.compile(r"data-.*(words|text|yes|label)$")
NOT_WORDS = {"script", "style", "code", "pre"}
HOLE = " \ufffc "


def spoken() -> list[Message]:
    return [message for message in read() if message.id]


def parts(words: object) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, (list, tuple)) else (str(words or ""),)


def test_every_sentence_has_its_spanish_for_one_and_for_several() -> None:
    unsaid = [
        message.id
        for message in spoken()
        if "fuzzy" in message.flags
        or not all(parts(message.string))
        or len(parts(message.string)) != len(parts(message.id))
    ]
    assert not unsaid


def test_every_sentence_of_pages_and_code_is_in_the_catalogue() -> None:
    # Of a pair, the first part is what it is looked up by.
    known = {parts(message.id)[0] for message in spoken()}
    assert known == {parts(sentence)[0] for sentence in sentences()}


def test_what_django_reads_is_what_people_wrote() -> None:
    with COMPILED.open("rb") as file:
        compiled = {parts(message.id): parts(message.string) for message in read_mo(file) if message.id}
    assert compiled == {parts(message.id): parts(message.string) for message in spoken()}


def test_what_is_filled_in_stands_in_both_languages() -> None:
    for message in spoken():
        # The first of two may leave out the number that it says in words.
        english, spanish = (FIELDS.findall(parts(words)[-1]) for words in (message.id, message.string))
        assert sorted(english) == sorted(spanish), message.id
        assert set(FIELDS.findall(parts(message.string)[0])) <= set(english), message.id


def test_spaces_around_a_sentence_are_the_same() -> None:
    for message in spoken():
        for english, spanish in zip(parts(message.id), parts(message.string), strict=True):
            assert english[:1].isspace() == spanish[:1].isspace(), message.id
            assert english[-1:].isspace() == spanish[-1:].isspace(), message.id


def test_no_spanish_sentence_blames() -> None:
    flagged = {
        flag.words.lower() for one in spoken() for words in parts(one.string) for flag in blaming_in(words)
    }
    assert flagged == AMONG_STAFF


def test_staff_are_spoken_to_as_usted() -> None:
    familiar = re.compile(
        r"\b(tú|tu|tus|ti|contigo|puedes|tienes|quieres|haz clic|vosotros|vuestr[oa]s?)\b", re.IGNORECASE
    )
    assert not [words for one in spoken() for words in parts(one.string) if familiar.search(words)]


class Page(HTMLParser):
    """What of a template somebody reads or hears, with a hole where something is filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_WORDS:
            self.inside.append(tag)
        self.said += [
            value for name, value in attrs if value and (name in SPOKEN or SAID_LATER.fullmatch(name))
        ]

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.said.append(data)


def unmarked(path: Path) -> list[str]:
    page = Page()
    page.feed("".join(_outside_of_translation(path.read_text())))
    words = (
        piece.strip(" \n\u00b7,:.;()/\u2013\u2014\u2026")
        for said in page.said
        for piece in said.split(HOLE.strip())
    )
    return [piece for piece in words if re.search(r"[^\W\d_]{2,}", piece) and piece not in SAME]


def _outside_of_translation(source: str) -> Iterator[str]:
    until = ""
    for token in Lexer(source).tokenize():
        words = token.contents.split()
        if token.token_type == TokenType.BLOCK and words:
            if until:
                until = "" if words[0] == until else until
            elif words[0] in ("blocktrans", "blocktranslate", "comment"):
                until = f"end{words[0]}"
            elif words[0] == "block" and words[1] in NAMES_ONLY:
                until = "endblock"
            yield HOLE
        elif token.token_type == TokenType.VAR:
            yield HOLE
        elif token.token_type == TokenType.TEXT and not until:
            yield token.contents


def test_no_page_says_anything_that_is_not_marked() -> None:
    found = {
        str(path): said
        for path in pages()
        if path.parent.name not in (IN_ENGLISH, SLOTS) and (said := unmarked(path))
    }
    assert not found
