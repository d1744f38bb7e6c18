"""What a client may change about their own session without asking, and the times they may choose."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from accounts.models import User
from sessions_app.models import Modality, Participant, TherapySession
from sessions_app.querysets import day_bounds
from sessions_app.slots import Slot, common_slots, free_slots

# Nearer than this nobody would notice a change in time; one telephones instead.
LEAST_LEAD = timedelta(hours=2)


def is_joint(session: TherapySession) -> bool:
    """Whether others are in treatment here too, or were ever expected: then nobody moves it alone.

    Who has cancelled still counts: a page that changed with it would tell on them.
    """
    return session.case.is_joint or len(session.participants.all()) > 1


def may_change(session: TherapySession, now: datetime) -> bool:
    """Whether its one participant may still move it, or change how they meet, by themselves."""
    return not is_joint(session) and now <= session.starts_at - LEAST_LEAD


def own_slots(participant: Participant, *, first: date, days: int, now: datetime) -> list[Slot]:
    """The times to which this client may move their own session, soonest first.

    With the same clinicians, in the same room or place, for as long; neither too near nor while
    they are expected elsewhere. Empty where they may not move it by themselves.
    """
    session = participant.session
    clinicians = list(session.clinicians.all())
    if not may_change(session, now) or not clinicians:
        return []
    slots = free_slots(
        clinicians=clinicians,
        minutes=session.minutes,
        first=first,
        days=days,
        now=now + LEAST_LEAD,
        room=session.room,
        besides=session,
    )
    in_person = session.modality == Modality.IN_PERSON
    fitting = [slot for slot in slots if not in_person or slot.location == session.location]
    return _without_clashes(participant, _common(fitting, clinicians, session), first, days)


def other_modes(session: TherapySession, now: datetime, *, may_call: bool) -> list[Modality]:
    """How else they could meet, without asking: by video where there is a link, by telephone."""
    if not may_change(session, now) or session.service is None or not session.service.video_offered:
        return []
    offered = [Modality.VIDEO] if video_link_of(session) else []
    if may_call:
        offered.append(Modality.PHONE)
    return [mode for mode in offered if mode != session.modality]


def video_link_of(session: TherapySession) -> str:
    """Where it would be held by video: its own link, its clinician's room, or where they met last."""
    clinicians = session.clinicians.all()
    known = [session.video_link, *(clinician.video_link for clinician in clinicians)]
    return next(filter(None, known), "") or _last_link(session, clinicians)


def _last_link(session: TherapySession, clinicians: Iterable[User]) -> str:
    before = session.case.sessions.exclude(video_link="").exclude(pk=session.pk)
    led_alike = before.filter(clinicians__in=clinicians).order_by("-starts_at")
    return led_alike.values_list("video_link", flat=True).first() or ""


def _common(slots: list[Slot], clinicians: Sequence[User], session: TherapySession) -> list[Slot]:
    common = common_slots(slots, clinicians=clinicians)
    return [slot for slot in common if slot.starts_at != session.starts_at]


def _without_clashes(participant: Participant, slots: list[Slot], first: date, days: int) -> list[Slot]:
    begins, _ = day_bounds(first, participant.session.zone)
    elsewhere = list(
        Participant.objects.expected()
        .filter(
            client_id=participant.client_id,
            session__ends_at__gt=begins,
            session__starts_at__lt=begins + timedelta(days=days + 1),
        )
        .exclude(session_id=participant.session_id)
        .values_list("session__starts_at", "session__ends_at")
    )
    return [
        slot
        for slot in slots
        if not any(begins < slot.ends_at and slot.starts_at < ends for begins, ends in elsewhere)
    ]
