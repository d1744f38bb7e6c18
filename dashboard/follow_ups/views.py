"""Follow-ups to read: the queue, and one of them as its call screen."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from dashboard.follow_ups.queue import SHOWS, Look, read_queue, tag_of
from dashboard.follow_ups.sheet import show
from dashboard.pages import StaffRequest, staff_page
from dashboard.repeated.on_the_sheet import worries_of
from followups.access import get_follow_up


@never_cache
@staff_page(May.FOLLOW_UP)
def follow_up_list(request: StaffRequest) -> HttpResponse:
    """Whom to reach out to, what matters first on top."""
    look = Look.read(request.GET, request.user)
    practice, now = get_practice(), timezone.now()
    queue = read_queue(request.user, look, practice=practice, now=now)
    shown = [line.row.public_id for lines in queue.groups.values() for line in lines]
    log_view(user=request.user, kind="follow_up", public_ids=shown)
    context = {"worries": worries_of(request.user, practice=practice, now=now)}
    return render(request, "follow_ups/list.html", {"look": look, "queue": queue, "shows": SHOWS, **context})


@never_cache
@staff_page(May.FOLLOW_UP)
def follow_up_changes(request: StaffRequest) -> HttpResponse:
    """What an open list asks every few seconds: 204 unless a row, or the minute, has changed."""
    look, practice, now = Look.read(request.GET, request.user), get_practice(), timezone.now()
    if request.GET.get("seen") == tag_of(request.user, look, practice=practice, now=now):
        return HttpResponse(status=204)
    queue = read_queue(request.user, look, practice=practice, now=now)
    return render(request, "follow_ups/_queue.html", {"look": look, "queue": queue})


@never_cache
@staff_page(May.FOLLOW_UP)
def follow_up_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One follow-up: whom to call, why, what to say, and what was tried."""
    follow_up = get_follow_up(request.user, public_id)
    log_view(user=request.user, kind="follow_up", public_ids=[public_id])
    return show(request, follow_up, practice=get_practice(), now=timezone.now())
