"""What the mail provider tells us: delivered, came back, unwanted."""

from typing import Any
from uuid import UUID

import structlog
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.sendgrid import SendGridTrackingWebhookView
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from reminders.hearing import hear_mail

log = structlog.get_logger(__name__)

# What the columns hold.
LONGEST_ID, LONGEST_ADDRESS = 128, 254

PROVIDERS: dict[str, type[AnymailBaseWebhookView]] = {
    "brevo": BrevoTrackingWebhookView,
    "mailgun": MailgunTrackingWebhookView,
    "postmark": PostmarkTrackingWebhookView,
    "sendgrid": SendGridTrackingWebhookView,
}


@csrf_exempt
@require_POST
def tracking(request: HttpRequest, provider: str) -> HttpResponse:
    """Take in a provider's events; anymail checks the secret and reads them.

    Its own view would announce them by a signal; here they go straight to the verb.
    """
    if provider not in PROVIDERS:
        raise Http404
    if not getattr(settings, "ANYMAIL", {}).get("WEBHOOK_SECRET"):
        return HttpResponseForbidden()
    view = PROVIDERS[provider]()
    try:
        view.run_validators(request)
        events = view.parse_events(request)
    except SuspiciousOperation:
        # A wrong secret, or none.
        log.warning("webhook.forged")
        return HttpResponseForbidden()
    except (ValueError, TypeError, KeyError, AttributeError):
        # Not the provider's form: its readers expect nothing else.
        return HttpResponseBadRequest()
    for event in events:
        _hear(event)
    return HttpResponse()


def _hear(event: Any) -> None:
    try:
        attempt_id = UUID(str(event.metadata.get("attempt")))
    except ValueError:
        return
    hear_mail(
        attempt_id=attempt_id,
        provider_id=(event.message_id or str(attempt_id)).replace("\0", "")[:LONGEST_ID],
        event=event.event_type,
        address=(event.recipient or "").lower().replace("\0", "")[:LONGEST_ADDRESS],
        now=timezone.now(),
    )
