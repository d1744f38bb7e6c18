"""Texts and calls in the JSON that Twilio's API answers with."""

from datetime import UTC, datetime
from email.utils import format_datetime

from sandbox.records import Call, Message

API = "/2010-04-01"
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE = frozenset("^{}\\[~]|€")


def segments(body: str) -> int:
    """How many texts the carrier bills: GSM-7 160/153 characters, UCS-2 70/67 code units."""
    if all(letter in _GSM or letter in _GSM_DOUBLE for letter in body):
        units = len(body) + sum(letter in _GSM_DOUBLE for letter in body)
        single, several = 160, 153
    else:
        units = len(body.encode("utf-16-le")) // 2
        single, several = 70, 67
    return 1 if units <= single else -(-units // several)


def rfc2822(instant: float | None) -> str | None:
    """The API's way of writing an instant given in seconds since the epoch."""
    if instant is None:
        return None
    return format_datetime(datetime.fromtimestamp(instant, UTC))


def message_json(message: Message, account_sid: str) -> dict[str, object]:
    """A Message resource."""
    uri = f"{API}/Accounts/{account_sid}/Messages/{message.sid}"
    created = rfc2822(message.created_at)
    return {
        "account_sid": account_sid,
        "api_version": "2010-04-01",
        "body": message.body,
        "date_created": created,
        "date_sent": rfc2822(message.sent_at),
        "date_updated": rfc2822(message.updated_at),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": None,
        "from": None if message.status == "accepted" else message.sender,
        "messaging_service_sid": message.service_sid or None,
        "num_media": "0",
        "num_segments": str(segments(message.body)),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.to,
        "uri": f"{uri}.json",
    }


def call_json(call: Call, account_sid: str) -> dict[str, object]:
    """A Call resource; its length is in whole seconds, as text."""
    uri = f"{API}/Accounts/{account_sid}/Calls/{call.sid}"
    return {
        "account_sid": account_sid,
        "answered_by": call.answered_by or None,
        "api_version": "2010-04-01",
        "caller_name": None,
        "date_created": rfc2822(call.created_at),
        "date_updated": rfc2822(call.ended_at or call.started_at or call.created_at),
        "direction": "outbound-api",
        "duration": call_seconds(call),
        "end_time": rfc2822(call.ended_at),
        "forwarded_from": None,
        "from": call.sender,
        "from_formatted": call.sender,
        "group_sid": None,
        "parent_call_sid": None,
        "phone_number_sid": "PN" + "0" * 32,
        "price": None,
        "price_unit": "USD",
        "queue_time": "0",
        "sid": call.sid,
        "start_time": rfc2822(call.started_at),
        "status": call.status,
        "subresource_uris": {"events": f"{uri}/Events.json"},
        "to": call.to,
        "to_formatted": call.to,
        "trunk_sid": None,
        "uri": f"{uri}.json",
    }


def call_seconds(call: Call) -> str | None:
    """How long the two were connected, or None while they still are."""
    if call.ended_at is None:
        return None
    return str(round(call.ended_at - (call.started_at or call.ended_at)))
