"""A day as it was drawn, part by part: whoever has seen one drawing is sent only what differs in the next.

A desk's board asks every three seconds. When one of five hundred people arrives, thirty desks are sent one line each, and
on their screens nothing else moves.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

# So many drawings are remembered; a desk that saw an older one, or another process's, is sent the whole day.
MOST_REMEMBERED = 16


class Part(NamedTuple):
    """Markup that changes by itself, with the id of its one element; or what stands around such parts, with none."""

    id: str
    markup: str


@dataclass(frozen=True, eq=False)
class Drawn:
    """The parts in their order; `beside` is what else the page says of them."""

    parts: tuple[Part, ...]
    beside: Hashable

    @cached_property
    def markup(self) -> str:
        return "".join(part.markup for part in self.parts)

    def since(self, before: "Drawn") -> str | None:
        """The parts that differ, to be swapped where they stand; None if not only parts differ."""
        if self.beside != before.beside or _frame(self.parts) != _frame(before.parts):
            return None
        pairs = zip(self.parts, before.parts, strict=True)
        return "".join(_swapped(now) for now, then in pairs if now.markup != then.markup)


def remember(key: Hashable, drawn: Drawn) -> None:
    """Keep what is on desks' screens now."""
    if len(_remembered) >= MOST_REMEMBERED and key not in _remembered:
        # Two threads may choose the same one.
        _remembered.pop(next(iter(_remembered)), None)
    _remembered[key] = drawn


def remembered(key: Hashable) -> Drawn | None:
    return _remembered.get(key)


_remembered: dict[Hashable, Drawn] = {}


def _frame(parts: Iterable[Part]) -> list[str]:
    return [part.id or part.markup for part in parts]


def _swapped(part: Part) -> str:
    return part.markup.replace(f'id="{part.id}"', f'id="{part.id}" hx-swap-oob="true"', 1)
