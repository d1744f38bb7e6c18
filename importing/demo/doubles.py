"""Records of one person that the demonstration has twice, and two people whom somebody took for one."""

from datetime import date, datetime, timedelta

from accounts.models import User
from clients.models import Client
from clients.services import ClientDetails, ContactDetails, add_contact_point, create_client
from followups.merging import merge_clients, part_clients
from importing.demo.practice import Setting


def write_some_twice(setting: Setting, *, now: datetime) -> None:
    """Two stand apart still, two are merged; and two were merged who are sisters-in-law, and parted again."""
    fran = User.objects.get(name="Fran Castillo")
    # A desk looked for the short name and missed the long one.
    _twice("Ben", "Benjamin", "Archer", now=now - timedelta(days=4))
    # A letter was left out.
    ella, other = _twice("Ella", "Ela", "Quinn", now=now - timedelta(days=12))
    merge_clients(gone=other, kept=ella, actor=fran, now=now - timedelta(days=5))
    _take_for_one(fran, now=now)


def _take_for_one(fran: User, *, now: datetime) -> None:
    nadia = Client.objects.get(given_name="Nadia", family_name="Haas")
    nadja = _typed("Nadja", "Haas-Weber", nadia, now=now - timedelta(days=9))
    merge = merge_clients(gone=nadja, kept=nadia, actor=fran, now=now - timedelta(days=3))
    hers = ContactDetails(kind="phone", address="+19145550181", label="work", may_text=False)
    add_contact_point(client=nadia, details=hers, actor=fran)
    part_clients(merge=merge, actor=fran, now=now - timedelta(days=2))


def _twice(given_name: str, typed: str, family_name: str, *, now: datetime) -> tuple[Client, Client]:
    """The record that is treated, and the one that another desk began: of the same day of birth."""
    known = Client.objects.get(given_name=given_name, family_name=family_name)
    return known, _typed(typed, family_name, known, now=now, born_on=known.born_on)


def _typed(
    given_name: str, family_name: str, like: Client, *, now: datetime, born_on: date | None = None
) -> Client:
    details = ClientDetails(
        given_name=given_name, family_name=family_name, born_on=born_on, timezone=like.timezone
    )
    return create_client(details=details, actor=User.objects.get(name="Sam Whitfield"), now=now)
