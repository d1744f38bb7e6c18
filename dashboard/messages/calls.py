"""Calls to make: news that could not be written, so somebody telephones."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.models import Practice
from accounts.roles import May
from accounts.services import get_practice
from dashboard.check_ins.page import call_lines
from dashboard.follow_ups.reach import Reach, reaches_of
from dashboard.messages.frame import frame_of
from dashboard.messages.outbox import back
from dashboard.messages.words import session_time, why
from dashboard.pages import StaffRequest, staff_page
from reminders.access import get_message, messages_visible_to
from reminders.models import Message, Purpose
from reminders.services import mark_call_done

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One call: whom, at which number, what to say, and why not by text."""

    message: Message
    reach: Reach
    say: str
    why: str


@never_cache
@staff_page(May.ANSWER_MESSAGES)
def calls_to_make(request: StaffRequest) -> HttpResponse:
    """Whom to telephone, the longest waiting first."""
    practice, now = get_practice(), timezone.now()
    found = messages_visible_to(request.user).calls_to_make().with_people()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    log_view(user=request.user, kind="message", public_ids=[one.public_id for one in page.object_list])
    context = {
        "frame": frame_of(request.user, practice=practice, now=now),
        "lines": _lines(list(page.object_list), practice, now),
        "page": page,
        "check_in_calls": call_lines(request.user, practice=practice, now=now),
    }
    with timezone.override(practice.zone):
        return render(request, "messages/calls.html", context)


@staff_page(May.ANSWER_MESSAGES, methods=("POST",))
def call_done(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody told them by telephone."""
    message = get_message(request.user, public_id, write=True)
    mark_call_done(message=message, actor=request.user, now=timezone.now())
    name = message.recipient.display_name if message.recipient else ""
    messages.success(request, _("%(name)s knows. Thank you.") % {"name": name})
    return back(request, "dashboard:calls")


def _lines(shown: list[Message], practice: Practice, now: datetime) -> list[Line]:
    people = [message.recipient for message in shown if message.recipient]
    reaches = reaches_of(people, practice=practice, now=now)
    return [
        Line(message, reaches[message.recipient.pk], what_to_say(message), why(message))
        for message in shown
        if message.recipient
    ]


def what_to_say(message: Message) -> str:
    """The news itself; the session is read as it stands now."""
    session = message.session
    if session is None:
        return ""
    when = session_time(session)
    if message.purpose == Purpose.CANCELLED:
        return _("Their session on %(when)s is cancelled.") % {"when": when}
    if message.purpose == Purpose.MOVED:
        return _("Their session has changed: it is on %(when)s now.") % {"when": when}
    return _("About their session on %(when)s.") % {"when": when}
