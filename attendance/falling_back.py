"""What was agreed for the moment when somebody is missing, in one step: otherwise, or at another time (2.7, 2.11)."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from attendance.models import (
    HELD_KINDS,
    MISSED_OUTCOMES,
    AttendanceRecord,
    FallbackStep,
    FallbackUse,
    HeldSession,
)
from attendance.services import undo_outcome
from clients.models import Case, ContingencyPlan
from clients.models.contingency import FallbackTime
from clients.screening import is_safe_for_each
from sessions_app.choices import video_link_of
from sessions_app.models import CancelledBy, Modality, Participant, TherapySession
from sessions_app.services import (
    Change,
    NewSetting,
    NewTime,
    book_session,
    booking_like,
    cancel_session,
    change_session,
    reschedule_session,
)
from sessions_app.services.locking import lock_participant, lock_with_calendar

# A miss of longer ago is talked about, not made up for with a press.
MADE_UP_WITHIN = timedelta(days=7)
# What is offered lies within weeks; a year typed wrong is no other time.
OFFERED_WITHIN = timedelta(weeks=8)
NO_LINK = gettext_lazy("No video link is known here yet. Add one under “How and where”.")


def meet_otherwise(
    *, participant: Participant, step: FallbackStep, actor: User, now: datetime
) -> FallbackUse:
    """Hold the session that goes on by video or telephone, as agreed; who is missing hears at once.

    A miss noted a moment ago is taken back with it. Raises ValidationError where nothing of the kind was
    agreed, before the time that one waits, and once the session is held with somebody else, or over.
    """
    with acting("meet_otherwise", actor=actor):
        locked, plan = _locked(participant, now)
        session = locked.session
        _refuse_unagreed(plan, step)
        if now >= session.ends_at:
            raise ValidationError(_("This session is over. Offer another time."))
        if locked.recorded_at:
            undo_outcome(participant=locked, actor=actor, now=now)
        change = Change(although_here=session.case.kind in HELD_KINDS)
        changed = change_session(
            session=session, to=_setting(session, step), actor=actor, now=now, change=change
        )
        return _note(locked, step, changed, actor, now)


def take_agreed_time(
    *, participant: Participant, starts_at: datetime, actor: User, now: datetime
) -> FallbackUse:
    """The session at one of the times that were agreed on; its people hear of it as of any change.

    It moves while nobody has come and nothing is recorded; otherwise a session is booked in its place.
    Raises SlotTaken, and ValidationError as `meet_otherwise` does.
    """
    with acting("take_agreed_time", actor=actor):
        locked, plan = _locked(participant, now)
        session = locked.session
        local = starts_at.astimezone(session.zone)
        if FallbackTime(local.weekday(), local.time()) not in plan.times:
            raise ValidationError(_("That is not one of the times that you agreed on."))
        if starts_at > now + OFFERED_WITHIN:
            raise ValidationError(_("That is far ahead. Choose one of the next weeks."))
        to = NewTime(on=local.date(), at=local.time())
        if _may_move(session, now):
            moved = reschedule_session(session=session, to=to, actor=actor, now=now)
            return _note(locked, FallbackStep.OTHER_TIME, moved, actor, now)
        expected = session.participants.filter(cancelled_at=None).select_related("client")
        in_its_place = replace(
            booking_like(session, on=to.on, at=to.at),
            clients=tuple(one.client for one in expected),
            makes_up_for=session,
        )
        booked = book_session(booking=in_its_place, actor=actor, now=now)
        return _note(locked, FallbackStep.OTHER_TIME, session, actor, now, booked=booked)


def undo_agreed_time(*, use: FallbackUse, actor: User, now: datetime) -> FallbackUse:
    """Back to where it was, within the time in which nobody is told.

    Raises ValidationError once they are told, or where a colleague changed it since.
    """
    with acting("undo_agreed_time", actor=actor):
        locked = (
            FallbackUse.objects.select_for_update(of=("self",)).select_related("participant").get(pk=use.pk)
        )
        if locked.undone_at:
            return locked
        if now > undoable_until(locked) or not locked.is_another_time:
            raise ValidationError(_("They have been told by now. Change the session on its page."))
        if locked.booked:
            cancel_session(
                session=locked.booked, by=CancelledBy.PRACTICE, actor=actor, now=now, tell_clients=False
            )
        else:
            change = Change(seen_version=locked.session_version, tell_clients=False)
            back = NewTime(on=locked.was_on, at=locked.was_at)
            reschedule_session(
                session=locked.participant.session, to=back, actor=actor, now=now, change=change
            )
        locked.undone_at = now
        locked.save()
    return locked


def undoable_until(use: FallbackUse) -> datetime:
    """Until when nobody is told."""
    return use.used_at + timedelta(minutes=get_practice().undo_minutes)


def _locked(participant: Participant, now: datetime) -> tuple[Participant, ContingencyPlan]:
    """The missing one and the plan that holds for them; calendars are locked first, as everywhere."""
    lock_with_calendar(participant.session)
    locked = lock_participant(participant)
    plans = ContingencyPlan.objects.in_force().filter(case=locked.session.case_id, client=locked.client_id)
    plan = plans.first()
    if plan is None:
        raise ValidationError(_("Nothing is agreed for this moment."))
    _refuse_present(locked, now)
    _refuse_together(locked.session)
    return locked, plan


def _refuse_present(participant: Participant, now: datetime) -> None:
    session = participant.session
    if session.is_cancelled or participant.is_cancelled:
        raise ValidationError(_("This was called off beforehand."))
    if participant.arrived_at:
        raise ValidationError(_("%(name)s is here.") % {"name": participant.client.called})
    record = AttendanceRecord.objects.filter(participant=participant).first()
    if record and record.outcome not in MISSED_OUTCOMES:
        raise ValidationError(_("%(name)s was not missed.") % {"name": participant.client.called})
    if record is None and now < session.starts_at + timedelta(minutes=get_practice().waiting_minutes):
        raise ValidationError(_("They may still come. It is offered once you have waited as agreed."))
    if now > session.ends_at + MADE_UP_WITHIN:
        raise ValidationError(_("That is a while ago. Talk with them first, and book the time that suits."))
    if TherapySession.objects.filter(makes_up_for=session, cancelled_at=None).exists():
        raise ValidationError(_("Another time is booked in its place already."))


def _refuse_together(session: TherapySession) -> None:
    """What holds for people treated together: before holding starts, and never where it may be unsafe."""
    if session.case.kind == Case.Kind.GROUP:
        raise ValidationError(_("A group meets without them today; talk with them alone."))
    if session.case.kind not in HELD_KINDS:
        return
    if HeldSession.objects.filter(session=session).exists():
        raise ValidationError(_("The session is held with who came."))
    if not is_safe_for_each(session.case):
        raise ValidationError(_("Not before each of them, asked alone, has said that it is safe."))


def _refuse_unagreed(plan: ContingencyPlan, step: FallbackStep) -> None:
    agreed = {FallbackStep.VIDEO: plan.by_video, FallbackStep.PHONE: plan.by_phone}
    if not agreed.get(step):
        raise ValidationError(_("That is not what you agreed on."))


def _setting(session: TherapySession, step: FallbackStep) -> NewSetting:
    """Who sits in the room stays there: place and room are kept."""
    link = video_link_of(session) if step == FallbackStep.VIDEO else session.video_link
    if step == FallbackStep.VIDEO and not link:
        raise ValidationError(NO_LINK)
    return NewSetting(
        modality=Modality.VIDEO if step == FallbackStep.VIDEO else Modality.PHONE,
        location=session.location,
        room=session.room,
        video_link=link,
        clinicians=tuple(session.clinicians.all()),
    )


def _may_move(session: TherapySession, now: datetime) -> bool:
    if now >= session.ends_at:
        return False
    return not session.participants.exclude(arrived_at=None, recorded_at=None).exists()


def _note(
    participant: Participant,
    step: FallbackStep,
    session: TherapySession,
    actor: User,
    now: datetime,
    *,
    booked: TherapySession | None = None,
) -> FallbackUse:
    was = participant.session
    if was.at is None:
        raise ValidationError(_("This session has no time of its own."))
    return FallbackUse.objects.create(
        participant=participant,
        step=step,
        used_at=now,
        used_by=actor,
        session_version=session.version,
        was_on=was.on,
        was_at=was.at,
        booked=booked,
    )
