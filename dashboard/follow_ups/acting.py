"""What can be done with a follow-up: each a plain form post that leads back to its page."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from dashboard.follow_ups.forms import (
    AttemptForm,
    BecauseForm,
    LaterForm,
    NoteForm,
    OwnerForm,
    unsent_forms,
)
from dashboard.follow_ups.sheet import JUST_DONE, attempt_form_for, booking_url, show
from dashboard.follow_ups.words import due_words
from dashboard.messages.forms import OwnWordsForm
from dashboard.messages.words import waiting_words
from dashboard.pages import StaffRequest, add_refusal, sentence_of, staff_page
from followups.access import get_follow_up, get_follow_up_to_close
from followups.models import AttemptResult, FollowUp, NextStep
from followups.services import (
    close_follow_up,
    complete_step,
    log_attempt,
    reassign,
    reopen_follow_up,
    send_text,
    skip_step,
    snooze,
)
from reminders.foreseeing import foresee
from reminders.judging import Wait
from reminders.models import Message, State
from reminders.wording_check import is_only_blaming

F = TypeVar("F", bound=forms.Form)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def attempt(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How a try at reaching them went."""
    follow_up, now = get_follow_up(request.user, public_id, write=True), timezone.now()

    def log(form: AttemptForm) -> None:
        log_attempt(follow_up=follow_up, attempt=form.details(), actor=request.user, now=now)

    form = attempt_form_for(request.user, follow_up)(request.POST, auto_id="attempt_%s")
    answer = _act(request, follow_up, "attempt_form", form, log, _noted)
    agreed_on_a_time = answer.status_code == 303 and form.cleaned_data["next_step"] == NextStep.NEW_TIME
    if agreed_on_a_time and (url := booking_url(follow_up)):
        # They are still on the telephone: the time is found before anybody hangs up.
        return _see(url)
    return answer


