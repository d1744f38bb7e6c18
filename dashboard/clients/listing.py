"""Lines of the client list: who, how to reach them, who sees them, and when next."""

from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from accounts.services import get_practice
from clients.access import cases_visible_to, phones_of
from clients.models import Client, ContactPoint
from sessions_app.access import participants_visible_to
from sessions_app.models import Participant


@dataclass(kw_only=True)
class ClientLine:
    """One person in the list."""

    client: Client
    is_away: bool
    is_minor: bool
    phone: ContactPoint | None = None
    clinicians: list[str] = field(default_factory=list)
    next: Participant | None = None


def client_lines(user: User, people: list[Client], *, now: datetime) -> list[ClientLine]:
    """Lines for these people, in a constant number of queries."""
    today = get_practice().today(now)
    lines = {
        client.pk: ClientLine(client=client, is_away=client.is_away(today), is_minor=client.is_minor(today))
        for client in people
    }
    for phone in reversed(list(phones_of(people))):
        lines[phone.client_id].phone = phone
    _add_clinicians(user, lines)
    for participant in participants_visible_to(user).next_of(people, now):
        lines[participant.client_id].next = participant
    return list(lines.values())


def _add_clinicians(user: User, lines: dict[int, ClientLine]) -> None:
    cases = cases_visible_to(user).open().filter(members__client__in=list(lines), members__left_on=None)
    for case in cases.distinct().with_people():
        names = [row.clinician.name for row in case.case_clinicians.all() if row.until_on is None]
        for member in case.members.all():
            if member.left_on is None and member.client_id in lines:
                known = lines[member.client_id].clinicians
                known.extend(name for name in names if name not in known)
