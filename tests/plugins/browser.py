"""Finds a Chromium for the browser tests, and says so plainly when there is none."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

# The shell draws the same pages without windows, menus and tabs of its own, with a tenth of the work for each page.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHTS_OWN = (
    "chromium_headless_shell-*/chrome-*/*headless[_-]shell",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
# Whatever axe finds, without the list of all that passed: to bring that over takes longer than to look.
AXE_OPTIONS = {"preload": False, "resultTypes": ["violations"]}
MISSING = (
    "no Chromium was found. Install one (apt-get install chromium-headless-shell, or: .venv/bin/playwright install chromium)"
    " or name it in KEPT_CHROMIUM."
)


def find_chromium() -> str | None:
    """Return the browser to drive: KEPT_CHROMIUM, the system's, or Playwright's own."""
    named = os.environ.get("KEPT_CHROMIUM")
    if named:
        return shutil.which(named)
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return next((str(path) for path in _playwrights_own() if os.access(path, os.X_OK)), None)


def _playwrights_own() -> Iterator[Path]:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    for pattern in PLAYWRIGHTS_OWN:
        yield from sorted(cache.glob(pattern), reverse=True)


# An expectation ends as soon as it holds; this is what a crowded machine may need at worst.
expect.set_options(timeout=20_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and find_chromium() is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"Browser tests must run here, but {MISSING}", pytrace=False)
        pytest.skip(f"not run: {MISSING}")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = [report for report in skipped if MISSING in str(report.longrepr)]
    if left_out:
        terminalreporter.section("Browser tests were NOT run", yellow=True, bold=True)
        terminalreporter.line(f"{len(left_out)} browser tests were not run: {MISSING}")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Launch the Chromium that was found, quietly and without calling home."""
    # Playwright keeps an event loop in this thread, which Django takes for an async caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {"executable_path": find_chromium(), "headless": True, "args": [*QUIET, *as_root]}


def visit(page: Page, url: str) -> None:
    """Open an address, and wait until a person could type there.

    A field with autofocus has the focus only once the page is drawn; keys pressed before go nowhere.
    """
    page.goto(url)
    field = page.locator("[autofocus]:not(dialog *)")
    if field.count():
        expect(field.first).to_be_focused()


if __name__ == "__main__":
    sys.exit(0 if find_chromium() else 1)
