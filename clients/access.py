"""The only door from a page or the API to clients and cases."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import May
from clients.models import Barrier, Case, Client, ContactPoint
from clients.querysets import CaseQuerySet, ClientQuerySet


def clients_visible_to(user: User) -> ClientQuerySet:
    """The people that this person may see."""
    return Client.objects.visible_to(user)


def cases_visible_to(user: User) -> CaseQuerySet:
    """The cases that this person may see."""
    return Case.objects.visible_to(user)


def get_client(user: User, public_id: UUID, *, write: bool = False) -> Client:
    """One person; 404 if invisible, 403 if visible and not this person's to change."""
    client = clients_visible_to(user).filter(public_id=public_id).first()
    if client is None:
        raise Http404
    if write:
        require(user, May.EDIT_CLIENTS)
    return client


def get_case(user: User, public_id: UUID, *, write: bool = False) -> Case:
    """One case; 404 if invisible, 403 if visible and not this person's to change."""
    case = cases_visible_to(user).filter(public_id=public_id).first()
    if case is None:
        raise Http404
    if write:
        require(user, May.EDIT_CLIENTS)
    return case


def may_read_words(user: User, client: Client) -> bool:
    """Whether this person may read what the client said: its clinicians and their supervisors."""
    return Client.objects.clinical_for(user).filter(pk=client.pk).exists()


def may_read_case_words(user: User, case: Case) -> bool:
    """Whether this person may read the clinical part of a case."""
    return Case.objects.clinical_for(user).filter(pk=case.pk).exists()


def require_clinical(user: User, case: Case) -> None:
    """Refuse (403) who may see the case but not its clinical words (row 1.7)."""
    if not may_read_case_words(user, case):
        raise PermissionDenied


def get_contact_point(user: User, public_id: UUID, *, write: bool = False) -> ContactPoint:
    """One address in use of somebody visible; 404 if invisible, 403 if read-only."""
    found = ContactPoint.objects.filter(public_id=public_id, ended_at=None).select_related("client").first()
    if found is None or not clients_visible_to(user).filter(pk=found.client_id).exists():
        raise Http404
    if write:
        require(user, May.EDIT_CLIENTS)
    return found


def barriers() -> QuerySet[Barrier]:
    """What can be named as having got in the way."""
    return Barrier.objects.filter(is_active=True)
