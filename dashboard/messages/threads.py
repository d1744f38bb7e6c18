"""One person's conversation with the practice: both sides, with what became of each message."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from clients.access import get_client
from dashboard.messages.inbox import line_of as inbound_line
from dashboard.messages.outbox import line_of
from dashboard.messages.words import Mark
from dashboard.pages import StaffRequest, staff_page
from reminders.access import messages_to, replies_of
from reminders.models import InboundMessage, Message, State

# A thread shows so many of each side; older ones are in the outbox.
SHOWN = 150


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of either side."""

    at: datetime
    from_us: bool
    body: str
    via: str
    mark: Mark | None
    note: str  # why it is so, or what their text did
    state: str


@never_cache
@staff_page(May.ANSWER_MESSAGES)
def thread(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Everything said between one client and the practice by message."""
    client, practice, now = get_client(request.user, public_id), get_practice(), timezone.now()
    sent = messages_to(request.user, client)[:SHOWN]
    ours = [_ours(message, now) for message in sent]
    theirs = [_theirs(inbound) for inbound in replies_of(request.user, client)[:SHOWN]]
    said = sorted([*ours, *theirs], key=lambda bubble: (bubble.at, bubble.from_us))
    log_view(user=request.user, kind="thread", public_ids=[public_id])
    context = {
        "client": client,
        "said": [bubble for bubble in said if bubble.at <= now],
        "to_come": [bubble for bubble in said if bubble.at > now],
    }
    with timezone.override(practice.zone):
        return render(request, "messages/thread.html", context)


def _ours(message: Message, now: datetime) -> Bubble:
    line = line_of(message, now)
    attempts = list(message.attempts.all())
    last = attempts[-1] if attempts else None
    about = f"{message.get_purpose_display()}{f': {line.about}' if line.about else ''}"
    return Bubble(
        at=last.committed_at if last else message.due_at,
        from_us=True,
        body=line.body or about,
        via=last.get_channel_display() if last else "",
        mark=line.mark,
        note=line.why,
        state="failed" if message.state in (State.FAILED, State.SUPPRESSED, State.EXPIRED) else message.state,
    )


def _theirs(inbound: InboundMessage) -> Bubble:
    line = inbound_line(inbound)
    return Bubble(
        at=inbound.received_at,
        from_us=False,
        body=inbound.body,
        via=inbound.get_channel_display(),
        mark=None,
        note=line.did,
        state="received",
    )
