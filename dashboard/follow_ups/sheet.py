"""One follow-up as a page: the same for a first look and for a form that was refused."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Practice, User
from clients.access import barriers
from clients.disclosing import may_disclose
from clients.models import Mandate
from dashboard.court.deadlines import When, when_due
from dashboard.follow_ups.forms import (
    AttemptForm,
    BecauseForm,
    CourtAttemptForm,
    LaterForm,
    NoteForm,
    OwnerForm,
)
from dashboard.follow_ups.queue import next_in_queue
from dashboard.follow_ups.reach import reach_of
from dashboard.follow_ups.words import due_words, times_to_put_off_to
from dashboard.help.suggesting import help_on_follow_up
from dashboard.messages.forms import OwnWordsForm
from dashboard.messages.threads import writing_context
from dashboard.pages import StaffRequest
from dashboard.repeated.on_the_sheet import repeated_context
from followups.barriers import barriers_named_before
from followups.closing import why_it_stays_closed
from followups.models import AttemptChannel, AttemptResult, FollowUp, NextStep, StepKind
from followups.presenting import Presented, order_leading, present

# In the address after something was done: the page then says who is next.
JUST_DONE = "done"
NEXT_STEP_ICONS = {
    NextStep.NEW_TIME: "calendar-plus",
    NextStep.OTHER_FORM: "video",
    NextStep.EXTRA_SUPPORT: "lifebuoy",
    NextStep.CALL_AGAIN: "phone-call",
    NextStep.THEY_CALL: "phone-outgoing",
    NextStep.NOTHING_MORE: "check",
}
RESULT_ICONS = {
    AttemptResult.REACHED: "message-check",
    AttemptResult.LEFT_WORD: "message",
    AttemptResult.NO_ANSWER: "phone-off",
    AttemptResult.WRONG_NUMBER: "phone-x",
    AttemptResult.DECLINED: "hand-stop",
}
# The form that somebody writes in on each screen, by its id.
FORM_ON = {"call": "attempt", "words": "attempt", "task": "step"}
CHANNELS = {
    StepKind.CALL: AttemptChannel.CALL,
    StepKind.TEXT: AttemptChannel.TEXT,
    StepKind.LETTER: AttemptChannel.LETTER,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One chip."""

    value: str
    label: str
    icon: str
    is_chosen: bool


