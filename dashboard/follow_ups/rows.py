"""The buttons of a row: how a call went, with undo; put off; taken over."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from dashboard.follow_ups.forms import LaterForm
from dashboard.follow_ups.queue import Look, read_queue
from dashboard.follow_ups.words import due_words
from dashboard.pages import StaffRequest, sentence_of, staff_page
from dashboard.toasts import Said, say_on_next_page
from followups.access import get_attempt, get_follow_up
from followups.models import AttemptChannel, AttemptResult, FollowUp
from followups.services import AttemptDetails, log_attempt, reassign, snooze
from followups.taking_back import take_back_attempt

F = TypeVar("F", bound=forms.Form)
IN_A_ROW = (AttemptResult.NO_ANSWER, AttemptResult.LEFT_WORD, AttemptResult.REACHED)


class CallForm(forms.Form):
    """How a call went: the button pressed."""

    result = forms.ChoiceField(choices=[(result.value, result.label) for result in IN_A_ROW])


class AttemptIdForm(forms.Form):
    """Which attempt is taken back."""

    attempt = forms.UUIDField()


@staff_page(May.FOLLOW_UP, methods=("POST",))
def call(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """No answer, left word, or we talked: noted with one key."""

    def log(follow_up: FollowUp, form: CallForm) -> Said:
        details = AttemptDetails(channel=AttemptChannel.CALL, result=form.cleaned_data["result"])
        now = timezone.now()
        attempt = log_attempt(follow_up=follow_up, attempt=details, actor=request.user, now=now)
        fresh = get_follow_up(request.user, public_id)
        return Said(
            text=_("%(name)s: %(result)s. %(next)s")
            % {
                "name": fresh.client.display_name,
                "result": attempt.get_result_display().lower(),
                "next": _next(fresh),
            },
            undo=_url(request, "follow-up-row-call-undo", public_id),
            undo_fields=[("attempt", str(attempt.public_id))],
        )

    return _pressed(request, public_id, CallForm(request.POST), log)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def call_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take one's own last result back."""

    def undo(follow_up: FollowUp, form: AttemptIdForm) -> Said:
        attempt = get_attempt(request.user, follow_up, form.cleaned_data["attempt"])
        take_back_attempt(attempt=attempt, actor=request.user, now=timezone.now())
        return Said(text=_("Taken back: it stands as it stood before."))

    return _pressed(request, public_id, AttemptIdForm(request.POST), undo)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def later(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put the call off."""

    def put_off(follow_up: FollowUp, form: LaterForm) -> Said:
        until = form.cleaned_data["until"]
        snooze(follow_up=follow_up, until=until, actor=request.user, now=timezone.now())
        return Said(text=_("Put off: %(due)s.") % {"due": _due(get_follow_up(request.user, public_id))})

    return _pressed(request, public_id, LaterForm(request.POST), put_off)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def owner(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take it over oneself; to anybody else it is handed on its page."""

    def take(follow_up: FollowUp, _form: forms.Form) -> Said:
        reassign(follow_up=follow_up, owner=request.user, actor=request.user, now=timezone.now())
        return Said(text=_("It is yours now."))

    return _pressed(request, public_id, forms.Form(request.POST), take)


def _pressed(
    request: StaffRequest, public_id: UUID, form: F, press: Callable[[FollowUp, F], Said]
) -> HttpResponse:
    """Call the verb and answer with the queue as it is now, and what was done or why not."""
    follow_up = get_follow_up(request.user, public_id, write=True)
    with timezone.override(get_practice().zone):  # times are typed as the practice's clock shows them
        if not form.is_valid():
            return _answer(request, Said(text=_("Please press one of the buttons."), tone="warning"))
        try:
            said = press(follow_up, form)
        except ValidationError as error:
            said = Said(text=sentence_of(error), tone="warning")
    return _answer(request, said)


def _answer(request: StaffRequest, said: Said) -> HttpResponse:
    look = Look.read(request.GET, request.user)
    if not request.htmx:
        say_on_next_page(request, said)
        url = f"{reverse('dashboard:follow-ups')}?{look.query(page=look.page)}"
        return HttpResponseRedirect(url, status=303)
    queue = read_queue(request.user, look, practice=get_practice(), now=timezone.now())
    return render(request, "follow_ups/_queue_swap.html", {"look": look, "queue": queue, "said": said})


def _url(request: StaffRequest, name: str, public_id: UUID) -> str:
    look = Look.read(request.GET, request.user)
    return f"{reverse(f'dashboard:{name}', args=[public_id])}?{look.query(page=look.page)}"


def _next(follow_up: FollowUp) -> str:
    if not follow_up.is_open:
        return _("This follow-up is closed.")
    if follow_up.due_at is None:
        return _("Every step was taken: decide what comes next.")
    return _("Next: %(due)s.") % {"due": _due(follow_up)}


def _due(follow_up: FollowUp) -> str:
    return due_words(follow_up.due_at, timezone.now(), get_practice().zone)
