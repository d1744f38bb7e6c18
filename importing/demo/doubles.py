"""Records of one person that the demonstration has twice: two that stand apart, and two that were merged."""

from datetime import datetime, timedelta

from accounts.models import User
from clients.models import Client
from clients.services import ClientDetails, create_client
from followups.merging import merge_clients
from importing.demo.practice import Setting


def write_some_twice(setting: Setting, *, now: datetime) -> None:
    """A desk looked for the short name and missed the long one; of the other two a letter was left out."""
    _twice("Ben", "Benjamin", "Archer", now=now - timedelta(days=4))
    ella, other = _twice("Ella", "Ela", "Quinn", now=now - timedelta(days=12))
    fran = User.objects.get(name="Fran Castillo")
    merge_clients(gone=other, kept=ella, actor=fran, now=now - timedelta(days=5))


def _twice(given_name: str, typed: str, family_name: str, *, now: datetime) -> tuple[Client, Client]:
    """The record that is treated, and the one that another desk began: of the same day of birth."""
    known = Client.objects.get(given_name=given_name, family_name=family_name)
    details = ClientDetails(
        given_name=typed, family_name=family_name, born_on=known.born_on, timezone=known.timezone
    )
    return known, create_client(details=details, actor=User.objects.get(name="Sam Whitfield"), now=now)
