"""What is to go out, went out, or did not: with state, reason, and what staff may do about it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.models import Practice, User
from accounts.roles import May
from accounts.services import get_practice
from clients.access import clients_visible_to
from clients.models import Channel
from dashboard.follow_ups.reach import spoken_number
from dashboard.messages.frame import frame_of
from dashboard.messages.stories import Stories, stories_of
from dashboard.messages.words import Mark, mark_of, session_time, why
from dashboard.pages import StaffRequest, sentence_of, staff_page, words_of
from reminders.access import get_message, messages_visible_to
from reminders.models import OPEN_STATES, Message, State
from reminders.querysets import MessageQuerySet
from reminders.services import decide_held, dismiss_message, resend_message, resume_channel

LOOKS = {
    "mine": gettext_lazy("Handed to me"),
    "look": gettext_lazy("Need a look"),
    "waiting": gettext_lazy("Waiting"),
    "planned": gettext_lazy("To come"),
    "sent": gettext_lazy("Sent"),
    "delivered": gettext_lazy("Delivered"),
    "failed": gettext_lazy("Not delivered"),
    "held": gettext_lazy("Please decide"),
    "suppressed": gettext_lazy("Not sent"),
    "expired": gettext_lazy("Too late"),
    "cancelled": gettext_lazy("Not needed"),
}
IN_FLIGHT = (State.CLAIMED, State.SENDING, State.UNKNOWN, State.SENT)
ON_A_PAGE = 50
MAY_GO_AGAIN = (State.FAILED, State.SUPPRESSED, State.EXPIRED)
NEEDS_A_LOOK = (*MAY_GO_AGAIN, State.HELD)
# Beyond so many, a pager need not know the number.
COUNTED = 5000


class LongList(Paginator):  # type: ignore[type-arg]
    """Pages of a table of any length: counting stops at some point."""

    @cached_property
    def count(self) -> int:
        assert isinstance(self.object_list, QuerySet)  # noqa: S101  # this file's only use
        found: int = self.object_list.order_by()[:COUNTED].count()
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """One message as a row."""

    message: Message
    mark: Mark
    why: str
    about: str
    address: str
    body: str
    stories: Stories | None  # of one that a person decides
    may_go_again: bool
    may_hand: bool
    may_dismiss: bool


@never_cache
@staff_page(May.ANSWER_MESSAGES, methods=("GET", "POST"))
def outbox(request: StaffRequest) -> HttpResponse:
    """The outbox, filtered by state, day and person; only a look without words has an address."""
    practice, now = get_practice(), timezone.now()
    asked = _asked(request)
    if request.method == "POST" and not asked["q"]:
        return HttpResponseRedirect(_address_of(asked), status=303)
    page = _page(request, _filtered(request, asked, practice, now), asked)
    lines = [line_of(message, now) for message in page.object_list]
    log_view(user=request.user, kind="message", public_ids=[line.message.public_id for line in lines])
    frame = frame_of(request.user, practice=practice, now=now)
    context = {
        "frame": frame,
        "to_look_at": frame.views[0].count,
        "in_my_hands": frame.in_my_hands,
        "asked": asked,
        "looks": LOOKS,
        "lines": lines,
        "page": page,
        "is_filtered": any(asked.values()),
        "newest": ON_A_PAGE,
    }
    with timezone.override(practice.zone):
        return render(request, "messages/outbox.html", context)


@staff_page(May.ANSWER_MESSAGES, methods=("POST",))
def resending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Try once more."""
    message = get_message(request.user, public_id, write=True)
    try:
        resend_message(message=message, actor=request.user, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        messages.success(request, _("It goes out again, if nothing stands against it."))
    return _back_to_list(request)


@staff_page(May.ANSWER_MESSAGES, methods=("POST",))
def decision(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Whether a held message went out."""
    message = get_message(request.user, public_id, write=True)
    was_sent = request.POST.get("was_sent") == "yes"
    try:
        decide_held(message=message, was_sent=was_sent, actor=request.user, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        messages.success(request, _("Noted: it arrived.") if was_sent else _("It is sent again."))
    return _back_to_list(request)


@staff_page(May.ANSWER_MESSAGES, methods=("POST",))
def dismissal(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take it off the list; one that still waits is not sent."""
    message = get_message(request.user, public_id, write=True)
    dismiss_message(message=message, actor=request.user, now=timezone.now())
    messages.success(request, _("Put aside."))
    return _back_to_list(request)


@staff_page(May.ANSWER_MESSAGES, May.SEE_ALL_SESSIONS, methods=("POST",))
def resumption(request: StaffRequest, channel: str) -> HttpResponse:
    """The setting is mended: this way out is used again."""
    if channel not in Channel.values:
        raise Http404
    resume_channel(channel=channel, actor=request.user, now=timezone.now())
    messages.success(request, _("Messages go out this way again."))
    return back(request, "dashboard:messages")


def _back_to_list(request: StaffRequest) -> HttpResponse:
    """To the outbox as it was asked for; a search is asked again in the body, since no address holds a name."""
    if words_of(request):
        return HttpResponseRedirect(reverse("dashboard:messages"), status=307)
    return back(request, "dashboard:messages")


def back(request: HttpRequest, url_name: str) -> HttpResponse:
    """To the list from which a button was pressed, as it was filtered."""
    wished = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wished, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wished if ours else reverse(url_name), status=303)


def line_of(message: Message, now: datetime) -> Line:
    """A message with its words; the latest attempt says where it went and what it said."""
    attempts = list(message.attempts.all())
    last = attempts[-1] if attempts else None
    return Line(
        message=message,
        mark=mark_of(message, now),
        why=why(message),
        about=session_time(message.session) if message.session else "",
        address=_spoken(last.address) if last else "",
        body=last.body if last else message.words,
        stories=stories_of(message, attempts) if message.state == State.HELD else None,
        may_go_again=message.state in MAY_GO_AGAIN and now < message.expires_at,
        may_hand=_is_to_do(message),
        may_dismiss=message.dismissed_at is None
        and (message.state in NEEDS_A_LOOK or message.state == State.PLANNED),
    )


def _is_to_do(message: Message) -> bool:
    ended = message.state in MAY_GO_AGAIN and message.dismissed_at is None
    to_call = message.needs_call and message.call_done_at is None
    return message.state in OPEN_STATES or ended or to_call


def _spoken(address: str) -> str:
    return spoken_number(address) if address.startswith("+") else address


def _asked(request: StaffRequest) -> dict[str, str]:
    look = request.POST if request.method == "POST" else request.GET
    return {name: look.get(name, "").strip() for name in ("state", "on")} | {"q": words_of(request)}


def _address_of(asked: dict[str, str]) -> str:
    look = urlencode({name: asked[name] for name in ("state", "on") if asked[name]})
    return reverse("dashboard:messages") + (f"?{look}" if look else "")


def _page(request: StaffRequest, found: MessageQuerySet, asked: dict[str, str]) -> Page[Message]:
    """One page; of a search the first alone, since its words are never in an address."""
    rows = found.with_people().select_related("inbound")
    if asked["q"]:
        return Paginator(rows[:ON_A_PAGE], ON_A_PAGE).get_page(1)
    return LongList(rows, ON_A_PAGE).get_page(request.GET.get("page"))


def _filtered(
    request: StaffRequest, asked: dict[str, str], practice: Practice, now: datetime
) -> MessageQuerySet:
    found = _in_state(messages_visible_to(request.user), request.user, asked["state"], now)
    if not any(asked.values()):  # what lies further ahead is asked for by its day or state
        found = found.filter(due_at__lt=_midnight(practice.today(now) + timedelta(days=1), practice))
    if day := _day(asked["on"]):
        tomorrow = _midnight(day + timedelta(days=1), practice)
        found = found.filter(due_at__gte=_midnight(day, practice), due_at__lt=tomorrow)
    if asked["q"]:
        people = clients_visible_to(request.user).search(asked["q"]).order_by()[:50]
        found = found.filter(recipient__in=list(people.values_list("pk", flat=True)))
    return found


def _in_state(found: MessageQuerySet, user: User, state: str, now: datetime) -> MessageQuerySet:
    questions: dict[str, Any] = {
        "mine": lambda: found.in_hands_of(user),
        "look": found.needing_a_look,
        "waiting": lambda: found.waiting(now),
        "planned": found.planned,
        "sent": lambda: found.filter(state__in=IN_FLIGHT),
    }
    if state in questions:
        asked: MessageQuerySet = questions[state]()
        return asked
    return found.filter(state=state) if state in State.values else found


def _midnight(day: date, practice: Practice) -> datetime:
    return datetime.combine(day, time(0), practice.zone)


def _day(written: str) -> date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None
