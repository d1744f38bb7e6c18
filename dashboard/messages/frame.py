"""What every page of messages shows on top: the ways to look, what waits there, whether it all runs."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Practice, User
from accounts.roles import May
from clients.access import unfit_contacts
from dashboard.messages.words import how_long
from reminders.access import inbox_visible_to, messages_visible_to
from reminders.agreements import what_sending_waits_for
from reminders.health import LAST_PASS_WITHIN, last_passes, oldest_due_seconds
from reminders.models import PassKind, ProviderState
from reminders.providers import channel_states

# More than so many are not counted one by one.
COUNTED = 100


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at messages, with how many wait there."""

    label: str
    url_name: str
    count: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The head of a page of messages."""

    views: tuple[View, ...]
    practice: Practice
    waits_for: str  # an agreement that is missing, in one sentence
    stopped: tuple[ProviderState, ...]  # ways out that rest until a person resumes them
    may_resume: bool
    health: str
    is_well: bool
    in_my_hands: int  # what colleagues handed to this person
    sees_health: bool


def frame_of(user: User, *, practice: Practice, now: datetime) -> Frame:
    """Counts by partial indexes, and the sender's health; a constant number of queries."""
    sent, texts = messages_visible_to(user), inbox_visible_to(user).unresolved()
    passed = last_passes().get(PassKind.DISPATCH)
    waited = oldest_due_seconds(now)
    alive = passed is not None and now - passed.ended_at <= LAST_PASS_WITHIN
    return Frame(
        views=(
            View(_("Outbox"), "dashboard:messages", sent.needing_a_look().order_by()[:COUNTED].count()),
            View(_("Inbox"), "dashboard:inbox", texts.order_by()[:COUNTED].count()),
            View(_("Calls to make"), "dashboard:calls", sent.calls_to_make().order_by()[:COUNTED].count()),
            View(_("Numbers"), "dashboard:numbers", unfit_contacts(user).order_by()[:COUNTED].count()),
            View(_("Forecast"), "dashboard:forecast", 0),
        ),
        practice=practice,
        waits_for=what_sending_waits_for(),
        stopped=tuple(state for state in channel_states().values() if state.paused_at),
        may_resume=user.may(May.SEE_ALL_SESSIONS),
        health=_health(passed.ended_at if passed else None, waited, now),
        is_well=alive,
        in_my_hands=sent.in_hands_of(user).order_by()[:COUNTED].count(),
        sees_health=user.may(May.SEE_HEALTH),
    )


def _health(passed_at: datetime | None, waited: float, now: datetime) -> str:
    if passed_at is None:
        return _("Nothing has looked at the outbox yet.")
    ago = how_long((now - passed_at).total_seconds())
    looked = _("Last looked %(ago)s ago") % {"ago": ago}
    if waited < 60:
        return _("%(looked)s · nothing waits") % {"looked": looked}
    return _("%(looked)s · the oldest has waited %(long)s") % {"looked": looked, "long": how_long(waited)}
