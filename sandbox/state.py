"""Keeps phones and mailboxes in a file, so that a demo that is started again remembers them."""

import asyncio
import base64
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sandbox.company import Company
from sandbox.mailbox import Mail
from sandbox.records import Answering, Call, Message, WebhookResult

SAVE_EVERY_SECONDS = 5


def save(company: Company) -> None:
    """Write everything to the state file, if there is one; a crash never leaves half a file."""
    path = company.settings.state
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(_remembered(company)))
    fresh.replace(path)


def load(company: Company) -> None:
    """Read the state file, if there is one; an unreadable one is set aside, not fatal."""
    path = company.settings.state
    if path is None or not path.exists():
        return
    try:
        _recall(company, json.loads(path.read_text()))
    except (ValueError, KeyError, TypeError):
        company.carrier.forget()
        company.mailbox.forget()
        path.replace(path.with_suffix(".unreadable"))


async def keep_saving(company: Company) -> None:
    """Save now and then, whenever something changed."""
    last: object = _sizes(company)
    while company.settings.state is not None:
        await asyncio.sleep(SAVE_EVERY_SECONDS)
        if (now := _sizes(company)) != last:
            save(company)
            last = now


def _sizes(company: Company) -> tuple[int, ...]:
    carrier = company.carrier
    return (
        len(carrier.messages),
        len(carrier.calls),
        len(carrier.opted_out),
        len(company.mailbox.mails),
        sum(company.webhooks.counts.values()),
    )


def _remembered(company: Company) -> dict[str, object]:
    carrier = company.carrier
    return {
        "messages": [asdict(message) for message in carrier.messages.values()],
        "calls": [asdict(call) for call in carrier.calls.values()],
        "opted_out": sorted(carrier.opted_out),
        "codes": carrier.codes,
        "answering": {phone: asdict(wish) for phone, wish in carrier.answering.items()},
        "accepted": carrier.accepted,
        "mails": [_mail_out(mail) for mail in company.mailbox.mails.values()],
    }


def _recall(company: Company, known: Mapping[str, Any]) -> None:
    carrier = company.carrier
    for row in known["messages"]:
        carrier.keep(Message(**_with_webhooks(row)))
    for row in known["calls"]:
        carrier.keep_call(Call(**_with_webhooks(row)))
    carrier.opted_out.update((phone, sender) for phone, sender in known["opted_out"])
    carrier.codes.update(known["codes"])
    carrier.answering.update({phone: Answering(**wish) for phone, wish in known["answering"].items()})
    carrier.accepted = known["accepted"]
    for row in known["mails"]:
        company.mailbox.keep(_mail_in(row))


def _with_webhooks(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "webhooks": [WebhookResult(**result) for result in row["webhooks"]]}


def _mail_out(mail: Mail) -> dict[str, object]:
    return {**asdict(mail), "raw": base64.b64encode(mail.raw).decode()}


def _mail_in(row: Mapping[str, Any]) -> Mail:
    return Mail(
        id=row["id"],
        at=row["at"],
        sender=row["sender"],
        recipients=tuple(row["recipients"]),
        raw=base64.b64decode(row["raw"]),
    )
