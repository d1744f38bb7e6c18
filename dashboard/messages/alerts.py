"""The desk's alarm: somebody who is expected today has not been told, and nobody has seen to it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import Practice, User
from accounts.roles import May
from accounts.services import get_practice
from dashboard.messages.words import session_time, why
from dashboard.pages import StaffRequest, staff_page
from reminders.access import messages_visible_to
from reminders.models import Message

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Alarm:
    """One person to be told in another way."""

    message: Message
    when: str
    why: str


@never_cache
@staff_page(May.ANSWER_MESSAGES)
def alerts(request: StaffRequest) -> HttpResponse:
    """What every page asks now and then: 204 while there is nothing new to say."""
    found = undelivered_today(request.user, get_practice(), timezone.now())
    tag = ".".join(sorted(message.public_id.hex[:8] for message in found))
    if request.GET.get("seen", "") == tag:
        return HttpResponse(status=204)
    alarms = [Alarm(one, session_time(one.session), why(one)) for one in found[:SHOWN] if one.session]
    context = {"alarms": alarms, "count": len(found), "tag": tag}
    return render(request, "messages/_alerts.html", context)


def undelivered_today(user: User, practice: Practice, now: datetime) -> list[Message]:
    """What did not arrive about the sessions still to come today, the nearest first."""
    tomorrow = practice.today(now) + timedelta(days=1)
    ends = datetime.combine(tomorrow, time(0), practice.zone)
    missed = messages_visible_to(user).undelivered(begins=now, ends=ends)
    return list(missed.select_related("recipient", "session").order_by("session__starts_at", "pk")[:50])