def show(
    request: StaffRequest,
    follow_up: FollowUp,
    *,
    practice: Practice,
    now: datetime,
    refused: dict[str, forms.Form] | None = None,
    kept: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    """Draw the page; `refused` holds forms to be mended, by name, and makes it a 422; `kept` unsent ones."""
    presented = present(request.user, follow_up, now=now)
    drawn = {**_forms(follow_up, presented), **(kept or {}), **(refused or {})}
    attempt, text = drawn["attempt_form"], drawn["text_form"]
    may_text = presented.step_kind == StepKind.TEXT
    context: dict[str, Any] = {
        **drawn,
        **writing_context(text),
        "may_text": may_text,
        "follow_up_id": follow_up.public_id,
        "presented": presented,
        "row": presented.row,
        "screen": _screen(presented),
        "beside": FORM_ON.get(_screen(presented), ""),
        "practice": practice,
        "due": due_words(presented.row.due_at, now, practice.zone),
        "reach": reach_of(follow_up.client, practice=practice, now=now),
        "causes": _causes(presented),
        "barriers": _barriers(attempt),
        "next_steps": _next_steps(attempt),
        "result_icons": {str(result): icon for result, icon in RESULT_ICONS.items()},
        "later": times_to_put_off_to(now, practice.zone),
        "booking_url": booking_url(follow_up),
        "closed_by": follow_up.closed_by,
        "closed_at": follow_up.closed_at,
        "stays_closed": "" if follow_up.is_open else why_it_stays_closed(follow_up),
        "deadline": _deadline(presented, practice.today(now)),
        "goes": _goes(presented.mandate, practice.today(now)),
        "named_before": barriers_named_before(request.user, follow_up.client),
        **repeated_context(request.user, presented, now=now),
        **help_on_follow_up(request.user, follow_up, attempt["barriers"].value() or ()),
    }
    if JUST_DONE in request.GET or kept:
        upcoming = next_in_queue(request.user, besides=follow_up, practice=practice, now=now)
        context |= {"just_done": True, "upcoming": upcoming}
    with timezone.override(practice.zone):
        return render(request, "follow_ups/follow_up.html", context, status=422 if refused else 200)


def attempt_form_for(user: User, follow_up: FollowUp) -> type[AttemptForm]:
    """What is asked after a try: under a court's order also what is for the court."""
    return _attempt_form(order_leading(user, follow_up))


def _attempt_form(mandate: Mandate | None) -> type[AttemptForm]:
    return CourtAttemptForm if mandate else AttemptForm


def booking_url(follow_up: FollowUp) -> str:
    """Where another time is found for them."""
    try:
        return f"{reverse('dashboard:booking')}?case={follow_up.case.public_id}"
    except NoReverseMatch:  # without a calendar there is no way there
        return ""


def _deadline(presented: Presented, today: date) -> When | None:
    """How far away the court's next report is."""
    return when_due(presented.report_due_on, today) if presented.report_due_on else None


def _goes(mandate: Mandate | None, today: date) -> str:
    """To whom attendance may go today, to be said first in a call; empty where nothing may."""
    basis = may_disclose(mandate, on=today).basis if mandate else None
    return basis.recipient if basis else ""


def _screen(presented: Presented) -> str:
    """Which screen the current step asks for: a call, words that go out, a thing to do, or none."""
    if presented.row.state == FollowUp.State.CLOSED:
        return "closed"
    if not presented.step_kind:
        return "decide"
    if not presented.is_contact:
        return "task"
    return "call" if presented.step_kind == StepKind.CALL else "words"


def _forms(follow_up: FollowUp, presented: Presented) -> dict[str, forms.Form]:
    kind = StepKind(presented.step_kind) if presented.is_contact else StepKind.CALL
    words = presented.script.opening if presented.script else ""
    return {
        "text_form": OwnWordsForm(initial={"words": words}, auto_id="text_%s"),
        "attempt_form": _attempt_form(presented.mandate)(
            initial={"channel": CHANNELS[kind]}, auto_id="attempt_%s"
        ),
        "later_form": LaterForm(auto_id="later_%s", beside=FORM_ON.get(_screen(presented), "")),
        "note_form": NoteForm(auto_id="note_%s"),
        "leaving_out_form": BecauseForm(auto_id="leaving_out_%s"),
        "closing_form": BecauseForm(auto_id="closing_%s"),
        "owner_form": OwnerForm(follow_up=follow_up, auto_id="owner_%s"),
    }


@dataclass(frozen=True, slots=True)
class Cause:
    """What happened, with every protocol that reads it so."""

    words: str
    names: str
    is_withdrawn: bool


def _causes(presented: Presented) -> list[Cause]:
    """One line for what happened, although several protocols may have opened by it."""
    named: dict[tuple[str, bool], list[str]] = {}
    for cause in presented.causes:
        named.setdefault((cause.words, cause.is_withdrawn), []).append(cause.protocol_name)
    return [Cause(words, ", ".join(names), is_withdrawn) for (words, is_withdrawn), names in named.items()]


def _barriers(form: forms.Form) -> list[Choice]:
    chosen = set(form["barriers"].value() or ())
    return [Choice(one.code, str(one), one.icon, one.code in chosen) for one in barriers()]


def _next_steps(form: forms.Form) -> list[Choice]:
    chosen = form["next_step"].value()
    return [Choice(step, str(step.label), NEXT_STEP_ICONS[step], step == chosen) for step in NextStep]
