"""Addresses in the demonstration that no page leads to: clients' signed links, and what staff are led to once.

One signed link for each state that its sessions and offers are in: its first texts carry none, so these are made
here as a message makes them. Nothing is written, nothing sent.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Practice
from accounts.services import get_practice
from clients.models import ClientMerge
from config.engines import running_addresses
from config.places import ENGINES, ROOT
from portal.access import LinkRefused, Visit, open_link
from portal.drawing import Standing, fee_words, standing_of
from portal.receipts import DONE, OPEN_FOR
from reminders.links import Link, LinkFor, tag_of, token_of
from reminders.models import Trial
from sessions_app.models import Offer, OfferState, Participant

PAGES = frozenset({LinkFor.SESSION})
LOOKED_AT = 400
STATES = 11
OVER = timedelta(days=1)


def links_of_clients() -> list[str]:
    """Their paths; none where the demonstration runs from another folder."""
    return [line for line in in_the_demonstration(print_links) if line.startswith("/")]


def links_of_staff() -> list[str]:
    """Paths that an act leads to, and no page afterwards; none where the demonstration runs from another folder."""
    return [line for line in in_the_demonstration(print_ends_of_acts) if line.startswith("/")]


def in_the_demonstration(ask: Callable[[], None]) -> list[str]:
    """What a function prints there, line by line.

    Asked in a process of its own: a browser's keeps an event loop, in which Django asks no database.
    """
    if running_addresses(ENGINES) is None:
        return []
    command = f"from {ask.__module__} import {ask.__name__}; {ask.__name__}()"
    shell = [sys.executable, "manage.py", "shell", "--verbosity=0", f"--command={command}"]
    said = subprocess.run(shell, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    return said.splitlines()


def print_ends_of_acts() -> None:
    """Two who were parted again, and how far a trial of words has come."""
    for merge in ClientMerge.objects.exclude(undone_at=None):
        print(reverse("dashboard:parting", args=[merge.public_id]))
    for trial in Trial.objects.all()[:1]:
        print(reverse("dashboard:trial", args=[trial.public_id]))


def print_links() -> None:
    """Each on a line of its own."""
    practice, now = get_practice(), timezone.now()
    visits = list(islice(_visits(practice, now), STATES))
    for path in (*_pages(visits), *_receipts(visits, practice, now)):
        print(path)
    for offer in Offer.objects.filter(state=OfferState.OPEN, expires_at__gt=now).select_related("recipient"):
        print(reverse("portal:offer", args=[_offer_token(offer)]))


def _visits(practice: Practice, now: datetime) -> Iterator[Visit]:
    """The first session of each state: begun, near, together, confirmed, with a fee, in Spanish, and so on."""
    seen: set[tuple[Standing, str, bool]] = set()
    ahead = Participant.objects.filter(session__ends_at__gt=now).select_related("client", "session")
    for participant in ahead.order_by("session__starts_at", "pk")[:LOOKED_AT]:
        visit = _visit(_link_to(participant), PAGES, practice, now)
        if visit is None:
            continue
        state = (standing_of(visit), visit.reader.language, bool(fee_words(visit)))
        if state not in seen:
            seen.add(state)
            yield visit


def _visit(link: Link, purposes: frozenset[LinkFor], practice: Practice, now: datetime) -> Visit | None:
    try:
        return open_link(token_of(link), purposes, practice=practice, now=now)
    except LinkRefused:
        return None


def _link_to(participant: Participant) -> Link:
    return Link(
        purpose=LinkFor.SESSION,
        subject_id=participant.public_id,
        recipient_tag=tag_of(participant.client.public_id),
        version=participant.session.version,
        expires_at=participant.session.ends_at,
        is_private=True,
    )


def _pages(visits: list[Visit]) -> Iterator[str]:
    """Their pages, and two that open nothing any more: over, and replaced by a newer one."""
    for visit in visits:
        yield reverse("portal:time", args=[visit.token])
    for visit in visits[:1]:
        yield reverse("portal:time", args=[token_of(replace(visit.link, expires_at=visit.now - OVER))])
        yield reverse("portal:time", args=[token_of(replace(visit.link, version=visit.link.version + 1))])


def _receipts(visits: list[Visit], practice: Practice, now: datetime) -> Iterator[str]:
    """What was done, each thing once: of the first page, and of a time that was cancelled."""
    cancelled = Q(cancelled_at__isnull=False) | Q(session__cancelled_at__isnull=False)
    found = Participant.objects.filter(cancelled, session__ends_at__gt=now).select_related(
        "client", "session"
    )
    links = [visit.link for visit in visits[:1]] + [_link_to(one) for one in found[:LOOKED_AT]]
    shown: set[LinkFor] = set()
    for link in links:
        for what in sorted(DONE.keys() - shown):
            receipt = replace(link, purpose=what, expires_at=now + OPEN_FOR)
            if _visit(receipt, frozenset(DONE), practice, now):
                shown.add(what)
                yield reverse("portal:done", args=[token_of(receipt)])


def _offer_token(offer: Offer) -> str:
    return token_of(
        Link(
            purpose=LinkFor.OFFER,
            subject_id=offer.public_id,
            recipient_tag=tag_of(offer.recipient.public_id),
            version=1,
            expires_at=offer.expires_at,
        )
    )
