"""What a board shows, as it stands in the address: its day, filters, view and open session."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date

TIMELINE, LIST = "timeline", "list"
# Where a button was pressed: the page to come back to.
BOARD, NOT_RECORDED, TODAY = "board", "not-recorded", "today"
_PAGES = {BOARD: "dashboard:board", NOT_RECORDED: "dashboard:not-recorded", TODAY: "dashboard:today"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """One desk's look at the board; anything unreadable in the address is its default."""

    on: date
    today: date
    location: str | None = None
    clinician: str | None = None
    view: str = TIMELINE
    session: str | None = None
    cancelled: bool | None = None
    page: str = BOARD

    @classmethod
    def read(cls, asked: QueryDict, *, today: date) -> "Looking":
        page = asked.get("page", BOARD)
        return cls(
            on=_day(asked.get("on", "")) or today,
            today=today,
            location=_id(asked.get("location", "")),
            clinician=_id(asked.get("clinician", "")),
            view=LIST if asked.get("view") == LIST else TIMELINE,
            session=_id(asked.get("session", "")),
            cancelled={"show": True, "hide": False}.get(asked.get("cancelled", "")),
            page=page if page in _PAGES else BOARD,
        )

    @property
    def query(self) -> str:
        """The look as a query string; what is as usual is left out."""
        shown: dict[str, Any] = {
            "on": self.on.isoformat() if self.on != self.today else "",
            "location": self.location,
            "clinician": self.clinician,
            "view": LIST if self.view == LIST else "",
            "session": self.session,
            "cancelled": {True: "show", False: "hide", None: ""}[self.cancelled],
            "page": self.page if self.page != BOARD else "",
        }
        return urlencode({name: value for name, value in shown.items() if value})

    @property
    def url(self) -> str:
        """The page that shows this."""
        query = self.query if self.page == BOARD else ""
        return f"{_address(self.page)}?{query}" if query else _address(self.page)

    @property
    def is_list(self) -> bool:
        return self.view == LIST

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    # The looks that the page links to.

    @property
    def as_timeline(self) -> "Looking":
        return replace(self, view=TIMELINE)

    @property
    def as_list(self) -> "Looking":
        return replace(self, view=LIST)

    @property
    def day_before(self) -> "Looking":
        return replace(self, on=self.on - timedelta(days=1), session=None)

    @property
    def day_after(self) -> "Looking":
        return replace(self, on=self.on + timedelta(days=1), session=None)

    @property
    def back_today(self) -> "Looking":
        return replace(self, on=self.today, session=None)

    @property
    def closed(self) -> "Looking":
        return replace(self, session=None)

    def opening(self, session: str) -> "Looking":
        return replace(self, session=session)

    def at(self, location: str | None) -> "Looking":
        return replace(self, location=location, session=None)

    @property
    def everywhere(self) -> "Looking":
        return self.at(None)

    def of(self, clinician: str | None) -> "Looking":
        return replace(self, clinician=clinician, session=None)

    @property
    def of_everyone(self) -> "Looking":
        return self.of(None)

    def on_page(self, page: str) -> "Looking":
        return replace(self, page=page)

    @property
    def with_cancelled(self) -> "Looking":
        return replace(self, cancelled=True)

    @property
    def without_cancelled(self) -> "Looking":
        return replace(self, cancelled=False)


@cache
def _address(page: str) -> str:
    """Kept: one board links to three dozen looks."""
    return reverse(_PAGES[page])


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    # A day at either end of the calendar has no neighbour.
    return day if day and 1900 < day.year < 2200 else None


def _id(text: str) -> str | None:
    """A public id as the rows of the board have it."""
    try:
        return str(UUID(text)) if text else None
    except ValueError:
        return None
