"""The evaluator's and the tests' way in: faults, replies, and a full account of what happened."""

import json
import os
import time
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.company import COMPANY
from sandbox.mailbox import Mail, attachments, html_as_text, plain_text, subject
from sandbox.misbehaving import json_answer
from sandbox.records import ANSWERS, Answering, Call, Message, WebhookResult, is_e164


class BadRequestError(ValueError):
    """A control request that makes no sense; its words go back to whoever asked."""


async def show_faults(request: web.Request) -> web.Response:
    """The present misbehaviour."""
    return json_answer(request.app[COMPANY].faults.as_json())


async def change_faults(request: web.Request) -> web.Response:
    """Set what is named, leave the rest."""
    faults = request.app[COMPANY].faults
    faults.change(await _wishes(request))
    return json_answer(faults.as_json())


async def reset(request: web.Request) -> web.Response:
    """Begin anew."""
    await request.app[COMPANY].begin_anew()
    return json_answer({"reset": True})


async def messages(request: web.Request) -> web.Response:
    """Every text in the order it was taken; `to`, `since` (epoch seconds) and `direction` narrow."""
    company = request.app[COMPANY]
    to, direction = request.query.get("to", ""), request.query.get("direction", "")
    since = float(request.query.get("since", "0"))
    known = company.carrier.by_phone.get(to, []) if to else company.carrier.messages.values()
    shown = [
        message_record(message)
        for message in known
        if message.created_at >= since and direction in ("", message.direction)
    ]
    return json_answer({"count": len(shown), "messages": shown})


async def calls(request: web.Request) -> web.Response:
    """Every call, with what was said and pressed."""
    shown = [call_record(call) for call in request.app[COMPANY].carrier.calls.values()]
    return json_answer({"count": len(shown), "calls": shown})


async def mails(request: web.Request) -> web.Response:
    """Every e-mail; `to` narrows to one address."""
    mailbox = request.app[COMPANY].mailbox
    to = request.query.get("to", "").lower()
    shown = [mail_record(mail) for mail in (mailbox.of(to)[::-1] if to else mailbox.mails.values())]
    return json_answer({"count": len(shown), "mails": shown})


async def reply(request: web.Request) -> web.Response:
    """A client texts the practice; answers when Kept has answered, with what it said."""
    wishes = await _wishes(request)
    phone, to = str(wishes.get("from", "")), str(wishes.get("to", ""))
    if not is_e164(phone):
        raise BadRequestError("from must be a number such as +15550100123")
    company = request.app[COMPANY]
    message, passing = company.delivery.receive(phone=phone, body=str(wishes.get("body", "")), to=to)
    await passing
    return json_answer(message_record(message), 201)


async def number(request: web.Request) -> web.Response:
    """Arrange a number's fate: a Twilio `code` (null: none), who `answers`, `digits` pressed."""
    wishes = await _wishes(request)
    carrier, phone = request.app[COMPANY].carrier, str(wishes.get("number", ""))
    if not is_e164(phone):
        raise BadRequestError("number must be such as +15550100123")
    if "code" in wishes:
        carrier.codes.pop(phone, None)
        if wishes["code"] is not None:
            carrier.codes[phone] = int(str(wishes["code"]))
    if "answers" in wishes or "digits" in wishes:
        carrier.answering[phone] = _answering(wishes)
    return json_answer({"number": phone, "code": carrier.code_of(phone)})


async def stats(request: web.Request) -> web.Response:
    """Counters, and the processor time of this process (user and system, in seconds)."""
    company = request.app[COMPANY]
    used = os.times()
    carrier = company.carrier
    return json_answer(
        {
            "pid": os.getpid(),
            "smtp_port": company.smtp_port,
            "uptime_seconds": time.time() - company.started_at,
            "cpu_seconds": used.user + used.system,
            "accepted": carrier.accepted,
            "messages": len(carrier.messages),
            "calls": len(carrier.calls),
            "mails": len(company.mailbox.mails),
            "opted_out": len(carrier.opted_out),
            "requests": dict(company.counts),
            "faults": dict(company.faults.seen),
            "webhooks": dict(company.webhooks.counts),
            "under_way": company.webhooks.under_way,
        }
    )


def message_record(message: Message) -> dict[str, object]:
    """One text for the record: instants are seconds since the epoch."""
    return {
        "sid": message.sid,
        "direction": message.direction,
        "to": message.to,
        "from": message.sender,
        "body": message.body,
        "status": message.status,
        "error_code": message.error_code,
        "accepted_at": message.created_at,
        "sent_at": message.sent_at,
        "status_callback": message.status_callback,
        "validity_seconds": message.validity_seconds,
        "fault": message.fault,
        "webhooks": [_webhook(result) for result in message.webhooks],
    }


def call_record(call: Call) -> dict[str, object]:
    """One call for the record."""
    return {
        "sid": call.sid,
        "to": call.to,
        "from": call.sender,
        "status": call.status,
        "accepted_at": call.created_at,
        "answered_by": call.answered_by,
        "spoken": call.spoken,
        "pressed": call.pressed,
        "awaits": call.awaits,
        "fault": call.fault,
        "webhooks": [_webhook(result) for result in call.webhooks],
    }


def mail_record(mail: Mail) -> dict[str, object]:
    """One e-mail for the record; attachments by name, type and text."""
    return {
        "id": mail.id,
        "at": mail.at,
        "from": mail.sender,
        "to": list(mail.recipients),
        "subject": subject(mail),
        "text": plain_text(mail),
        "html_words": html_as_text(mail),
        "headers": {name: str(value) for name, value in mail.parsed.items()},
        "attachments": [
            {
                "name": file.name,
                "type": file.content_type,
                "text": file.content.decode(errors="replace"),
            }
            for file in attachments(mail)
        ],
    }


@web.middleware
async def plain_complaints(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a senseless control request with 400 and a sentence."""
    try:
        return await handler(request)
    except ValueError as error:
        if not request.path.startswith("/control/"):
            raise
        return json_answer({"error": str(error)}, 400)


def _webhook(result: WebhookResult) -> dict[str, object]:
    return {"kind": result.kind, "at": result.at, "answer": result.answer, "note": result.note}


def _answering(wishes: Mapping[str, object]) -> Answering:
    by, digits = str(wishes.get("answers", "human")), str(wishes.get("digits", ""))
    if by not in ANSWERS:
        raise BadRequestError(f"answers must be one of {', '.join(ANSWERS)}")
    return Answering(by, digits)


async def _wishes(request: web.Request) -> dict[str, object]:
    try:
        wishes = json.loads(await request.read() or b"{}")
    except ValueError:
        raise BadRequestError("the body must be JSON") from None
    if not isinstance(wishes, dict):
        raise BadRequestError("the body must be a JSON object")
    return wishes
