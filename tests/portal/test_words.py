"""Every word of a client's page is there in both languages, and none stands in a template."""

import re
from pathlib import Path
from string import Formatter

import pytest

from portal.words import WORDS

TEMPLATES = sorted((Path(__file__).resolve().parents[2] / "templates/portal").glob("*.html"))
SAID = re.compile(r'{%\s*say\s+"([^"]+)"')
MARKUP = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", re.DOTALL)
# A language is named in itself, whichever the page is in; the rest are marks.
SAME_IN_BOTH = {"English", "Español", "Kept", "·", "—"}
# What a screen reader says or a field shows besides the words between tags.
SPOKEN = re.compile(r'(?:aria-label|placeholder|title|alt)="([^"{]+)"')


def fields(words: str) -> set[str]:
    return {name for _text, name, _spec, _how in Formatter().parse(words) if name}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_each_word_is_there_in_both_languages_with_the_same_fields(key: str) -> None:
    english, spanish = WORDS[key]
    assert english.strip()
    assert spanish.strip()
    assert fields(english) == fields(spanish)
    # Two words or more that are alike were never translated.
    assert english != spanish or len(english.split()) == 1


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_word_stands_in_a_template_by_itself(template: Path) -> None:
    source = template.read_text()
    assert set(SAID.findall(source)) <= WORDS.keys()
    bare = {line.strip() for line in MARKUP.sub("\n", source).splitlines() if line.strip()}
    assert {words for words in bare if re.search(r"\w", words)} <= SAME_IN_BOTH
    assert not SPOKEN.findall(source)
