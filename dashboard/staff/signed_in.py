"""Whether somebody is still signed in: an open page asks before it lets go of what was written on it."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache

from dashboard.pages import StaffRequest, staff_page


@never_cache
@staff_page()
def signed_in(request: StaffRequest) -> JsonResponse:
    """Who it is, and the token that their forms are sent with: another one after each sign-in."""
    return JsonResponse({"who": str(request.user.public_id), "token": get_token(request)})
