"""Draws an invitation as one sheet to hand over: its words, and nothing that tells a stranger what it is."""

import logging

from django.conf import settings
from fpdf import FPDF

FONTS = settings.BASE_DIR / "static/vendor/inter"
MARGIN = 72.0  # points
SIZE, INK, MUTED = 12.0, (32, 38, 36), (96, 104, 101)
DRAFT = {
    "en": "Draft. Not approved yet.",
    "es": "Borrador. Sin aprobar todavía.",
}

# The library says which letters it could not draw: they are of a client's name.
logging.getLogger("fpdf").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


def draw_invitation(words: str, *, language: str, is_draft: bool) -> bytes:
    """The PDF, Letter size. Pure: no query, no clock."""
    pdf = FPDF(unit="pt", format="Letter")
    pdf.add_font("Inter", "", FONTS / "inter-latin.woff2")
    pdf.add_font("Wide", "", FONTS / "inter-latin-ext.woff2")
    pdf.set_fallback_fonts(["Wide"])
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, margin=MARGIN)  # its one positional flag
    pdf.set_lang(language)
    pdf.add_page()
    if is_draft:
        _say(pdf, DRAFT.get(language, DRAFT["en"]), MUTED)
        pdf.ln(SIZE)
    for paragraph in words.split("\n"):
        _say(pdf, paragraph, INK) if paragraph else pdf.ln(SIZE * 0.9)
    return bytes(pdf.output())


def _say(pdf: FPDF, words: str, ink: tuple[int, int, int]) -> None:
    pdf.set_font("Inter", size=SIZE)
    pdf.set_text_color(*ink)
    pdf.multi_cell(0, SIZE * 1.5, words, align="L", new_x="LMARGIN", new_y="NEXT")
