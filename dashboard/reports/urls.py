"""Addresses of the reports: each its page, and a sheet for each of its tables."""

from django.urls import path

from dashboard.reports.all import REPORTS
from dashboard.reports.views import page_of, reports, sheet_of

urlpatterns = [
    path("", reports, name="reports"),
    *(path(f"{one.slug}/", page_of(one), name=one.url_name) for one in REPORTS),
    *(path(f"{one.slug}/<slug:name>.csv", sheet_of(one), name=f"{one.url_name}-sheet") for one in REPORTS),
]
