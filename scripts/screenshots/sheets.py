"""Contact sheets: many pictures beside one another, to be looked at in one go."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from config.places import VAR_DIR

PICTURES = VAR_DIR / "screenshots"
SHEETS = PICTURES / "sheets"
WIDTH = 1800
# Beside one another, and how much of a long page is seen.
ACROSS = {1440: (3, 1.4), 820: (5, 1.7), 390: (8, 2.6)}
LABEL = 14
GAP = 8


def lay_out() -> None:
    """One set of sheets for each look."""
    SHEETS.mkdir(parents=True, exist_ok=True)
    for width, (across, tallest) in ACROSS.items():
        for scheme in ("light", "dark"):
            pictures = sorted(PICTURES.glob(f"*-{width}-{scheme}.jpg"))
            a_sheet = across * (4 if across < 8 else 3)
            for number, start in enumerate(range(0, len(pictures), a_sheet)):
                part = pictures[start : start + a_sheet]
                _sheet(part, across, tallest).save(SHEETS / f"{width}-{scheme}-{number:02}.png")


def _sheet(pictures: Sequence[Path], across: int, tallest: float) -> Image.Image:
    wide = (WIDTH - GAP * (across + 1)) // across
    high = int(wide * tallest) if across > 3 else int(wide * 0.9)
    rows = -(-len(pictures) // across)
    sheet = Image.new("RGB", (WIDTH, rows * (high + LABEL + GAP) + GAP), "#888888")
    words = ImageDraw.Draw(sheet)
    for number, picture in enumerate(pictures):
        left = GAP + (number % across) * (wide + GAP)
        top = GAP + (number // across) * (high + LABEL + GAP)
        words.text((left, top), picture.stem, fill="#000000")
        sheet.paste(_small(picture, wide, high), (left, top + LABEL))
    return sheet


def _small(picture: Path, wide: int, high: int) -> Image.Image:
    with Image.open(picture) as whole:
        scaled = whole.resize((wide, max(1, whole.height * wide // whole.width)), Image.Resampling.LANCZOS)
    return scaled.crop((0, 0, wide, min(high, scaled.height)))
