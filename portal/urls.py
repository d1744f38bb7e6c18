"""Addresses of the clients' signed-link pages: short, and saying nothing."""

from django.urls import URLPattern, URLResolver, path

from portal import cancelling, moving, offers, reaching, receipts, telling, views

app_name = "portal"

urlpatterns: list[URLPattern | URLResolver] = [
    path("t/<str:token>/", views.page, name="time"),
    path("t/<str:token>/confirmation/", views.confirmation, name="confirmation"),
    path("t/<str:token>/mode/", views.mode, name="mode"),
    path("t/<str:token>/calendar.ics", views.calendar, name="calendar"),
    path("t/<str:token>/another-time/", moving.another_time, name="another-time"),
    path("t/<str:token>/move-request/", moving.move_request, name="move-request"),
    path("t/<str:token>/cancellation/", cancelling.cancellation, name="cancellation"),
    path("t/<str:token>/reinstatement/", cancelling.reinstatement, name="reinstatement"),
    path("t/<str:token>/words/", telling.worry, name="worry"),
    path("t/<str:token>/reach/", reaching.reach, name="reach"),
    path("t/<str:token>/stop/", reaching.stop, name="stop"),
    path("t/<str:token>/done/", receipts.receipt, name="done"),
    path("o/<str:token>/", offers.offer, name="offer"),
    path("o/<str:token>/taking/", offers.taking, name="taking"),
    path("o/<str:token>/declining/", offers.declining, name="declining"),
]
