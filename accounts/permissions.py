"""Asks the one policy table whether somebody may use an address of the API at all."""

from typing import TYPE_CHECKING

from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import User
from accounts.roles import May

if TYPE_CHECKING:
    # The framework reads its settings, and with them this module, while it loads its views.
    from rest_framework.views import APIView

# Anybody who sees clients at all; which ones is `access.py`'s answer.
SEES_CLIENTS = (May.SEE_ALL_SESSIONS, May.SEE_OWN_CASELOAD, May.SEE_SUPERVISED)


class Permits(BasePermission):
    """Asks the policy table for what the view names: any of `reads`, any of `writes`."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if request.method not in view.allowed_methods:
            return bool(staff(request).permissions)  # so that the answer is 405
        needed = "reads" if request.method in SAFE_METHODS else "writes"
        asked: tuple[May, ...] = getattr(view, needed, ())
        return any(staff(request).may(may) for may in asked)


def staff(request: Request) -> User:
    """Who is signed in; permissions have been asked before any view runs."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
