"""The door from a page or the API to staff and to what a person may do at all."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts.models import ApiToken, User
from accounts.roles import May


def require(user: User, *permissions: May) -> None:
    """Refuse (403) who lacks any of the permissions."""
    if not user.permissions.issuperset(permissions):
        raise PermissionDenied


def staff_visible_to(user: User) -> QuerySet[User]:
    """Everybody on the team, the deactivated included; for practice admins."""
    require(user, May.MANAGE_STAFF)
    return User.objects.all()


def get_staff(user: User, public_id: UUID) -> User:
    """One colleague; 404 if there is none, 403 for who does not manage staff."""
    try:
        return staff_visible_to(user).get(public_id=public_id)
    except User.DoesNotExist as error:
        raise Http404 from error


def clinicians() -> QuerySet[User]:
    """Those who see clients now: what a booking page offers."""
    return User.objects.filter(is_active=True, roles__contains=["clinician"])


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """One's own API keys."""
    return user.api_tokens.filter(revoked_at=None).order_by("created_at")
