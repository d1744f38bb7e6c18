"""Finds every page that the URLconf names, and who reads it, by walking from link to link.

Nothing lists the pages: a new one is found because a route of it exists. Its address comes from a link that
somebody of the demonstration meets, or from the id of a thing that another page named.
"""

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from playwright.sync_api import APIRequestContext

from scripts.screenshots.desks import SANDBOX, WEB
from scripts.screenshots.links import links_of_clients, links_of_staff
from tests.access_table import ALLOWED, ITS_OWN, ROUTES, Route

# Who reads a page where several may: the clinician, then the desk, the supervisor, the admin; clients and guests.
READERS = {"own": "amara", "desk": "fran", "supervisor": "dana", "admin": "ari"}
AT_THE_DESK = (
    "board",
    "not-recorded",
    "walk-in",
    "waitlist",
    "messages",
    "calls",
    "numbers",
    "forecast",
    "inbox",
)
GUEST = ""
# Several of these look different from one another.
SEVERAL = {
    "dashboard:follow-up": 3, "dashboard:case": 3, "dashboard:client": 2, "dashboard:session": 2,
    "portal:time": 14, "portal:cancellation": 4, "portal:another-time": 2, "portal:done": 11, "portal:offer": 2,
}  # fmt: skip
# Other views of a page, which an address asks for.
VIEWS = {"dashboard:board": "view=list", "dashboard:calendar": "view=day"}
LOOKED_INTO = 40  # addresses of one route that are read for their links
SHOWN = (200, 410)  # what a client reads whose link is over is a page as well
TRIED = 6  # ids of a thing that are tried for a route that no link leads to
LINK = re.compile(r"""(?:href|action)="([^"#]+)""")
NOT_PAGES = ("api:", "healthz", "readyz", "metrics")


class Shown(NamedTuple):
    """One page to look at."""

    name: str
    route: str
    reader: str
    address: str


@dataclass
class Walk:
    """What one reader meets."""

    reader: str
    asking: APIRequestContext
    mine: frozenset[str]
    found: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    things: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    waiting: deque[str] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    read: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    # What answered with something else than a page: a part of one, a sheet, a paper, a way to elsewhere.
    no_pages: set[str] = field(default_factory=set)

    def run(self, beginnings: Iterable[str]) -> None:
        """Follow every link from here, and then try what no link leads to."""
        self._follow(beginnings)
        for route in ROUTES:
            if route.name in self.mine and route.of and not self.found[route.name]:
                self._follow(list(_named(route, self.things[route.of]))[:TRIED])

    def _follow(self, addresses: Iterable[str]) -> None:
        self.waiting.extend(addresses)
        while self.waiting:
            self._look_into(self.waiting.popleft())

    def _look_into(self, address: str) -> None:
        path = urlsplit(address).path
        try:
            match = resolve(path)
        except Resolver404:
            return
        route = match.view_name
        self._remember(route, match.kwargs)
        if path in self.seen or route not in self.mine or self.read[route] >= LOOKED_INTO:
            return
        self.seen.add(path)
        self.read[route] += 1
        answer = self.asking.get(urljoin(WEB, path))
        if urlsplit(answer.url).path != path:
            self.no_pages.add(route)
            return
        words = answer.text() if "html" in answer.headers.get("content-type", "") else ""
        self.waiting.extend(unescape(link) for link in LINK.findall(words))
        if "<html" in words and answer.status in SHOWN:
            self.found[route].append(path)
        elif answer.ok:
            self.no_pages.add(route)

    def _remember(self, route: str, kwargs: dict[str, object]) -> None:
        of = NAMED[route].of if route in NAMED else ""
        for value in kwargs.values():
            if of and len(kwargs) == 1:
                self.things[of].add(str(value))


NAMED = {route.name: route for route in ROUTES}


class Tour(NamedTuple):
    """What a reader is shown, and the routes that answered, if not with a page."""

    pages: list[Shown]
    no_pages: set[str]


def tour_of(name: str, asking: APIRequestContext, shown: Collection[str]) -> Tour:
    """What this reader reads by nature, and whatever of the rest nobody was shown yet.

    Each page once, the few that differ in kind more often.
    """
    walk = Walk(READERS.get(name, GUEST), asking, frozenset(_open_to(name)))
    walk.run([*_beginnings(walk.mine), *links_of_staff()] if name else _links_of_clients(asking))
    wanted = [route for route in walk.found if _reader_of(NAMED[route]) == name or route not in shown]
    return Tour([page for route in wanted for page in _chosen(walk, route)], walk.no_pages)


def tour_of_second_steps(who: str, asking: APIRequestContext) -> Tour:
    """One's own sign-in, as it is for somebody who has second steps."""
    mine = frozenset(name for name in routes_to_show() if name.startswith("mfa_"))
    walk = Walk(who, asking, mine)
    walk.run(_beginnings(mine))
    return Tour([page for route in walk.found for page in _chosen(walk, route)], walk.no_pages)


def _chosen(walk: Walk, route: str) -> list[Shown]:
    short = route.rpartition(":")[2]
    who = walk.reader or "guest"
    paths = walk.found[route][: SEVERAL.get(route, 1)]
    shown = [
        Shown(f"{short}-{who}{f'-{number}' if number else ''}", route, walk.reader, path)
        for number, path in enumerate(paths)
    ]
    if route in VIEWS:
        shown.append(Shown(f"{short}-{who}-view", route, walk.reader, f"{paths[0]}?{VIEWS[route]}"))
    return shown


def routes_to_show() -> list[str]:
    """The names of all routes that answer GET with something to read."""
    return [route.name for route in ROUTES if route.GET and not route.name.startswith(NOT_PAGES)]


def _open_to(name: str) -> Iterable[str]:
    """What this reader reads by nature, and may read of what others before them do."""
    order = (*READERS, GUEST)
    earlier = order[: order.index(name)]
    for route in ROUTES:
        if not route.GET or route.name.startswith(NOT_PAGES):
            continue
        reader = _reader_of(route)
        may = route.GET.get(name) in (ALLOWED, ITS_OWN) and reader in earlier
        if reader == name or may:
            yield route.name


def _reader_of(route: Route) -> str:
    """Who reads this page by nature: a key of READERS, "" for clients and guests."""
    audience = route.GET or {}
    if audience.get("nobody") in (ALLOWED, ITS_OWN):
        return GUEST
    first = ("desk", "own") if route.name.rpartition(":")[2] in AT_THE_DESK else ("own", "desk")
    order = (*first, "supervisor", "admin")
    return next((role for role in order if audience.get(role) in (ALLOWED, ITS_OWN)), GUEST)


def _beginnings(mine: frozenset[str]) -> Iterable[str]:
    for route in ROUTES:
        if route.name not in mine:
            continue
        try:
            yield reverse(route.name, kwargs=route.parts or None)
        except NoReverseMatch:
            continue  # of a thing: a link leads there


def _named(route: Route, ids: Iterable[str]) -> Iterable[str]:
    for public_id in sorted(ids):
        try:
            yield reverse(route.name, args=[public_id])
        except NoReverseMatch:
            return


def _links_of_clients(asking: APIRequestContext) -> Iterable[str]:
    """Signed links, those in the texts on clients' telephones too, and the pages before signing in."""
    yield from _beginnings(frozenset(_open_to(GUEST)))
    yield from links_of_clients()
    phones = re.findall(r'href="(/phones/[^"]+)"', asking.get(SANDBOX).text())
    for phone in dict.fromkeys(phones):
        words = asking.get(urljoin(SANDBOX, unescape(phone))).text()
        yield from re.findall(r"/[to]/[\w.:~-]+/", words)
