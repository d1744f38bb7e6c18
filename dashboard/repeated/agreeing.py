"""What was agreed about coming: shown first as what it would change and whom it tells, then done in one step."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.clock import clock
from accounts.models import Practice
from accounts.roles import May
from accounts.services import get_practice
from dashboard.pages import StaffRequest, add_refusal, staff_page
from dashboard.repeated.forms import RhythmForm
from followups.access import get_clinical_follow_up
from followups.agreeing import agree_on_change, expected_next
from followups.models import FollowUp
from sessions_app.models import Modality
from sessions_app.services import Rearranged, plan_rhythm, sessions_ahead

APPLY = "apply"


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS, May.BOOK, methods=("GET", "POST"))
def agreement(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Choose, look at what it changes, and do it."""
    follow_up, now = get_clinical_follow_up(request.user, public_id), timezone.now()
    ahead = sessions_ahead(follow_up.case, now)
    form = RhythmForm(ahead, request.POST or None)
    planned: Rearranged | None = None
    if request.method == "POST" and form.is_valid():
        try:
            planned = plan_rhythm(case=follow_up.case, rhythm=form.rhythm(), now=now)
            if request.POST.get("go") == APPLY:
                return _apply(request, follow_up, form, now)
        except ValidationError as error:
            add_refusal(form, error)
    practice = get_practice()
    if planned and not form.errors and not form.cleaned_data["words"]:
        form = _with_words(form, planned, practice, ahead)
    context: dict[str, Any] = {
        "follow_up": follow_up,
        "client": follow_up.client,
        "form": form,
        "ahead": ahead,
        "planned": None if form.errors else planned,
        "tells": expected_next(follow_up, now),
        "practice": practice,
    }
    with timezone.override(practice.zone):
        return render(request, "repeated/agreement.html", context, status=422 if form.errors else 200)


def _apply(request: StaffRequest, follow_up: FollowUp, form: RhythmForm, now: datetime) -> HttpResponse:
    agreed = agree_on_change(
        follow_up=follow_up,
        rhythm=form.rhythm(),
        support=form.cleaned_data["support"],
        words=form.cleaned_data["words"],
        actor=request.user,
        now=now,
    )
    done = agreed.change
    messages.success(
        request,
        _("Agreed and done: %(changed)d changed, %(booked)d booked, %(called_off)d called off.")
        % {"changed": done.changed, "booked": done.booked, "called_off": done.called_off},
    )
    for step in agreed.rearranged.refused:
        day = date_format(step.on, "l j F")
        messages.warning(request, _("%(day)s stayed as it was: %(why)s") % {"day": day, "why": step.because})
    for client in agreed.untold:
        said = _("Nothing may be written to %(name)s: please tell them yourself.")
        messages.warning(request, said % {"name": client.called})
    return HttpResponseRedirect(reverse("dashboard:follow-up", args=[follow_up.public_id]), status=303)


def _with_words(form: RhythmForm, planned: Rearranged, practice: Practice, ahead: list[Any]) -> RhythmForm:
    """The same form with words to begin from, in the look before it is done."""
    first = next((step for step in planned.steps if step.kind in ("changes", "stays", "books")), None)
    if first is None:
        return form
    typed = {**dict(form.data.items()), "words": _said(form, first.on, first.at, practice)}
    again = RhythmForm(ahead, typed)
    again.is_valid()
    return again


def _said(form: RhythmForm, on: Any, at: Any, practice: Practice) -> str:
    """One text that holds all of it; the clinician may change it."""
    rhythm = form.rhythm()
    how = {Modality.VIDEO: _(" by video"), Modality.PHONE: _(" by telephone")}.get(
        Modality(rhythm.modality), ""
    )
    often = _("every week") if rhythm.every_weeks == 1 else _("every %(n)d weeks") % {"n": rhythm.every_weeks}
    return _("%(practice)s: As agreed, %(often)s%(how)s. Next: %(day)s, %(time)s.") % {
        "practice": practice.display_name,
        "often": often,
        "how": how,
        "day": date_format(on, "D j M"),
        "time": clock(at),
    }
