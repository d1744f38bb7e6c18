"""Verbs that a client uses on their own session: the staff's verbs, within what they may decide alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from sessions_app.choices import may_change, other_modes, own_slots, video_link_of
from sessions_app.models import AnsweredBy, Modality, Participant, Response, TherapySession
from sessions_app.services.answering import record_response
from sessions_app.services.changing import Change, NewSetting, NewTime, change_session, reschedule_session


def move_own_session(
    *, participant: Participant, starts_at: datetime, version: int, by: str = AnsweredBy.LINK, now: datetime
) -> TherapySession:
    """Move a session to a free time that its one participant chose; choosing it confirms it.

    `version` is the one that they saw. Raises SlotTaken where somebody else has just taken the
    time, ValidationError (code "together") where they may not move it alone, or (code "not_free")
    where it was never offered.
    """
    with acting("move_own_session", actor=None):
        _refuse_together(participant.session, now)
        _refuse_not_offered(participant, starts_at, now)
        local = starts_at.astimezone(ZoneInfo(participant.session.timezone))
        moved = reschedule_session(
            session=participant.session,
            to=NewTime(on=local.date(), at=local.time()),
            actor=None,
            now=now,
            change=Change(seen_version=version),
        )
        _confirm(participant, by, now)
    return moved


def change_own_mode(
    *, participant: Participant, modality: str, version: int, may_call: bool, now: datetime
) -> TherapySession:
    """Meet by video or by telephone instead; the room becomes free.

    Raises ValidationError (code "together") where they may not decide it alone, or (code
    "not_offered") where this way is not offered.
    """
    with acting("change_own_mode", actor=None):
        session = participant.session
        _refuse_together(session, now)
        if modality not in other_modes(session, now, may_call=may_call):
            raise ValidationError(_("We don't offer that for this session."), code="not_offered")
        setting = NewSetting(
            modality=modality,
            location=None,
            room=None,
            video_link=video_link_of(session) if modality == Modality.VIDEO else session.video_link,
            clinicians=tuple(session.clinicians.all()),
        )
        changed = change_session(
            session=session, to=setting, actor=None, now=now, change=Change(seen_version=version)
        )
        _confirm(participant, AnsweredBy.LINK, now)
    return changed


def _refuse_together(session: TherapySession, now: datetime) -> None:
    if not may_change(session, now):
        raise ValidationError(_("Please ask us: we change this one together."), code="together")


def _refuse_not_offered(participant: Participant, starts_at: datetime, now: datetime) -> None:
    day = starts_at.astimezone(participant.session.zone).date()
    offered = own_slots(participant, first=day, days=1, now=now)
    if starts_at not in {slot.starts_at for slot in offered}:
        raise ValidationError(_("That time is not free any more."), code="not_free")


def _confirm(participant: Participant, by: str, now: datetime) -> None:
    record_response(participant=participant, response=Response.CONFIRMED, by=by, actor=None, now=now)
