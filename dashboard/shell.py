"""What the frame around every staff page needs: where one may go, and what waits there."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.access import staff_themselves
from accounts.models import Density, Practice, User
from accounts.prepared import ask
from accounts.roles import May
from followups.access import follow_ups_visible_to
from reminders.access import inbox_visible_to, messages_visible_to


@dataclass(frozen=True)
class Place:
    """One entry of the rail: shown to those with any of the permissions."""

    label: str | Promise
    icon: str
    url_name: str
    key: str
    permissions: frozenset[May]
    badge: str = ""  # a field of Waiting
    badge_words: str | Promise = ""
    also: tuple[str, ...] = ()  # where else in the site this place is meant


@dataclass(frozen=True)
class Waiting:
    """What waits for one person: the badges of the rail."""

    calls: int = 0
    texts: int = 0  # to answer, and what colleagues handed over

    @classmethod
    def read(cls, user: User, practice: Practice) -> "Waiting":
        """One's own follow-ups due by the end of today, and the texts to answer; one query."""
        today = practice.today(timezone.now())
        midnight = datetime.combine(today + timedelta(days=1), time(0), practice.zone)
        [(calls, texts)] = ask(*_question(user, user.permissions, today, practice.zone, midnight))
        return cls(calls=calls, texts=texts)


@lru_cache(maxsize=512)
def _question(
    user: User, permissions: frozenset[May], today: date, zone: ZoneInfo, midnight: datetime
) -> tuple[str, tuple[Any, ...]]:
    """The badges' statement, for one person and day: building it takes ten times as long as asking it.

    `permissions` are what it depends on besides; they make it anew when a role changes.
    """
    mine = follow_ups_visible_to(user).owned_by(user, today=today, zone=zone)
    calls = mine.to_do(today).filter(due_at__lt=midnight)
    texts = inbox_visible_to(user).unresolved()
    handed = messages_visible_to(user).in_hands_of(user)
    both = (
        staff_themselves(user).order_by().values_list(_count_of(calls), _count_of(texts) + _count_of(handed))
    )
    return both.query.sql_with_params()


def _count_of(found: QuerySet[Any]) -> Coalesce:
    counted = found.order_by().annotate(_all=Value(1)).values("_all").annotate(_count=Count("*"))
    return Coalesce(Subquery(counted.values("_count")), 0)


CLINICAL = frozenset({May.SEE_OWN_CASELOAD, May.SEE_SUPERVISED})
EVERYDAY = CLINICAL | {May.SEE_ALL_SESSIONS}
PLACES = (
    Place(_("Today"), "sun", "today", "t", CLINICAL),
    Place(_("Board"), "layout-columns", "board", "b", EVERYDAY),
    Place(
        _("Calendar"),
        "calendar-month",
        "calendar",
        "c",
        EVERYDAY,
        also=("/sessions/", "/closures/", "/absences/", "/waitlist/"),
    ),
    Place(_("Clients"), "users", "clients", "l", EVERYDAY),
    Place(_("Follow-ups"), "heart-handshake", "follow-ups", "f", EVERYDAY, "calls", _("due today")),
    Place(_("Messages"), "message", "messages", "m", EVERYDAY, "texts", _("to see to")),
    Place(_("Reports"), "chart-area-line", "reports", "r", frozenset({May.SEE_NUMBERS})),
    Place(_("Team"), "users-group", "staff", "p", frozenset({May.MANAGE_STAFF})),
    Place(_("Settings"), "adjustments-horizontal", "settings", "s", frozenset({May.MANAGE_SETTINGS})),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the base page; nothing for who is not signed in."""
    user = request.user
    if not isinstance(user, User):
        return {}
    # A page that read the practice already leaves it here.
    known = getattr(request, "practice", None)
    practice = known or Practice.objects.filter(pk=1).only("name", "timezone", "first_steps").first()
    return {
        # Parts of a page have no rail, and count nothing.
        "nav_items": SimpleLazyObject(lambda: _items(user, request.path, practice)),
        # The same in the rail and in the bar: drawn once.
        "user_menu": SimpleLazyObject(lambda: _user_menu(request, user)),
        "practice_name": practice.name if practice else "",
        "is_setting_up": bool(practice and practice.first_steps is not None and may_set_up(user)),
        "hears_alarms": user.may(May.ANSWER_MESSAGES),
        "density": user.density,
    }


def _user_menu(request: HttpRequest, user: User) -> str:
    """Without the request's own context: that would ask for this frame once more."""
    context = {
        "user": user,
        "request": request,
        "csrf_token": get_token(request),
        "may_be_away": user.may(May.FOLLOW_UP),
        "densities": Density.choices,
    }
    return render_to_string("_user_menu.html", context)


def may_set_up(user: User) -> bool:
    """Whose the first steps of a new practice are."""
    return user.permissions.issuperset({May.MANAGE_SETTINGS, May.MANAGE_STAFF})


def first_place(user: User) -> str | None:
    """Where somebody without a day of their own begins; None if nothing is theirs."""
    items = (_item(place, user, "") for place in PLACES)
    return next((item["url"] for item in items if item), None)


def _items(user: User, path: str, practice: Practice | None) -> list[dict[str, Any]]:
    items = [(place, item) for place in PLACES if (item := _item(place, user, path))]
    if practice is None or not any(place.badge for place, _shown in items):
        return [item for _place, item in items]
    waiting = Waiting.read(user, practice)
    return [item | _badge(place, waiting) for place, item in items]


def _badge(place: Place, waiting: Waiting) -> dict[str, Any]:
    if not place.badge:
        return {}
    return {"badge": getattr(waiting, place.badge), "badge_label": str(place.badge_words)}


@cache
def _address(place: Place) -> str:
    return reverse(f"dashboard:{place.url_name}")


def _item(place: Place, user: User, path: str) -> dict[str, Any] | None:
    if not place.permissions & user.permissions:
        return None
    url = _address(place)
    active = path == url if url == "/" else path.startswith((url, *place.also))
    return {"label": str(place.label), "icon": place.icon, "url": url, "key": place.key, "active": active}
