"""One sheet of paper with one form on it: the pages that ask for a few facts and save them."""

from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from dashboard.pages import StaffRequest, status_of


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What stands around the form: its heading, a sentence, its button, and the way back."""

    heading: str
    back_url: str
    back_label: str
    submit: str
    intro: str = ""
    draft_key: str = ""
    optional: tuple[str, ...] = ()
    ends: bool = False  # it ends something: nobody is led to press it
    template: str = "_sheet_page.html"
    more: dict[str, Any] = field(default_factory=dict)


def render_sheet(request: StaffRequest, form: BaseForm, sheet: Sheet) -> HttpResponse:
    """The sheet with its form; 422 where the form was refused, with all that was typed."""
    context = {"form": form, "sheet": sheet, **sheet.more}
    return render(request, sheet.template, context, status=status_of(form))
