"""Addresses for machines: the provider's webhooks, readiness and metrics."""

from django.urls import path

from reminders import mail_webhooks, webhooks
from reminders.health import readyz
from reminders.metrics import metrics

urlpatterns = [
    path("metrics", metrics, name="metrics"),
    path("readyz", readyz, name="readyz"),
    path("webhooks/email/<slug:provider>/", mail_webhooks.tracking, name="email-tracking"),
    path("webhooks/twilio/calls/<uuid:attempt_id>/words/", webhooks.call_words, name="twilio-call-words"),
    path("webhooks/twilio/calls/<uuid:attempt_id>/keys/", webhooks.call_keys, name="twilio-call-keys"),
    path("webhooks/twilio/calls/<uuid:attempt_id>/status/", webhooks.call_status, name="twilio-call-status"),
    path("webhooks/twilio/inbound/", webhooks.inbound, name="twilio-inbound"),
    path("webhooks/twilio/status/<uuid:attempt_id>/", webhooks.status, name="twilio-status"),
]
