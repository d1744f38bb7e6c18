"""The talk about the pattern: a guide, room for what they say, what it costs, a private word, and asking on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from attendance.access import concerns_readable_by
from dashboard.pages import StaffRequest, accepted, add_refusal, staff_page
from dashboard.repeated.forms import AnswerForm, CostForm, PrivateForm, QuestionForm, TalkForm
from dashboard.repeated.picture import picture_of
from followups.access import get_clinical_follow_up, get_consultation
from followups.fees import decided_in
from followups.models import FollowUp
from followups.repeated import (
    CostDetails,
    TalkDetails,
    answer_consultation,
    ask_supervisor,
    may_answer,
    note_cost,
    note_pattern_talk,
    private_words_of,
    read_answer,
    write_private_words,
)
from followups.timeline import timeline_of

Verb = Callable[[dict[str, Any], datetime], object]


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def talk(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Guide, history and room for notes; for the case's clinicians and their supervisors."""
    follow_up = get_clinical_follow_up(request.user, public_id)
    log_view(user=request.user, kind="follow_up", public_ids=[public_id])
    return _page(request, follow_up)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def talk_notes(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What they said, by theme."""
    follow_up = get_clinical_follow_up(request.user, public_id)

    def note(said: dict[str, Any], now: datetime) -> object:
        details = TalkDetails(**said)
        return note_pattern_talk(follow_up=follow_up, details=details, actor=request.user, now=now)

    return _act(request, follow_up, "talk_form", TalkForm(request.POST, auto_id="talk_%s"), note)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def cost(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the misses cost them."""
    follow_up = get_clinical_follow_up(request.user, public_id)

    def note(said: dict[str, Any], now: datetime) -> object:
        return note_cost(follow_up=follow_up, details=CostDetails(**said), actor=request.user, now=now)

    return _act(request, follow_up, "cost_form", CostForm(request.POST, auto_id="cost_%s"), note)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def private_words(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A word for oneself."""
    follow_up = get_clinical_follow_up(request.user, public_id)

    def write(said: dict[str, Any], now: datetime) -> None:
        write_private_words(follow_up=follow_up, actor=request.user, now=now, **said)

    return _act(request, follow_up, "private_form", PrivateForm(request.POST, auto_id="private_%s"), write)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def question(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask one's supervisor."""
    follow_up = get_clinical_follow_up(request.user, public_id)

    def ask(said: dict[str, Any], now: datetime) -> object:
        return ask_supervisor(follow_up=follow_up, actor=request.user, now=now, **said)

    return _act(request, follow_up, "question_form", QuestionForm(request.POST, auto_id="question_%s"), ask)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def consultation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One question, with its answer: written by who is asked, read by who has asked."""
    asked, now = get_consultation(request.user, public_id), timezone.now()
    form = AnswerForm(request.POST or None)
    if accepted(
        form,
        lambda: answer_consultation(consultation=asked, actor=request.user, now=now, **form.cleaned_data),
    ):
        messages.success(request, _("Answered. It is on their Today."))
        return HttpResponseRedirect(reverse("dashboard:consultation", args=[public_id]), status=303)
    if request.method == "GET":
        read_answer(consultation=asked, actor=request.user, now=now)
    context = {
        "asked": asked,
        "form": form,
        "may_answer": may_answer(request.user, asked) and asked.answered_at is None,
        "practice": get_practice(),
    }
    with timezone.override(get_practice().zone):
        return render(request, "repeated/consultation.html", context, status=422 if form.errors else 200)


def _act(request: StaffRequest, follow_up: FollowUp, slot: str, form: forms.Form, verb: Verb) -> HttpResponse:
    """Call the verb and come back; or show the page with what was typed (422)."""
    if form.is_valid():
        try:
            verb(form.cleaned_data, timezone.now())
        except ValidationError as error:
            add_refusal(form, error)
    if form.errors:
        return _page(request, follow_up, refused={slot: form})
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("dashboard:pattern-talk", args=[follow_up.public_id]), status=303)


def _page(
    request: StaffRequest, follow_up: FollowUp, refused: dict[str, forms.Form] | None = None
) -> HttpResponse:
    practice, now = get_practice(), timezone.now()
    timeline = timeline_of(request.user, follow_up.client, follow_up.case, now=now)
    mine = private_words_of(request.user, follow_up)
    noted = getattr(follow_up, "cost", None)
    drawn = {
        "talk_form": TalkForm(auto_id="talk_%s"),
        "cost_form": CostForm(initial=vars(noted) if noted else {}, auto_id="cost_%s"),
        "private_form": PrivateForm(initial=vars(mine) if mine else {}, auto_id="private_%s"),
        "question_form": QuestionForm(auto_id="question_%s"),
        **(refused or {}),
    }
    context: dict[str, Any] = {
        **drawn,
        "follow_up": follow_up,
        "client": follow_up.client,
        "called": follow_up.client.called,
        "timeline": timeline,
        "picture": picture_of(timeline),
        "talks": follow_up.pattern_talks.select_related("held_by"),
        "consultations": follow_up.consultations.select_related("asked_by", "answered_by"),
        "concerns": concerns_readable_by(request.user)
        .filter(participant__client=follow_up.client, participant__session__case=follow_up.case)
        .exclude(state="addressed"),
        "noted": noted,
        "fees": decided_in(follow_up.case, follow_up.client),
        "mine": mine,
        "practice": practice,
    }
    with timezone.override(practice.zone):
        return render(request, "repeated/talk.html", context, status=422 if refused else 200)
