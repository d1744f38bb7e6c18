"""Fetch the pinned front-end packages with npm and lay out the few files Kept serves.

Run it from anywhere: ``python scripts/vendor.py``. It needs npm and network; everything it
writes is committed, so running Kept needs neither.
"""

import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "static"
VENDOR = STATIC / "vendor"
LARGEST_FILE_BYTES = 1_500_000
SVG = "{http://www.w3.org/2000/svg}"

# package, version, licence, {file in the package: file under static/vendor}
PACKAGES: list[tuple[str, str, str, dict[str, str]]] = [
    ("@tabler/core", "1.6.1", "MIT", {"dist/css/tabler.min.css": "tabler/tabler.min.css"}),
    (
        "@tabler/icons",
        "3.51.0",
        "MIT",
        {"LICENSE": "tabler-icons/LICENSE"},
    ),
    (
        "htmx.org",
        "2.0.11",
        "0BSD",
        {"dist/htmx.min.js": "htmx/htmx.min.js", "LICENSE": "htmx/LICENSE"},
    ),
    (
        "@event-calendar/build",
        "5.10.1",
        "MIT",
        {
            "dist/event-calendar.min.css": "event-calendar/event-calendar.min.css",
            "dist/event-calendar.min.js": "event-calendar/event-calendar.min.js",
        },
    ),
    (
        "chart.js",
        "4.6.1",
        "MIT",
        {"dist/chart.umd.min.js": "chartjs/chart.umd.min.js", "LICENSE.md": "chartjs/LICENSE.md"},
    ),
    (
        "@fontsource-variable/inter",
        "5.3.0",
        "OFL-1.1",
        {
            "files/inter-latin-wght-normal.woff2": "inter/inter-latin.woff2",
            "files/inter-latin-ext-wght-normal.woff2": "inter/inter-latin-ext.woff2",
            "LICENSE": "inter/LICENSE",
        },
    ),
]

# These two packages state MIT in package.json but ship no licence file of their own.
MIT_HOLDERS = {
    "tabler/LICENSE": "2018-2026 The Tabler Authors and codecalm.net Paweł Kuna",
    "event-calendar/LICENSE": "the Event Calendar authors (vkurko)",
}
MIT_TEXT = """MIT License

Copyright (c) {holder}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def unpack(package: str, version: str, folder: Path) -> Path:
    """Download one package with npm and return the folder that holds its files."""
    answer = subprocess.run(
        ["npm", "pack", "--json", f"{package}@{version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    filename: str = json.loads(answer.stdout)[0]["filename"]
    archive = folder / filename.replace("@", "").replace("/", "-")
    target = folder / archive.stem
    with tarfile.open(archive) as packed:
        packed.extractall(target, filter="data")
    return target / "package"


def lay_out(source: Path, destination: Path) -> None:
    """Copy one file; text loses its source-map pointer, which would name a file we do not ship."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".css", ".js"}:
        text = source.read_text(encoding="utf-8")
        text = re.sub(r"\s*(/\*|//)# sourceMappingURL=[^\n]*", "\n", text)
        destination.write_text(text, encoding="utf-8")
    else:
        shutil.copyfile(source, destination)
    if destination.stat().st_size > LARGEST_FILE_BYTES:
        sys.exit(f"{destination.name} is larger than {LARGEST_FILE_BYTES} bytes.")


def symbol(source: Path, name: str) -> str:
    """One icon as a sprite symbol; stroke and size come from the page's CSS."""
    root = ET.parse(source).getroot()
    shapes = [shape for shape in root if shape.get("stroke") != "none"]
    for shape in shapes:
        shape.tag = shape.tag.removeprefix(SVG)
        shape.tail = None
    inner = "".join(ET.tostring(shape, encoding="unicode") for shape in shapes)
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>'


def compile_sprite(package: Path) -> None:
    """Write sprite.svg from the names in icons.txt."""
    names = sorted({line.strip() for line in (HERE / "icons.txt").read_text().splitlines()} - {""})
    symbols = "\n".join(symbol(package / f"icons/outline/{name}.svg", name) for name in names)
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    (STATIC / "icons").mkdir(exist_ok=True)
    (STATIC / "icons" / "sprite.svg").write_text(sprite, encoding="utf-8")


def write_list() -> None:
    """Write VENDORED.md, the list of what is here and under which licence."""
    rows = "".join(
        f"| {package} | {version} | {licence} | {', '.join(f'`{name}`' for name in files.values())} |\n"
        for package, version, licence, files in PACKAGES
    )
    (VENDOR / "VENDORED.md").write_text(
        "# Vendored front-end files\n\n"
        "From npm, unchanged but for removed source-map pointers. Written by `scripts/vendor.py`; "
        "change a version there and run it.\n"
        "Of Tabler's sheet, which lies in `scripts/`, those rules are served that a page of ours can use "
        "(`scripts/tabler.py`).\n"
        "The icons named in `scripts/icons.txt` are compiled into `static/icons/sprite.svg`.\n"
        "Licence texts lie beside the files.\n\n"
        "| Package | Version | Licence | Files |\n|---|---|---|---|\n" + rows,
        encoding="utf-8",
    )


def refresh() -> None:
    """Fetch every package and rewrite the vendor folder."""
    with tempfile.TemporaryDirectory() as temporary:
        for package, version, _, files in PACKAGES:
            print(f"{package} {version}", flush=True)
            source = unpack(package, version, Path(temporary))
            for wanted, placed in files.items():
                lay_out(source / wanted, VENDOR / placed)
            if package == "@tabler/core":
                # scripts/tabler.py cuts what is served out of it.
                shutil.copyfile(VENDOR / "tabler/tabler.min.css", HERE / "tabler.min.css")
            if package == "@tabler/icons":
                compile_sprite(source)
    for placed, holder in MIT_HOLDERS.items():
        (VENDOR / placed).write_text(MIT_TEXT.format(holder=holder), encoding="utf-8")
    write_list()


if __name__ == "__main__":
    refresh()
