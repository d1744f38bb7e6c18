"""What every client's page does first and last: open the link, or say kindly that it opens nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import Practice
from accounts.services import get_practice
from portal.access import Asked, LinkRefused, Reading, Visit, Why, open_link, open_offer
from portal.limits import asks_too_much, guesses_too_much
from portal.words import LANGUAGES
from reminders.links import LinkFor
from reminders.rendering import spoken_number

R = TypeVar("R", bound=Reading)
View = Callable[[HttpRequest, Visit], HttpResponse]
OfferView = Callable[[HttpRequest, Asked], HttpResponse]
# Where a press has ended the link: what the same press reads that comes a second time, if this is one (portal/again.py).
Again = Callable[[HttpRequest, R], HttpResponse | None]


class Overtaken(Exception):
    """What they act on has changed since the link was opened: it is opened anew, and `instead` shown."""

    def __init__(self, instead: Callable[[HttpRequest, Any], HttpResponse]) -> None:
        self.instead = instead
        super().__init__()


def client_page(
    *,
    methods: tuple[str, ...] = ("GET",),
    purposes: frozenset[LinkFor] = frozenset({LinkFor.SESSION}),
    again: Again[Visit] | None = None,
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Open a view to who holds a link of one of these purposes; GET shows, POST acts.

    No cookie and no CSRF token: who can forge a request to such an address has the link already,
    and a page without a referrer sends no origin that could be compared.
    """

    def decorate(view: View) -> Callable[..., HttpResponse]:
        def opening(token: str, practice: Practice) -> Visit:
            return open_link(token, purposes, practice=practice, now=timezone.now())

        return _door(view, opening, methods, again)

    return decorate


def offer_page(
    *, methods: tuple[str, ...], again: Again[Asked] | None = None
) -> Callable[[OfferView], Callable[..., HttpResponse]]:
    """The same for who is offered a freed time."""

    def decorate(view: OfferView) -> Callable[..., HttpResponse]:
        def opening(token: str, practice: Practice) -> Asked:
            return open_offer(token, practice=practice, now=timezone.now())

        return _door(view, opening, methods, again)

    return decorate


def _door(
    view: Callable[[HttpRequest, R], HttpResponse],
    opening: Callable[[str, Practice], R],
    methods: tuple[str, ...],
    again: Again[R] | None,
) -> Callable[..., HttpResponse]:
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        practice = get_practice()
        try:
            try:
                return _shown(request, view, opening(token, practice))
            except Overtaken as overtaken:
                # Between opening and acting somebody was quicker, perhaps the same thumb: as it stands by now.
                return _shown(request, overtaken.instead, opening(token, practice))
        except LinkRefused as refused:
            return _told_again(request, refused, again) or _closed(request, practice, refused)

    allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)
    return csrf_exempt(require_http_methods(allowed)(opened))


def show(
    request: HttpRequest,
    visit: Reading,
    template: str,
    context: dict[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """One of their pages."""
    frame = {"visit": visit, "token": visit.token, **frame_of(visit.practice)}
    return render(request, f"portal/{template}", {**frame, **(context or {})}, status=status)


def frame_of(practice: Practice) -> dict[str, str]:
    """What stands on every page: whom it is from, and the number to call."""
    return {
        "practice_known_as": practice.display_name,
        "phone": spoken_number(str(practice.phone), practice.country),
        "phone_link": str(practice.phone),
    }


def _shown(request: HttpRequest, view: Callable[[HttpRequest, R], HttpResponse], visit: R) -> HttpResponse:
    with translation.override(_language(visit.reader.language)):
        if asks_too_much(request, str(visit.link.subject_id)):
            return _hidden(_say_no(request, visit.practice, "busy", 429))
        return _hidden(view(request, visit))


def _told_again(request: HttpRequest, refused: LinkRefused, again: Again[R] | None) -> HttpResponse | None:
    """What their first press did, where this one is the same; else None."""
    if again is None or refused.settled is None:
        return None
    with translation.override(_language(refused.language)):
        told = again(request, cast("R", refused.settled))
    return _hidden(told) if told else None


def _closed(request: HttpRequest, practice: Practice, refused: LinkRefused) -> HttpResponse:
    language = refused.language or translation.get_language_from_request(request)
    with translation.override(_language(language)):
        if refused.why == Why.UNKNOWN and guesses_too_much(request):
            return _hidden(_say_no(request, practice, "busy", 429))
        status = 404 if refused.why == Why.UNKNOWN else 410
        return _hidden(_say_no(request, practice, refused.why, status))


def _say_no(request: HttpRequest, practice: Practice, why: str, status: int) -> HttpResponse:
    titles = {"unknown": "gone_unknown_title", "busy": "gone_title_busy", "not_free": "gone_not_free_title"}
    context: dict[str, object] = {
        "title": titles.get(why, "gone_title"),
        "sentence": f"gone_{why}",
        **frame_of(practice),
    }
    return render(request, "portal/closed.html", context, status=status)


def _language(language: str) -> str:
    return next((known for known in LANGUAGES if language.startswith(known)), LANGUAGES[0])


def _hidden(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, found by no search, and told to no other site."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
