"""What got in the way before, for who may read it."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from attendance.access import barriers_readable_by
from clients.models import Client
from followups.models import AttemptBarrier, FollowUp

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBefore:
    """A barrier, and when it was last named."""

    label: str
    icon: str
    at: datetime


def barriers_named_before(user: User, client: Client) -> tuple[NamedBefore, ...]:
    """Each once, the latest first, from attempts and attendance alike; nothing for the desk. Two queries."""
    readable = FollowUp.objects.clinical_for(user).filter(client=client).order_by().values("pk")
    on_calls = AttemptBarrier.objects.filter(attempt__follow_up__in=readable)
    at_sessions = barriers_readable_by(user).filter(participant__client=client)
    found = [
        *on_calls.values_list("barrier__label", "barrier__icon", "attempt__at"),
        *at_sessions.values_list("barrier__label", "barrier__icon", "named_at"),
    ]
    latest: dict[str, NamedBefore] = {}
    for label, icon, at in sorted(found, key=lambda one: one[2], reverse=True):
        latest.setdefault(label, NamedBefore(label=label, icon=icon, at=at))
    return tuple(latest.values())[:SHOWN]
