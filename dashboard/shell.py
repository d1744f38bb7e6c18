"""What the frame around every staff page needs: where one may go, and what waits there."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.models import Practice, User
from accounts.roles import May


@dataclass(frozen=True)
class Place:
    """One entry of the rail: shown to those with any of the permissions."""

    label: str
    icon: str
    url_name: str
    key: str
    permissions: frozenset[May]


CLINICAL = frozenset({May.SEE_OWN_CASELOAD, May.SEE_SUPERVISED})
EVERYDAY = CLINICAL | {May.SEE_ALL_SESSIONS}
PLACES = (
    Place("Today", "sun", "today", "t", CLINICAL),
    Place("Board", "layout-columns", "board", "b", EVERYDAY),
    Place("Calendar", "calendar-month", "calendar", "c", EVERYDAY),
    Place("Clients", "users", "clients", "l", EVERYDAY),
    Place("Follow-ups", "heart-handshake", "follow-ups", "f", EVERYDAY),
    Place("Messages", "message", "messages", "m", EVERYDAY),
    Place("Team", "users-group", "staff", "p", frozenset({May.MANAGE_STAFF})),
    Place("Settings", "adjustments-horizontal", "settings", "s", frozenset({May.MANAGE_SETTINGS})),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the base page; nothing for who is not signed in."""
    user = request.user
    if not isinstance(user, User):
        return {}
    # A page that read the practice already leaves it here.
    practice = getattr(request, "practice", None) or Practice.objects.filter(pk=1).only("name").first()
    return {
        "nav_items": [item for place in PLACES if (item := _item(place, user, request.path))],
        "practice_name": practice.name if practice else "",
        "density": request.session.get("density", "standard"),
    }


def first_place(user: User) -> str | None:
    """Where somebody without a day of their own begins; None if nothing is theirs."""
    items = (_item(place, user, "") for place in PLACES)
    return next((item["url"] for item in items if item), None)


def _item(place: Place, user: User, path: str) -> dict[str, Any] | None:
    if not place.permissions & user.permissions:
        return None
    try:
        url = reverse(f"dashboard:{place.url_name}")
    except NoReverseMatch:  # an area that is not there yet leads nowhere
        return None
    active = path == url if url == "/" else path.startswith(url)
    return {"label": _(place.label), "icon": place.icon, "url": url, "key": place.key, "active": active}
