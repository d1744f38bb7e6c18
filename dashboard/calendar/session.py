"""One session's page: what it is, who is expected and how they stand, what became of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.audit import log_view
from accounts.models import Practice
from accounts.roles import May
from accounts.services import get_practice
from attendance.access import carried_into, may_treat, parts_readable_by
from attendance.board import SessionRow, session_rows
from attendance.history import session_history
from attendance.holding import held_of, may_be_held
from attendance.together import is_together
from dashboard.board.panel import waiting_at
from dashboard.calendar.agenda import may_move
from dashboard.fallback.steps import Fallback, fallbacks_for
from dashboard.pages import StaffRequest, staff_page
from sessions_app.access import get_session, sessions_visible_to
from sessions_app.models import TherapySession


@staff_page(May.BOOK)
def session_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One session, with its history."""
    session = get_session(request.user, public_id)
    log_view(user=request.user, kind="session", public_ids=[session.public_id])
    context = session_context(request, session, now=timezone.now())
    return render(request, "calendar/session.html", context)


def session_context(request: StaffRequest, session: TherapySession, *, now: datetime) -> dict[str, Any]:
    """What the page shows; the row is the board's, so that a status reads the same everywhere."""
    practice = get_practice()
    [row] = session_rows(sessions_visible_to(request.user).filter(pk=session.pk), now=now, practice=practice)
    return {
        "session": session,
        "row": row,
        "history": session_history(session),
        "is_over": row.ends_at <= now,
        "may_change": may_move(row, now),
        "undo_until": _undo_until(row, practice, now),
        "practice": practice,
        "fallbacks": _fallbacks(request, row, practice, now),
        "waiting": waiting_at(row, user=request.user, practice=practice, zone=session.zone, now=now),
        **_held(request, session),
    }


def _fallbacks(request: StaffRequest, row: SessionRow, practice: Practice, now: datetime) -> list[Fallback]:
    """What was agreed with who is missing, in the order of the list."""
    people = [(row, person) for person in row.participants]
    return list(fallbacks_for(people, user=request.user, practice=practice, now=now).values())


def _held(request: StaffRequest, session: TherapySession) -> dict[str, Any]:
    """For who treats its people: the companion, and what earlier sessions carried into this one."""
    if not may_treat(request.user, session):
        return {}
    held = held_of(session)
    return {
        "held": held,
        "was_together": is_together(session),
        "may_hold": held is None and may_be_held(session),
        "carried": carried_into(request.user, [session.public_id]).get(str(session.public_id)),
        "parts": list(
            parts_readable_by(request.user).filter(participant__session=session).exclude(used_minutes=None)
        ),
    }


def _undo_until(row: SessionRow, practice: Practice, now: datetime) -> datetime | None:
    """Until when the calling-off can be taken back; nobody is told before."""
    if row.cancelled_at is None:
        return None
    until = row.cancelled_at + timedelta(minutes=practice.undo_minutes)
    return until if now <= until else None
