"""What a text costs: its segments, and the characters that double the price."""

from dataclasses import dataclass

_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_DOUBLE = frozenset("\f^{}\\[~]|€")


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
    odd = "".join(dict.fromkeys(c for c in text if c not in _GSM7 and c not in _GSM7_DOUBLE))
    if odd:
        units = len(text.encode("utf-16-be")) // 2
        return Size(units, _segments(units, single=70, several=67), odd)
    units = sum(2 if c in _GSM7_DOUBLE else 1 for c in text)
    return Size(units, _segments(units, single=160, several=153), "")


def _segments(units: int, *, single: int, several: int) -> int:
    return 1 if units <= single else -(-units // several)
