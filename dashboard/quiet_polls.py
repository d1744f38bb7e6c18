"""Answers a page that stands open and asks what is new, while nothing is."""

from collections.abc import Callable
from functools import cached_property

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from accounts.bell import latest_change
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
        if request.method == "GET" and request.path in self._polls:
            # Asked once: the page reads its facts after this.
            heard = latest_change()
            if _seen_by(request).is_current(timezone.now(), heard):
                return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
            request.heard = heard  # type: ignore[attr-defined]  # of `StaffRequest`
        return self.get_response(request)

    @cached_property
    def _polls(self) -> frozenset[str]:
        return frozenset({reverse("dashboard:board-day"), reverse("dashboard:today-day")})


def _seen_by(request: HttpRequest) -> Seen:
    return Seen(tag=request.GET.get("seen", ""), told=request.GET.get("told", ""))
