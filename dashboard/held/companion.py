"""Everything that the companion shows, gathered for the clinician who holds the session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import clock
from accounts.models import Practice, User
from accounts.services import get_practice
from attendance.access import carried_into
from attendance.board import SessionRow, session_rows
from attendance.holding import Presence, presence_in, reassurance_of
from attendance.models import Concern, HeldPart, HeldSession
from clients.access import policy_of
from clients.models import Client
from clients.screening import is_safe_for_each, screens_of
from dashboard.board.panel import and_
from dashboard.held.forms import ConcernForm, PartForm
from followups.queued import queued_for
from sessions_app.access import sessions_visible_to
from sessions_app.models import Participant, TherapySession

Typed = dict[tuple[int, str], forms.Form]


@dataclass(frozen=True, kw_only=True)
class Person:
    """One who came, with what belongs to them."""

    participant: Participant
    concerns: list[Concern]
    noted: HeldPart | None
    concern_form: forms.Form
    part_form: forms.Form
    chart: str


def companion_context(
    user: User, session: TherapySession, *, now: datetime, typed: Typed | None = None
) -> dict[str, Any]:
    """The template's context; the caller asked who may read it."""
    practice, presence, held = get_practice(), presence_in(session), session.held
    prefetch_related_objects(presence.here, "concerns", "held_part")
    upcoming = _next_session(user, session, practice, now)
    return {
        "session": session,
        "held": held,
        "practice": practice,
        "begins": clock(session.starts_at.astimezone(session.zone)),
        "ends": clock(session.ends_at.astimezone(session.zone)),
        "here_names": and_([one.client.called for one in presence.here]),
        "absent_names": and_([one.client.called for one in presence.absent]),
        "is_in_part": presence.is_in_part,
        "lines": held.reassurance.split("\n") if held.reassured_at else reassurance_of(session),
        "has_policy": policy_of(session.case) is not None,
        "people": [_person(one, held, presence, practice, typed or {}) for one in presence.here],
        "carried": carried_into(user, [session.public_id]).get(str(session.public_id)),
        "upcoming": upcoming,
        "both_expected": upcoming is not None and len(upcoming.participants) > len(presence.here),
        "queued": queued_for(session),
        "to_screen": _not_yet_asked(presence) if held.reassured_at else [],
        "safe_for_each": is_safe_for_each(session.case),
        "is_over": session.ends_at <= now,
    }


def _not_yet_asked(presence: Presence) -> list[Client]:
    """Who is here without their partner, and was never asked alone whether it is safe."""
    if not presence.is_in_part or len(presence.here) > 1:
        return []
    return [one.client for one in presence.here if not screens_of(one.client).exists()]


def _next_session(
    user: User, session: TherapySession, practice: Practice, now: datetime
) -> SessionRow | None:
    ahead = sessions_visible_to(user).filter(case=session.case).upcoming(max(now, session.ends_at))
    rows = session_rows(ahead.order_by("starts_at")[:1], now=now, practice=practice)
    return rows[0] if rows else None


def _person(
    participant: Participant, held: HeldSession, presence: Presence, practice: Practice, typed: Typed
) -> Person:
    concerns = list(participant.concerns.all())
    noted: HeldPart | None = getattr(participant, "held_part", None)
    key = participant.pk
    blank_concern = ConcernForm(auto_id=f"concern_{participant.public_id}_%s")
    blank_part = PartForm(auto_id=f"part_{participant.public_id}_%s", noted=noted)
    return Person(
        participant=participant,
        concerns=concerns,
        noted=noted,
        concern_form=typed.get((key, "concern"), blank_concern),
        part_form=typed.get((key, "part"), blank_part),
        chart=chart_of(participant, concerns, noted, held, presence, practice),
    )


def chart_of(
    participant: Participant,
    concerns: list[Concern],
    noted: HeldPart | None,
    held: HeldSession,
    presence: Presence,
    practice: Practice,
) -> str:
    """Plain text for the chart of the one who came; what is empty is left out."""
    session = held.session
    lines = [
        _("%(day)s, %(minutes)d minutes booked")
        % {
            "day": date_format(session.starts_at.astimezone(session.zone), "j F Y, G:i"),
            "minutes": session.minutes,
        },
        _("Held with %(here)s. Not there: %(absent)s.")
        % {
            "here": and_([one.client.called for one in presence.here]),
            "absent": and_([one.client.called for one in presence.absent]) or "-",
        },
        *_reassured(held, practice),
        *(f"{one.get_kind_display()}: {one.words} ({one.get_state_display().lower()})" for one in concerns),
        *(_noted(noted) if noted else ()),
    ]
    return "\n".join(lines)


def _reassured(held: HeldSession, practice: Practice) -> list[str]:
    if held.reassured_at is None or held.reassured_by is None:
        return []
    at = clock(held.reassured_at.astimezone(practice.zone))
    said = _("Confidentiality and its limits were explained at %(at)s by %(name)s.")
    return [said % {"at": at, "name": held.reassured_by.name}]


def _noted(noted: HeldPart) -> list[str]:
    told = (
        (_("Used"), f"{noted.used_minutes} min" if noted.used_minutes is not None else ""),
        (_("Needs now"), noted.needs),
        (_("Strengths"), noted.strengths),
        (_("For the next session"), noted.bring_in),
        (_("Felt heard"), noted.get_heard_display() if noted.heard else ""),
        (_("Felt taken seriously"), noted.get_validated_display() if noted.validated else ""),
        (_("Feels prepared"), noted.get_prepared_display() if noted.prepared else ""),
        (_("Whose answer"), noted.get_answer_of_display() if noted.answer_of else ""),
    )
    return [f"{name}: {words}" for name, words in told if words]
