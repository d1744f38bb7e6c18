"""Says whose request this is: by the session of a browser, or by the API key of a program."""

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from accounts.access import signed_in, token_of_key
from accounts.models import ApiToken, User
from accounts.services import note_token_used

NO_SECOND_STEP = (
    "The practice asks for a second step when signing in. Set yours up, and this key opens again."
)
# One answer for every reason: a guesser learns nothing.
REFUSED = "This key does not open anything. It may have been revoked: make a new one under Account."


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Signs in by e-mail, and learns in the same query whether a second step is still to be set up."""

    def get_user(self, user_id: int) -> User | None:
        return signed_in(user_id)


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`; the key of a deactivated person opens nothing."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = token_of_key(key.strip())
        if token is None:
            raise AuthenticationFailed(REFUSED)
        if token.lacks_second_factor:
            raise PermissionDenied(NO_SECOND_STEP)
        note_token_used(token=token, today=timezone.now().date())
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Kept"'
