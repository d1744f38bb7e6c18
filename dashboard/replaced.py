"""Leads from the address of a merged record to the one that stands."""

import re
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.replaced import Replaced

_PROOF = "csrfmiddlewaretoken"
# Where a form says what it showed (`show_hidden_initial`).
_SHOWN = "initial-"
# A code, a public id, a day, a small number, or nothing.
_CHOSEN = re.compile(r"\s*|[a-z_]+|[0-9a-f-]{36}|\d{4}-\d\d-\d\d|\d{1,4}")


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
        written = [] if "HX-Request" in request.headers else _written(request.POST)
        are_side_by_side = str(error.new) in request.path  # and one record by now
        if written and not are_side_by_side:
            return _shown_again(request, written, error)
        messages.warning(
            request, _("This record was merged with another one of the same person. Here it is.")
        )
        return redirect("dashboard:client", error.new)


def _written(sent: QueryDict) -> list[str]:
    """What somebody typed, and the page had not said before; choices and days are quickly made anew."""
    typed = [(name, value) for name, values in sent.lists() for value in values if name != _PROOF]
    return [
        value
        for name, value in typed
        if not name.startswith(_SHOWN) and value != sent.get(_SHOWN + name) and not _CHOSEN.fullmatch(value)
    ]


def _shown_again(request: HttpRequest, written: list[str], error: Replaced) -> HttpResponse:
    """Nothing is done, since they saw another record; what they wrote is there to take along."""
    context = {"record": reverse("dashboard:client", args=[error.new]), "written": written}
    return render(request, "replaced.html", context, status=409)
