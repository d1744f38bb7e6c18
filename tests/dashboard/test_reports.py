"""The reports: who sees whose figures, what is too few to say, and sheets that no spreadsheet runs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from clients.models import Case, Client
from dashboard.reports.as_csv import harmless
from dashboard.reports.saying import Group, stands_out
from dashboard.reports.tables import Column, Line, Table, hide_small
from sessions_app.models import TherapySession
from tests.conftest import NOW, case_of, person

REPORTS = (
    "attendance",
    "when",
    "reminders",
    "after-a-miss",
    "barriers",
    "together",
    "court",
    "freed",
    "costs",
)
SignIn = Callable[[User], Browser]
Lay = Callable[..., TherapySession]
MONDAY, THURSDAY = date(2026, 10, 5), date(2026, 10, 8)


@pytest.fixture(autouse=True)
def at_nine() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]  # of the test client


def line(label: str, counted: int, clients: int = 9) -> Line:
    return Line(label=label, values=(counted,), counted=counted, clients=clients)


def hidden(*lines: Line) -> set[str]:
    return {str(one.label) for one in hide_small(lines) if one.is_hidden}


def test_a_small_line_is_hidden_and_one_more_so_that_it_does_not_follow_from_the_total() -> None:
    assert hidden(line("a", 100), line("b", 4), line("c", 30)) == {"b", "c"}
    assert hidden(line("a", 100), line("b", 60), line("c", 30)) == set()
    assert hidden(line("a", 100), line("b", 80, clients=2), line("c", 30)) == {"b", "c"}
    assert hidden(line("a", 100), line("b", 4), line("c", 4), line("d", 30)) == {"b", "c", "d"}
    assert hidden(line("a", 100), line("b", 6), line("c", 6), line("d", 30)) == {"b", "c"}
    # What was hidden before stays hidden, in whatever order it stands.
    once = hide_small([line("a", 30), line("b", 4), line("c", 30)])
    assert hidden(*reversed(once)) == {"a", "b"}
    # Nothing at all gives nobody away.
    assert hidden(line("a", 100), line("b", 0, clients=0)) == {"b"}


def test_lines_that_all_say_too_few_are_one_sentence_and_one_mark_is_no_chart() -> None:
    columns = (Column(label="N", means="n", drawn="attended"),)
    few = Table(
        name="few", title="", head="", columns=columns, lines=[line("a", 4), line("b", 8)], chart="bars"
    )
    assert (few.hides_all, few.is_too_few, few.is_drawn) == (True, True, False)
    whole = replace(few, total=line("All of them", 12))
    assert (whole.hides_all, whole.is_too_few) == (True, False)
    ripe = replace(line("c", 30), values=(None,))
    assert not replace(few, lines=[line("a", 30), ripe]).is_drawn
    assert replace(few, lines=[line("a", 30), line("b", 30)]).is_drawn


def test_a_sentence_is_said_only_where_the_numbers_carry_it() -> None:
    rest = Group(name="Else", part=40, whole=600)
    found = stands_out([Group(name="Monday morning", part=14, whole=96), rest])
    assert found is not None
    assert found[0].name == "Monday morning"
    assert found[1] == pytest.approx((14 / 96) / (40 / 600))
    assert stands_out([Group(name="Friday evening", part=4, whole=20), rest]) is None  # too few
    assert stands_out([Group(name="Friday evening", part=8, whole=96), rest]) is None  # may be chance


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\uff1dx"])
def test_no_cell_of_a_sheet_is_a_formula(begins: str) -> None:
    assert harmless(begins) == f"'{begins}"
    assert harmless("Monday") == "Monday"


@pytest.fixture
def colleagues() -> list[User]:
    """Three who see clients besides."""
    return [
        User.objects.create_user(email=f"{name}@example.com", name=name, roles=["clinician"])
        for name in ("Ben", "Cleo", "Dee")
    ]


@pytest.fixture
def year(lay: Lay, amara: User, luis: User) -> None:
    """Amara's six people come on Mondays and miss one in two; Luis's six come on Thursdays."""
    for leader, first, number, missed in ((amara, MONDAY, 400, 2), (luis, THURSDAY, 420, 99)):
        people = [person("Ann", f"N{number + n}", number + n) for n in range(6)]
        for n, client in enumerate(people):
            case = case_of(leader, Case.Kind.INDIVIDUAL, client)
            for week in range(6):
                end = "no_show" if (n + week) % missed == 1 else "attended"
                lay(case, ends={client: end}, on=first + timedelta(weeks=week), at=9)


def page(browser: Browser, name: str, **asked: str) -> str:
    return words(browser.get(reverse(f"dashboard:report-{name}"), asked))


@pytest.mark.usefixtures("year")
def test_everybody_sees_the_figures_that_are_theirs(
    browser_of: SignIn, amara: User, luis: User, dana: User, desk: User, admin_user: User
) -> None:
    # Amara: 18 of 36 missed; Luis: 2 of 36.
    assert "18 of 36 expected" in page(browser_of(amara), "attendance")
    for user in (dana, desk, admin_user):
        assert "of 72 expected" in page(browser_of(user), "attendance")
    by_clinician = "By clinician, in the order of the alphabet"
    for user, sees in ((amara, False), (desk, False), (dana, True), (admin_user, True)):
        assert (by_clinician in page(browser_of(user), "when")) is sees, user.name
    # With one colleague, the practice beside oneself would be that colleague.
    beside = page(browser_of(luis), "when")
    assert "You beside the practice" in beside
    assert "The practice as a whole" not in beside
    assert amara.name not in beside


@pytest.mark.usefixtures("year")
def test_the_report_says_what_stands_out_and_the_filters_stand_in_the_address(
    browser_of: SignIn, desk: User, amara: User, dana: User
) -> None:
    browser = browser_of(desk)
    assert "Monday morning: missed far more often than the others, 18 of 36." in page(browser, "when")
    answer = page(browser, "when", period="days", first="2026-10-01", last="2026-10-31", mode="video")
    assert "period=days&amp;first=2026-10-01&amp;last=2026-10-31&amp;mode=video" in answer
    assert "Nothing to count here yet" in answer
    refused = browser.get(
        reverse("dashboard:report-when"), {"period": "days", "first": "2026-10-31", "last": "2026-10-01"}
    )
    assert refused.status_code == 422
    assert "The first day comes before the last" in words(refused)
    # The desk has no such filter, and a supervisor only those under them.
    assert "of 72 expected" in page(browser, "attendance", clinician=str(amara.public_id))
    assert "of 36 expected" in page(browser_of(dana), "attendance", clinician=str(amara.public_id))


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize(
    ("language", "days"), [("en", ["Sunday", "Monday", "Thursday"]), ("es", ["lunes", "jueves", "domingo"])]
)
def test_days_stand_in_the_order_of_the_readers_week_and_the_same_ones_are_hidden(
    language: str, days: list[str], browser_of: SignIn, desk: User, lay: Lay, rosa_case: Case, rosa: Client
) -> None:
    lay(rosa_case, ends={rosa: "no_show"}, on=MONDAY - timedelta(days=1), at=9)
    User.objects.filter(pk=desk.pk).update(language=language)
    answer = browser_of(desk).get(reverse("dashboard:report-when-sheet", args=["week"]))
    lines = answer.content.decode("utf-8-sig").lower().splitlines()[1:4]
    assert [each.split()[0] for each in lines] == [day.lower() for day in days]
    [shown] = [each for each in lines if "36,34,2" in each]
    assert shown.startswith(("thursday", "jueves"))


@pytest.mark.usefixtures("year")
def test_a_sheet_has_what_its_table_has(
    browser_of: SignIn, desk: User, lay: Lay, rosa_case: Case, rosa: Client
) -> None:
    lay(rosa_case, ends={rosa: "no_show"}, on=THURSDAY, at=18)
    answer = browser_of(desk).get(reverse("dashboard:report-when-sheet", args=["week"]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == 'Time,Expected,Attended,Missed,"Missed, share"'
    assert lines[1:] == [
        # Beside one hidden line alone it would follow from the total: another goes with it.
        "Monday morning,too few to say",
        "Thursday morning,36,34,2,0.0556",
        "Thursday evening,too few to say",
        "All of them,73,52,21,0.2877",
    ]  # fmt: skip
    assert browser_of(desk).get(reverse("dashboard:report-when-sheet", args=["nothing"])).status_code == 404


def test_a_report_asks_as_many_questions_of_a_year_as_of_nothing(
    browser_of: SignIn,
    dana: User,
    request: pytest.FixtureRequest,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = browser_of(dana)
    for _size in range(2):
        for name in REPORTS:
            with django_assert_max_num_queries(22):
                page(browser, name)
        request.getfixturevalue("year")


def test_the_practice_beside_oneself_is_not_told_twice_so_that_a_colleague_follows(
    browser_of: SignIn, lay: Lay, amara: User, colleagues: list[User]
) -> None:
    """With a place chosen and without, the difference would be the colleague who works elsewhere."""
    for number, leader in enumerate((amara, *colleagues)):
        for n in range(5):
            case = case_of(leader, Case.Kind.INDIVIDUAL, client := person("Ann", "N", 460 + 5 * number + n))
            for week in range(2):
                lay(case, ends={client: "attended"}, on=MONDAY + timedelta(weeks=week))
    browser, whole = browser_of(amara), '<th scope="row">The practice as a whole</th>'
    assert whole in page(browser, "when")
    assert whole in page(browser, "when", period="3")
    for narrowed in ({"mode": "in_person"}, {"kind": "individual"}):
        assert whole not in page(browser, "when", **narrowed)
    assert whole not in page(browser, "when", period="days", first="2026-10-01", last="2026-10-31")


def test_what_stands_on_one_person_is_said_nowhere(
    browser_of: SignIn, lay: Lay, desk: User, rosa_case: Case, rosa: Client, field_case: Case
) -> None:
    """Not at a glance and in no sentence either, however often they were expected."""
    couple = dict.fromkeys(field_case.clients.all(), "no_show")
    for day in range(32):
        lay(rosa_case, ends={rosa: "no_show"}, on=MONDAY + timedelta(days=day))
        lay(field_case, ends=couple, on=MONDAY + timedelta(days=day), at=11)
    browser = browser_of(desk)
    seen = page(browser, "attendance")
    assert "of 96 expected" not in seen
    assert "Missed by everybody" not in seen
    # Lines that all say so are one sentence.
    assert seen.count("Too few to say yet") == 2
    assert "far more often" not in page(browser, "when")


@pytest.mark.usefixtures("year")
def test_imported_history_without_a_time_is_counted_under_a_line_of_its_own(
    browser_of: SignIn, desk: User, amara: User, lay: Lay
) -> None:
    case = case_of(amara, Case.Kind.INDIVIDUAL, client := person("Ann", "Nobody", 450))
    session = lay(case, ends={client: "attended"}, on=MONDAY)
    TherapySession.objects.filter(pk=session.pk).update(at=None, is_history=True)
    browser = browser_of(desk)
    for name in ("week", "hours"):
        sheet = browser.get(reverse("dashboard:report-when-sheet", args=[name])).content.decode("utf-8-sig")
        assert sheet.splitlines()[-2:] == ["Not known,too few to say", "All of them,73,53,20,0.2740"], name


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"period": "days", "first": "9999-01-01", "last": "9999-12-31"}, 422),
        ({"period": "days", "first": "0001-01-01", "last": "0001-01-02"}, 422),
        ({"period": "days", "first": "2026-10-01", "last": "2032-10-01"}, 422),
        ({"period": "days", "first": "1900-01-01", "last": "1900-01-01"}, 200),
        ({"period": "years", "place": "x", "mode": "\x00", "kind": "'", "clinician": "1"}, 422),
        ({"clinician": "nobody of hers"}, 422),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    asked: dict[str, str], status: int, browser_of: SignIn, dana: User, desk: User
) -> None:
    # Somebody who leads nobody is none of hers to ask about.
    asked = asked | ({"clinician": str(desk.public_id)} if asked.get("clinician") == "nobody of hers" else {})
    for name in ("attendance", "freed"):
        answer = browser_of(dana).get(reverse(f"dashboard:report-{name}"), asked)
        assert answer.status_code == status
    sheet = browser_of(dana).get(reverse("dashboard:report-attendance-sheet", args=["months"]), asked)
    assert sheet.status_code == (200 if status == 200 else 404)
