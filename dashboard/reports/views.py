"""The pages of the reports, and their tables as sheets for a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.roles import May
from accounts.services import get_practice
from dashboard.pages import StaffRequest, staff_page, status_of
from dashboard.reports.all import reports_of
from dashboard.reports.as_csv import sheet
from dashboard.reports.asking import Asked, Filters, address_of, asked_by
from dashboard.reports.content import Content, Report

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One report in the menu above every report; what was asked for goes along."""

    label: object
    url: str
    is_open: bool


@staff_page(May.SEE_NUMBERS)
def reports(request: StaffRequest) -> HttpResponse:
    """The first report that this person may open."""
    return redirect(f"dashboard:{reports_of(request.user)[0].url_name}")


def page_of(report: Report) -> View:
    """The page of one report: what it says, its tables, and what can be asked for."""

    @never_cache
    @staff_page(*report.permissions)
    def page(request: StaffRequest) -> HttpResponse:
        filters, asked = _read(request)
        question = address_of(filters)
        context = {
            "report": report,
            "filters": filters,
            "asked": asked,
            "question": f"?{question}" if question else "",
            "tabs": _tabs(request, report, question),
            "content": _built(report, asked) if asked else None,
        }
        return render(request, "reports/report.html", context, status=status_of(filters))

    return page


def sheet_of(report: Report) -> View:
    """One table of a report as a sheet, asked for as its page was."""

    @never_cache
    @staff_page(*report.permissions)
    def as_sheet(request: StaffRequest, name: str) -> HttpResponse:
        _filters, asked = _read(request)
        tables = _built(report, asked).tables if asked else ()
        table = next((one for one in tables if one.name == name), None)
        if table is None:
            raise Http404
        return sheet(table, name=f"kept-{report.slug}-{name}.csv")

    return as_sheet


@transaction.atomic
def _built(report: Report, asked: Asked) -> Content:
    """All of a page from one look at the facts: its figures agree with one another."""
    return report.build(asked)


def _read(request: StaffRequest) -> tuple[Filters, Asked | None]:
    filters = Filters(request.user, request.GET)
    if not filters.is_valid():
        return filters, None
    return filters, asked_by(filters, user=request.user, practice=get_practice(), now=timezone.now())


def _tabs(request: StaffRequest, report: Report, question: str) -> list[Tab]:
    return [
        Tab(
            label=one.title,
            url=reverse(f"dashboard:{one.url_name}") + (f"?{question}" if question else ""),
            is_open=one.slug == report.slug,
        )
        for one in reports_of(request.user)
    ]
