"""States and purposes of messages in the words, icons and colours of these pages."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.clock import clock
from reminders.judging import Wait
from reminders.models import InboundKind, Message, State
from reminders.reasons import reason_words
from sessions_app.models import TherapySession


@dataclass(frozen=True, slots=True)
class Mark:
    """How a state is drawn: word, icon, and a tone of the status colours."""

    word: object
    icon: str
    tone: str


MARKS = {
    State.PLANNED: Mark(_("To come"), "calendar-time", "expected"),
    State.CLAIMED: Mark(_("Being sent"), "send", "arrived"),
    State.SENDING: Mark(_("On its way"), "send", "arrived"),
    State.SENT: Mark(_("Sent"), "check", "arrived"),
    State.DELIVERED: Mark(_("Delivered"), "checks", "attended"),
    State.FAILED: Mark(_("Not delivered"), "message-x", "late"),
    State.UNKNOWN: Mark(_("Being checked"), "help-circle", "unrecorded"),
    State.HELD: Mark(_("Please decide"), "help-circle", "unrecorded"),
    State.EXPIRED: Mark(_("Too late to send"), "hourglass", "cancelled"),
    State.CANCELLED: Mark(_("Not needed"), "slash", "cancelled"),
    State.SUPPRESSED: Mark(_("Not sent"), "message-off", "late"),
}
WAITS = Mark(_("Waits"), "clock-pause", "late")


def mark_of(message: Message, now: datetime) -> Mark:
    """The mark of a message; one that is due and still here waits for something."""
    if message.state == State.PLANNED and message.due_at <= now:
        return WAITS
    return MARKS[State(message.state)]


def why(message: Message) -> str:
    """Why it waits or ended so; nothing where there is nothing to say."""
    return reason_words(message.reason) if message.reason else ""


INBOUND_ICONS = {
    InboundKind.CONFIRM: "circle-check",
    InboundKind.RESCHEDULE: "arrows-exchange",
    InboundKind.VIDEO: "video",
    InboundKind.CHOICE: "calendar-time",
    InboundKind.STOP: "message-off",
    InboundKind.START: "message-check",
    InboundKind.HELP: "help-circle",
    InboundKind.CALL_BACK: "phone-call",
    InboundKind.WRONG: "phone-x",
    InboundKind.CHECK_IN: "heart-handshake",
    InboundKind.FREE: "message-circle",
}


# A person ends these waits, or a moment does: there is no time to name.
NO_TIME = ("paused", "agreement", "provider_paused", "provider_down")


def waiting_words(wait: Wait, *, called: str, zone: ZoneInfo) -> str:
    """Plainly that a text waits, why, and until when where that is known."""
    why = reason_words(wait.reason)
    if wait.reason == "paused":
        why = _now("Sending is paused, and it goes out when somebody turns sending on again")
    if wait.reason in NO_TIME:
        return _now("It waits, and has not gone to %(name)s yet. %(why)s.") % {"name": called, "why": why}
    at = spoken_time(wait.until, zone)
    if wait.reason == "quiet_hours":
        return _now("It goes out on %(at)s, when it is morning where %(name)s is.") % {
            "at": at,
            "name": called,
        }
    facts = {"at": at, "name": called, "why": why}
    return _now("It waits, and goes to %(name)s on %(at)s at the earliest. %(why)s.") % facts


TALK_ICONS = {"call": "phone", "email": "mail", "letter": "mail", "in_person": "users"}


def session_time(session: TherapySession) -> str:
    """The session's day and time on its own clock."""
    return spoken_time(session.starts_at, session.zone)


def spoken_time(moment: datetime, zone: ZoneInfo) -> str:
    """A day and time on the clock of a place."""
    local = moment.astimezone(zone)
    return f"{date_format(local, 'D j M')}, {clock(local)}"


def how_long(seconds: float) -> str:
    """A length of time in its largest unit."""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // size)} {unit}"
    return f"{int(max(0, seconds))} s"
