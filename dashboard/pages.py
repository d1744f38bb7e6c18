"""What every staff page does first and last: who may open it, and how it refuses."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from accounts.access import require
from accounts.models import Practice, User
from accounts.roles import May
from clients.querysets import LONGEST_SEARCH

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of somebody signed in; `htmx` is true for a swap of a part of the page."""

    user: User
    htmx: HtmxDetails
    practice: Practice
    # The latest change told of, where a page that stands open asks by itself (dashboard/quiet_polls.py).
    heard: str


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]


def staff_page(
    *permissions: May, methods: tuple[str, ...] = ("GET",)
) -> Callable[[StaffView[P]], Callable[..., HttpResponseBase]]:
    """Open a view to signed-in staff with these permissions; others sign in, or get a 403."""

    def decorate(view: StaffView[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def checked(request: StaffRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            require(request.user, *permissions)
            _drop_nul(request)
            return view(request, *args, **kwargs)

        allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)
        return login_required(require_http_methods(allowed)(checked))

    return decorate


def _drop_nul(request: HttpRequest) -> None:
    """Nobody types a NUL character and the database takes none: what was sent is read without it."""
    for sent in (request.GET, request.POST):
        if not any("\0" in value for _name, values in sent.lists() for value in values):
            continue
        kept = sent.copy()
        for name, values in sent.lists():
            kept.setlist(name, [value.replace("\0", "") for value in values])
        setattr(request, "GET" if sent is request.GET else "POST", kept)


def words_of(request: HttpRequest) -> str:
    """What was typed into a search. Names come in the body alone: an address ends up in histories and logs."""
    return request.POST.get("q", "").strip()[:LONGEST_SEARCH]


def add_refusal(form: BaseForm, error: ValidationError) -> None:
    """Put a service's refusal beside the field that it speaks of, or above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, problems in error.error_dict.items():
        known = field in form.fields and field != NON_FIELD_ERRORS
        form.add_error(field if known else None, problems)


def accepted(form: BaseForm, verb: Callable[[], object]) -> bool:
    """Whether the form was filled in and the verb took it; a refusal is put beside its field.

    ``verb`` is called once the form is valid, so it may read what was cleaned.
    """
    if not form.is_valid():
        return False
    try:
        verb()
    except ValidationError as error:
        add_refusal(form, error)
        return False
    return True


def sentence_of(error: ValidationError) -> str:
    """A refusal as one line, for a toast."""
    return " ".join(error.messages)


def status_of(form: BaseForm) -> int:
    """200 for a form to fill in, 422 for one that was refused."""
    return 422 if form.is_bound and form.errors else 200


def refused(text: str, status: int = 422) -> HttpResponse:
    """A plain refusal where there is no form to show again."""
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
