"""`python -m scripts.screenshots`: every page in every look into var/screenshots, and the README's pictures.

One process and one browser. A demonstration that runs already is used; else one is started and ended again.
A run that was cut short goes on where it stopped. `--only TEXT` takes the pages with that in their name anew,
`--chosen` only the pictures of the README and the docs.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from urllib.request import urlopen

import django
from playwright.sync_api import Browser, sync_playwright

from config.children import end, spawn
from config.engines import EngineError
from config.places import ROOT
from scripts.screenshots import chosen, sheets
from scripts.screenshots.desks import SANDBOX, WEB
from tests.plugins.browser import QUIET, find_chromium

UP_WITHIN_SECONDS = 600


def main() -> int:
    """Take the pictures; 1 if a page keeps somebody out, complains or scrolls sideways."""
    parser = argparse.ArgumentParser(prog="python -m scripts.screenshots", description=__doc__)
    parser.add_argument("--only", default="", help="pages with this in their name, anew")
    parser.add_argument("--chosen", action="store_true", help="only the README's pictures")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    django.setup()
    try:
        with _demonstration(), _chromium() as browser:
            return _take(browser, only=asked.only, without_walk=asked.chosen)
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1


def _take(browser: Browser, *, only: str, without_walk: bool) -> int:
    found = 0
    if not without_walk:
        # It asks the URLconf, which Django has to know first.
        found = import_module("scripts.screenshots.every").take(browser, only=only)
        sheets.lay_out()
    return found if only else chosen.take(browser) or found


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*QUIET, *as_root])
        yield browser
        browser.close()


@contextmanager
def _demonstration() -> Iterator[None]:
    """The one that runs, or one of our own."""
    if _answers(WEB):
        yield
        return
    print("Starting the demonstration ...")
    demo = spawn(
        [sys.executable, "-m", "config.demo"], cwd=ROOT, output=subprocess.DEVNULL, environment=os.environ
    )
    try:
        _wait_for(demo)
        yield
    finally:
        end(demo, (signal.SIGINT, 30), (signal.SIGKILL, 5))


def _wait_for(demo: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + UP_WITHIN_SECONDS
    while not (_answers(f"{WEB}/healthz") and _answers(SANDBOX)):
        if demo.poll() is not None or time.monotonic() > until:
            raise EngineError("The demonstration did not start. Its own words: make demo")
        time.sleep(1)


def _answers(address: str) -> bool:
    try:
        urlopen(address, timeout=5).close()  # our own loopback address
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
