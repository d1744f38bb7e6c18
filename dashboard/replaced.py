"""Leads from the address of a merged record to the one that stands."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.replaced import Replaced

_PROOF = "csrfmiddlewaretoken"


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
        are_side_by_side = str(error.new) in request.path  # and one record by now
        if address and _is_written(request) and not are_side_by_side:
            return _shown_again(request, address, error)
        messages.warning(
            request, _("This record was merged with another one of the same person. Here it is.")
        )
        return redirect("dashboard:client", error.new)


def _is_written(request: HttpRequest) -> bool:
    """A form of a page; parts of pages and files are chosen anew."""
    return request.method == "POST" and "HX-Request" not in request.headers and not request.FILES


def _shown_again(request: HttpRequest, address: str, error: Replaced) -> HttpResponse:
    """What they wrote, to be sent to the record that stands: nothing typed is lost, and nothing done unseen."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != _PROOF]
    context = {
        "address": address,
        "record": reverse("dashboard:client", args=[error.new]),
        "sent": sent,
        "written": [value for _name, value in sent if " " in value.strip()],
    }
    return render(request, "replaced.html", context, status=409)
