"""A table as a sheet for a spreadsheet, with nothing in it that a spreadsheet would run."""

import csv

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dashboard.reports.tables import Row, Table

# A cell that begins so is a formula to a spreadsheet (OWASP, CSV injection), in its wide form to some.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def sheet(table: Table, *, name: str) -> HttpResponse:
    """The table as CSV; what is too few to say there is too few to say here."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write("\ufeff")  # spreadsheets take a file without it for another alphabet
    writer = csv.writer(answer)
    writer.writerow([harmless(str(table.head)), *(harmless(str(one.label)) for one in table.columns)])
    for row in (*table.rows, *([table.total_row] if table.total_row else [])):
        writer.writerow(_cells(row))
    return answer


def harmless(words: str) -> str:
    """Words as words: an apostrophe keeps a spreadsheet from reading them as a formula."""
    return f"'{words}" if words.startswith(RUNS) else words


def _cells(row: Row) -> list[str]:
    label = harmless(str(row.label))
    return [label, *(cell.value for cell in row.cells)] if row.cells else [label, _("too few to say")]
