"""Addresses of the staff pages, by area."""

from django.urls import include, path

app_name = "dashboard"

urlpatterns = [
    path("", include("dashboard.today.urls")),
    path("board/", include("dashboard.board.urls")),
    path("clients/", include("dashboard.clients.urls")),
    path("clients/", include("dashboard.merging.urls")),
    path("court/", include("dashboard.court.urls")),
    path("", include("dashboard.calendar.urls")),
    path("", include("dashboard.held.urls")),
    path("", include("dashboard.partners.urls")),
    path("", include("dashboard.fallback.urls")),
    path("", include("dashboard.check_ins.urls")),
    path("", include("dashboard.repeated.urls")),
    path("follow-ups/", include("dashboard.follow_ups.urls")),
    path("messages/", include("dashboard.messages.urls")),
    path("", include("dashboard.help.urls")),
    path("reports/", include("dashboard.reports.urls")),
    path("waitlist/", include("dashboard.waitlist.urls")),
    path("staff/", include("dashboard.staff.urls")),
    path("settings/first-steps/", include("dashboard.first_steps.urls")),
    path("settings/import/", include("dashboard.arriving.urls")),
    path("settings/", include("dashboard.settings.urls")),
]
