"""What a text costs: its segments, and the characters that double the price."""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE_WIDTH = frozenset("\f^{}\\[~]|€")


@dataclass(frozen=True, slots=True)
class Size:
    """How a text is cut up for the air."""

    characters: int
    segments: int
    odd_characters: str  # what keeps it from the cheaper alphabet, each once

    @property
    def is_gsm7(self) -> bool:
        return not self.odd_characters


def size_of(text: str) -> Size:
    """GSM-7 holds 160, or 153 to a segment of several; UCS-2 70 and 67 (messaging rules)."""
    odd = "".join(dict.fromkeys(c for c in text if c not in PLAIN and c not in DOUBLE_WIDTH))
    if odd:
        units = len(text.encode("utf-16-be")) // 2
        return Size(units, _segments(units, single=70, several=67), odd)
    units = sum(2 if c in DOUBLE_WIDTH else 1 for c in text)
    return Size(units, _segments(units, single=160, several=153), "")


def _segments(units: int, *, single: int, several: int) -> int:
    return 1 if units <= single else -(-units // several)


# What people call the characters that slip in from a word processor, and what says the same for less.
_KNOWN = {
    "\u2019": (_("curly apostrophe"), "'"),
    "\u2018": (_("curly opening quote"), "'"),
    "\u201c": (_("curly opening quotes"), '"'),
    "\u201d": (_("curly closing quotes"), '"'),
    "\u2013": (_("long dash"), "-"),
    "\u2014": (_("long dash"), "-"),
    "\u2011": (_("non-breaking hyphen"), "-"),
    "\u2026": (_("three dots in one"), "..."),
    "\u00a0": (_("non-breaking space"), " "),
    "\u202f": (_("narrow space"), " "),
    "\u2022": (_("bullet"), "-"),
    "\t": ("tab", " "),
}


@dataclass(frozen=True, slots=True)
class OddCharacter:
    """A character that keeps a text from the cheaper alphabet; `instead` is empty where nothing says the same."""

    character: str
    name: str
    instead: str


def odd_characters(text: str) -> list[OddCharacter]:
    """The characters that double the price of a text, each once, by the name that people know."""
    return [_named(character) for character in size_of(text).odd_characters]


def with_plain_characters(text: str) -> str:
    """The same words in the cheaper alphabet, as far as there is a plain character for each."""
    plain = {odd.character: odd.instead for odd in odd_characters(text) if odd.instead}
    return "".join(plain.get(character, character) for character in text)


def _named(character: str) -> OddCharacter:
    if character in _KNOWN:
        return OddCharacter(character, str(_KNOWN[character][0]), _KNOWN[character][1])
    bare = unicodedata.normalize("NFD", character)[0]
    name = unicodedata.name(character, gettext("an unknown character")).lower()
    return OddCharacter(character, name, bare if bare != character and bare in PLAIN else "")
