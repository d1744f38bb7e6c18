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

__all__ = [
    "Booking",
    "Change",
    "Conflict",
    "NewSetting",
    "NewTime",
    "SeriesBooked",
    "SlotTaken",
    "add_walk_in",
    "book_series",
    "book_session",
    "cancel_participant",
    "cancel_session",
    "change_session",
    "is_late",
    "mark_all_arrived",
    "mark_arrived",
    "receive_walk_in",
    "record_response",
    "reschedule_session",
    "undo_arrival",
    "undo_cancellation",
    "undo_session_cancellation",
]
