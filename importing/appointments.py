"""What a row of appointments.csv says of one client at one session."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop as _

from accounts.models import User
from attendance.models import ATTENDED_OUTCOMES, Outcome
from clients.models import Barrier
from importing import cells as cell
from importing.files import Cells
from importing.known import Known
from importing.refusals import RowRefused
from sessions_app.models import CancelledBy, Location, Modality, Room, Service
from sessions_app.wall_time import instants

_EARLIEST_YEAR = 1950
_YEARS_AHEAD = 3
_USUAL_MINUTES = 50
# What a day without a time is taken for: it sorts among the others and falls on its day everywhere.
_NOON = time(12)
_Found = TypeVar("_Found")


class Status(StrEnum):
    """How an appointment stands: still to come, called off, or how it went."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    CANCELLED_LATE = "cancelled_late"
    ATTENDED = "attended"
    ATTENDED_LATE = "attended_late"
    LEFT_EARLY = "left_early"
    TOO_LATE = "too_late"
    COULD_NOT_BE_SEEN = "could_not_be_seen"
    COULD_NOT_CONNECT = "could_not_connect"
    NO_SHOW = "no_show"
    NOT_BROUGHT = "not_brought"
    EXCUSED = "excused"


_CALLED_OFF = (Status.CANCELLED, Status.CANCELLED_LATE)


