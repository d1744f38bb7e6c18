"""After a session was moved or changed: what is said of it with its Undo, and the page that one comes back to."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.services import get_practice
from dashboard.pages import StaffRequest
from dashboard.toasts import Said
from sessions_app.access import sessions_visible_to
from sessions_app.models import TherapySession


def said_of(request: StaffRequest, session: TherapySession, words: str, *, version: int) -> Said:
    """What was done, which gave it this version; later those concerned have been told, and nothing is undone."""
    if not (get_practice().undo_minutes and _is_in_sight(request, session)):
        return Said(text=words)
    undo = reverse("dashboard:moving-undo", args=[session.public_id])
    return Said(text=words, undo=undo, undo_fields=[("seen_version", str(version))])


def back_to(request: StaffRequest, session: TherapySession) -> HttpResponse:
    """The session's page, else the calendar."""
    if _is_in_sight(request, session):
        return redirect("dashboard:session", session.public_id)
    return redirect("dashboard:calendar")


def _is_in_sight(request: StaffRequest, session: TherapySession) -> bool:
    """Handed to a colleague, it may not be by now."""
    return sessions_visible_to(request.user).filter(pk=session.pk).exists()
