"""A worry about somebody's wellbeing: raised from any of their pages, taken and seen to by a named person."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from clients import access
from dashboard.clients.sheet import client_sheet
from dashboard.follow_ups.words import due_words
from dashboard.pages import StaffRequest, add_refusal, sentence_of, staff_page, status_of
from dashboard.repeated.forms import OutcomeForm, WorryForm
from dashboard.sheets import render_sheet
from followups.access import get_wellbeing_concern
from followups.models import WellbeingConcern
from followups.wellbeing import (
    finish_wellbeing_concern,
    raise_wellbeing_concern,
    take_wellbeing_concern,
)


@never_cache
@staff_page(May.FOLLOW_UP, methods=("GET", "POST"))
def worry_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say that one worries. Whoever may only write it is told who was asked, and reads it no more."""
    client, now = access.get_client(request.user, public_id, write=True), timezone.now()
    form = WorryForm(request.user, client, request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            concern = raise_wellbeing_concern(client=client, actor=request.user, now=now, **form.details())
        except ValidationError as error:
            add_refusal(form, error)
        else:
            zone = get_practice().zone
            due = due_words(concern.due_at, now, zone)
            said = _("Thank you. %(name)s is asked to see to it, %(due)s.")
            messages.success(request, said % {"name": concern.asked.name, "due": due})
            return redirect("dashboard:client", client.public_id)
    practice = get_practice()
    sheet = client_sheet(
        client,
        heading=_("Worried about %(name)s") % {"name": client.called},
        submit=_("Ask somebody to look after them"),
        intro=_("In danger now: call %(emergency)s. To talk at any hour: %(crisis)s.")
        % {"emergency": practice.emergency_number, "crisis": practice.crisis_line},
        optional=("asked",),
    )
    return render_sheet(request, form, sheet)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def worry(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One worry: what gave rise to it, who is asked, by when, and what came of it."""
    concern = get_wellbeing_concern(request.user, public_id)
    log_view(user=request.user, kind="wellbeing", public_ids=[public_id])
    return _page(request, concern, OutcomeForm())


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def worry_taking(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """I see to it."""
    concern = get_wellbeing_concern(request.user, public_id)
    taken = take_wellbeing_concern(concern=concern, actor=request.user, now=timezone.now())
    if taken.taken_by_id == request.user.pk:
        messages.success(request, _("It is with you now. Thank you."))
    return HttpResponseRedirect(reverse("dashboard:worry", args=[public_id]), status=303)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def worry_outcome(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What was done, and how they are."""
    concern = get_wellbeing_concern(request.user, public_id)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            finish_wellbeing_concern(
                concern=concern, outcome=form.cleaned_data["outcome"], actor=request.user, now=timezone.now()
            )
        except ValidationError as error:
            messages.warning(request, sentence_of(error))
        else:
            messages.success(
                request, _("Noted, with your name. Their follow-up stays open until you close it.")
            )
        return HttpResponseRedirect(reverse("dashboard:worry", args=[public_id]), status=303)
    return _page(request, concern, form)


def _page(request: StaffRequest, concern: WellbeingConcern, form: OutcomeForm) -> HttpResponse:
    practice, now = get_practice(), timezone.now()
    context = {
        "concern": concern,
        "state": concern.state,
        "form": form,
        "practice": practice,
        "due": due_words(concern.due_at, now, practice.zone),
    }
    with timezone.override(practice.zone):
        return render(request, "repeated/worry.html", context, status=status_of(form))
