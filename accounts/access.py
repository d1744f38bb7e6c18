"""The door from a page or the API to staff and to what a person may do at all."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts.models import ApiToken, User
from accounts.roles import May
from accounts.services import token_digest


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


def token_of_key(key: str) -> ApiToken | None:
    """The API key that this text is, with its person; None if revoked, or its person deactivated."""
    standing = ApiToken.objects.filter(revoked_at=None, user__is_active=True).select_related("user")
    return standing.filter(digest=token_digest(key)).first()


def get_token(user: User, public_id: UUID) -> ApiToken:
    """One of one's own API keys; 404 for anybody else's."""
    token = tokens_of(user).filter(public_id=public_id).first()
    if token is None:
        raise Http404
    return token
