"""The whole pretend company in one place: what it knows, how it misbehaves, whom it tells."""

import time
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.calls import Calls
from sandbox.carrier import Carrier
from sandbox.delivery import Delivery
from sandbox.faults import Faults
from sandbox.mailbox import Mailbox
from sandbox.settings import Settings
from sandbox.webhooks import Webhooks


@dataclass(slots=True)
class Company:
    """The rooms of the pretend company."""

    settings: Settings
    carrier: Carrier
    faults: Faults
    webhooks: Webhooks
    delivery: Delivery
    calls: Calls
    mailbox: Mailbox
    counts: Counter[str] = field(default_factory=Counter)
    started_at: float = field(default_factory=time.time)
    port: int = 0
    smtp_port: int = 0

    async def begin_anew(self) -> None:
        """Forget everything and behave well."""
        await self.webhooks.drop_all()
        self.carrier.forget()
        self.mailbox.forget()
        self.faults.reset()
        self.webhooks.counts.clear()
        self.counts.clear()


COMPANY = web.AppKey("company", Company)


def found(settings: Settings) -> Company:
    """Set the company up with nothing in it."""
    carrier, faults, webhooks = Carrier(settings), Faults(), Webhooks(settings)
    return Company(
        settings=settings,
        carrier=carrier,
        faults=faults,
        webhooks=webhooks,
        delivery=Delivery(settings, carrier, faults, webhooks),
        calls=Calls(settings, carrier, faults, webhooks),
        mailbox=Mailbox(),
    )
