"""A supervisor reads the reports: what stands out, its chart, another stretch of time, and a sheet to take along."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from clients.models import Case
from sessions_app.models import TherapySession
from tests.conftest import case_of, person
from tests.plugins.everybody import IsForEverybody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Lay = Callable[..., TherapySession]
WEEKS = 6


def _weeks_of(leader: User, lay: Lay, *, monday: date, weekday: int, misses: int) -> None:
    """Five people come once a week, and miss so many of the first weeks."""
    for n in range(5):
        client = person("Ann", f"N{weekday}{n}", 700 + 10 * weekday + n)
        case = case_of(leader, Case.Kind.INDIVIDUAL, client)
        for week in range(WEEKS):
            on = monday + timedelta(weeks=week, days=weekday)
            lay(case, ends={client: "no_show" if week < misses else "attended"}, on=on)


def test_what_stands_out_is_read_narrowed_and_taken_along(
    open_page: Callable[..., Page],
    amara: User,
    luis: User,
    dana: User,
    lay: Lay,
    is_for_everybody: IsForEverybody,
) -> None:
    today = date.today()  # noqa: DTZ011  # the server's clock runs; weeks ago it is over in every zone
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS + 1)
    _weeks_of(amara, lay, monday=monday, weekday=0, misses=3)
    _weeks_of(luis, lay, monday=monday, weekday=3, misses=0)
    page = open_page(dana, "/follow-ups/")
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.get_by_role("link", name="When they are missed").first.click()
    # One sentence, and the chart of the very table beneath it.
    expect(
        page.get_by_text("Monday morning: missed far more often than the others, 15 of 30.")
    ).to_be_visible()
    expect(page.get_by_role("img", name="By day and time of day, drawn.")).to_be_visible()
    is_for_everybody(page)

    # Another stretch of time goes along to the other reports, and stands in the address.
    page.get_by_label("Period").select_option("This month")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/reports/when/\?period=1"))
    page.get_by_role("link", name="Attendance", exact=True).click()
    expect(page).to_have_url(re.compile(r"/reports/attendance/\?period=1$"))
    page.get_by_role("link", name="Show everything").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Month by month, as a sheet (CSV)").click()
    assert download.value.suggested_filename == "kept-attendance-months.csv"
    page.get_by_text("What is counted").first.click()
    expect(page.get_by_text("Never taken for a miss")).to_be_visible()


AXIS = """() => {
  const canvas = document.querySelector("[data-chart] canvas");
  return canvas && window.Chart.getChart(canvas)?.options.scales.x.ticks.color;
}"""


def test_a_chart_is_dark_on_light_paper_whatever_the_screen_is(
    open_page: Callable[..., Page], amara: User, luis: User, dana: User, lay: Lay
) -> None:
    """From a dark screen it was printed in its colours: pale words on white."""
    today = date.today()  # noqa: DTZ011  # the server's clock runs; weeks ago it is over in every zone
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS + 1)
    for weekday, leader in enumerate((amara, luis)):
        _weeks_of(leader, lay, monday=monday, weekday=weekday, misses=3)
    page = open_page(dana, "/reports/when/")
    expect(page.get_by_role("img", name="By day and time of day, drawn.")).to_be_visible()
    light = page.evaluate(AXIS)
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    page.wait_for_function(f"light => ({AXIS})() !== light", arg=light)
    dark = page.evaluate(AXIS)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(AXIS) == light
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(AXIS) == dark
