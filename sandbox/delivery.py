"""What happens to a text after it was accepted or received, and how Kept is told of it."""

import asyncio
from dataclasses import dataclass

from sandbox.carrier import FAILS_BEFORE_SENDING, Carrier, opt_out_type
from sandbox.faults import Faults
from sandbox.records import Message
from sandbox.settings import Settings
from sandbox.webhooks import Webhooks

ROUTE = ("queued", "sent", "delivered")


@dataclass(slots=True)
class Delivery:
    """Carries texts both ways."""

    settings: Settings
    carrier: Carrier
    faults: Faults
    webhooks: Webhooks

    def begin(self, message: Message) -> None:
        """Send an accepted text on its way; in fast mode it has arrived already."""
        if not self.settings.fast:
            self.webhooks.start(self._carry(message))

    def receive(self, *, phone: str, body: str, to: str = "") -> tuple[Message, asyncio.Task[None]]:
        """Take a client's text and pass it to Kept; the task ends with Kept's answer."""
        message = self.carrier.receive(phone=phone, body=body, to=to)
        return message, self.webhooks.start(self._pass_on(message))

    async def _carry(self, message: Message) -> None:
        backwards = self.faults.happens(self.faults.rates.callback_reorder_rate)
        told: list[dict[str, str]] = []
        last: asyncio.Task[None] | None = None
        for stage in ROUTE:
            await asyncio.sleep(self.faults.rates.carrier_seconds)
            status = self._reached(message, stage)
            self.carrier.advance(message, status)
            told.append(status_fields(message, self.settings.account_sid))
            if not backwards:
                last = self.webhooks.start(self._tell(message, told[-1], after=last))
            if status in ("failed", "undelivered"):
                break
        if backwards:
            self.webhooks.counts["reordered"] += 1
            for fields in reversed(told):
                last = self.webhooks.start(self._tell(message, fields, after=last))

    def _reached(self, message: Message, status: str) -> str:
        """The status instead of this one, when the text fails at this point."""
        code = self.carrier.failure_of(message)
        if code and status == "sent" and code in FAILS_BEFORE_SENDING:
            return "failed"
        return "undelivered" if code and status == "delivered" else status

    async def _tell(
        self, message: Message, fields: dict[str, str], *, after: asyncio.Task[None] | None
    ) -> None:
        """Post one status callback, as late and as often as the faults have it."""
        if not message.status_callback:
            return
        await asyncio.sleep(self.faults.callback_delay_seconds())
        if after is not None:
            await asyncio.wait([after])
        rates = self.faults.rates
        if self.faults.happens(rates.callback_drop_rate):
            self.webhooks.counts["dropped"] += 1
            return
        twice = self.faults.happens(rates.callback_duplicate_rate)
        self.webhooks.counts["duplicated"] += twice
        for _ in range(2 if twice else 1):
            await self.webhooks.post(
                message.status_callback,
                fields,
                kind=fields["MessageStatus"],
                log=message.webhooks,
            )

    async def _pass_on(self, message: Message) -> None:
        wish = opt_out_type(message.body)
        if wish and not self.settings.forwards_stop:
            return
        fields = inbound_fields(message, self.settings.account_sid)
        if wish and self.settings.opt_out_type:
            fields["OptOutType"] = wish
        await self.webhooks.post(self.settings.inbound_url, fields, kind="inbound", log=message.webhooks)


def status_fields(message: Message, account_sid: str) -> dict[str, str]:
    """The form of a status callback, as the text stands now."""
    fields = {
        "AccountSid": account_sid,
        "ApiVersion": "2010-04-01",
        "From": message.sender,
        "MessageSid": message.sid,
        "MessageStatus": message.status,
        "SmsSid": message.sid,
        "SmsStatus": message.status,
        "To": message.to,
    }
    if message.service_sid:
        fields["MessagingServiceSid"] = message.service_sid
    if message.error_code:
        fields["ErrorCode"] = str(message.error_code)
    return fields


def inbound_fields(message: Message, account_sid: str) -> dict[str, str]:
    """The form of an incoming text's webhook."""
    return {
        "AccountSid": account_sid,
        "ApiVersion": "2010-04-01",
        "Body": message.body,
        "From": message.sender,
        "FromCity": "",
        "FromCountry": "US",
        "FromState": "",
        "FromZip": "",
        "MessageSid": message.sid,
        "MessagingServiceSid": message.service_sid,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "To": message.to,
        "ToCity": "",
        "ToCountry": "US",
        "ToState": "",
        "ToZip": "",
    }
