"""Calling a session off, for one person or for everybody, and taking that back."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from dashboard.calendar.forms import EVERYBODY, CancellationForm
from dashboard.calendar.meanwhile import refuse
from dashboard.calendar.telling import hearers_of
from dashboard.pages import StaffRequest, sentence_of, staff_page, status_of
from sessions_app.access import get_participant, get_session
from sessions_app.services import (
    cancel_participant,
    cancel_session,
    is_late,
    undo_cancellation,
    undo_session_cancellation,
)


@staff_page(May.BOOK, methods=("GET", "POST"))
def cancellation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Call off, saying for whom, by whom and why; late or in time is the policy's to say."""
    session, now = get_session(request.user, public_id, write=True), timezone.now()
    asked_for = request.GET.get("participant", "")
    form = CancellationForm(session, request.POST or None, initial={"by": "client", "who": asked_for})
    if request.method == "POST" and form.is_valid() and _cancel(request, form, now=now):
        return redirect("dashboard:session", session.public_id)
    practice = get_practice()
    context = {
        "form": form,
        "session": session,
        "is_late": is_late(session, now),
        "hearers": hearers_of([session], today=practice.today(now)),
        "undo_minutes": practice.undo_minutes,
    }
    return render(request, "calendar/cancellation.html", context, status=status_of(form))


def _cancel(request: StaffRequest, form: CancellationForm, *, now: datetime) -> bool:
    facts = {"by": form.cleaned_data["by"], "reason": form.cleaned_data["reason"]}
    who, seen = form.cleaned_data["who"], form.cleaned_data["seen_version"]
    try:
        if who == EVERYBODY or len(form.participants) == 1:
            tell = form.cleaned_data["tell_clients"]
            cancel_session(
                session=form.session, actor=request.user, now=now, tell_clients=tell, version=seen, **facts
            )
        else:
            participant = form.participants[who]
            cancel_participant(participant=participant, actor=request.user, now=now, version=seen, **facts)
    except ValidationError as error:
        refuse(form, error, session=form.session)
        return False
    minutes = get_practice().undo_minutes
    messages.success(
        request,
        _("Called off. You can take it back for %(n)d minutes; nobody is told before.") % {"n": minutes},
    )
    return True


@staff_page(May.BOOK, methods=("POST",))
def reinstatement(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a calling-off back, for one person or for everybody, within the time for it."""
    session, now = get_session(request.user, public_id, write=True), timezone.now()
    try:
        if "participant" in request.POST:
            participant = get_participant(request.user, UUID(request.POST["participant"]), write=True)
            undo_cancellation(participant=participant, actor=request.user, now=now)
        else:
            undo_session_cancellation(session=session, actor=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    except ValueError:
        messages.warning(request, _("This person is not expected here."))
    else:
        messages.success(request, _("It stands again."))
    return redirect("dashboard:session", session.public_id)
