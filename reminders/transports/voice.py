"""Telephone calls through Twilio's own client."""

from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from twilio.twiml.voice_response import VoiceResponse

from reminders.transports.parcel import CONFIGURATION, Parcel, Result, Sent
from reminders.transports.sms import LIST_LIMIT, client, listed, tried

# A call that lasts longer than its words is an answering machine that never ends.
MOST_SECONDS = 90
RINGS_SECONDS = 25


def send(parcel: Parcel) -> Result:
    """Ring somebody. What is said is asked for once it is known who or what has answered.

    The call's own words can only lead there: they are fixed before it is known whether a person
    listens, and a machine must hear no more than a name and a number.
    """
    if not settings.TWILIO_CALLER_NUMBER:
        return Result(CONFIGURATION, code="no caller number")
    return tried(
        lambda: client().calls.create(
            to=parcel.address,
            from_=settings.TWILIO_CALLER_NUMBER,
            twiml=_leading_to(_address("twilio-call-words", parcel)),
            machine_detection="DetectMessageEnd",
            timeout=RINGS_SECONDS,
            time_limit=MOST_SECONDS,
            status_callback=_address("twilio-call-status", parcel),
        )
    )


def sent_to(address: str) -> list[Sent] | None:
    """The calls that the provider says it took for this number, newest first; None if it does not say."""
    sender = settings.TWILIO_CALLER_NUMBER
    taken = listed(
        lambda: client().calls.list(to=address, from_=sender, limit=LIST_LIMIT, page_size=LIST_LIMIT)
    )
    if taken is None:
        return None
    return [
        Sent(str(call.sid), "", created_at, str(call.status or ""), "")
        for call in taken
        if (created_at := _created_at(call.date_created)) and str(call.direction).startswith("outbound")
    ]


def fetched(provider_id: str) -> Sent | None:
    """What became of one call; None if the provider does not say."""
    call = listed(lambda: client().calls(provider_id).fetch())
    created_at = _created_at(call.date_created) if call else None
    if call is None or created_at is None:
        return None
    return Sent(provider_id, "", created_at, str(call.status or ""), "", str(call.answered_by or ""))


def _created_at(given: object) -> datetime | None:
    return given if isinstance(given, datetime) else None


def _leading_to(address: str) -> str:
    words = VoiceResponse()
    words.redirect(address, method="POST")
    return str(words)


def _address(name: str, parcel: Parcel) -> str:
    return urljoin(settings.KEPT_PUBLIC_BASE_URL, reverse(name, args=[parcel.attempt_id]))
