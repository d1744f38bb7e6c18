"""They cannot come: the policy first, then their own participation, and a way back for a moment."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from portal.access import Visit
from portal.again import was_cancelled, was_kept
from portal.doors import Overtaken, client_page, show
from portal.drawing import fee_words, standing_of, time_of
from portal.forms import MOST_REASON, ReasonForm
from portal.receipts import done
from portal.views import as_it_changed, as_it_stands
from reminders.links import LinkFor
from sessions_app.models import CancelledBy
from sessions_app.services import cancel_participant, is_late, undo_cancellation


@client_page(methods=("GET", "POST"), again=was_cancelled)
def cancellation(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET shows what it means; POST cancels this person's own place, and nobody else's."""
    if standing_of(visit).has_begun:
        return as_it_stands(request, visit)
    if request.method == "GET":
        return _sheet(request, visit)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _sheet(request, visit, reason=request.POST.get("reason", ""), is_too_long=True)
    try:
        cancel_participant(
            participant=visit.participant,
            by=CancelledBy.CLIENT,
            reason=form.cleaned_data["reason"],
            actor=None,
            now=visit.now,
            version=visit.session.version,
        )
    except ValidationError as error:
        raise Overtaken(as_it_changed) from error
    return done(visit, LinkFor.CANCELLED)


@client_page(methods=("POST",), purposes=frozenset({LinkFor.CANCELLED}), again=was_kept)
def reinstatement(request: HttpRequest, visit: Visit) -> HttpResponse:
    """They would rather keep it: possible for the minutes in which nobody is told."""
    try:
        undo_cancellation(participant=visit.participant, actor=None, now=visit.now)
    except ValidationError as error:
        raise Overtaken(_too_late) from error
    return done(visit, LinkFor.KEPT)


def _too_late(request: HttpRequest, visit: Visit) -> HttpResponse:
    return show(request, visit, "undo_too_late.html", status=422)


def _sheet(
    request: HttpRequest, visit: Visit, *, reason: str = "", is_too_long: bool = False
) -> HttpResponse:
    practice = visit.practice
    spanish = get_language() == "es" and practice.late_policy_es
    context: dict[str, object] = {
        "time": time_of(visit),
        "standing": standing_of(visit),
        "is_late": is_late(visit.session, visit.now),
        "hours": visit.session.late_cancellation_hours,
        "policy": fee_words(visit) or (practice.late_policy_es if spanish else practice.late_policy),
        "reason": reason,
        "is_too_long": is_too_long,
        "most": MOST_REASON,
    }
    return show(request, visit, "cancellation.html", context, status=422 if is_too_long else 200)
