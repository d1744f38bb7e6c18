"""Draws a report to the court as a PDF; until it is noted as gone, every page says that it is a draft."""

import logging

from django.conf import settings
from fpdf import FPDF

from followups.court_paper import Paper, Section, Stamp, day

FONTS = settings.BASE_DIR / "static/vendor/inter"
MARGIN = 64.0  # points
WIDE_CHARACTERS = "Wide"
SIZES = {"title": 20.0, "heading": 12.5, "text": 10.5, "small": 8.5}
INK, MUTED = (32, 38, 36), (96, 104, 101)
DRAFT = "Draft. Not sent, and not to be passed on."

# The library says which letters it could not draw: they are of a client's name.
logging.getLogger("fpdf").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


def draw(paper: Paper, stamp: Stamp) -> bytes:
    """The PDF, Letter size. Pure: no query, no clock."""
    pdf = _Sheet(stamp)
    pdf.add_page()
    pdf.say(paper.title, "title")
    pdf.ln(8)
    for left, right in (*paper.about, *((("To", stamp.to),) if stamp.to else ())):
        pdf.row(left, right, left_wide=90)
    for section in paper.sections:
        pdf.section(section)
    pdf.signature()
    return bytes(pdf.output())


class _Sheet(FPDF):
    """A sheet with the notice at the foot of every page."""

    def __init__(self, stamp: Stamp) -> None:
        super().__init__(unit="pt", format="Letter")
        self.stamp = stamp
        self.add_font("Inter", "", FONTS / "inter-latin.woff2")
        self.add_font(WIDE_CHARACTERS, "", FONTS / "inter-latin-ext.woff2")
        self.set_fallback_fonts([WIDE_CHARACTERS])
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 40)  # its one positional flag
        self.set_title("Report")
        self.set_lang("en")

    def header(self) -> None:
        if self.stamp.is_draft:
            self.say(DRAFT, "small", MUTED)
            self.ln(8)

    def footer(self) -> None:
        self.set_y(-MARGIN - 28)
        self.say(self.stamp.notice, "small", MUTED)
        self.set_y(-MARGIN + 16)
        self.say(f"Page {self.page_no()}", "small", MUTED)

    def say(self, words: str, size: str = "text", ink: tuple[int, int, int] = INK) -> None:
        """One paragraph over the whole width."""
        self._write_with(size, ink)
        self.multi_cell(0, SIZES[size] * 1.45, words, align="L", new_x="LMARGIN", new_y="NEXT")

    def row(self, left: str, right: str, *, left_wide: float) -> None:
        """Two columns on one line; a long right one goes on below itself."""
        if self.will_page_break(SIZES["text"] * 1.6):
            self.add_page()
        self._write_with("text", MUTED)
        self.cell(left_wide, SIZES["text"] * 1.6, left)
        self._write_with("text", INK)
        self.multi_cell(0, SIZES["text"] * 1.6, right, align="L", new_x="LMARGIN", new_y="NEXT")

    def section(self, section: Section) -> None:
        """Its heading stays with what follows."""
        if self.will_page_break(SIZES["heading"] * 4):
            self.add_page()
        self.ln(16)
        self.say(section.heading, "heading")
        self.ln(2)
        if section.words:
            self.say(section.words)
        for left, right in section.rows:
            self.row(left, right, left_wide=190)

    def signature(self) -> None:
        """Under whose name, and when; a line to sign on where nobody has."""
        if self.will_page_break(80):
            self.add_page()
        self.ln(36)
        self.say(self.stamp.signed_by or "Not signed yet")
        if self.stamp.signed_on:
            self.say(f"Signed on {day(self.stamp.signed_on)}", "small", MUTED)

    def _write_with(self, size: str, ink: tuple[int, int, int]) -> None:
        self.set_font("Inter", size=SIZES[size])
        self.set_text_color(*ink)
