"""What got in the way of one absence: named now or later, with its history and what can help."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from attendance.access import barriers_readable_by
from attendance.history import barrier_history
from attendance.services import name_barriers
from clients.access import barriers
from clients.models import Barrier
from dashboard.help.forms import AbsenceForm
from dashboard.help.offering import offer_pressed, offered_words
from dashboard.help.suggesting import helping_with
from dashboard.pages import StaffRequest, refused, sentence_of, staff_page
from sessions_app.access import get_participant, may_read_session_words
from sessions_app.models import Participant


@never_cache
@staff_page(May.RECORD_ATTENDANCE, methods=("GET", "POST"))
def absence(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The chips, what can help, and who named what; the desk adds and reads nothing back."""
    participant = get_participant(request.user, public_id, write=True)
    form = AbsenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name_barriers(
            participant=participant,
            barriers=form.cleaned_data["barriers"],
            actor=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Noted. Thank you."))
        return redirect("dashboard:in-the-way", public_id)
    log_view(user=request.user, kind="participant", public_ids=[public_id])
    return _show(request, participant, form)


@staff_page(May.RECORD_ATTENDANCE, methods=("POST",))
def absence_offers(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Offer what stands beside a barrier."""
    participant = get_participant(request.user, public_id, write=True)
    try:
        offered = offer_pressed(request, participant.session.case, participant.client)
    except ValidationError as error:
        return refused(sentence_of(error))
    if offered is None:
        return refused(_("This is not in the directory any more."))
    messages.success(request, offered_words(offered))
    return redirect("dashboard:in-the-way", public_id)


def _show(request: StaffRequest, participant: Participant, form: AbsenceForm) -> HttpResponse:
    reads = may_read_session_words(request.user, participant.session)
    named = _named(request.user, participant)
    context = {
        "participant": participant,
        "reads": reads,
        "named": {barrier.pk for barrier in named},
        "barriers": list(barriers()),
        "history": barrier_history(participant) if reads else [],
        "helping": helping_with(request.user, participant.session.case, participant.client, named),
        "offer_url": reverse("dashboard:in-the-way-offers", args=[participant.public_id]),
        "practice": get_practice(),
        "form": form,
    }
    return render(request, "help/absence.html", context, status=422 if form.errors else 200)


def _named(user: User, participant: Participant) -> list[Barrier]:
    found = barriers_readable_by(user).filter(participant=participant).select_related("barrier")
    return [one.barrier for one in found.order_by("barrier__position")]
