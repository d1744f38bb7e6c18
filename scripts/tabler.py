"""`python -m scripts.tabler` cuts Tabler's style sheet down to the rules that some page of ours can use.

Nine tenths of the whole are for things that Kept has not, and a telephone waits for each of them before it shows
anything. A rule stays unless its selector needs a class that no template, script or program of ours names, nor any
template that the sign-in library draws with: such a rule is for no page.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import allauth
import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

from config.places import ROOT

WHOLE = ROOT / "scripts/tabler.min.css"
SERVED = ROOT / "static/vendor/tabler/tabler.min.css"
NAMING = (
    "templates",
    "static/js",
    "accounts",
    "clients",
    "dashboard",
    "portal",
    "importing",
    "followups",
    "config",
)
_WORD = re.compile(r"[A-Za-z_][\w-]*")
# At-rules that hold rules with selectors; what others hold (frames, fonts, properties) stays as it is.
_AROUND_RULES = ("media", "supports", "container", "layer")


def named_words() -> frozenset[str]:
    """Every word of whatever draws our pages: a class that is not among them is on none."""
    folders = [*(ROOT / name for name in NAMING), Path(allauth.__file__).parent / "templates"]
    files = (
        file for folder in folders for file in folder.rglob("*") if file.suffix in (".html", ".py", ".js")
    )
    return frozenset(word for file in files for word in _WORD.findall(file.read_text(encoding="utf-8")))


def cut(sheet: str, words: frozenset[str]) -> str:
    """What of a style sheet can apply where no other classes than these words are."""
    return "".join(_kept(tinycss2.parse_stylesheet(sheet), words))


def classes_in(sheet: str) -> set[str]:
    """The classes that its selectors need."""
    rules = _style_rules(tinycss2.parse_stylesheet(sheet))
    return {name for rule in rules for selector in _selectors(rule.prelude) for name in _needed(selector)}


def _style_rules(nodes: Iterable[Node]) -> Iterator[QualifiedRule]:
    for node in nodes:
        if isinstance(node, QualifiedRule):
            yield node
        elif _holds_rules(node):
            yield from _style_rules(tinycss2.parse_rule_list(node.content))


def _kept(nodes: Iterable[Node], words: frozenset[str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, QualifiedRule):
            selectors = [one for one in _selectors(node.prelude) if words.issuperset(_needed(one))]
            if selectors:
                yield f"{','.join(map(tinycss2.serialize, selectors))}{{{tinycss2.serialize(node.content)}}}"
        elif _holds_rules(node):
            inner = "".join(_kept(tinycss2.parse_rule_list(node.content), words))
            if inner:
                yield f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{inner}}}"
        elif node.type != "whitespace":
            yield node.serialize()


def _holds_rules(node: Node) -> bool:
    return isinstance(node, AtRule) and node.lower_at_keyword in _AROUND_RULES and node.content is not None


def _selectors(prelude: list[Node]) -> Iterator[list[Node]]:
    """A list of selectors one by one; commas within a function are of that function."""
    selector: list[Node] = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _needed(selector: list[Node]) -> Iterator[str]:
    """The classes without which it matches nothing; those within `:not()` or `:is()` it can do without."""
    for before, token in pairwise(selector):
        if before.type == "literal" and before.value == "." and token.type == "ident":
            yield token.value


if __name__ == "__main__":
    SERVED.write_text(cut(WHOLE.read_text(encoding="utf-8"), named_words()), encoding="utf-8")
