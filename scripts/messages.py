"""Takes what staff read out of pages and code into locale/, and compiles it: `make messages`.

A sentence that is new has an empty `msgstr` afterwards: write its Spanish, and run this again. Nothing
but Python is needed; docs/spanish.md says in which words.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.base import Lexer, Node, NodeList, Token, TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/es/LC_MESSAGES/django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
ROOMS = (
    "accounts", "attendance", "clients", "config", "dashboard", "followups", "importing", "portal",
    "reminders", "sessions_app",
)  # fmt: skip
ONE = {"gettext", "gettext_lazy", "gettext_noop"}
SEVERAL = {"ngettext", "ngettext_lazy"}
IN_A_TAG = re.compile(r"""_\((["'])(.+?)\1\)""")

# A sentence, or one for a single thing and one for several.
Sentence = str | tuple[str, str]


def sentences() -> dict[Sentence, None]:
    """All that is marked to be translated, each once, in the order of the files."""
    found: dict[Sentence, None] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            found.update(dict.fromkeys(_of_code(path)))
    for path in pages():
        found.update(dict.fromkeys(_of_page(path)))
    return found


def pages() -> list[Path]:
    """Every template, pages and mails alike."""
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt"))


def _of_code(path: Path) -> Iterator[Sentence]:
    tree = ast.parse(path.read_text())
    names = _called(tree)
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        words = [one.value for one in call.args[:2] if isinstance(one, ast.Constant)]
        marks = names.get(call.func.id)
        if marks in ONE and words and isinstance(words[0], str):
            yield words[0]
        elif marks in SEVERAL and len(words) == 2:
            yield str(words[0]), str(words[1])


def _called(tree: ast.Module) -> dict[str, str]:
    """What this file calls Django's functions that translate: `_`, as a rule."""
    return {
        name.asname or name.name: name.name
        for line in tree.body
        if isinstance(line, ast.ImportFrom) and line.module == "django.utils.translation"
        for name in line.names
    }


def _of_page(path: Path) -> Iterator[Sentence]:
    source = path.read_text()
    for token in Lexer(source).tokenize():
        if token.token_type in (TokenType.BLOCK, TokenType.VAR):
            yield from _of_tag(token)
    yield from _of_nodes(_engine().engine.from_string(source).nodelist)


def _of_tag(token: Token) -> Iterator[Sentence]:
    for found in IN_A_TAG.finditer(token.contents):
        yield found.group(2)


def _of_nodes(nodes: NodeList) -> Iterator[Sentence]:
    translated: list[Node] = nodes.get_nodes_by_type((TranslateNode, BlockTranslateNode))  # type: ignore[arg-type]
    for node in translated:
        if isinstance(node, TranslateNode):
            yield str(node.filter_expression.var.literal)
        elif isinstance(node, BlockTranslateNode):
            one, _names = node.render_token_list(node.singular)
            several = node.render_token_list(node.plural)[0] if node.plural else ""
            yield (_shown(node, one), _shown(node, several)) if several else _shown(node, one)


def _shown(node: BlockTranslateNode, words: str) -> str:
    return " ".join(line.strip() for line in words.splitlines()).strip() if node.trimmed else words


def _engine() -> DjangoTemplates:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    return engine


def read() -> Catalog:
    """The Spanish catalogue as it stands."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="es")


def refreshed(known: Catalog) -> Catalog:
    """What is there to be said today, each with its Spanish where it has one."""
    fresh = Catalog(
        locale="es",
        project="Kept",
        version="1",
        header_comment=known.header_comment,
        last_translator="Kept",
        language_team="Spanish",
        msgid_bugs_address="docs/spanish.md",
        fuzzy=False,
    )
    for sentence in sentences():
        # The catalogue finds a pair by its first part.
        said = known.get(sentence if isinstance(sentence, str) else sentence[0])
        kept = said.string if said and isinstance(said.id, str) == isinstance(sentence, str) else None
        fresh.add(sentence, kept or ("" if isinstance(sentence, str) else ("", "")))
    return fresh


def write(catalogue: Catalog) -> None:
    """Both files: the one for people, and the one that Django reads."""
    catalogue.creation_date = catalogue.revision_date = read().creation_date
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=0)
    with COMPILED.open("wb") as file:
        write_mo(file, catalogue)


def main() -> None:
    """Refresh, compile, and say what still needs its Spanish."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    sys.path.insert(0, str(ROOT))
    if not settings.configured:
        django.setup()
    catalogue = refreshed(read())
    write(catalogue)
    missing = [one.id for one in catalogue if one.id and not _is_said(one.string)]
    print(f"{len(catalogue)} sentences; {len(missing)} without their Spanish.")
    for sentence in missing:
        print(f"  {sentence!r}")


def _is_said(words: object) -> bool:
    return all(words) if isinstance(words, (tuple, list)) else bool(words)


if __name__ == "__main__":
    main()
