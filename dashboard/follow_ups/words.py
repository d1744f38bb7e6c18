"""When something falls due, and when it is put off to, in words."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.clock import clock

MORNING = time(9)
LATE_AFTERNOON = time(17)


def due_words(due_at: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """By when, as one says it: "2 hours overdue", "today by 20:00", "Monday"."""
    if due_at is None:
        return _("nothing due")
    if due_at < now:
        return _overdue(due_at, now, zone)
    local = due_at.astimezone(zone)
    days = (local.date() - now.astimezone(zone).date()).days
    if days == 0:
        return _("today by %(time)s") % {"time": clock(local)}
    if days == 1:
        return _("tomorrow by %(time)s") % {"time": clock(local)}
    if days >= 7:
        return date_format(local, "j F")
    return _("%(day)s by %(time)s") % {"day": date_format(local, "l"), "time": clock(local)}


def _overdue(due_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    days = (now.astimezone(zone).date() - due_at.astimezone(zone).date()).days
    if days == 1:
        return _("since yesterday")
    if days > 1:
        return _("%(count)d days overdue") % {"count": days}
    minutes = int((now - due_at).total_seconds() // 60)
    if minutes < 60:
        return _("just overdue") if minutes < 10 else _("%(count)d minutes overdue") % {"count": minutes}
    hours = minutes // 60
    return ngettext("an hour overdue", "%(count)d hours overdue", hours) % {"count": hours}


@dataclass(frozen=True, slots=True)
class Later:
    """One time to put a call off to, for a button."""

    words: str
    at: datetime

    @property
    def typed(self) -> str:
        """As a field of date and time has it, in the zone that the page is drawn in."""
        return f"{self.at:%Y-%m-%dT%H:%M}"


def times_to_put_off_to(now: datetime, zone: ZoneInfo) -> list[Later]:
    """In an hour, late this afternoon, tomorrow, the next working day."""
    local = now.astimezone(zone)
    soon = _to_next_quarter(local + timedelta(hours=1))
    choices = (
        [Later(_("In an hour, %(time)s") % {"time": clock(soon)}, soon)]
        if soon.date() == local.date()
        else []
    )
    if local.time() < time(15):
        choices.append(Later(_("At 17:00"), datetime.combine(local.date(), LATE_AFTERNOON, zone)))
    tomorrow = datetime.combine(local.date() + timedelta(days=1), MORNING, zone)
    choices.append(Later(_("Tomorrow, 9:00"), tomorrow))
    monday = tomorrow + timedelta(days=(7 - tomorrow.weekday()) % 7)
    if monday.date() != tomorrow.date():
        choices.append(Later(_("%(day)s, 9:00") % {"day": date_format(monday, "l")}, monday))
    return choices


def _to_next_quarter(moment: datetime) -> datetime:
    minutes = -moment.minute % 15
    return (moment + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
