"""Static files of production: each style sheet that is made of parts is sent as one.

While we write, a browser follows every `@import`. On a telephone's line sixty of them are ten round trips before
anything can be read, so they are brought together when files are collected, each part in its layer.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'^@import url\("([^"]+)"\) layer\((\w+)\);$', re.MULTILINE)
_RELATIVE = re.compile(r"""url\((["']?)(?!["']|data:|#|/|\w+:)""")
# Says nothing new within a sheet, and nothing at all anywhere but at its beginning.
_CHARSET = '@charset "UTF-8";'

Paths = dict[str, tuple[Any, str]]


class OneSheetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Names that last, compressed files, and no sheet that asks for another."""

    def post_process(self, paths: Paths, *, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Bring sheets together first; whatever they name is then given its lasting name as usual."""
        if dry_run:
            return
        whole = {
            name: self._brought_together(name, paths) for name in paths if _is_made_of_parts(name, paths)
        }
        for name, sheet in whole.items():
            with self.open(name, "w") as file:
                file.write(sheet)
        yield from super().post_process(paths | {name: (self, name) for name in whole}, **options)

    def _brought_together(self, name: str, paths: Paths) -> str:
        folder = posixpath.dirname(name)

        def part(found: re.Match[str]) -> str:
            imported = posixpath.normpath(posixpath.join(folder, found[1]))
            way = posixpath.relpath(posixpath.dirname(imported), folder)
            rules = _RELATIVE.sub(rf"url(\1{way}/", _text(imported, paths).removeprefix(_CHARSET))
            return f"@layer {found[2]} {{\n{rules}\n}}"

        return _IMPORT.sub(part, _text(name, paths))


def _is_made_of_parts(name: str, paths: Paths) -> bool:
    return name.endswith(".css") and bool(_IMPORT.search(_text(name, paths)))


def _text(name: str, paths: Paths) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode("utf-8"))
