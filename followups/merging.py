"""Merging two records of one person, and taking them apart again: each room moves what is its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from attendance.moving import BELONGINGS as ATTENDANCE
from clients.access import get_client
from clients.merging import (
    cases_that_go_back,
    differing,
    join_addresses,
    join_guardianships,
    keep_refusals,
    reasons_against,
    summary,
    take_facts,
)
from clients.models import AwaySupport, CaseMember, Client, ClientMerge
from clients.moving import BELONGINGS as CLIENTS
from clients.moving import Belonging, Journal, move_rows, move_rows_back
from followups.models import FollowUp, Invitation, WellbeingConcern
from reminders.models import Message
from reminders.moving import BELONGINGS as REMINDERS
from sessions_app.models import Participant
from sessions_app.moving import BELONGINGS as SESSIONS
from sessions_app.moving import are_in_one_session, lock_sessions_of
from sessions_app.occupancy import case_key, client_key, lock_resources

FOLLOW_UPS = (
    Belonging(FollowUp, case="case"),
    Belonging(Invitation, "asker", case="member__case"),
    Belonging(WellbeingConcern, case="case"),
)
# From the lowest room up: a row follows the rows that it stands on.
BELONGINGS: tuple[Belonging, ...] = (*CLIENTS, *SESSIONS, *ATTENDANCE, *REMINDERS, *FOLLOW_UPS)


def refusals(gone: Client, kept: Client) -> list[str]:
    """Why these two cannot be merged, in words for whoever asks; empty where they can."""
    if gone.pk == kept.pk:
        return [_("This is one record.")]
    found = reasons_against(gone, kept)
    if are_in_one_session(gone, kept):
        found.append(_("Both were expected at one session, so they are two people."))
    if _both_followed_up(gone, kept):
        found.append(
            _(
                "Both have an open follow-up of the same kind of treatment. Close one first, so that nobody is called twice."
            )
        )
    if AwaySupport.objects.filter(client__in=[gone, kept], settled_at=None).count() > 1:
        found.append(_("This cannot be done here just now. Please ask the clinician."))
    return found


def _both_followed_up(gone: Client, kept: Client) -> bool:
    opened = FollowUp.objects.filter(state=FollowUp.State.OPEN).order_by()
    theirs, ours = (
        set(opened.filter(client=one).values_list("case__kind", flat=True)) for one in (gone, kept)
    )
    return bool(theirs & ours)


@dataclass(frozen=True)
class Half:
    """One of the two records as the preview shows it."""

    client: Client
    shown: dict[str, Any]
    sessions: int
    messages: int


@dataclass(frozen=True)
class Preview:
    """What a merge would do, before anybody agrees to it."""

    gone: Half
    kept: Half
    differing: list[str]
    refusals: list[str]


def preview_merge(*, user: User, gone: Client, kept: Client) -> Preview:
    """Both records side by side, as far as this person may see them."""
    return Preview(_half(user, gone), _half(user, kept), differing(gone, kept), refusals(gone, kept))


def _half(user: User, client: Client) -> Half:
    return Half(
        client,
        summary(client, user),
        Participant.objects.filter(client=client).count(),
        Message.objects.filter(recipient=client).count(),
    )


def merge_clients(
    *, gone: Client, kept: Client, chosen: Iterable[str] = (), actor: User, now: datetime
) -> ClientMerge:
    """Take one record into the other; `chosen` are the facts that come from the one that goes.

    Nothing is deleted: the other record stays, empty, and its address leads to the kept one. Raises
    ValidationError with each reason against it, and PermissionDenied or 404 for who may not change both.
    """
    for one in (gone, kept):
        get_client(actor, one.public_id, write=True)
    with acting("merge_clients", actor=actor, gone=str(gone.public_id), kept=str(kept.public_id)):
        gone, kept = _locked(gone, kept)
        if against := refusals(gone, kept):
            raise ValidationError(against)
        journal = Journal()
        take_facts(gone=gone, kept=kept, chosen=tuple(chosen), journal=journal)
        keep_refusals(gone=gone, kept=kept, now=now, journal=journal)
        join_addresses(gone=gone, kept=kept, now=now, journal=journal)
        join_guardianships(gone=gone, kept=kept, journal=journal)
        move_rows(BELONGINGS, gone=gone, kept=kept, journal=journal)
        gone.merged_into = kept
        gone.save(update_fields=["merged_into"])
        return ClientMerge.objects.create(
            kept=kept, gone=gone, merged_at=now, merged_by=actor, journal=journal.saved()
        )


def why_not_apart(merge: ClientMerge, now: datetime) -> str:
    """Why a merge can be undone no more, in a sentence; empty while it can."""
    if merge.undone_at:
        return _("They have been parted already.")
    if now > merge.undoable_until:
        return _("More than 30 days have passed; too much may stand on it by now.")
    if merge.kept.merged_into_id:
        return _("The record was merged once more since. Part that first.")
    if merge.kept.merges.filter(undone_at=None, merged_at__gt=merge.merged_at).exists():
        return _("Another record was merged into this one since. Part that first.")
    return ""


def part_clients(*, merge: ClientMerge, actor: User, now: datetime) -> ClientMerge:
    """Undo a merge: what came from the other record goes back, as it was.

    What was added meanwhile to a case that goes back, or came by an address that does, goes with it;
    whatever else was added stays with the kept record. A fact that was changed since keeps the later
    word. The journal says what stayed. Raises ValidationError as `why_not_apart` says.
    """
    get_client(actor, merge.kept.public_id, write=True)
    with acting("part_clients", actor=actor, merge=str(merge.public_id)):
        merge = ClientMerge.objects.select_for_update().get(pk=merge.pk)
        gone, kept = _locked(merge.gone, merge.kept)
        if against := why_not_apart(merge, now):
            raise ValidationError(against)
        journal = Journal.of(merge.journal)
        cases = cases_that_go_back(journal, kept)
        move_rows_back(BELONGINGS, gone=gone, kept=kept, journal=journal, cases=cases)
        journal.take_changes_back()
        gone.merged_into = None
        gone.save(update_fields=["merged_into"])
        merge.undone_at, merge.undone_by, merge.journal = now, actor, journal.saved()
        merge.save(update_fields=["undone_at", "undone_by", "journal"])
    return merge


def _locked(gone: Client, kept: Client) -> tuple[Client, Client]:
    """Both records, in the order of the house: people and cases, then the records, then their sessions."""
    cases = CaseMember.objects.filter(client__in=[gone, kept]).values_list("case_id", flat=True)
    lock_resources([client_key(gone.pk), client_key(kept.pk), *map(case_key, cases)])
    people = Client.objects.filter(pk__in=[gone.pk, kept.pk]).order_by("pk").select_for_update(no_key=True)
    found = {client.pk: client for client in people}
    lock_sessions_of(gone, kept)
    return found[gone.pk], found[kept.pk]
