"""The three ways when one has come and the other has not: hold it, reach out afterwards, or cancel."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from attendance.access import get_treated_session
from attendance.holding import held_of, hold_session, presence_in
from dashboard.held.forms import AbsenceCancellationForm
from dashboard.pages import StaffRequest, add_refusal, sentence_of, staff_page, status_of
from followups.queued import queue_outreach
from sessions_app.models import TherapySession
from sessions_app.services import cancel_for_absence


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def holding(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hold it with who came: the first way, and the one that loses nothing."""
    session, now = get_treated_session(request.user, public_id), timezone.now()
    try:
        hold_session(session=session, actor=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
        return redirect("dashboard:session", session.public_id)
    return redirect("dashboard:held", session.public_id)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def outreach(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Reach who did not come: after the session, never during it."""
    session, now = get_treated_session(request.user, public_id), timezone.now()
    try:
        queued = queue_outreach(session=session, actor=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        names = ", ".join(one.participant.client.called for one in queued)
        messages.success(
            request,
            _("Kept for after the session: then %(names)s is among your follow-ups.") % {"names": names},
        )
    return redirect(_page_of(session))


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def absence_cancellation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give the hour up: one step further away, with a reason, and with what it costs."""
    session, now = get_treated_session(request.user, public_id), timezone.now()
    form = AbsenceCancellationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            cancel_for_absence(session=session, reason=reason, actor=request.user, now=now)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Called off. You can take it back on the session's page."))
            return redirect("dashboard:session", session.public_id)
    context = {
        "form": form,
        "session": session,
        "presence": presence_in(session),
        "undo_minutes": get_practice().undo_minutes,
    }
    return render(request, "held/cancellation.html", context, status=status_of(form))


def _page_of(session: TherapySession) -> str:
    """The companion once it is open, else the session."""
    name = "dashboard:held" if held_of(session) else "dashboard:session"
    return reverse(name, args=[session.public_id])
