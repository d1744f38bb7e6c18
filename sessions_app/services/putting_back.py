"""Putting a shift back exactly as it was, while nobody has been told: read from the history that the triggers keep."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from sessions_app.models import Location, Room, Series, SessionClinician, TherapySession
from sessions_app.services.changing import SHIFT, Change, NewSetting
from sessions_app.services.locking import refuse_stale
from sessions_app.services.shifting import Shifting, fresh_copy, lock_steps, take_step

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Shifted:
    """One session that a shift changed: its row before, and as the shift left it."""

    before: Row
    after: Row

    @property
    def was_moved(self) -> bool:
        """Else only its series became another one."""
        return bool(self.before["version"] != self.after["version"])

    @property
    def was_still_to_be_told(self) -> bool:
        """Whether a change before this one was not told yet, and this one kept it from being told."""
        before = self.before
        is_news = before["version"] > 1 or before["makes_up_for_id"] is not None
        since = before["changed_at"] or before["booked_at"]
        undo = timedelta(minutes=get_practice().undo_minutes)
        return bool(before["tell_clients"] and is_news and self.after["changed_at"] <= since + undo)


def put_back_shift(
    *, session: TherapySession, seen_version: int, actor: User, now: datetime
) -> list[TherapySession]:
    """Undo the move or change that gave this session its present version, for every session that it moved.

    Time, length, setting and series are those of before, and so is an answer that was given for them.
    All of it or nothing: raises ValidationError (code "stale") where one of them was changed since, and once
    the minutes are over in which nobody is told; SlotTaken where its old time is no longer free.
    """
    with acting("put_back_shift", actor=actor):
        refuse_stale(fresh_copy(session), seen_version)
        context = _context_of(session, seen_version, actor)
        moved = [one for one in _shifted_in(context) if one.was_moved]
        lock_steps([_way_back(one, context) for one in moved])
        for one in moved:
            _refuse_late(one, now)
            refuse_stale(fresh_copy(_session(one)), one.after["version"])
        # The last that went is the first to come back: its old time is free again.
        back = [_take_back(one, context, actor=actor, now=now) for one in reversed(moved)]
        _join_again(context)
    return back


def _events(model: Any) -> Any:
    return model._meta.get_field("events").related_model.objects.order_by("pgh_id")


def _context_of(session: TherapySession, version: int, actor: User) -> Any:
    """The transaction of a move of one's own: a colleague's may be of sessions that one does not see."""
    rows = _events(TherapySession).filter(pgh_obj_id=session.pk, version=version)
    own = rows.filter(pgh_context__has_key=SHIFT, pgh_context__actor=str(actor.public_id))
    context = own.values_list("pgh_context_id", flat=True).first()
    if context is None:
        raise ValidationError(_("It was changed in another way. Move it again instead."))
    return context


def _shifted_in(context: Any) -> list[_Shifted]:
    """The sessions that one transaction changed, in the order in which it did."""
    last: dict[int, Row] = {}
    for row in _events(TherapySession).filter(pgh_context_id=context).values():
        last[row["pgh_obj_id"]] = row
    return [_Shifted(before=_before(pk, context), after=row) for pk, row in last.items()]


def _before(pk: int, context: Any) -> Row:
    rows = _events(TherapySession).filter(pgh_obj_id=pk)
    first = rows.filter(pgh_context_id=context).values_list("pgh_id", flat=True).first()
    row: Row = rows.filter(pgh_id__lt=first).values().last()
    return row


def _session(one: _Shifted) -> TherapySession:
    return TherapySession(pk=one.before["pgh_obj_id"])


def _way_back(one: _Shifted, context: Any) -> Shifting:
    before = one.before
    session = fresh_copy(_session(one))
    return Shifting(
        session=session,
        on=before["on"],
        at=before["at"],
        minutes=before["minutes"],
        setting=NewSetting(
            modality=before["modality"],
            location=Location.objects.filter(pk=before["location_id"]).first(),
            room=Room.objects.filter(pk=before["room_id"]).first(),
            video_link=before["video_link"],
            clinicians=_led_before(session, context),
        ),
    )


def _led_before(session: TherapySession, context: Any) -> tuple[User, ...]:
    """Who leads it now, without whom the shift put in, and with whom it took out."""
    rows = _events(SessionClinician).filter(pgh_context_id=context, session_id=session.pk)
    came = set(rows.filter(pgh_label="insert").values_list("clinician_id", flat=True))
    went = set(rows.filter(pgh_label="delete").values_list("clinician_id", flat=True))
    stayed = {one.pk for one in session.clinicians.all()} - came
    return tuple(User.objects.filter(pk__in=stayed | went).order_by("pk"))


def _take_back(one: _Shifted, context: Any, *, actor: User, now: datetime) -> TherapySession:
    """Quietly: whoever has not been told of the change need not hear of its end."""
    before = one.before["version"]
    people = fresh_copy(_session(one)).participants
    not_told = tuple(person.client for person in people.all() if person.untold_version == before)
    change = Change(tell_clients=one.was_still_to_be_told, not_told=not_told)
    back = take_step(_way_back(one, context), change, actor=actor, now=now)
    people.filter(responded_version=before).update(responded_version=back.version)
    return back


def _refuse_late(one: _Shifted, now: datetime) -> None:
    minutes = get_practice().undo_minutes
    if now > one.after["changed_at"] + timedelta(minutes=minutes):
        raise ValidationError(
            _("More than %(minutes)s minutes have passed, so others may know by now. Move it again instead.")
            % {"minutes": minutes}
        )


def _join_again(context: Any) -> None:
    """The series that the shift made is theirs no longer; the one that it ended goes on."""
    for one in _shifted_in(context):
        if one.before["series_id"] != one.after["series_id"]:
            sessions = TherapySession.objects.filter(pk=one.before["pgh_obj_id"])
            sessions.update(series_id=one.before["series_id"])
    rows = _events(Series).filter(pgh_context_id=context)
    ended = rows.filter(pgh_label="update").values_list("pgh_obj_id", flat=True)
    Series.objects.filter(pk__in=ended).update(ended_on=None)
    made = rows.filter(pgh_label="insert").values_list("pgh_obj_id", flat=True)
    Series.objects.filter(pk__in=made, sessions=None).delete()
