"""Every change to the calendar goes through one of these verbs."""

from sessions_app.occupancy import Conflict, SlotTaken
from sessions_app.services.answering import (
    mark_all_arrived,
    mark_arrived,
    record_response,
    undo_arrival,
)
from sessions_app.services.booking import (
    Booking,
    SeriesBooked,
    add_walk_in,
    book_series,
    book_session,
    receive_walk_in,
)
from sessions_app.services.cancelling import (
    cancel_participant,
    cancel_session,
    is_late,
    undo_cancellation,
    undo_session_cancellation,
)
from sessions_app.services.changing import (
    Change,
    NewSetting,
    NewTime,
    change_session,
    reschedule_session,
)
from sessions_app.services.closing import (
    DayOff,
    absent_day,
    cancel_time_off,
    close_day,
    sessions_of_absence,
    sessions_of_closure,
)
from sessions_app.services.departing import leave_practice, record_death, return_to_practice

__all__ = [
    "Booking",
    "Change",
    "Conflict",
    "DayOff",
    "NewSetting",
    "NewTime",
    "SeriesBooked",
    "SlotTaken",
    "absent_day",
    "add_walk_in",
    "book_series",
    "book_session",
    "cancel_participant",
    "cancel_session",
    "cancel_time_off",
    "change_session",
    "close_day",
    "is_late",
    "leave_practice",
    "mark_all_arrived",
    "mark_arrived",
    "receive_walk_in",
    "record_death",
    "record_response",
    "reschedule_session",
    "return_to_practice",
    "sessions_of_absence",
    "sessions_of_closure",
    "undo_arrival",
    "undo_cancellation",
    "undo_session_cancellation",
]
