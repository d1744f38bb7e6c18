"""The day board: who sees what, one press per outcome, undo, and two desks at one row."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import User, ViewLog
from accounts.services import deactivate_staff
from attendance.models import AttendanceRecord, BarrierNamed
from attendance.services import Seen, record_outcome
from clients.models import Case, Client
from sessions_app.models import CancelledBy, Location, Participant, TherapySession
from sessions_app.services import cancel_session, mark_arrived
from tests.conftest import NOW, TODAY, case_of, person

BookSession = Callable[..., TherapySession]
# 10:12 in Chicago: the session at ten is twelve minutes old.
DURING = datetime(2026, 11, 16, 16, 12, tzinfo=UTC)
OVER = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


SignIn = Callable[[User], Browser]
Committed = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Committed) -> Committed:
    """Does at once what waits for a commit: the pages are told."""
    return django_capture_on_commit_callbacks


def press(browser: Browser, participant: Participant, outcome: str, **sent: object) -> object:
    url = reverse("dashboard:outcome", args=[participant.public_id])
    return browser.post(url, {"outcome": outcome, **sent})


def sign_out(desk: User, admin: User, browser: Browser) -> None:
    browser.post(reverse("account_logout"))


def deactivate(desk: User, admin: User, browser: Browser) -> None:
    deactivate_staff(user=desk, actor=admin, now=NOW)


def asks_with(page: bytes) -> dict[str, str]:
    """What this page's next poll asks with."""
    [seen] = re.findall(r'<div id="board-seen".*?</div>', page.decode(), re.DOTALL)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', seen))


def words(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.decode()))


@pytest.mark.parametrize("view", ["timeline", "list"])
def test_the_desk_sees_everybody_and_a_clinician_their_own(
    view: str,
    browser_of: SignIn,
    desk: User,
    amara: User,
    dana: User,
    rosa_case: Case,
    quinn_case: Case,
    book: BookSession,
) -> None:
    book(rosa_case)
    book(quinn_case, at="11:00")
    for user, sees in (
        (desk, {"Rosa Mendes", "Ella Quinn"}),
        (amara, {"Rosa Mendes"}),
        (dana, {"Rosa Mendes", "Ella Quinn"}),
    ):
        page = browser_of(user).get(reverse("dashboard:board"), {"view": view}).content.decode()
        assert {name for name in ("Rosa Mendes", "Ella Quinn") if name in page} == sees


def test_a_practice_admin_has_no_board(browser_of: SignIn, admin_user: User) -> None:
    assert browser_of(admin_user).get(reverse("dashboard:board")).status_code == 403


def test_filters_leave_one_clinician_and_one_place(
    browser_of: SignIn,
    desk: User,
    amara: User,
    rosa_case: Case,
    quinn_case: Case,
    place: Location,
    book: BookSession,
) -> None:
    book(rosa_case)
    elsewhere = book(quinn_case, at="11:00", location=None, room=None)
    url = reverse("dashboard:board")
    of_amara = browser_of(desk).get(url, {"clinician": str(amara.public_id)}).content.decode()
    assert "Rosa Mendes" in of_amara
    assert "Ella Quinn" not in of_amara
    at_place = browser_of(desk).get(url, {"location": str(place.public_id)}).content.decode()
    assert "Rosa Mendes" in at_place
    assert str(elsewhere.public_id) not in at_place