@staff_page(May.FOLLOW_UP, methods=("POST",))
def text(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Send the step's text in the words shown, or as they were changed."""
    follow_up, now = get_follow_up(request.user, public_id, write=True), timezone.now()
    form = OwnWordsForm(request.POST, auto_id="text_%s")

    sent: list[Message] = []

    def send(form: OwnWordsForm) -> None:
        try:
            message = send_text(
                follow_up=follow_up,
                words=form.cleaned_data["words"],
                actor=request.user,
                now=now,
                leave=form.leave(),
            )
        except ValidationError as error:
            form.asks_to_keep = hasattr(error, "error_dict") and is_only_blaming(error)
            raise
        sent.append(message)

    def say(follow_up: FollowUp, form: OwnWordsForm) -> str:
        return f"{_going(sent[0], follow_up, now)} {_next_up(follow_up, form)}"

    return _act(request, follow_up, "text_form", form, send, say)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def later(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put the step off."""
    follow_up, now = get_follow_up(request.user, public_id, write=True), timezone.now()

    def put_off(form: LaterForm) -> None:
        snooze(follow_up=follow_up, until=form.cleaned_data["until"], actor=request.user, now=now)

    form = LaterForm(request.POST, auto_id="later_%s")
    unsent = unsent_forms(request.POST, attempt_form_for(request.user, follow_up))
    answer = _act(request, follow_up, "later_form", form, put_off, _put_off_to)
    if answer.status_code != 303 or not unsent:
        return answer
    # Not noted yet, and private: neither a redirect nor the browser's drafts may carry it.
    messages.info(request, _("What you have written is still here, and not noted yet."))
    fresh = get_follow_up(request.user, public_id)
    return show(request, fresh, practice=get_practice(), now=now, kept=unsent)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def owner(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give it to a colleague or to the desk."""
    follow_up, now = get_follow_up(request.user, public_id, write=True), timezone.now()

    def give(form: OwnerForm) -> None:
        reassign(follow_up=follow_up, owner=form.chosen(), actor=request.user, now=now)

    form = OwnerForm(request.POST, follow_up=follow_up, auto_id="owner_%s")
    return _act(request, follow_up, "owner_form", form, give, _given_to)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def step_done(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Tick off a step that is not a call."""
    follow_up, now = get_follow_up(request.user, public_id, write=True), timezone.now()

    def tick(form: NoteForm) -> None:
        complete_step(follow_up=follow_up, note=form.cleaned_data["note"], actor=request.user, now=now)

    form = NoteForm(request.POST, auto_id="note_%s")
    return _act(request, follow_up, "note_form", form, tick, _next_up)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def step_left_out(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Leave a step out, saying why."""
    follow_up, now = get_follow_up(request.user, public_id, write=True), timezone.now()

    def leave_out(form: BecauseForm) -> None:
        skip_step(follow_up=follow_up, because=form.cleaned_data["because"], actor=request.user, now=now)

    form = BecauseForm(request.POST, auto_id="leaving_out_%s")
    return _act(request, follow_up, "leaving_out_form", form, leave_out, _next_up)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def closing(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Close it, by the person who presses the button."""
    follow_up, now = get_follow_up_to_close(request.user, public_id), timezone.now()

    def close(form: BecauseForm) -> None:
        close_follow_up(
            follow_up=follow_up, because=form.cleaned_data["because"], actor=request.user, now=now
        )

    form = BecauseForm(request.POST, auto_id="closing_%s")
    return _act(request, follow_up, "closing_form", form, close, _closed)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def reopening(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a closing back."""
    follow_up = get_follow_up_to_close(request.user, public_id)
    try:
        reopen_follow_up(follow_up=follow_up, actor=request.user, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        messages.success(request, _("Open again: it goes on where it stood."))
    return _see(reverse("dashboard:follow-up", args=[public_id]))


def _act(
    request: StaffRequest,
    follow_up: FollowUp,
    slot: str,
    form: F,
    verb: Callable[[F], None],
    say: Callable[[FollowUp, F], str],
) -> HttpResponse:
    """Call the verb and say what comes next; or show the page again with what was typed (422)."""
    practice, now = get_practice(), timezone.now()
    with timezone.override(practice.zone):  # times are typed as the practice's clock shows them
        if form.is_valid():
            try:
                verb(form)
            except ValidationError as error:
                add_refusal(form, error)
    if form.errors:
        return show(request, follow_up, practice=practice, now=now, refused={slot: form})
    messages.success(request, say(get_follow_up(request.user, follow_up.public_id), form))
    return _see(f"{reverse('dashboard:follow-up', args=[follow_up.public_id])}?{JUST_DONE}=1")


def _see(url: str) -> HttpResponse:
    return HttpResponseRedirect(url, status=303)


def _noted(follow_up: FollowUp, form: AttemptForm) -> str:
    result = AttemptResult(form.cleaned_data["result"]).label
    return _("Noted: %(result)s. %(next)s") % {"result": result.lower(), "next": _next_up(follow_up, form)}


def _going(message: Message, follow_up: FollowUp, now: datetime) -> str:
    """Whether the text goes now, or what it waits for."""
    foreseen = foresee(message, now=now)
    if message.state == State.PLANNED and isinstance(foreseen, Wait):
        return waiting_words(foreseen, called=follow_up.client.called, zone=get_practice().zone)
    return _("The text is on its way.")


def _next_up(follow_up: FollowUp, _form: forms.Form) -> str:
    if not follow_up.is_open:
        return _("This follow-up is closed.")
    if follow_up.due_at is None:
        return _("Every step was taken: decide what comes next.")
    return _("Next: %(due)s.") % {"due": _due(follow_up)}


def _put_off_to(follow_up: FollowUp, _form: LaterForm) -> str:
    return _("Put off: %(due)s.") % {"due": _due(follow_up)}


def _given_to(follow_up: FollowUp, _form: OwnerForm) -> str:
    name = follow_up.owner.name if follow_up.owner else _("the front desk")
    return _("With %(name)s now.") % {"name": name}


def _closed(_follow_up: FollowUp, _form: BecauseForm) -> str:
    return _("Closed. Thank you.")


def _due(follow_up: FollowUp) -> str:
    return due_words(follow_up.due_at, timezone.now(), get_practice().zone)
