"""The rows of one session, folded together."""

from dataclasses import dataclass, field, fields
from datetime import datetime

from django.utils.translation import gettext_noop as _

from importing.appointments import AppointmentRow, Meeting
from importing.known import KnownCase
from importing.refusals import RowRefused
from sessions_app.models import TherapySession
from sessions_app.occupancy import resource_keys

_SHARED = tuple(each.name for each in fields(Meeting))
# Where the file calls it otherwise.
_COLUMNS = {"on": "date", "at": "time", "location": "place", "clinicians": "clinician"}


@dataclass
class SessionRows:
    """The good rows of one session; `named` counts all of them, the refused ones too."""

    rows: list[AppointmentRow]
    named: int
    case: KnownCase = field(init=False)
    booked: TherapySession | None = None

    @property
    def session_id(self) -> str:
        return self.rows[0].session_id

    @property
    def meeting(self) -> Meeting:
        return self.rows[0].meeting

    @property
    def is_cancelled(self) -> bool:
        return all(row.is_cancelled for row in self.rows)

    def keys(self, now: datetime) -> list[str]:
        """Whose time it takes: nobody's once it is over, or called off."""
        if self.rows[0].ends_at <= now or self.is_cancelled:
            return []
        return resource_keys(self.meeting.clinicians, self.meeting.room)


def refuse_different(row: AppointmentRow, others: list[AppointmentRow]) -> None:
    """The rows of one session speak of one meeting, and each of another person."""
    for other in others:
        if other.client_id == row.client_id:
            raise RowRefused(_("This client is already in this session (line %(line)s)."), line=other.line)
    for name in _SHARED if others else ():
        if getattr(row.meeting, name) != getattr(others[0].meeting, name):
            column = _COLUMNS.get(name, name)
            raise RowRefused(
                _("It has another %(column)s than the same session elsewhere (line %(line)s)."),
                column=column,
                line=others[0].line,
            )
