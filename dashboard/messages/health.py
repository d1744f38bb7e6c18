"""Whether messages get out: who looked at the queue last, what waits there, which ways out rest."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.models import Practice
from accounts.roles import May
from accounts.services import get_practice
from clients.models import Channel
from dashboard.messages.words import MARKS, WAITS, Mark, how_long
from dashboard.pages import StaffRequest, staff_page
from reminders.health import Health, Sweep, read_health
from reminders.models import PassKind, ProviderState, State
from reminders.reasons import reason_words

SWEEPS = {
    PassKind.DISPATCH: gettext_lazy("Sends what is due"),
    PassKind.RECONCILE: gettext_lazy("Plans what should be sent"),
    PassKind.UNKNOWN: gettext_lazy("Asks what became of calls that broke off"),
}
WAYS = {
    Channel.SMS: (gettext_lazy("Texts"), "message"),
    Channel.EMAIL: (gettext_lazy("E-mail"), "mail"),
    Channel.VOICE: (gettext_lazy("Calls by machine"), "phone"),
}
WELL = Mark(gettext_lazy("Well"), "circle-check", "attended")
LATE = Mark(gettext_lazy("Late"), "clock-exclamation", "late")
STANDINGS = {
    "well": WELL,
    "paused": Mark(gettext_lazy("Stopped"), "plug-connected-x", "late"),
    "open": Mark(gettext_lazy("Rests"), "clock-pause", "late"),
    "trying": Mark(gettext_lazy("Tries again"), "refresh", "unrecorded"),
}
PLANNED = {"to_come": MARKS[State.PLANNED], "waiting": WAITS}
# Where the outbox shows each part of the queue.
LOOKS = {"to_come": "planned", "claimed": "sent", "sending": "sent", "unknown": "sent"}


@dataclass(frozen=True, slots=True)
class SweepLine:
    """One pass, and when it last ended."""

    what: object
    mark: Mark
    ago: str


@dataclass(frozen=True, slots=True)
class WayLine:
    """One way out."""

    name: object
    icon: str
    mark: Mark
    more: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the queue; `look` is the outbox's name for it."""

    mark: Mark
    count: int
    look: str


@never_cache
@staff_page(May.SEE_HEALTH)
def health_page(request: StaffRequest) -> HttpResponse:
    """One page for who answers for the practice; it names no client."""
    practice, now = get_practice(), timezone.now()
    health = read_health(now)
    context = {
        "health": health,
        "troubles": troubles(health),
        "sweeps": [_sweep_line(sweep) for sweep in health.sweeps],
        "oldest": how_long(health.oldest_due_seconds),
        "ways": [_way_line(state, practice, now) for state in health.channels],
        "parts": [_part(name, count) for name, count in health.queue.items()],
        "because": _because(health),
        "read_at": now,
        "reads_messages": request.user.may(May.ANSWER_MESSAGES),
        # Whose outbox shows as many as are counted here.
        "reads_all": request.user.may(May.ANSWER_MESSAGES) and request.user.may(May.SEE_ALL_SESSIONS),
        "may_set": request.user.may(May.MANAGE_SETTINGS),
    }
    with timezone.override(practice.zone):
        return render(request, "messages/health.html", context)


def troubles(health: Health) -> list[str]:
    """What keeps messages from going out, in sentences; nothing where all is well."""
    found = [str(_late(sweep)) for sweep in health.sweeps if sweep.is_late]
    if health.is_paused:
        found.append(health.waits_for or _("Sending is paused, so nothing goes out."))
    if health.is_stuck:
        long = how_long(health.oldest_due_seconds)
        found.append(_("A message that may go has waited for %(long)s.") % {"long": long})
    found += [_shut(state) for state in health.channels if state.paused_at]
    return found


def _late(sweep: Sweep) -> str:
    if sweep.seconds_ago is None:
        return _("Nothing has done this yet: %(what)s.") % {"what": _lower(SWEEPS[sweep.kind])}
    words = {"ago": how_long(sweep.seconds_ago), "what": _lower(SWEEPS[sweep.kind])}
    return _("For %(ago)s nothing has done this: %(what)s. Is the worker running?") % words


def _lower(words: object) -> str:
    written = str(words)
    return written[:1].lower() + written[1:]


def _shut(state: ProviderState) -> str:
    return f"{WAYS[Channel(state.channel)][0]}: {state.paused_reason}"


def _sweep_line(sweep: Sweep) -> SweepLine:
    ago = _("never") if sweep.seconds_ago is None else _("%(ago)s ago") % {"ago": how_long(sweep.seconds_ago)}
    return SweepLine(SWEEPS[sweep.kind], LATE if sweep.is_late else WELL, ago)


def _way_line(state: ProviderState, practice: Practice, now: datetime) -> WayLine:
    name, icon = WAYS[Channel(state.channel)]
    return WayLine(name, icon, STANDINGS[state.standing(now)], _more(state, practice, now))


def _more(state: ProviderState, practice: Practice, now: datetime) -> str:
    if state.paused_at:
        return state.paused_reason
    if state.open_until and now < state.open_until:
        until = state.open_until.astimezone(practice.zone)
        return _("The provider failed us too often; tried again at %(at)s.") % {"at": f"{until:%H:%M:%S}"}
    if state.failures_running:
        return _("%(count)d calls failed in a row.") % {"count": state.failures_running}
    return ""


def _part(name: str, count: int) -> Part:
    mark = PLANNED.get(name) or MARKS[State(name)]
    return Part(mark, count, LOOKS.get(name, name))


def _because(health: Health) -> list[tuple[str, int]]:
    """Why what is due waits, the most frequent reason first."""
    words = {
        reason_words(reason) if reason else _("Its turn comes next"): count
        for reason, count in health.waiting_because.items()
    }
    return sorted(words.items(), key=lambda found: (-found[1], found[0]))
