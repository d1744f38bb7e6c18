"""A press that comes a second time: what it asked for is done, and whoever pressed reads so.

On a slow phone the first press may be done while the page still stands there, so that it is pressed again; the link
of that second press is settled by then. Without an answer of its own it would read "This link has done its work".
"""

from django.http import HttpRequest, HttpResponse

from portal.access import Visit
from portal.choosing import instant_of
from portal.receipts import MODES, OPEN_FOR, done
from reminders.links import VERSIONS, LinkFor
from sessions_app.models import CancelledBy, Modality


def was_cancelled(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """They have cancelled it: also for who goes back, or opens the message again, to keep it after all."""
    seat = visit.participant
    if seat.cancelled_at is None or seat.cancelled_by != CancelledBy.CLIENT:
        return None
    return done(visit, LinkFor.CANCELLED) if visit.now <= seat.cancelled_at + OPEN_FOR else None


def was_kept(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """They have taken the cancelling back."""
    is_off = visit.participant.is_cancelled or visit.session.is_cancelled
    return None if is_off or _steps_since(visit) else done(visit, LinkFor.KEPT)


def was_moved(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """It has just been moved to the time which they choose here."""
    chosen = instant_of(request.POST.get("slot", ""))
    is_there = chosen == visit.session.starts_at and _steps_since(visit) == 1
    return done(visit, LinkFor.MOVED) if is_there else None


def was_changed(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """It is by video or by telephone already, as they ask."""
    modality = request.POST.get("modality", "")
    is_so = modality in MODES and modality == visit.session.modality and _steps_since(visit) == 1
    return done(visit, MODES[Modality(modality)]) if is_so else None


def _steps_since(visit: Visit) -> int:
    """How often the session was changed since the link was made."""
    return (visit.session.version - visit.link.version) % VERSIONS
