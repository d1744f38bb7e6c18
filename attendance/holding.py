"""Holding a joint session with those who came: the reassurance first, all else as it suits (rows 1.2 to 1.16)."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from attendance.models import (
    ATTENDED_OUTCOMES,
    HELD_KINDS,
    AttendanceRecord,
    Concern,
    HeldPart,
    HeldSession,
)
from clients.models import USUAL_LIMITS
from sessions_app.models import Participant, TherapySession
from sessions_app.services.locking import lock_participant, lock_session

# Said where nothing is signed: it promises nothing.
NOT_SIGNED = gettext_noop(
    "You have not yet signed together what stays private, so I cannot promise it. "
    "Tell me first what you would rather not have repeated."
)


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Who came to a joint session and who did not, as far as anybody has seen."""

    here: list[Participant]
    absent: list[Participant]

    @property
    def is_in_part(self) -> bool:
        return bool(self.here and self.absent)


@dataclass(frozen=True, kw_only=True)
class Part:
    """What is noted for one who was there; everything may stay empty."""

    needs: str = ""
    strengths: str = ""
    bring_in: str = ""
    used_minutes: int | None = None
    heard: str = ""
    validated: str = ""
    prepared: str = ""
    answer_of: str = ""


def presence_in(session: TherapySession) -> Presence:
    """Who is here and who is not; who cancelled beforehand is not here either. Two queries."""
    people = list(session.participants.select_related("client"))
    records = AttendanceRecord.objects.filter(participant__in=people)
    outcomes = dict(records.values_list("participant_id", "outcome"))
    here = [one for one in people if _is_here(one, outcomes.get(one.pk))]
    return Presence(here=here, absent=[one for one in people if one not in here])


def held_of(session: TherapySession) -> HeldSession | None:
    """How this session was held with those who came; None where it was not."""
    return getattr(session, "held", None)


def may_be_held(session: TherapySession) -> bool:
    """Of a couple or family, not called off, and one has come while another has not."""
    return session.case.kind in HELD_KINDS and not session.is_cancelled and presence_in(session).is_in_part


def hold_session(*, session: TherapySession, actor: User, now: datetime) -> HeldSession:
    """Hold it with those who came; holding twice is the same.

    Raises ValidationError while it is not yet time to decide, or where there is nothing to hold:
    nobody marks an absence at ten past (row 1.2).
    """
    with acting("hold_session", actor=actor):
        locked = lock_session(session)
        held = HeldSession.objects.filter(session=locked).first()
        if held is None:
            _refuse_holding(locked, now)
            held = HeldSession.objects.create(session=locked, held_by=actor, held_at=now)
    return held


def give_reassurance(*, held: HeldSession, words: str, actor: User, now: datetime) -> HeldSession:
    """What stays private, and its limits, was said: who said it, when, and in which words (row 1.6).

    The first telling stands.
    """
    with acting("give_reassurance", actor=actor):
        locked = HeldSession.objects.select_for_update().get(pk=held.pk)
        if locked.reassured_at is None:
            locked.reassured_at, locked.reassured_by, locked.reassurance = now, actor, words
            locked.save()
    return locked


def note_part(*, participant: Participant, part: Part, actor: User, now: datetime) -> HeldPart:
    """What belongs to one who was there. Raises ValidationError before the reassurance was given."""
    if (part.heard or part.validated or part.prepared) and not part.answer_of:
        raise ValidationError({"answer_of": _("Say whose answer it is: theirs, or your impression.")})
    with acting("note_part", actor=actor):
        locked = _reassured(participant)
        noted = HeldPart.objects.filter(participant=locked).first() or HeldPart(participant=locked)
        for field, value in asdict(part).items():
            setattr(noted, field, value.strip() if isinstance(value, str) else value)
        noted.noted_at, noted.noted_by = now, actor
        noted.clean_fields(exclude=["participant", "noted_by"])
        noted.save()
    return noted


def raise_concern(*, participant: Participant, kind: str, words: str, actor: User, now: datetime) -> Concern:
    """Something pressing that this person said. Raises ValidationError before the reassurance was given."""
    with acting("raise_concern", actor=actor):
        locked = _reassured(participant)
        concern = Concern(participant=locked, kind=kind, words=words.strip(), raised_at=now, noted_by=actor)
        concern.clean_fields(exclude=["participant", "noted_by"])
        concern.save()
    return concern


def settle_concern(*, concern: Concern, state: str, actor: User, now: datetime) -> Concern:
    """Addressed, or carried forward to the next session; to be changed again at any time."""
    with acting("settle_concern", actor=actor):
        locked = Concern.objects.select_for_update().get(pk=concern.pk)
        locked.state, locked.settled_at = state, now
        locked.clean_fields()
        locked.save()
    return locked


def reassurance_of(session: TherapySession) -> list[str]:
    """What to say first, line by line: the couple's own wording with its limits.

    Where nothing is signed it says so; the limits bind all the same.
    """
    policy = getattr(session.case, "confidentiality", None)
    if policy is None:
        return [gettext(NOT_SIGNED), *(gettext(limit) for limit in USUAL_LIMITS.values())]
    return [policy.wording, *policy.limits]


def _is_here(participant: Participant, outcome: str | None) -> bool:
    return outcome in ATTENDED_OUTCOMES or (participant.arrived_at is not None and not outcome)


def _refuse_holding(session: TherapySession, now: datetime) -> None:
    if session.is_cancelled:
        raise ValidationError(_("This session was called off."))
    presence = presence_in(session)
    if session.case.kind not in HELD_KINDS or not presence.is_in_part:
        raise ValidationError(_("This is for a couple or family where one has come and another has not."))
    until = session.starts_at + timedelta(minutes=get_practice().waiting_minutes)
    awaited = [one for one in presence.absent if not one.is_cancelled and one.recorded_at is None]
    if awaited and now < until:
        raise ValidationError(_("They may still come. Wait as long as you agreed to, then decide."))


def _reassured(participant: Participant) -> Participant:
    """The participant, locked, of a session that is held and in which the reassurance was given."""
    locked = lock_participant(participant)
    held = HeldSession.objects.filter(session=locked.session).first()
    if held is None or held.reassured_at is None:
        raise ValidationError(_("Say first what stays private and what cannot; then note it here."))
    if locked not in presence_in(locked.session).here:
        raise ValidationError(_("Only what somebody said who was there is noted here."))
    return locked
