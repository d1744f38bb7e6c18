"""Addresses of messages: what goes out, what comes in, whom to call, and threads."""

from django.urls import path

from dashboard.messages import alerts, calls, forecast, handing, health, inbox, numbers, outbox, threads

urlpatterns = [
    path("", outbox.outbox, name="messages"),
    path("<uuid:public_id>/resending/", outbox.resending, name="message-resending"),
    path("<uuid:public_id>/decision/", outbox.decision, name="message-decision"),
    path("<uuid:public_id>/dismissal/", outbox.dismissal, name="message-dismissal"),
    path("<uuid:public_id>/handover/", handing.handover, name="message-handover"),
    path("<uuid:public_id>/handover/end/", handing.handover_end, name="message-handover-end"),
    path("channels/<slug:channel>/resumption/", outbox.resumption, name="channel-resumption"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<uuid:public_id>/resolution/", inbox.resolution, name="inbound-resolution"),
    path("inbox/<uuid:public_id>/sender/", inbox.sender, name="inbound-sender"),
    path("calls/", calls.calls_to_make, name="calls"),
    path("calls/<uuid:public_id>/done/", calls.call_done, name="call-done"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/<uuid:public_id>/mended/", numbers.number_mended, name="number-mended"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("health/", health.health_page, name="health"),
    path("forecast/", forecast.forecast_page, name="forecast"),
    path("threads/<uuid:public_id>/", threads.thread, name="thread"),
    path("threads/<uuid:public_id>/words/", threads.own_words, name="own-words"),
]
