"""Both stories of a message that nobody can decide by rule: what we did, and what the provider's record holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.models import Channel
from dashboard.follow_ups.reach import spoken_number
from reminders.models import Attempt, Message

PROVIDER_SAYS = {
    "queued": gettext_lazy("waiting there"),
    "accepted": gettext_lazy("taken"),
    "sending": gettext_lazy("on its way"),
    "sent": gettext_lazy("sent"),
    "delivered": gettext_lazy("delivered"),
    "undelivered": gettext_lazy("not delivered"),
    "failed": gettext_lazy("not delivered"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the provider's list."""

    at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class Stories:
    """Ours and theirs, side by side."""

    began_at: datetime | None
    address: str
    body: str
    ours: str
    asked_at: datetime | None
    theirs: str
    entries: tuple[Entry, ...]


def stories_of(message: Message, attempts: Sequence[Attempt]) -> Stories:
    """What a person needs to decide whether it arrived."""
    last = attempts[-1] if attempts else None
    listed: dict[str, Any] = (last.listed if last else None) or {}
    entries = tuple(_entry(one) for one in listed.get("found", ()))
    return Stories(
        began_at=last.committed_at if last else None,
        address=_spoken(last.address) if last else "",
        body=last.body if last else message.words,
        ours=_ours(message, last),
        asked_at=parse_datetime(listed["asked_at"]) if listed else None,
        theirs=_theirs(message, last, listed, len(entries)),
        entries=entries,
    )


def _ours(message: Message, last: Attempt | None) -> str:
    if message.reason == "restored":
        return _(
            "It fell due before this practice was restored from a backup; what happened then is not known here."
        )
    if last is None:
        return _("We have not begun to send it.")
    return _("We handed it over, and the connection broke off before the provider said that it was taken.")


def _theirs(message: Message, last: Attempt | None, listed: dict[str, Any], count: int) -> str:
    if message.reason == "restored" or last is None:
        return _("Not asked: look into the provider's own log, or ask the client.")
    if last.channel == Channel.EMAIL:
        return _("A mail provider keeps no list that can be asked.")
    if "found" not in listed:
        return _("Its list could not be read for a day.")
    return ngettext(
        "Its list holds one message that may be this one.",
        "Its list holds %(count)d that may be this one, and they cannot be told apart.",
        count,
    ) % {"count": count}


def _entry(one: dict[str, str]) -> Entry:
    at = parse_datetime(one["at"])
    assert at is not None  # noqa: S101  # written by unknown.py
    return Entry(at, str(PROVIDER_SAYS.get(one["status"], one["status"])))


def _spoken(address: str) -> str:
    return spoken_number(address) if address.startswith("+") else address
