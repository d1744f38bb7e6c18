"""The companion of a session that is held with one of two: one tap that must be, and room for the rest."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from attendance.access import get_concern, get_treated_participant, get_treated_session
from attendance.holding import (
    give_reassurance,
    held_of,
    note_part,
    raise_concern,
    reassurance_of,
    settle_concern,
)
from dashboard.held.companion import companion_context
from dashboard.held.forms import ConcernForm, PartForm, SettlingForm
from dashboard.pages import StaffRequest, accepted, refused, sentence_of, staff_page
from sessions_app.models import Participant, TherapySession


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def companion(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What helps while it is held; for the clinicians of the case alone."""
    session = get_treated_session(request.user, public_id)
    if held_of(session) is None:
        return redirect("dashboard:session", session.public_id)
    log_view(user=request.user, kind="session", public_ids=[session.public_id])
    return _page(request, session)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def reassurance(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It was said what stays private and what cannot; the words that stood there are kept."""
    session = get_treated_session(request.user, public_id)
    held = held_of(session)
    if held is None:
        return redirect("dashboard:session", session.public_id)
    words = "\n".join(reassurance_of(session))
    give_reassurance(held=held, words=words, actor=request.user, now=timezone.now())
    return redirect("dashboard:held", session.public_id)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def part(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Needs, strengths, minutes and the closing check of one who was there."""
    participant = get_treated_participant(request.user, public_id)
    form = PartForm(request.POST)
    if accepted(
        form,
        lambda: note_part(participant=participant, part=form.part, actor=request.user, now=timezone.now()),
    ):
        messages.success(request, _("Saved."))
        return redirect("dashboard:held", participant.session.public_id)
    return _refused(request, participant, "part", form)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def concern_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Something pressing that one of them said."""
    participant = get_treated_participant(request.user, public_id)
    form = ConcernForm(request.POST)
    if accepted(
        form,
        lambda: raise_concern(
            participant=participant, actor=request.user, now=timezone.now(), **form.cleaned_data
        ),
    ):
        return redirect("dashboard:held", participant.session.public_id)
    return _refused(request, participant, "concern", form)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def concern(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Addressed, or carried forward."""
    found, form = get_concern(request.user, public_id), SettlingForm(request.POST)
    if not form.is_valid():
        return refused(_("Choose whether it was addressed or is carried forward."))
    settle_concern(concern=found, state=form.cleaned_data["state"], actor=request.user, now=timezone.now())
    if request.POST.get("back") == "today":
        return redirect("dashboard:today")
    if held_of(found.participant.session) is None:
        return redirect("dashboard:session", found.participant.session.public_id)
    return redirect("dashboard:held", found.participant.session.public_id)


def _refused(request: StaffRequest, participant: Participant, name: str, form: forms.Form) -> HttpResponse:
    """The companion again with what was typed; a plain sentence where there is no companion yet."""
    if held_of(participant.session) is None:
        return refused(sentence_of(ValidationError(list(form.errors.values()))))
    return _page(request, participant.session, typed={(participant.pk, name): form}, status=422)


def _page(request: StaffRequest, session: TherapySession, *, status: int = 200, **more: Any) -> HttpResponse:
    context = companion_context(request.user, session, now=timezone.now(), **more)
    return render(request, "held/companion.html", context, status=status)