def test_unreadable_filters_show_the_day(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    book(rosa_case)
    asked = {
        "on": "yesterday",
        "location": "x",
        "clinician": "1",
        "session": "?",
        "view": "pie",
        "cancelled": "maybe",
    }
    page = browser_of(desk).get(reverse("dashboard:board"), asked)
    assert page.status_code == 200
    assert b"Rosa Mendes" in page.content


@pytest.mark.parametrize("view", ["timeline", "list"])
def test_a_board_costs_the_same_queries_whatever_its_size(
    view: str,
    browser_of: SignIn,
    desk: User,
    amara: User,
    luis: User,
    rosa_case: Case,
    book: BookSession,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    book(rosa_case)
    asked = {"view": view, "session": str(rosa_case.sessions.get().public_id)}
    browser, url = browser_of(desk), reverse("dashboard:board")
    # What can still be booked is asked with a new drawing of the timeline.
    with django_assert_max_num_queries(14) as few:
        assert browser.get(url, asked).status_code == 200
    for number in range(30):
        clinician = (amara, luis)[number % 2]
        case = case_of(
            clinician,
            Case.Kind.COUPLE,
            person("Ann", f"A{number}", 300 + number),
            person("Bo", f"B{number}", 400 + number),
        )
        book(
            case,
            at=f"{10 + number // 4}:{15 * (number % 4):02d}",
            minutes=5,
            room=None,
            clinicians=(
                User.objects.create_user(f"c{number}@x.example", name=f"C {number}", roles=["clinician"]),
            ),
        )
    with django_assert_max_num_queries(len(few)):
        assert browser.get(url, asked).content.decode().count("Ann A") >= 30
    del asked["session"]
    with django_assert_max_num_queries(13):
        browser.get(url, asked)


def test_arrival_is_one_press_and_comes_back_to_the_same_look(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    url = reverse("dashboard:arrival", args=[rosa.public_id])
    answer = browser_of(desk).post(f"{url}?view=list&session={rosa.session.public_id}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/board/?view=list&session={rosa.session.public_id}"
    rosa.refresh_from_db()
    assert rosa.arrived_at == NOW


@pytest.mark.parametrize(
    ("outcome", "recorded"),
    [
        ("attended", "attended"),
        ("attended_late", "attended_late"),
        ("no_show", "no_show"),
        ("excused", "excused"),
    ],
)
def test_each_outcome_is_one_press(
    outcome: str, recorded: str, browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    with time_machine.travel(DURING, tick=False):
        press(browser_of(desk), rosa, outcome)
    record = AttendanceRecord.objects.get(participant=rosa)
    assert (record.outcome, record.recorded_by, record.source) == (recorded, desk, "board")


def test_late_minutes_come_from_the_arrival_unless_said(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    mark_arrived(participant=rosa, actor=desk, now=datetime(2026, 11, 16, 16, 8, tzinfo=UTC))
    with time_machine.travel(DURING, tick=False):
        press(browser_of(desk), rosa, "attended_late")
        assert AttendanceRecord.objects.get().late_minutes == 8
        press(browser_of(desk), rosa, "attended_late", late_minutes="5")
    assert AttendanceRecord.objects.get().late_minutes == 5


def test_before_the_session_nothing_but_arrival_and_cancellation_is_recorded(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    answer = browser_of(desk).post(
        reverse("dashboard:outcome", args=[rosa.public_id]), {"outcome": "no_show"}, follow=True
    )
    assert "has not begun" in answer.content.decode()
    assert not AttendanceRecord.objects.exists()


def test_a_childs_miss_is_not_being_brought(
    browser_of: SignIn, desk: User, quinn_case: Case, book: BookSession
) -> None:
    session = book(quinn_case)
    with time_machine.travel(DURING, tick=False):
        page = (
            browser_of(desk)
            .get(reverse("dashboard:board"), {"session": str(session.public_id)})
            .content.decode()
        )
    panel = page[page.index('id="panel"') :]
    assert panel.count('value="not_brought"') == 1
    assert "Not brought" in panel


def test_cancelling_says_whether_it_is_late(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [today] = book(rosa_case).participants.all()
    [next_week] = book(rosa_case, on=TODAY + timedelta(days=7)).participants.all()
    browser = browser_of(desk)
    for participant, word in ((today, "cancelled, late"), (next_week, "cancelled, in time")):
        url = reverse("dashboard:participant-cancellation", args=[participant.public_id])
        assert word in browser.post(url, follow=True).content.decode()
        participant.refresh_from_db()
        assert participant.is_cancelled


@pytest.mark.parametrize("mark", ["arrived", "no_show", "cancelled"])
def test_every_mark_is_taken_back(
    mark: str, browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    browser = browser_of(desk)
    names = {"arrived": "arrival-undo", "no_show": "outcome-undo", "cancelled": "cancellation-undo"}
    with time_machine.travel(DURING, tick=False):
        press(browser, rosa, mark)
        panel = browser.get(
            reverse("dashboard:board"), {"session": str(rosa.session.public_id)}
        ).content.decode()
        url = reverse(f"dashboard:{names[mark]}", args=[rosa.public_id])
        assert url in panel
        browser.post(url)
    rosa.refresh_from_db()
    assert (rosa.arrived_at, rosa.recorded_at, rosa.cancelled_at) == (None, None, None)


def test_an_outcome_can_no_longer_be_taken_back_after_the_grace(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    record_outcome(participant=rosa, seen=Seen(outcome="no_show", source="board"), actor=desk, now=DURING)
    with time_machine.travel(DURING + timedelta(minutes=4), tick=False):
        url = reverse("dashboard:outcome-undo", args=[rosa.public_id])
        answer = browser_of(desk).post(url, follow=True)
    assert "The time to undo has passed" in answer.content.decode()
    assert AttendanceRecord.objects.get().outcome == "no_show"


def test_an_undo_takes_back_ones_own_press_and_never_a_colleagues(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    with time_machine.travel(DURING, tick=False):
        press(browser_of(desk), rosa, "no_show", stood="open")
        press(browser_of(desk), rosa, "attended", stood="no_show")
        undo = reverse("dashboard:outcome-undo", args=[rosa.public_id])
        answer = browser_of(desk).post(undo, {"stood": "no_show"}, follow=True)
    assert "A colleague was quicker" in answer.content.decode()
    assert AttendanceRecord.objects.get().outcome == "attended"


def test_the_toast_undoes_what_it_tells_of(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    with time_machine.travel(DURING, tick=False):
        url = reverse("dashboard:outcome", args=[rosa.public_id])
        answer = browser_of(desk).post(url, {"outcome": "no_show"}, headers={"HX-Request": "true"})
    assert '<input type="hidden" name="stood" value="no_show">' in answer.content.decode()


def test_the_slower_of_two_desks_hears_that_it_changed(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    with time_machine.travel(DURING, tick=False):
        press(browser_of(desk), rosa, "attended", stood="open")
        answer = browser_of(desk).post(
            reverse("dashboard:outcome", args=[rosa.public_id]),
            {"outcome": "no_show", "stood": "open"},
            follow=True,
        )
    assert "A colleague was quicker" in answer.content.decode()
    assert AttendanceRecord.objects.get().outcome == "attended"


def test_a_second_clinician_cannot_mark(
    browser_of: SignIn, luis: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    assert browser_of(luis).post(reverse("dashboard:arrival", args=[rosa.public_id])).status_code == 404
    rosa.refresh_from_db()
    assert rosa.arrived_at is None


def test_all_here_marks_everybody_still_expected(
    browser_of: SignIn, desk: User, quinn_case: Case, book: BookSession
) -> None:
    session = book(quinn_case)
    first = session.participants.all()[0]
    mark_arrived(participant=first, actor=desk, now=NOW - timedelta(minutes=5))
    browser_of(desk).post(reverse("dashboard:all-here", args=[session.public_id]))
    arrivals = set(session.participants.values_list("arrived_at", flat=True))
    assert arrivals == {NOW, NOW - timedelta(minutes=5)}


def test_all_here_is_taken_back_in_one_press(
    browser_of: SignIn, desk: User, quinn_case: Case, book: BookSession
) -> None:
    session = book(quinn_case)
    first = session.participants.all()[0]
    mark_arrived(participant=first, actor=desk, now=NOW - timedelta(minutes=5))
    browser = browser_of(desk)
    said = browser.post(
        reverse("dashboard:all-here", args=[session.public_id]), headers={"HX-Request": "true"}
    )
    undo = reverse("dashboard:all-here-undo", args=[session.public_id])
    assert f'action="{undo}' in said.content.decode()
    moment = session.participants.exclude(pk=first.pk)[0].arrived_at
    assert moment is not None
    browser.post(undo, {"marked_at": moment.isoformat()})
    assert list(session.participants.exclude(arrived_at=None)) == [first]


def test_the_desk_adds_barriers_and_sees_or_clears_nobodys(
    browser_of: SignIn, desk: User, amara: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    url = reverse("dashboard:barriers", args=[rosa.public_id])
    opened = reverse("dashboard:board") + f"?session={rosa.session.public_id}"
    with time_machine.travel(DURING, tick=False):
        press(browser_of(amara), rosa, "no_show")
        browser_of(amara).post(url, {"barriers": ["anxiety"]})
        assert 'value="anxiety" checked' in browser_of(amara).get(opened).content.decode()
        assert 'value="anxiety" checked' not in browser_of(desk).get(opened).content.decode()
        browser_of(desk).post(url, {"barriers": ["transportation"]})
        assert set(BarrierNamed.objects.values_list("barrier__code", flat=True)) == {
            "anxiety",
            "transportation",
        }
        browser_of(amara).post(url, {"barriers": ["transportation"]})
    assert list(BarrierNamed.objects.values_list("barrier__code", flat=True)) == ["transportation"]


def test_barriers_may_be_named_after_a_miss_and_none_is_demanded(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    browser = browser_of(desk)
    with time_machine.travel(DURING, tick=False):
        press(browser, rosa, "no_show")
        browser.post(
            reverse("dashboard:barriers", args=[rosa.public_id]), {"barriers": ["transportation", "illness"]}
        )
    assert set(BarrierNamed.objects.values_list("barrier__code", flat=True)) == {"transportation", "illness"}


def test_namesakes_are_shown_with_their_birth_years(
    browser_of: SignIn, desk: User, amara: User, luis: User, rosa: Client, rosa_case: Case, book: BookSession
) -> None:
    rosa.birth_year = 1988
    rosa.save()
    other = person("Rosa", "Mendes", 140, birth_year=1961)
    book(rosa_case)
    [second] = book(case_of(luis, Case.Kind.INDIVIDUAL, other), at="11:00").participants.all()
    for view in ("timeline", "list"):
        page = words(browser_of(desk).get(reverse("dashboard:board"), {"view": view}).content)
        assert "born 1988" in page
        assert "born 1961" in page
    said = browser_of(desk).post(reverse("dashboard:arrival", args=[second.public_id]), follow=True)
    assert "Rosa Mendes (born 1961) is here." in said.content.decode()


def test_a_poll_is_answered_with_nothing_until_a_fact_changes(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession, committed: Committed
) -> None:
    with committed(execute=True):
        [rosa] = book(rosa_case).participants.all()
    browser, url = browser_of(desk), reverse("dashboard:board-day")
    asks = asks_with(browser.get(reverse("dashboard:board")).content)
    views = ViewLog.objects.count()
    assert browser.get(url, asks).status_code == 204
    with committed(execute=True):
        mark_arrived(participant=rosa, actor=None, now=NOW)
    answer = browser.get(url, asks)
    assert answer.status_code == 200
    assert "Arrived" in answer.content.decode()
    assert ViewLog.objects.count() == views


@pytest.mark.parametrize("view", ["timeline", "list"])
def test_a_desk_that_has_seen_the_day_is_sent_only_who_changed(
    view: str,
    browser_of: SignIn,
    desk: User,
    luis: User,
    rosa_case: Case,
    book: BookSession,
    committed: Committed,
) -> None:
    [rosa] = book(rosa_case).participants.all()
    vera = book(case_of(luis, Case.Kind.INDIVIDUAL, person("Vera", "Stone", 141)), at="11:00")
    browser, url = browser_of(desk), reverse("dashboard:board-day")
    asks = asks_with(browser.get(reverse("dashboard:board"), {"view": view}).content)
    with committed(execute=True):
        mark_arrived(participant=rosa, actor=None, now=NOW)
    sent = browser.get(url, asks).content.decode()
    assert "Rosa Mendes" in sent
    assert "Vera Stone" not in sent
    assert 'hx-swap-oob="true"' in sent
    with committed(execute=True):
        cancel_session(session=vera, by=CancelledBy.PRACTICE, actor=desk, now=NOW)
        book(case_of(luis, Case.Kind.INDIVIDUAL, person("Ada", "Lin", 142)), at="15:00")
    assert "Vera Stone" in browser.get(url, asks_with(sent.encode())).content.decode(), (
        "one more: the whole day"
    )


def test_the_next_desk_after_a_change_asks_who_it_is_and_little_else(
    browser_of: SignIn,
    desk: User,
    rosa_case: Case,
    book: BookSession,
    committed: Committed,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with committed(execute=True):
        [rosa] = book(rosa_case).participants.all()
    first, second, url = browser_of(desk), browser_of(desk), reverse("dashboard:board-day")
    asks = asks_with(first.get(reverse("dashboard:board")).content)
    with committed(execute=True):
        mark_arrived(participant=rosa, actor=None, now=NOW)
    one = first.get(url, asks).content.decode()
    with django_assert_max_num_queries(2):
        other = second.get(url, asks).content.decode()
    token = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
    assert "Arrived" in other
    assert token.sub("", other) == token.sub("", one)
    assert not set(token.findall(one)) & set(token.findall(other)), "each desk has its own token"


def test_what_was_told_of_elsewhere_costs_a_desk_no_more_than_a_new_word(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession, committed: Committed
) -> None:
    with committed(execute=True):
        book(rosa_case)
    browser, url = browser_of(desk), reverse("dashboard:board-day")
    asks = asks_with(browser.get(reverse("dashboard:board")).content)
    with committed(execute=True):
        book(rosa_case, on=TODAY + timedelta(days=3))
    answer = browser.get(url, asks)
    assert "Rosa Mendes" not in answer.content.decode()
    assert browser.get(url, asks_with(answer.content)).status_code == 204


def test_a_fact_that_nobody_told_of_is_seen_with_the_minute(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession, committed: Committed
) -> None:
    with committed(execute=True):
        [rosa] = book(rosa_case).participants.all()
    browser, url = browser_of(desk), reverse("dashboard:board-day")
    asks = asks_with(browser.get(reverse("dashboard:board")).content)
    mark_arrived(participant=rosa, actor=None, now=NOW)  # its transaction stays open here, so nobody is rung
    assert browser.get(url, asks).status_code == 204
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert "Arrived" in browser.get(url, asks).content.decode()


def test_a_poll_that_finds_nothing_new_costs_few_queries(
    browser_of: SignIn,
    desk: User,
    rosa_case: Case,
    book: BookSession,
    committed: Committed,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with committed(execute=True):
        book(rosa_case)
    browser = browser_of(desk)
    asks = asks_with(browser.get(reverse("dashboard:board")).content)
    with django_assert_max_num_queries(0):
        assert browser.get(reverse("dashboard:board-day"), asks).status_code == 204
    with django_assert_max_num_queries(6):
        browser.get(reverse("dashboard:board-day"), asks | {"told": ""})


@pytest.mark.parametrize("ended", [sign_out, deactivate])
def test_a_board_that_stands_open_is_told_at_once_that_its_sign_in_has_ended(
    ended: Callable[[User, User, Browser], None],
    browser_of: SignIn,
    desk: User,
    admin_user: User,
    committed: Committed,
) -> None:
    browser, url = browser_of(desk), reverse("dashboard:board-day")
    asks = asks_with(browser.get(reverse("dashboard:board")).content)
    assert browser.get(url, asks).status_code == 204
    with committed(execute=True):
        ended(desk, admin_user, browser)
    answer = browser.get(url, asks, headers={"HX-Request": "true"})
    assert reverse("account_login") in answer["HX-Redirect"]


def test_somebody_else_is_told_nothing_by_asking(browser_of: SignIn, desk: User) -> None:
    """What a poll is asked with is in the page alone: without its latest word one is asked who one is."""
    asks = asks_with(browser_of(desk).get(reverse("dashboard:board")).content)
    for told in ("", "0123456789abcdef"):
        assert Browser().get(reverse("dashboard:board-day"), asks | {"told": told}).status_code == 302


def test_what_is_over_without_a_word_is_listed_and_recorded_from_there(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    session = book(rosa_case, on=TODAY - timedelta(days=3), now=NOW - timedelta(days=5))
    [rosa] = session.participants.all()
    browser = browser_of(desk)
    assert "1 is not recorded yet Rosa Mendes Fri 13 Nov" in words(
        browser.get(reverse("dashboard:board")).content
    )
    listed = browser.get(reverse("dashboard:not-recorded")).content.decode()
    assert "Rosa Mendes" in listed
    answer = browser.post(
        f"{reverse('dashboard:outcome', args=[rosa.public_id])}?page=not-recorded",
        {"outcome": "attended", "stood": "open"},
    )
    assert answer.headers["Location"] == reverse("dashboard:not-recorded")
    assert (
        f"participant-{rosa.public_id}" not in browser.get(reverse("dashboard:not-recorded")).content.decode()
    )


def test_one_of_a_couple_late_gives_the_clinician_three_ways_and_the_desk_a_word(
    browser_of: SignIn, desk: User, amara: User, field_case: Case, maya: Client, book: BookSession
) -> None:
    session = book(field_case)
    mark_arrived(
        participant=session.participants.get(client=maya), actor=desk, now=NOW + timedelta(minutes=58)
    )
    asked = {"session": str(session.public_id)}
    with time_machine.travel(DURING, tick=False):
        early = words(browser_of(amara).get(reverse("dashboard:board"), asked).content)
    assert "Maya is here, Jonah not yet" in early
    assert "You agreed to wait until 10:15" in early
    assert "Reach out" not in early
    with time_machine.travel(DURING + timedelta(minutes=5), tick=False):
        clinicians = words(browser_of(amara).get(reverse("dashboard:board"), asked).content)
        desks = words(browser_of(desk).get(reverse("dashboard:board"), asked).content)
    assert clinicians.index("Hold the session with Maya") < clinicians.index("Reach out to Jonah")
    assert "Let Dr. Amara Okafor know" in desks
    assert "Hold the session" not in desks


def test_opening_a_session_is_in_the_view_log(
    browser_of: SignIn, desk: User, rosa_case: Case, book: BookSession
) -> None:
    session = book(rosa_case)
    browser_of(desk).get(
        reverse("dashboard:board"), {"session": str(session.public_id)}, headers={"HX-Request": "true"}
    )
    seen = ViewLog.objects.get(kind="session")
    assert (seen.user, seen.object_ids) == (desk, [session.public_id])
