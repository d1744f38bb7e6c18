"""What became of one session, in sentences: who changed what, and when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.access import names_of
from accounts.clock import clock
from accounts.shipped_words import as_shipped
from attendance.models import AttendanceRecord, BarrierNamed, Outcome
from clients.models import Barrier
from sessions_app.models import (
    AnsweredBy,
    CancelledBy,
    Modality,
    Participant,
    Response,
    SessionClinician,
    TherapySession,
)

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that happened; `by` is empty where Kept itself acted, or the client."""

    at: datetime
    icon: str
    words: str
    by: str


@dataclass(frozen=True)
class _Told:
    """A sentence with the row that it comes from."""

    row: Row
    icon: str
    words: str


def session_history(session: TherapySession) -> list[Happening]:
    """The session's history, newest first, from the rows that the triggers keep. Five queries."""
    participants = list(session.participants.select_related("client"))
    called = {participant.pk: participant.client.called for participant in participants}
    told = [
        *_of_session(session),
        *_of_participants(session, called),
        *_of_records(participants, called),
    ]
    names = names_of(actor for one in told if (actor := _actor(one.row)))
    happenings = [
        Happening(
            at=one.row["pgh_created_at"], icon=one.icon, words=one.words, by=names.get(_actor(one.row), "")
        )
        for one in told
    ]
    # Of two at one instant the one told later is the newer.
    happenings.reverse()
    return sorted(happenings, key=lambda happening: happening.at, reverse=True)


def barrier_history(participant: Participant) -> list[Happening]:
    """What was named as having got in the way and taken back, newest first; the caller may read it.

    One line for each time that somebody noted it. Three queries.
    """
    changes: dict[tuple[Any, str], list[Row]] = {}
    for row, _before in _rows(BarrierNamed, participant_id=participant.pk):
        if row["pgh_label"] in ("insert", "delete"):
            changes.setdefault((row["pgh_context_id"], row["pgh_label"]), []).append(row)
    labels = {pk: as_shipped(label) for pk, label in Barrier.objects.values_list("pk", "label")}
    names = names_of(actor for rows in changes.values() if (actor := _actor(rows[0])))
    told = [_barriers_told(rows, labels, names) for rows in changes.values()]
    told.reverse()
    return told


def _barriers_told(rows: list[Row], labels: dict[int, str], names: dict[str, str]) -> Happening:
    named = ", ".join(labels[row["barrier_id"]] for row in rows)
    was_named = rows[0]["pgh_label"] == "insert"
    return Happening(
        at=rows[0]["pgh_created_at"],
        icon="message" if was_named else "arrow-back-up",
        words=(_("Named: %(what)s") if was_named else _("Taken back: %(what)s")) % {"what": named},
        by=names.get(_actor(rows[0]), ""),
    )


def _actor(row: Row) -> str:
    return (row["pgh_context"] or {}).get("actor") or ""


def _verb(row: Row) -> str:
    return (row["pgh_context"] or {}).get("verb") or ""


def _rows(model: Any, **which: Any) -> Iterable[tuple[Row, Row | None]]:
    """Event rows in order, each with the row of the same record before it."""
    before: dict[int, Row] = {}
    events = model._meta.get_field("events").related_model
    for row in events.objects.filter(**which).order_by("pgh_id").values():
        row["pgh_context"] = row.get("pgh_context")
        yield row, before.get(row["pgh_obj_id"])
        before[row["pgh_obj_id"]] = row


def _of_session(session: TherapySession) -> Iterable[_Told]:
    clinicians = _clinicians_named(session)
    for row, before in _rows(TherapySession, pgh_obj_id=session.pk):
        if before is None:
            yield _Told(row, "calendar-plus", _("Booked for %(when)s") % {"when": _when(row)})
        elif told := _session_change(row, before, clinicians):
            yield told


def _session_change(row: Row, before: Row, clinicians: dict[str, list[str]]) -> _Told | None:
    if row["cancelled_at"] and not before["cancelled_at"]:
        return _Told(row, "calendar-off", _called_off(row))
    if before["cancelled_at"] and not row["cancelled_at"]:
        return _Told(row, "arrow-back-up", _("The calling-off was taken back"))
    if row["starts_at"] != before["starts_at"]:
        return _Told(
            row,
            "calendar-time",
            _("Moved from %(before)s to %(after)s") % {"before": _when(before), "after": _when(row)},
        )
    if row["version"] != before["version"]:
        return _Told(row, "pencil", _setting(row, before, clinicians.get(str(row["pgh_context_id"]), [])))
    return None


def _called_off(row: Row) -> str:
    facts = {"by": CancelledBy(row["cancelled_by"]).label.lower(), "reason": row["cancel_reason"]}
    return (_("Called off by %(by)s: %(reason)s") if facts["reason"] else _("Called off by %(by)s")) % facts


