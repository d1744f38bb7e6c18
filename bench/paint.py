"""First contentful paint of the board of a hundred participants on a mid phone: a first visit, and a second.

A Chromium of this machine is slowed down through the DevTools protocol: its CPU four times, its line to
1.6 Mbit/s down, 750 kbit/s up and a round trip of 150 ms. A first visit has an empty cache, a second what the
first has left. Files come as in production (`bench.served`): compressed, under names that last. What is
different: the server is on the same machine, without TLS, over HTTP/1.1, and the page itself is not
compressed, as a proxy in front may do. The floor is the same visit with nothing slowed down.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from accounts.services import get_practice
from bench.board import fetch, serving, sign_in
from bench.filling import A_DAY
from bench.report import figure
from bench.world import ROOT, World
from tests.plugins.browser import MISSING, QUIET, find_chromium

SETTINGS = {"DJANGO_SETTINGS_MODULE": "bench.served"}
VISITS = 5
CPU_TIMES_SLOWER = 4
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
_PAINTED = """() => new Promise((done, fail) => {
    new PerformanceObserver(seen => {
        for (const one of seen.getEntriesByName("first-contentful-paint")) done(one.startTime);
    }).observe({type: "paint", buffered: true});
    setTimeout(() => fail(new Error("nothing was painted within a minute")), 60_000);
})"""
_SENT = "() => performance.getEntries().reduce((sum, one) => sum + (one.transferSize || 0), 0)"


@dataclass(frozen=True)
class Visit:
    """When something could first be read, in milliseconds, and what had come over the line."""

    painted_ms: float
    kilobytes: float


@dataclass(frozen=True)
class Board:
    """Where the board is, and who looks at it."""

    address: str
    cookie: str
    slowed: bool = True


def run(at: World) -> None:
    """Print the median of five first visits and of five second ones, each with the longest."""
    day = get_practice().today(timezone.now()).isoformat()
    cookie = sign_in()
    _lay_out_files()
    with serving(at, SETTINGS) as web:
        path = f"/board/?on={day}"
        _warm(web.port, path, cookie)
        address = f"http://127.0.0.1:{web.port}{path}"
        with _chromium() as browser:
            floors = _visits(browser, Board(address, cookie, slowed=False))
            visits = _visits(browser, Board(address, cookie))
    for name, seen, floor in zip(("first_visit", "second_visit"), visits, floors, strict=True):
        _print(name, seen, floor)


def _lay_out_files() -> None:
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | SETTINGS, check=True)


def _warm(port: int, path: str, cookie: str) -> None:
    """The server has drawn the page before, and it is the one of a hundred."""
    body = fetch(port, [path] * 16, cookie)
    if body.count(b"Family") < A_DAY:
        raise SystemExit(f"{path} shows fewer than {A_DAY} participants:\n{body[:500]!r}")


@contextmanager
def _chromium() -> Iterator[Browser]:
    found = find_chromium()
    if found is None:
        raise SystemExit(f"Nothing was measured: {MISSING}")
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*QUIET, *as_root])
        yield browser
        browser.close()


def _visits(browser: Browser, board: Board) -> tuple[list[Visit], list[Visit]]:
    """So many first visits, and the second that followed each."""
    pairs = [_twice(browser, board) for _ in range(VISITS)]
    return [first for first, _ in pairs], [second for _, second in pairs]


def _twice(browser: Browser, board: Board) -> tuple[Visit, Visit]:
    """On a phone that has never been here: its cache is its own."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    name, _, value = board.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": board.address}])
    page = context.new_page()
    if board.slowed:
        _slow_down(page)
    pair = _visit(page, board.address), _visit(page, board.address)
    context.close()
    return pair


def _slow_down(page: Page) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", LINE)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_TIMES_SLOWER})


def _visit(page: Page, address: str) -> Visit:
    page.goto("about:blank")
    answer = page.goto(address)
    if answer is None or answer.status != 200 or urlsplit(page.url).path != "/board/":
        raise SystemExit(f"{address} led to {page.url}: {answer and answer.status}")
    painted: float = page.evaluate(_PAINTED)
    sent: float = page.evaluate(_SENT)
    return Visit(painted, sent / 1000)


def _print(name: str, visits: Sequence[Visit], floor: Sequence[Visit]) -> None:
    figure(
        f"paint_{name}",
        _median(visits),
        "ms",
        floor=_median(floor),
        longest=round(max(one.painted_ms for one in visits)),
        visits=len(visits),
        kilobytes=round(statistics.median(one.kilobytes for one in visits)),
    )


def _median(visits: Sequence[Visit]) -> float:
    return float(statistics.median(one.painted_ms for one in visits))
