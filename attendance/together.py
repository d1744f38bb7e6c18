"""A session together: what each of them said, what of it may be shown to the others, how well understood they felt.

Rows 5.6, 5.8 and 5.9: two, or more of them; each part belongs to the one who said it.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import acting
from accounts.models import User
from attendance.holding import presence_in
from attendance.models import ATTENDED_OUTCOMES, JointPart, JointPartName
from clients.models import Case, Client
from sessions_app.models import Participant, TherapySession
from sessions_app.services.locking import lock_participant

SEVERAL = 2
NOT_TOGETHER = gettext_lazy("This is for a session to which two or more of them came.")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one of them said, which parts the others may see by their say, and their two scales (0 to 10)."""

    feelings: str = ""
    concerns: str = ""
    wishes: str = ""
    needs: str = ""
    support: str = ""
    shareable: tuple[str, ...] = ()
    understanding: int | None = None
    progress: int | None = None


@dataclass(frozen=True, kw_only=True)
class Shared:
    """One part that its speaker lets the others see."""

    name: str
    label: str
    words: str


def is_together(session: TherapySession) -> bool:
    """Of several in treatment together, not called off, and two or more of them came."""
    return session.case.is_joint and not session.is_cancelled and len(presence_in(session).here) >= SEVERAL


def sessions_together(case: Case, *, now: datetime) -> QuerySet[TherapySession]:
    """The case's sessions to which two or more came, the latest first; the caller treats the case."""
    came = Q(participants__attendance__outcome__in=ATTENDED_OUTCOMES)
    here = Q(participants__attendance=None, participants__arrived_at__isnull=False)
    begun = TherapySession.objects.filter(case=case, cancelled_at=None, starts_at__lte=now)
    counted = begun.annotate(people_here=Count("participants", filter=came | here, distinct=True))
    return counted.filter(people_here__gte=SEVERAL).order_by("-starts_at")


def note_joint_part(*, participant: Participant, said: Said, actor: User, now: datetime) -> JointPart:
    """Keep what one of them said; written again it takes the place of what was noted before.

    Raises ValidationError for a session that was not held together, and for somebody who was not
    there. The caller treats them.
    """
    with acting("note_joint_part", actor=actor):
        locked = lock_participant(participant)
        if not locked.session.case.is_joint or locked.session.is_cancelled:
            raise ValidationError(NOT_TOGETHER)
        here = presence_in(locked.session).here
        if len(here) < SEVERAL:
            raise ValidationError(NOT_TOGETHER)
        if locked not in here:
            raise ValidationError(_("Only what somebody said who was there is noted here."))
        noted = JointPart.objects.filter(participant=locked).first() or JointPart(participant=locked)
        for name, value in asdict(said).items():
            setattr(noted, name, value.strip() if isinstance(value, str) else value)
        # What is empty is shown to nobody.
        noted.shareable = [
            name for name in JointPartName.values if name in said.shareable and getattr(noted, name)
        ]
        noted.noted_at, noted.noted_by = now, actor
        noted.clean_fields(exclude=["participant", "noted_by"])
        noted.save()
    return noted


def shared_of(noted: JointPart) -> list[Shared]:
    """What the others may see of it, in the order of the record; nothing that was not chosen."""
    return [
        Shared(name=name, label=str(JointPartName(name).label), words=getattr(noted, name))
        for name in JointPartName.values
        if name in noted.shareable and getattr(noted, name)
    ]


def parts_in(here: Iterable[Participant]) -> dict[int, JointPart]:
    """What is noted of these people at one session, by the participant's key; the caller treats them."""
    return {one.participant_id: one for one in JointPart.objects.filter(participant__in=list(here))}


def joint_parts_of(case: Case) -> QuerySet[JointPart]:
    """Everything noted in this case's sessions together, oldest session first; the caller treats the case."""
    parts = JointPart.objects.filter(participant__session__case=case, participant__session__cancelled_at=None)
    return parts.select_related("participant__client", "participant__session").order_by(
        "participant__session__starts_at", "participant__client_id"
    )


@dataclass(frozen=True, kw_only=True)
class Point:
    """One session's answer of one person."""

    at: datetime
    understanding: int | None
    progress: int | None


@dataclass(frozen=True, kw_only=True)
class Course:
    """How one person's two answers went over the sessions together; oldest first."""

    name: str
    points: tuple[Point, ...]


def courses_of(parts: Iterable[JointPart]) -> list[Course]:
    """Each person's own course; sessions in which neither was answered are left out."""
    found: dict[Client, list[Point]] = {}
    for part in parts:
        if part.understanding is None and part.progress is None:
            continue
        session = part.participant.session
        point = Point(
            at=session.starts_at.astimezone(session.zone),
            understanding=part.understanding,
            progress=part.progress,
        )
        found.setdefault(part.participant.client, []).append(point)
    return [Course(name=client.display_name, points=tuple(points)) for client, points in found.items()]
