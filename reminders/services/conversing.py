"""Verbs for what clients write to the practice: take it in, say whose it is, see to it."""

from datetime import datetime

from accounts.audit import acting
from accounts.models import User
from clients.models import Client
from reminders.models import InboundMessage
from reminders.replies import read
from reminders.services.answering import do_what_it_asks
from reminders.services.heard import Heard, Reply, writer_of


def receive_inbound(*, reply: Reply, now: datetime) -> InboundMessage:
    """Take in a text: do what it asks, answer it, and leave to a person what needs one.

    The same text delivered twice is one. A number that nobody has, or that several people share
    and more than one may mean, is never guessed about: it goes to the inbox.
    """
    with acting("receive_inbound", actor=None):
        reading = read(reply.body)
        inbound, is_new = InboundMessage.objects.get_or_create(
            provider_id=reply.provider_id,
            defaults={
                "from_address": reply.from_address,
                "to_address": reply.to_address,
                "body": reply.body,
                "kind": reading.kind,
                "received_at": now,
                "client": writer_of(reply.from_address, reading, now),
            },
        )
        if is_new:
            do_what_it_asks(Heard(inbound, reading, reply, now))
            inbound.save()
    return inbound


def resolve_inbound(
    *, inbound: InboundMessage, resolution: str = "", actor: User, now: datetime
) -> InboundMessage:
    """A person has seen to it. Resolving twice keeps the first."""
    with acting("resolve_inbound", actor=actor):
        locked = InboundMessage.objects.select_for_update().get(pk=inbound.pk)
        if locked.resolved_at is None:
            locked.resolved_at, locked.resolved_by, locked.resolution = now, actor, resolution
            locked.save()
    return locked


def assign_inbound(*, inbound: InboundMessage, client: Client, actor: User) -> InboundMessage:
    """Say whose text this is; the number itself is remembered for nobody."""
    with acting("assign_inbound", actor=actor):
        locked = InboundMessage.objects.select_for_update().get(pk=inbound.pk)
        locked.client = client
        locked.save()
    return locked
