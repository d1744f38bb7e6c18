"""After each act a calm confirmation under an address of its own, which opens for an hour or two."""

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.access import Visit
from portal.doors import client_page, show
from portal.drawing import time_of
from portal.words import say
from reminders.links import Link, LinkFor, token_of
from sessions_app.models import Modality, TherapySession

OPEN_FOR = timedelta(hours=1)
# What was done, and the words for it.
DONE = {
    LinkFor.CONFIRMED: "done_confirmed",
    LinkFor.MOVED: "done_moved",
    LinkFor.ASKED: "done_asked",
    LinkFor.BY_VIDEO: "done_by_video",
    LinkFor.BY_PHONE: "done_by_phone",
    LinkFor.CANCELLED: "done_cancelled",
    LinkFor.KEPT: "done_kept",
    LinkFor.SAID: "done_said",
    LinkFor.REACH: "done_reach",
    LinkFor.STOPPED: "done_stopped",
    LinkFor.TAKEN: "done_taken",
}
MODES = {Modality.VIDEO: LinkFor.BY_VIDEO, Modality.PHONE: LinkFor.BY_PHONE}


def done(visit: Visit, what: LinkFor, session: TherapySession | None = None) -> HttpResponse:
    """Lead to the confirmation, so that going back or reloading does nothing twice."""
    session = session or visit.session
    receipt = replace(visit.link, purpose=what, version=session.version, expires_at=visit.now + OPEN_FOR)
    return HttpResponseRedirect(reverse("portal:done", args=[token_of(receipt)]), status=303)


@client_page(purposes=frozenset(DONE))
def receipt(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was done, and what happens next."""
    key, cancelled = DONE[visit.link.purpose], visit.link.purpose == LinkFor.CANCELLED
    fields = {"when": time_of(visit), "phone": ""}
    context: dict[str, object] = {
        "said": say(key, **fields),
        "done_key": f"{key}_next",
        "time": time_of(visit),
        "may_undo": cancelled and _may_undo(visit),
        "page": "" if cancelled else reverse("portal:time", args=[page_token(visit)]),
    }
    return show(request, visit, "done.html", context)


def page_token(visit: Visit) -> str:
    """The letters of their page as the session stands now."""
    standing: Link = replace(
        visit.link,
        purpose=LinkFor.SESSION,
        version=visit.session.version,
        expires_at=visit.session.ends_at,
    )
    return token_of(standing)


def _may_undo(visit: Visit) -> bool:
    since = visit.participant.cancelled_at
    within = timedelta(minutes=visit.practice.undo_minutes)
    return since is not None and visit.now <= since + within
