"""Stands before every view: a second step first, the practice's clock, and each person's language."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from accounts.browser_sessions import SessionStore
from accounts.problems import MEDIA_TYPE
from accounts.services import note_use

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SET_UP = "mfa_index"
NOTED_FOR = timedelta(minutes=5)
MOST_NOTED = 10_000
API = "/api/"
# Enough to set a second step up, to say once more who one is, and to leave.
OPEN_WITHOUT = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
    }
)
PROBLEM = {
    "type": "urn:kept:problem:second-step-required",
    "title": "Second step required",
    "status": 403,
    "detail": "The practice asks everybody for a second step when signing in. Set yours up first.",
}


class SecondStepMiddleware:
    """Holds `Practice.mfa_required` on every page, fragment and API address alike.

    The query that loads who is signed in asks for it each time: a factor that an admin takes away,
    or a practice that begins to require one, counts from the next request on.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not request.user.is_authenticated or request.user.lacks_second_factor is False:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN_WITHOUT:
            request.needs_second_step = True  # type: ignore[attr-defined]  # for the set-up page's words
            return None
        return _send_to_set_up(request)


class LastUsedMiddleware:
    """Notes when each sign-in was last used, to five minutes: for "Where you are signed in".

    What a page asks for by itself while it stands open is no use by anybody. One statement in five
    minutes for each sign-in and process, and none in the first five, which signing in has noted: one
    at every request would cost more than some pages.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.noted: dict[str, datetime] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and request.user.is_authenticated and not _asked_by_the_page(request):
            self._note(key, cast("SessionStore", request.session).written_at)
        return self.get_response(request)

    def _note(self, key: str, written_at: datetime | None) -> None:
        now = timezone.now()
        noted_at = self.noted.get(key, written_at)
        if noted_at is None or now - noted_at < NOTED_FOR:
            return
        if len(self.noted) >= MOST_NOTED:
            self.noted.clear()
        self.noted[key] = now
        note_use(session_key=key, now=now)


class PracticeClockMiddleware:
    """Draws every instant on a page in the practice's zone; the API keeps to UTC."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.path.startswith(API) or not request.user.is_authenticated:
            return
        if request.user.practice_timezone:
            timezone.activate(ZoneInfo(request.user.practice_timezone))


class LanguageMiddleware:
    """Speaks a person's own language, else the practice's, else what the browser asks for.

    It comes with the row that says who is signed in: nothing is asked for it. The API speaks English,
    since programs read it; clients' pages speak the client's language (portal/doors.py).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(API):
            return self.get_response(request)
        chosen = _chosen_language(request)
        with translation.override(chosen or translation.get_language_from_request(request)):
            response = self.get_response(request)
        if not chosen:
            patch_vary_headers(response, ("Accept-Language",))
        return response


class SignedOutFragmentMiddleware:
    """Sends the whole page to the sign-in where htmx would swap the sign-in page into a fragment."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        leads_to = urlsplit(response.headers.get("Location", ""))
        if response.status_code != 302 or leads_to.path != sign_in:
            return response
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(f"{sign_in}?{_back_to_page(request)}")
        # A form was sent: its address has nothing to read, the page that it stood on has.
        if request.method == "POST" and REDIRECT_FIELD_NAME in parse_qs(leads_to.query):
            return redirect(f"{sign_in}?{_back_to_page(request)}")
        return response


def _chosen_language(request: HttpRequest) -> str:
    user = request.user
    return (user.language or user.practice_language or "") if user.is_authenticated else ""


def _asked_by_the_page(request: HttpRequest) -> bool:
    return request.method == "GET" and "HX-Request" in request.headers


def _send_to_set_up(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(API):
        return JsonResponse(PROBLEM, status=403, content_type=MEDIA_TYPE)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(resolve_url(SET_UP))
    # What waits to be said belongs to a page that is not shown now.
    list(messages.get_messages(request))
    return redirect(SET_UP)


def _back_to_page(request: HttpRequest) -> str:
    """After signing in one returns to the page, not to the fragment or to where its form was sent."""
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    return urlencode({REDIRECT_FIELD_NAME: page.path or "/"})
