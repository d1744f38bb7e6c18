"""The queue of follow-ups as it stands in the address: to do, resting or closed; mine or everybody's."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Practice, User
from accounts.roles import May
from dashboard.follow_ups.words import Later, due_words, times_to_put_off_to
from followups.access import follow_ups_visible_to
from followups.models import FollowUp, StepKind
from followups.presenting import Row, present_rows
from followups.querysets import FollowUpQuerySet

TO_DO, RESTING, CLOSED = "to-do", "resting", "closed"
SHOWS = {TO_DO: gettext_lazy("To do"), RESTING: gettext_lazy("Away"), CLOSED: gettext_lazy("Closed")}
MINE, ALL = "mine", "all"
ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One person's look at the queue; anything unreadable in the address is its default."""

    show: str
    whose: str
    page: str

    @classmethod
    def read(cls, asked: QueryDict, user: User) -> "Look":
        show, whose = asked.get("show", ""), asked.get("whose", "")
        works = user.may(May.SEE_OWN_CASELOAD) or user.may(May.SEE_ALL_SESSIONS)
        return cls(
            show=show if show in SHOWS else TO_DO,
            whose=whose if whose in (MINE, ALL) else MINE if works else ALL,
            page=asked.get("page", "1"),
        )

    @property
    def number(self) -> int:
        """The page as a number, within what a list can have."""
        return (
            max(1, int(self.page))
            if self.page.isascii() and self.page.isdecimal() and len(self.page) < 6
            else 1
        )

    def query(self, **changes: str) -> str:
        """The look as a query string, with something changed."""
        return urlencode({"show": self.show, "whose": self.whose, **changes})


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list with its due time in words, in practice time."""

    row: Row
    due: str
    tone: str

    @property
    def may_log(self) -> bool:
        """A call waits, so that how it went can be said from the row."""
        return self.row.state == "open" and self.row.step_kind == StepKind.CALL and not self.row.is_away


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of it, in groups with a heading each."""

    groups: dict[str, list[Line]]
    page: Page[Any]
    seen: str
    later: list[Later]


def read_queue(user: User, look: Look, *, practice: Practice, now: datetime) -> Queue:
    """One page of the queue for this person, a constant number of queries."""
    page = Paginator(_asked(user, look, practice, now).with_people(), ON_A_PAGE).get_page(look.number)
    rows = present_rows(user, page.object_list, now=now)
    in_team = _waiting_in_team(rows, user, look, practice, now)
    end_of_today = _end_of_today(practice, now)
    groups: dict[str, list[Line]] = {}
    for row in rows:
        line = Line(row, due_words(row.due_at, now, practice.zone), _tone(row, look))
        waits = row.follow_up.pk in in_team and not row.is_at_risk  # a worry stands above these anyway
        group = _("Overdue in your team") if waits else _group(row, look, now, end_of_today)
        groups.setdefault(group, []).append(line)
    return Queue(groups, page, _tag(rows, now), times_to_put_off_to(now, practice.zone))


def next_in_queue(user: User, *, besides: FollowUp, practice: Practice, now: datetime) -> Line | None:
    """Whom to reach out to after this one, as far as it is for today. Three queries."""
    look = Look.read(QueryDict(), user)
    for_later = {"due_at__gte": _end_of_today(practice, now)}
    waiting = _asked(user, look, practice, now).exclude(pk=besides.pk).exclude(**for_later)
    for row in present_rows(user, waiting.with_people()[:1], now=now):
        return Line(row, due_words(row.due_at, now, practice.zone), _tone(row, look))
    return None


def _end_of_today(practice: Practice, now: datetime) -> datetime:
    return datetime.combine(practice.today(now) + timedelta(days=1), time(0), practice.zone)


def tag_of(user: User, look: Look, *, practice: Practice, now: datetime) -> str:
    """What a poll compares: which follow-ups the page shows, and how each stands. One query."""
    start = (look.number - 1) * ON_A_PAGE
    asked = _asked(user, look, practice, now)[start : start + ON_A_PAGE]
    facts = asked.values_list("pk", "state", "due_at", "owner_id", "last_cause_at")
    return _digest(facts, now)


def _tag(rows: list[Row], now: datetime) -> str:
    found = [row.follow_up for row in rows]
    return _digest(((one.pk, one.state, one.due_at, one.owner_id, one.last_cause_at) for one in found), now)


def _digest(facts: Any, now: datetime) -> str:
    """The minute counts too: what was due becomes overdue."""
    words = repr((list(facts), now.replace(second=0, microsecond=0)))
    return blake2b(words.encode(), digest_size=9).hexdigest()


def _asked(user: User, look: Look, practice: Practice, now: datetime) -> FollowUpQuerySet:
    found, today = follow_ups_visible_to(user), practice.today(now)
    if look.whose == MINE:
        found = found.ones_own(user, now=now, practice=practice)
    if look.show == CLOSED:
        return found.filter(state="closed").order_by("-closed_at", "-pk")
    if look.show == RESTING:
        to_do = follow_ups_visible_to(user).to_do(today).order_by()
        return found.open().exclude(pk__in=to_do.values("pk")).in_order_for(user, now=now, zone=practice.zone)
    return found.to_do(today).in_order_for(user, now=now, zone=practice.zone)


def _group(row: Row, look: Look, now: datetime, end_of_today: datetime) -> str:
    if look.show != TO_DO:
        return ""
    if row.is_at_risk:
        return _("Before anything else")
    if vars(row.follow_up).get("court_day"):  # of the order; none for who may not read it
        return _("A day is near that a court has set")
    if row.due_at is None:
        return _("To decide")
    if row.due_at < now:
        return _("Overdue")
    if row.due_at < end_of_today:
        return _("Today")
    return _("This week") if row.due_at < end_of_today + timedelta(days=6) else _("Later")


def _waiting_in_team(
    rows: list[Row], user: User, look: Look, practice: Practice, now: datetime
) -> frozenset[int]:
    """Which of these a colleague under this supervisor has not got to for long. One query at most."""
    if look.show != TO_DO or not user.may(May.SEE_SUPERVISED):
        return frozenset()
    shown = follow_ups_visible_to(user).filter(pk__in=[row.follow_up.pk for row in rows])
    waiting = shown.overdue_in_team(user, now=now, hours=practice.overdue_hours)
    return frozenset(waiting.order_by().values_list("pk", flat=True))


def _tone(row: Row, look: Look) -> str:
    if look.show != TO_DO:
        return ""
    if row.is_at_risk:
        return "danger"
    return "late" if row.is_overdue else ""
