"""Another time: chosen from the free ones, or asked for where one person cannot decide it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from portal.access import Visit
from portal.again import was_moved
from portal.choosing import instant_of, offers_for
from portal.doors import Overtaken, client_page, show
from portal.drawing import standing_of, time_of
from portal.forms import MOST_WORDS, WordsForm
from portal.receipts import done
from portal.views import as_it_changed, as_it_stands
from reminders.links import LinkFor
from reminders.services import ask_to_move
from sessions_app.services import move_own_session


@client_page(methods=("GET", "POST"), again=was_moved)
def another_time(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The free times; one press moves the session, unless somebody was quicker."""
    standing = standing_of(visit)
    if standing.has_begun:
        return as_it_stands(request, visit)
    if not standing.may_change:
        return _ask(request, visit)
    if request.method == "POST":
        return _choose(request, visit)
    return _picker(request, visit)


@client_page(methods=("GET", "POST"))
def move_request(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask the practice for another time: the desk's task, as after an R by text."""
    if standing_of(visit).has_begun:
        return as_it_stands(request, visit)
    if request.method == "GET":
        return _ask(request, visit)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _ask(request, visit, words=request.POST.get("words", ""), is_too_long=True)
    try:
        ask_to_move(
            participant=visit.participant,
            words=form.cleaned_data["words"],
            version=visit.session.version,
            now=visit.now,
        )
    except ValidationError as error:
        raise Overtaken(as_it_changed) from error
    return done(visit, LinkFor.ASKED)


def _choose(request: HttpRequest, visit: Visit) -> HttpResponse:
    starts_at = instant_of(request.POST.get("slot", ""))
    if starts_at is None:
        return _picker(request, visit, problem="choose_missing")
    try:
        moved = move_own_session(
            participant=visit.participant,
            starts_at=starts_at,
            version=visit.session.version,
            now=visit.now,
        )
    except ValidationError as error:
        if getattr(error, "code", "") in ("stale", "together"):
            raise Overtaken(as_it_changed) from error
        # Somebody else was quicker: theirs is as it was, and there are others.
        return _picker(request, visit, problem="choose_gone")
    return done(visit, LinkFor.MOVED, moved)


def _picker(request: HttpRequest, visit: Visit, *, problem: str = "") -> HttpResponse:
    asked = request.POST.get("from") or request.GET.get("from") or ""
    context: dict[str, object] = {
        "offers": offers_for(visit, asked),
        "time": time_of(visit),
        "problem": problem,
    }
    return show(request, visit, "another_time.html", context, status=422 if problem else 200)


def _ask(request: HttpRequest, visit: Visit, *, words: str = "", is_too_long: bool = False) -> HttpResponse:
    context: dict[str, object] = {
        "time": time_of(visit),
        "words": words,
        "is_too_long": is_too_long,
        "most": MOST_WORDS,
    }
    return show(request, visit, "ask.html", context, status=422 if is_too_long else 200)
