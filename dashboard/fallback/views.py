"""The steps themselves: by video now, by telephone, at a time that was agreed on; and that one taken back."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import May
from attendance.access import get_fallback_use, get_missing
from attendance.falling_back import meet_otherwise, take_agreed_time, undo_agreed_time
from attendance.models import FallbackStep, FallbackUse
from dashboard.board.answers import Moment, answer, moment_of
from dashboard.fallback.steps import time_words
from dashboard.pages import StaffRequest, sentence_of, staff_page
from dashboard.toasts import Said, say_on_next_page
from sessions_app.models import Participant

SESSION = "session"


class FallbackForm(forms.Form):
    """One press: which step, and for another time which."""

    step = forms.ChoiceField(choices=FallbackStep)
    starts_at = forms.DateTimeField(required=False)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("step") == FallbackStep.OTHER_TIME and not cleaned.get("starts_at"):
            raise forms.ValidationError(_("Choose one of the times."))
        return cleaned


@staff_page(May.BOOK, methods=("POST",))
def fallback(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One step of what was agreed with somebody who is missing."""
    participant, at = get_missing(request.user, public_id), moment_of(request)
    form = FallbackForm(request.POST)
    if not form.is_valid():
        return _answered(request, at, Said(text=_("Choose what was agreed."), tone="warning"), participant)
    try:
        said = _step(request, at, participant, form.cleaned_data)
    except ValidationError as error:
        said = Said(text=sentence_of(error), tone="warning")
    return _answered(request, at, said, participant)


@staff_page(May.BOOK, methods=("POST",))
def fallback_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Back to where it was, before anybody is told."""
    use, at = get_fallback_use(request.user, public_id), moment_of(request)
    try:
        undo_agreed_time(use=use, actor=request.user, now=at.now)
    except ValidationError as error:
        said = Said(text=sentence_of(error), tone="warning")
    else:
        said = Said(text=_("Taken back. Nobody was told."))
    return _answered(request, at, said, use.participant)


def _step(request: StaffRequest, at: Moment, participant: Participant, asked: dict[str, object]) -> Said:
    name, starts_at = participant.client.called, asked["starts_at"]
    if isinstance(starts_at, datetime):
        use = take_agreed_time(participant=participant, starts_at=starts_at, actor=request.user, now=at.now)
        told = {"when": time_words(starts_at, participant.session.zone), "name": name}
        return Said(text=_("%(when)s, as agreed. %(name)s hears of it.") % told, undo=_undo(use, at))
    step = FallbackStep(str(asked["step"]))
    meet_otherwise(participant=participant, step=step, actor=request.user, now=at.now)
    said = {
        FallbackStep.VIDEO: _("By video now. %(name)s gets the link."),
        FallbackStep.PHONE: _("By telephone now. %(name)s is told that you call."),
    }
    return Said(text=said[step] % {"name": name})


def _undo(use: FallbackUse, at: Moment) -> str:
    url = reverse("dashboard:fallback-undo", args=[use.public_id])
    return f"{url}?{at.looking.query}" if at.looking.query else url


def _answered(request: StaffRequest, at: Moment, said: Said, participant: Participant) -> HttpResponse:
    if request.POST.get("back") != SESSION:
        return answer(request, at, said, participant=participant)
    say_on_next_page(request, replace(said, undo_fields=[("back", SESSION)]))
    return redirect("dashboard:session", participant.session.public_id)