@dataclass(frozen=True, slots=True)
class Meeting:
    """When, where and by whom: the same for everybody at the session."""

    on: date
    at: time | None
    timezone: str
    minutes: int
    clinicians: tuple[User, ...]
    service: Service | None
    modality: str
    location: Location | None
    room: Room | None
    video_link: str
    case_id: str

    @property
    def times(self) -> tuple[datetime, datetime]:
        return instants(on=self.on, at=self.at or _NOON, timezone=self.timezone, minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One good row of appointments.csv."""

    line: int
    session_id: str
    client_id: str
    meeting: Meeting
    starts_at: datetime
    ends_at: datetime
    status: str
    late_minutes: int | None
    left_early_minutes: int | None
    booked_at: datetime | None
    cancelled_at: datetime | None
    cancelled_by: str
    barriers: tuple[Barrier, ...]

    @property
    def is_cancelled(self) -> bool:
        return self.status in _CALLED_OFF

    @property
    def outcome(self) -> str:
        """What was seen; empty while it is not recorded."""
        return self.status if self.status in Outcome.values else ""


def read_appointment(line: int, cells: Cells, known: Known) -> AppointmentRow:
    """The row, if it holds together by itself; raises RowRefused."""
    meeting = _meeting(cells, known)
    starts_at, ends_at = meeting.times
    zone = ZoneInfo(meeting.timezone)
    row = AppointmentRow(
        line=line,
        session_id=cell.row_id(cells, "session_id"),
        client_id=cell.row_id(cells, "client_id"),
        meeting=meeting,
        starts_at=starts_at,
        ends_at=ends_at,
        status=_status(cells),
        late_minutes=cell.whole(cells, "late_minutes", 1, 720),
        left_early_minutes=cell.whole(cells, "left_early_minutes", 1, 720),
        booked_at=cell.instant(cells, "booked_at", zone),
        cancelled_at=cell.instant(cells, "cancelled_at", zone),
        cancelled_by=cell.choice(cells, "cancelled_by", CancelledBy),
        barriers=_barriers(cells, known),
    )
    _check_client(row, known)
    _check_order(row, known.now)
    _check_cancellation(row)
    _check_outcome(row, known.now)
    _check_coming(row, known)
    return row


def _meeting(cells: Cells, known: Known) -> Meeting:
    service = _named(cells, "service", known.services)
    location = _named(cells, "place", known.locations)
    usual = service.minutes if service else _USUAL_MINUTES
    place_zone = location.timezone if location else known.practice.timezone
    on = _session_day(cells, known.today)
    return Meeting(
        on=on,
        at=cell.wall_time(cells, "time"),
        timezone=cell.timezone(cells, "timezone") or place_zone,
        minutes=cell.whole(cells, "minutes", 5, 720) or usual,
        clinicians=_clinicians(cells, known),
        service=service,
        modality=cell.choice(cells, "modality", Modality, Modality.IN_PERSON),
        location=location,
        room=_room(cells, location, known),
        video_link=cell.link(cells, "video_link"),
        case_id=cell.row_id(cells, "case_id", required=False),
    )


def _session_day(cells: Cells, today: date) -> date:
    on = cell.day(cells, "date")
    if on is None:
        raise RowRefused(_("date is empty."))
    if on.year < _EARLIEST_YEAR or on.year > today.year + _YEARS_AHEAD:
        raise RowRefused(_("date is not possible (%(on)s). Is the century right?"), on=on)
    return on


def _named(cells: Cells, column: str, among: dict[str, _Found]) -> _Found | None:
    name = cells[column]
    if name and name.lower() not in among:
        raise RowRefused(
            _("%(column)s “%(name)s” is not set up in Kept. Add it in the settings first."),
            column=column,
            name=name[:80],
        )
    return among.get(name.lower())


def _room(cells: Cells, location: Location | None, known: Known) -> Room | None:
    name = cells["room"]
    if not name:
        return None
    if location is None:
        raise RowRefused(_("A room needs its place."))
    room = known.rooms.get((location.pk, name.lower()))
    if room is None:
        raise RowRefused(
            _("room “%(name)s” is not set up at this place. Add it in the settings first."), name=name[:80]
        )
    return room


def _clinicians(cells: Cells, known: Known) -> tuple[User, ...]:
    named = (known.clinician(cells[column], column) for column in ("clinician", "co_clinician"))
    found = tuple(clinician for clinician in named if clinician)
    if len(found) == 2 and found[0] == found[1]:
        raise RowRefused(_("clinician and co_clinician are the same person."))
    return found


def _status(cells: Cells) -> str:
    if not cells["status"] and cells["cancelled_at"]:
        return Status.CANCELLED
    return cell.choice(cells, "status", Status, Status.BOOKED)


def _barriers(cells: Cells, known: Known) -> tuple[Barrier, ...]:
    codes = dict.fromkeys(code.lower() for code in cell.parted(cells, "barriers"))
    if unknown := [code for code in codes if code not in known.barriers]:
        raise RowRefused(
            _("barriers names “%(unknown)s”, which is not the code of a barrier here."),
            unknown=unknown[0][:40],
        )
    return tuple(known.barriers[code] for code in codes)


def _check_client(row: AppointmentRow, known: Known) -> None:
    if row.client_id not in known.clients:
        raise RowRefused(_("Nobody is known with this client_id (%(client_id)s)."), client_id=row.client_id)
    is_minor = known.clients[row.client_id].is_minor(row.meeting.on)
    if row.status == Status.NOT_BROUGHT and not is_minor:
        raise RowRefused(_("“Was not brought” is for children. Write no_show instead."))


def _check_order(row: AppointmentRow, now: datetime) -> None:
    """Booked, then called off, then held; without a time the whole day counts."""
    over = row.ends_at if row.meeting.at else _day_end(row.meeting)
    if row.booked_at and row.booked_at > over:
        raise RowRefused(_("booked_at is after the session took place."))
    if row.cancelled_at and row.cancelled_at > over:
        raise RowRefused(_("cancelled_at is after the session took place."))
    if row.booked_at and row.cancelled_at and row.cancelled_at < row.booked_at:
        raise RowRefused(_("cancelled_at is before booked_at."))
    if any(stamp and stamp > now for stamp in (row.booked_at, row.cancelled_at)):
        raise RowRefused(_("booked_at or cancelled_at is in the future."))


def _day_end(meeting: Meeting) -> datetime:
    next_day = datetime.combine(meeting.on + timedelta(days=1), time.min, tzinfo=ZoneInfo(meeting.timezone))
    return next_day.astimezone(UTC)


def _check_cancellation(row: AppointmentRow) -> None:
    if not row.is_cancelled and (row.cancelled_at or row.cancelled_by):
        raise RowRefused(
            _("It says when or by whom it was called off, but the status is %(status)s."), status=row.status
        )
    if row.status == Status.CANCELLED_LATE and row.cancelled_by == CancelledBy.PRACTICE:
        raise RowRefused(_("A session that the practice called off is never a late cancellation."))


def _check_outcome(row: AppointmentRow, now: datetime) -> None:
    if row.outcome and row.starts_at > now:
        raise RowRefused(_("The session has not begun, so it cannot be “%(status)s” yet."), status=row.status)
    if row.barriers and (row.outcome in ATTENDED_OUTCOMES or not (row.outcome or row.is_cancelled)):
        raise RowRefused(_("barriers belong to an absence."))
    if row.late_minutes and row.status not in (Status.ATTENDED_LATE, Status.TOO_LATE):
        raise RowRefused(_("late_minutes does not go with the status %(status)s."), status=row.status)
    if row.left_early_minutes and row.status != Status.LEFT_EARLY:
        raise RowRefused(_("left_early_minutes does not go with the status %(status)s."), status=row.status)


def is_history(meeting: Meeting, ends_at: datetime, known: Known) -> bool:
    """Over, and from before the practice went live: it takes nobody's time and awaits nothing."""
    over = ends_at <= known.now if meeting.at else meeting.on < known.today
    live_from = known.practice.live_from
    return over and (live_from is None or meeting.on < live_from)


def _check_coming(row: AppointmentRow, known: Known) -> None:
    """What is still to come, or counts since the practice went live, is as complete as a booking."""
    meeting = row.meeting
    if is_history(meeting, row.ends_at, known):
        return
    if meeting.at is None:
        raise RowRefused(_("time is empty. Only history, from before the live date, may lack it."))
    if not meeting.clinicians:
        raise RowRefused(_("clinician is empty. Only history, from before the live date, may lack one."))
    if row.ends_at <= known.now or row.is_cancelled:
        return
    _check_bookable(row, known)


def _check_bookable(row: AppointmentRow, known: Known) -> None:
    """The refusals of the booking verb."""
    meeting = row.meeting
    if meeting.service is None:
        raise RowRefused(_("service is empty. Only past appointments may lack it."))
    if not all(clinician.is_active for clinician in meeting.clinicians):
        raise RowRefused(_("This clinician is no longer active."))
    if known.clients[row.client_id].is_silent:
        raise RowRefused(_("This client has left or died, so nothing can be booked for them."))
    if meeting.location and (meeting.location.pk, meeting.on) in known.closures:
        raise RowRefused(_("%(name)s is closed that day."), name=meeting.location.name)
