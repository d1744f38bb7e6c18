"""What the board weighs when it is opened for the first time, as the server sends it."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.models import Case
from sessions_app.models import TherapySession
from tests.conftest import case_of, person

STATIC = Path(settings.BASE_DIR) / "static"
# The room of the whole page; a hundred people on it.
LARGEST_BYTES = 250_000
A_DAY = 100
# Files that are words are kept compressed (whitenoise); so is the board's page, when it is sent.
COMPRESSED = {".css", ".js", ".svg"}
# Fetched by the browser only for names with letters beyond Latin-1.
ON_DEMAND = {"inter-latin-ext.woff2"}
FILES = re.compile(r"""/static/([\w./-]+\.(?:css|js|svg|woff2))""")
PARTS = re.compile(r"""(?:url\(|from |import )["']?([\w./-]+\.(?:css|js|svg|woff2))""")


def brought_in(path: Path, seen: set[Path]) -> Iterator[Path]:
    """A file and all that it brings in."""
    if path in seen or path.name in ON_DEMAND:
        return
    seen.add(path)
    yield path
    if path.suffix in {".css", ".js"} and "vendor" not in path.parts:
        for part in PARTS.findall(path.read_text()):
            yield from brought_in((path.parent / part).resolve(), seen)


def weight_of(path: Path) -> int:
    whole = path.read_bytes()
    return len(gzip.compress(whole, 9)) if path.suffix in COMPRESSED else len(whole)


def test_the_board_of_a_hundred_people_weighs_less_than_a_quarter_of_a_megabyte(
    desk: User,
    amara: User,
    book: Callable[..., TherapySession],
    browser_of: Callable[[User], Browser],
) -> None:
    people = [person("Ada", f"Low{number}", 100 + number % 100) for number in range(A_DAY // 10)]
    group = case_of(amara, Case.Kind.GROUP, *people, title="Group")
    for hour in range(8, 18):
        book(group, at=f"{hour:02}:00", room=None)
    address = reverse("dashboard:board") + "?view=list&on=2026-11-16"
    answer = browser_of(desk).get(address, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    page = gzip.decompress(answer.content)
    assert page.count(b"row-item__name") == A_DAY
    seen: set[Path] = set()
    files = [
        file for name in sorted(set(FILES.findall(page.decode()))) for file in brought_in(STATIC / name, seen)
    ]
    weights = {file.name: weight_of(file) for file in files}
    assert {"kept.css", "tabler.min.css", "board.js", "inter-latin.woff2", "sprite.svg"} <= weights.keys()
    assert sum(weights.values()) + len(answer.content) < LARGEST_BYTES, (len(answer.content), weights)