def _setting(row: Row, before: Row, clinicians: list[str]) -> str:
    """What changed of how and where it is held."""
    changes = []
    if row["modality"] != before["modality"]:
        changes.append(Modality(row["modality"]).label.lower())
    if row["room_id"] != before["room_id"] or row["location_id"] != before["location_id"]:
        changes.append(_("another room or place"))
    if row["video_link"] != before["video_link"]:
        changes.append(_("another video link"))
    if clinicians:
        changes.append(_("with %(names)s") % {"names": ", ".join(clinicians)})
    return _("Changed: %(what)s") % {"what": ", ".join(changes) or _("how or where it is held")}


def _clinicians_named(session: TherapySession) -> dict[str, list[str]]:
    """Clinicians who came to the session in a change, by that change's context."""
    named: dict[str, list[str]] = {}
    names = dict(session.clinicians.values_list("pk", "name"))
    for row, _before in _rows(SessionClinician, session_id=session.pk, pgh_label="insert"):
        if _verb(row) == "change_session" and row["clinician_id"] in names:
            named.setdefault(str(row["pgh_context_id"]), []).append(names[row["clinician_id"]])
    return named


def _of_participants(session: TherapySession, called: dict[int, str]) -> Iterable[_Told]:
    for row, before in _rows(Participant, session_id=session.pk):
        name = called.get(row["pgh_obj_id"])
        if name and (told := _participant_change(row, before, name)):
            yield told


def _participant_change(row: Row, before: Row | None, name: str) -> _Told | None:
    if before is None:
        return (
            _Told(row, "walk", _("%(name)s came without an appointment") % {"name": name})
            if row["is_walk_in"]
            else None
        )
    for tell in _PARTICIPANT_SENTENCES:
        if told := tell(row, before, name):
            return told
    return None


def _cancelled(row: Row, before: Row, name: str) -> _Told | None:
    if _verb(row) in ("cancel_session", "undo_session_cancellation"):
        return None  # the session's own line says it
    if row["cancelled_at"] and not before["cancelled_at"]:
        words = _who_called_off(row) % {"name": name}
        return _Told(row, "slash", f"{words}: {row['cancel_reason']}" if row["cancel_reason"] else words)
    if before["cancelled_at"] and not row["cancelled_at"]:
        return _Told(row, "arrow-back-up", _("%(name)s is expected again") % {"name": name})
    return None


def _who_called_off(row: Row) -> str:
    if row["cancelled_by"] != CancelledBy.CLIENT:
        return _("Called off for %(name)s by the practice")
    return _("%(name)s cancelled late") if row["cancelled_late"] else _("%(name)s cancelled")


def _arrived(row: Row, before: Row, name: str) -> _Told | None:
    if row["arrived_at"] and not before["arrived_at"]:
        return _Told(row, "door-enter", _("%(name)s arrived") % {"name": name})
    if before["arrived_at"] and not row["arrived_at"]:
        return _Told(row, "arrow-back-up", _("%(name)s's arrival was taken back") % {"name": name})
    return None


def _answered(row: Row, before: Row, name: str) -> _Told | None:
    if (row["response"], row["responded_at"]) == (before["response"], before["responded_at"]):
        return None
    if row["response"] == Response.NONE:
        return _Told(row, "arrow-back-up", _("%(name)s's answer was taken back") % {"name": name})
    confirmed = row["response"] == Response.CONFIRMED
    way = AnsweredBy(row["responded_by"]).label.lower() if row["responded_by"] else ""
    words = (_("%(name)s confirmed") if confirmed else _("%(name)s asked for another time")) % {"name": name}
    return _Told(
        row, "circle-check" if confirmed else "arrows-exchange", f"{words} ({way})" if way else words
    )


_PARTICIPANT_SENTENCES: tuple[Callable[[Row, Row, str], _Told | None], ...] = (
    _cancelled,
    _arrived,
    _answered,
)


def _of_records(participants: list[Participant], called: dict[int, str]) -> Iterable[_Told]:
    people = [participant.pk for participant in participants]
    for row, before in _rows(AttendanceRecord, participant_id__in=people):
        name, outcome = called[row["participant_id"]], Outcome(row["outcome"]).label.lower()
        if row["pgh_label"] == "delete":
            yield _Told(row, "arrow-back-up", _("%(name)s's outcome was taken back") % {"name": name})
        elif before is None:
            yield _Told(row, "clipboard-check", f"{name}: {outcome}")
        elif row["outcome"] != before["outcome"]:
            facts = {"name": name, "before": Outcome(before["outcome"]).label.lower(), "after": outcome}
            yield _Told(row, "pencil", _("%(name)s: corrected from %(before)s to %(after)s") % facts)


def _when(row: Row) -> str:
    day = date_format(row["on"], "l j F")
    return f"{day}, {clock(row['at'])}" if row["at"] else day
