"""Answers a page that stands open and asks what is new, while nothing is."""

from collections.abc import Callable
from functools import cached_property

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from dashboard.board.day import Seen


class QuietPollMiddleware:
    """Says 204 before anybody asks who it is: in a desk's day, most of what is asked is asked in vain.

    It shows nothing, and only to whom a signed-in page gave the latest word, which nobody guesses
    (`accounts.bell`). Everything else is asked who it is, and what it may see: at the latest with the minute,
    and at once when somebody's sign-in ends, for that is told, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "GET" and request.path in self._polls and _nothing_new(request):
            return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
        return self.get_response(request)

    @cached_property
    def _polls(self) -> frozenset[str]:
        return frozenset({reverse("dashboard:board-day"), reverse("dashboard:today-day")})


def _nothing_new(request: HttpRequest) -> bool:
    seen = Seen(tag=request.GET.get("seen", ""), told=request.GET.get("told", ""))
    return seen.is_current(timezone.now())
