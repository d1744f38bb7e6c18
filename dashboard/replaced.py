"""Leads from the address of a merged record to the one that stands."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.replaced import Replaced


class ReplacedRecordMiddleware:
    """A page that is opened leads on; what somebody meant to change, they look at again first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Replaced):
            return None
        address = error.address(request.get_full_path())
        if address and request.method in ("GET", "HEAD"):
            # Not for good: the two may be parted again.
            return redirect(address)
        messages.warning(
            request, _("This record was merged with another one of the same person. Here it is.")
        )
        return redirect("dashboard:client", error.new)
