"""One person's conversation with the practice: both sides, with what became of each message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.models import Practice, User
from accounts.roles import May
from accounts.services import get_practice
from clients.access import get_client, receivers_for
from clients.models import Client
from dashboard.follow_ups.reach import reach_of
from dashboard.messages.forms import OwnWordsForm
from dashboard.messages.inbox import line_of as inbound_line
from dashboard.messages.outbox import line_of
from dashboard.messages.words import TALK_ICONS, Mark, waiting_words
from dashboard.pages import StaffRequest, add_refusal, staff_page
from followups.presenting import Talk, talks_with
from reminders.access import messages_to, replies_of
from reminders.foreseeing import foresee
from reminders.judging import Wait
from reminders.models import InboundMessage, Message, Purpose, State
from reminders.segments import DOUBLE_WIDTH, PLAIN, size_of
from reminders.services import FOR_GUARDIANS, write_to_client
from reminders.wording_check import is_only_blaming

# A thread shows so many of each side; older ones are in the outbox.
SHOWN = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One thing said by either side; a talk shows that it was, and how it ended."""

    at: datetime
    from_us: bool
    body: str
    via: str
    mark: Mark | None = None
    note: str = ""  # why it is so, or what their text did
    by: str = ""  # the colleague; empty for what went by itself
    state: str = ""
    talk_icon: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said, oldest first, and what is still to come."""

    said: list[Bubble]
    to_come: list[Bubble]


@never_cache
@staff_page(May.ANSWER_MESSAGES)
def thread(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Everything said between one client and the practice by message, and the talks beside it."""
    client = get_client(request.user, public_id)
    log_view(user=request.user, kind="thread", public_ids=[public_id])
    return _page(request, client, OwnWordsForm(initial=begun_words(get_practice())))


@staff_page(May.ANSWER_MESSAGES, methods=("POST",))
def own_words(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Write to them. Whatever stands against it is said, and what was typed stays."""
    client, now = get_client(request.user, public_id), timezone.now()
    form = OwnWordsForm(request.POST)
    if not form.is_valid():
        return _page(request, client, form)
    try:
        message = write_to_client(
            client=client,
            words=form.cleaned_data["words"],
            actor=request.user,
            now=now,
            leave=form.leave(),
        )
    except ValidationError as error:
        form.asks_to_keep = hasattr(error, "error_dict") and is_only_blaming(error)
        add_refusal(form, error)
        return _page(request, client, form, instead=_instead(request.user, client, error))
    messages.success(request, _when_it_goes(message, client, now))
    return HttpResponseRedirect(reverse("dashboard:thread", args=[public_id]), status=303)


def conversation_of(user: User, client: Client, *, now: datetime, most: int = SHOWN) -> Conversation:
    """Both sides over all channels as far as this reader may see them; four queries."""
    sent = messages_to(user, client).exclude(state=State.CANCELLED, tries=0)
    ours = [_ours(message, now) for message in sent.select_related("written_by", "call_done_by")[:most]]
    theirs = [_theirs(inbound) for inbound in replies_of(user, client)[:most]]
    talks = [_talk(talk) for talk in talks_with(user, client, most=most)]
    said = sorted([*ours, *theirs, *talks], key=lambda bubble: (bubble.at, bubble.from_us))
    return Conversation(
        said=[bubble for bubble in said if bubble.at <= now],
        to_come=[bubble for bubble in said if bubble.at > now],
    )


def begun_words(practice: Practice) -> dict[str, Any]:
    """A text begins with whom it is from; the key makes it one text however often it is pressed."""
    return {"words": f"{practice.display_name}: ", "once_for": uuid4()}


def writing_context(form: Form) -> dict[str, Any]:
    """What the form for a text needs: the letters that cost nothing extra, and what this one costs."""
    words = str(form["words"].value() or "")
    return {
        "form": form,
        "size": size_of(words.replace("\r\n", "\n")),
        "plain": "".join(sorted(PLAIN)),
        "double_width": "".join(sorted(DOUBLE_WIDTH)),
    }


def _instead(user: User, client: Client, error: ValidationError) -> list[Client]:
    """Of a minor: who receives their messages, as far as this person may see them."""
    if getattr(error, "code", "") != FOR_GUARDIANS:
        return []
    today = get_practice().today(timezone.now())
    return list(receivers_for(user, client, today))


def _page(
    request: StaffRequest, client: Client, form: OwnWordsForm, *, instead: Sequence[Client] = ()
) -> HttpResponse:
    practice, now = get_practice(), timezone.now()
    conversation = conversation_of(request.user, client, now=now)
    context = {
        "client": client,
        "instead": instead,
        "said": conversation.said,
        "to_come": conversation.to_come,
        "reach": reach_of(client, practice=practice, now=now),
        **writing_context(form),
    }
    with timezone.override(practice.zone):
        return render(request, "messages/thread.html", context, status=422 if form.errors else 200)


def _when_it_goes(message: Message, client: Client, now: datetime) -> str:
    """When it goes, so that nobody waits for an answer in vain."""
    foreseen = foresee(message, now=now)
    if message.state == State.PLANNED and isinstance(foreseen, Wait):
        return waiting_words(foreseen, called=client.called, zone=get_practice().zone)
    return _("On its way to %(name)s.") % {"name": client.called}


def _ours(message: Message, now: datetime) -> Bubble:
    line = line_of(message, now)
    attempts = list(message.attempts.all())
    last = attempts[-1] if attempts else None
    about = f"{message.get_purpose_display()}{f': {line.about}' if line.about else ''}"
    failed = message.state in (State.FAILED, State.SUPPRESSED, State.EXPIRED)
    return Bubble(
        at=last.committed_at if last else message.due_at,
        from_us=True,
        body=line.body if last or message.purpose == Purpose.STAFF else about,
        via=last.get_channel_display() if last else "",
        mark=line.mark,
        note=_note(message, line.why),
        by=message.written_by.name if message.written_by else "",
        state="failed" if failed else message.state,
    )


def _note(message: Message, why: str) -> str:
    notes = [why] if why else []
    if message.any_hour_because:
        notes.append(_("At this hour because: %(why)s") % {"why": message.any_hour_because})
    if message.call_done_at:
        name = message.call_done_by.name if message.call_done_by else ""
        notes.append(_("Told by telephone by %(name)s") % {"name": name})
    return " · ".join(notes)


def _theirs(inbound: InboundMessage) -> Bubble:
    line = inbound_line(inbound)
    return Bubble(
        at=inbound.received_at,
        from_us=False,
        body=inbound.body,
        via=inbound.get_channel_display(),
        note=line.did,
        state="received",
    )


def _talk(talk: Talk) -> Bubble:
    return Bubble(
        at=talk.at,
        from_us=True,
        body=talk.result_label,
        via=talk.channel_label,
        by=talk.by,
        state="talk",
        talk_icon=TALK_ICONS.get(talk.channel, "phone"),
        url=reverse("dashboard:follow-up", args=[talk.follow_up_id]),
    )
