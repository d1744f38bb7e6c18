"""What the provider tells us: texts that came in, and what became of ours."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from twilio.request_validator import HMAC_SHA1, RequestValidator, get_signature_algorithm

from reminders.hearing import hear_call, hear_status
from reminders.services import Reply, Speech, answer_call, press_key, receive_inbound
from reminders.spoken import twiml

log = structlog.get_logger(__name__)

Webhook = Callable[..., HttpResponse]

# What the columns hold; a provider's own are shorter.
LONGEST_ID, LONGEST_ADDRESS, LONGEST_CODE = 64, 254, 20
# A key's own id is made from it, and must fit too.
LONGEST_CALL_ID = 50


def signed_by_twilio(view: Webhook) -> Webhook:
    """Refuse (403) what the provider did not sign: whole POST, and the address that it was told."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, *args: UUID, **kwargs: UUID) -> HttpResponse:
        if not _is_signed(request):
            log.warning("webhook.forged")
            return HttpResponseForbidden()
        return view(request, *args, **kwargs)

    return checked


@signed_by_twilio
def inbound(request: HttpRequest) -> HttpResponse:
    """A text came in. Answered with nothing to say: answers go through the outbox."""
    posted = request.POST
    reply = Reply(
        provider_id=_storable(posted.get("MessageSid", ""))[:LONGEST_ID],
        from_address=_storable(posted.get("From", ""))[:LONGEST_ADDRESS],
        to_address=_storable(posted.get("To", ""))[:LONGEST_ADDRESS],
        body=_storable(posted.get("Body", "")),
        carrier_answered=bool(posted.get("OptOutType")),
    )
    if reply.provider_id and reply.from_address:
        receive_inbound(reply=reply, now=timezone.now())
    return HttpResponse("<Response/>", content_type="text/xml")


@signed_by_twilio
def status(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """What became of one attempt; late, doubled and shuffled ones change nothing."""
    posted = request.POST
    hear_status(
        attempt_id=attempt_id,
        provider_id=_storable(posted.get("MessageSid", ""))[:LONGEST_ID],
        status=posted.get("MessageStatus", ""),
        code=_storable(posted.get("ErrorCode", ""))[:LONGEST_CODE],
        now=timezone.now(),
    )
    return HttpResponse(status=204)


@signed_by_twilio
def call_words(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Somebody or something has answered the telephone: what it is to hear."""
    speech = answer_call(
        attempt_id=attempt_id,
        call_id=_call_id(request),
        answered_by=request.POST.get("AnsweredBy", ""),
        now=timezone.now(),
    )
    return _spoken(speech, attempt_id)


@signed_by_twilio
def call_keys(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """A key was pressed; the same call told twice does nothing twice."""
    speech = press_key(
        attempt_id=attempt_id,
        call_id=_call_id(request),
        digits=request.POST.get("Digits", "")[:1],
        now=timezone.now(),
    )
    return _spoken(speech, attempt_id)


@signed_by_twilio
def call_status(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """What became of one call; late, doubled and shuffled ones change nothing."""
    hear_call(
        attempt_id=attempt_id,
        provider_id=_call_id(request),
        status=request.POST.get("CallStatus", ""),
        answered_by=request.POST.get("AnsweredBy", ""),
        now=timezone.now(),
    )
    return HttpResponse(status=204)


def _call_id(request: HttpRequest) -> str:
    return _storable(request.POST.get("CallSid", ""))[:LONGEST_CALL_ID]


def _spoken(speech: Speech | None, attempt_id: UUID) -> HttpResponse:
    said = twiml(speech, attempt_id) if speech else "<Response><Hangup/></Response>"
    return HttpResponse(said, content_type="text/xml")


def _storable(text: str) -> str:
    """Without NUL, which PostgreSQL refuses: the provider does not send a lost text again."""
    return text.replace("\0", "")


def _is_signed(request: HttpRequest) -> bool:
    signature = request.headers.get("X-Twilio-Signature", "")
    # Not build_absolute_uri(): behind a proxy it names an address that the provider never saw.
    address = settings.KEPT_PUBLIC_BASE_URL + request.get_full_path()
    algorithm = get_signature_algorithm(request.headers.get("X-Twilio-Webhooks-Signature-Settings"))
    secret = settings.TWILIO_AUTH_TOKEN if algorithm == HMAC_SHA1 else settings.TWILIO_SIGNING_SECRET
    if not signature or not secret:
        return False
    return bool(RequestValidator(secret).validate(address, request.POST, signature, algorithm))
